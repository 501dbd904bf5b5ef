// Package usage writes what a program says of its options: help, man page and shell completions, all from one page.
package usage

import (
	"fmt"
	"strings"

	"check_dnsbl/internal/text"

	"github.com/spf13/pflag"
)

// A Page is what there is to say of a program. Its texts are prose in one line each; they are wrapped where they are shown.
type Page struct {
	Name     string // of the program
	Summary  string // what it is, in a few words
	About    string // what it does
	Synopsis string // how it is called, after its name
	Groups   []Group
	Sections []Section
	Examples []Example
	SeeAlso  string // other pages of the manual, for Man only
}

// A Group holds options that belong together. The usage of each is the name of its value, a tab and its text; or just the text, if it takes no value.
type Group struct {
	Title   string
	Options *pflag.FlagSet
}

// A Section is what else there is to say, with lines that are shown as they are below it.
type Section struct {
	Title, Text string
	Sample      []string
}

// An Example is a command line, after the name of the program, and what it is for.
type Example struct{ Args, Text string }

// An option is a flag as the pages show it.
type option struct {
	short, long string // with their hyphens; short may be empty
	value       string // the name of its value, or "" where it takes none
	text        string
}

// options returns the options of a group in the order in which they were defined, without the hidden ones.
func (g *Group) options() []option {
	var all []option
	g.Options.SortFlags = false
	g.Options.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		o := option{long: "--" + f.Name, text: f.Usage}
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
	width  = 80 // of the help page
	column = 27 // where the texts of its options begin
)

// Help returns the page that -h prints: at most 80 columns of plain text, but for examples.
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

// help returns the lines of an option. One that leaves no room in its line has its text below it.
func (o *option) help() string {
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

// wrap breaks a text into lines of the page, each with an indent.
func wrap(s, indent string) string {
	room := width - len(indent)
	return indent + strings.Join(text.Wrap(s, room, room), "\n"+indent)
}
