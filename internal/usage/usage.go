// Package usage documents the options of a program. One [Page], with a flag set for each group of
// options, is written as help (usage.go), as a man page (man.go) and as shell completions
// (completion.go), so that they cannot disagree.
package usage

import (
	"fmt"
	"strings"

	"check_dnsbl/internal/text"

	"github.com/spf13/pflag"
)

// A Page documents a program. Each of its texts is one line of prose, which the writers wrap.
type Page struct {
	Name     string    // of the program
	Summary  string    // in a few words, for the NAME of the man page
	About    string    // what the program does
	Forms    []Example // the ways to call it
	Groups   []Group
	Sections []Section
	Examples []Example
	Last     string // the last line of Help

	// For Man only.
	Diagnostics []Example // messages of the program, and what they mean
	SeeAlso     string    // other man pages
}

// A Group holds options that belong together. The usage string of an option with a value is the
// name of the value, a tab and the text, such as "FILE\tread FILE". Without a value it is just the
// text. Help shows the first line of the text, without its final period; the others all of it.
type Group struct {
	Title   string
	Options *pflag.FlagSet
}

// A Section is other text, with sample lines below it that are not wrapped.
type Section struct {
	Title, Text string
	Sample      []string
	Help        bool // it is in Help, too
}

// An Example is a command line, without the name of the program, and its purpose.
type Example struct{ Args, Text string }

// An option is a flag as the writers show it.
type option struct {
	short, long string // with their hyphens; short may be ""
	value       string // the name of the value; "" for an option without one
	brief       string // the first line of the text
	text        string // as one line
	isList      bool   // the value may be several, with commas between them
}

// options returns the options of a group in the order of their definition, without hidden ones.
func (g *Group) options() []option {
	var all []option
	g.Options.SortFlags = false
	g.Options.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		o := option{long: "--" + f.Name, text: f.Usage} // without a tab all of it is the text
		if f.Shorthand != "" {
			o.short = "-" + f.Shorthand
		}
		if value, text, found := strings.Cut(f.Usage, "\t"); found {
			o.value, o.text = value, text
		}
		first, _, _ := strings.Cut(o.text, "\n")
		o.brief, o.text = strings.TrimSuffix(first, "."), strings.ReplaceAll(o.text, "\n", " ")
		o.isList = f.Value.Type() == "stringArray" && !strings.Contains(o.value, "=")
		all = append(all, o)
	})
	return all
}

const (
	width  = 80 // of the help page, in columns
	column = 27 // in which the texts of options begin, from 0
	beside = 45 // in which the purposes of command lines begin
)

// Help returns the page as plain text for -h, below the name and version of the program. Only
// examples have more than 80 columns.
func (p *Page) Help(program string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n\n", program, wrap(p.About, ""))
	label := "usage: "
	for _, form := range p.Forms {
		b.WriteString(twoColumns(label+p.Name+" "+form.Args, beside, form.Text))
		label = strings.Repeat(" ", len(label))
	}
	b.WriteString("\nexamples\n")
	for _, e := range p.Examples {
		b.WriteString(twoColumns("  "+p.Name+" "+e.Args, beside, e.Text))
	}
	for _, group := range p.Groups {
		fmt.Fprintf(&b, "\n%s\n", group.Title)
		for _, o := range group.options() {
			b.WriteString(o.help())
		}
	}
	for _, s := range p.Sections {
		if s.Help {
			fmt.Fprintf(&b, "\n%s\n%s\n", s.Title, wrap(s.Text, "  "))
		}
	}
	fmt.Fprintf(&b, "\n%s\n", p.Last)
	return b.String()
}

// help returns the lines of an option, such as
//
//	-t, --timeout SECONDS  deadline for everything
func (o *option) help() string {
	// Without a short name the long one is below the long names of the others.
	head := fmt.Sprintf("  %3s %s %s", o.short, o.long, o.value)
	if o.short != "" {
		head = fmt.Sprintf("  %s, %s %s", o.short, o.long, o.value)
	}
	return twoColumns(strings.TrimRight(head, " "), column, o.brief)
}

// twoColumns returns lines with a text beside a head, or on the next line if the head is too long.
func twoColumns(head string, column int, text string) string {
	body := wrap(text, strings.Repeat(" ", column))
	if len(head) >= column {
		return head + "\n" + body + "\n"
	}
	return head + body[len(head):] + "\n"
}

// wrap breaks s into lines that fit the page, with indent before each.
func wrap(s, indent string) string {
	room := width - len(indent)
	return indent + strings.Join(text.Wrap(s, room, room), "\n"+indent)
}
