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
	Name     string // of the program
	Summary  string // in a few words, for the NAME of the man page
	About    string // what the program does
	Synopsis string // the arguments, without the name of the program
	Groups   []Group
	Sections []Section
	Examples []Example

	// For Man only.
	Diagnostics []Example // messages of the program, and what they mean
	SeeAlso     string    // other man pages
}

// A Group holds options that belong together. The usage string of an option with a value is the
// name of the value, a tab and the text, such as "FILE\tread FILE". Without a value it is just the
// text.
type Group struct {
	Title   string
	Options *pflag.FlagSet
}

// A Section is other text, with sample lines below it that are not wrapped.
type Section struct {
	Title, Text string
	Sample      []string
}

// An Example is a command line, without the name of the program, and its purpose.
type Example struct{ Args, Text string }

// An option is a flag as the writers show it.
type option struct {
	short, long string // with their hyphens; short may be ""
	value       string // the name of the value; "" for an option without one
	text        string
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
		all = append(all, o)
	})
	return all
}

const (
	width  = 80 // of the help page, in columns
	column = 27 // in which the texts of options begin, from 0
)

// Help returns the page as plain text for -h. Only samples and examples have more than 80 columns.
func (p *Page) Help() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\nusage: %s %s\n", wrap(p.About, ""), p.Name, p.Synopsis)
	for _, group := range p.Groups {
		fmt.Fprintf(&b, "\n%s\n", group.Title)
		for _, o := range group.options() {
			b.WriteString(o.help())
		}
	}
	for _, s := range p.Sections {
		fmt.Fprintf(&b, "\n%s\n%s\n", s.Title, wrap(s.Text, "  "))
		for _, line := range s.Sample {
			fmt.Fprintf(&b, "      %s\n", line)
		}
	}
	b.WriteString("\nexamples\n")
	for _, e := range p.Examples {
		fmt.Fprintf(&b, "  %s %s\n%s\n", p.Name, e.Args, wrap(e.Text, "      "))
	}
	return b.String()
}

// help returns the lines of an option, such as
//
//	-t, --timeout SECONDS  deadline for everything
//
// The text starts on the next line if the option is too long.
func (o *option) help() string {
	// Without a short name the long one is below the long names of the others.
	head := fmt.Sprintf("  %3s %s %s", o.short, o.long, o.value)
	if o.short != "" {
		head = fmt.Sprintf("  %s, %s %s", o.short, o.long, o.value)
	}
	head = strings.TrimRight(head, " ")
	indent := strings.Repeat(" ", column)
	body := wrap(o.text, indent)
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
