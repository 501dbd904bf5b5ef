package usage

import (
	"fmt"
	"strings"
)

// Man returns the page in the format of groff_man(7), for a section of the manual. Plugins are in
// section 1.
func (p *Page) Man(section int) string {
	var b strings.Builder
	fmt.Fprintf(&b, ".TH %s %d\n.SH NAME\n%s \\- %s\n",
		strings.ToUpper(p.Name), section, roff(p.Name), roff(p.Summary))
	fmt.Fprintf(&b, ".SH SYNOPSIS\n.B %s\n%s\n", roff(p.Name), roff(p.Synopsis))
	fmt.Fprintf(&b, ".SH DESCRIPTION\n%s\n.SH OPTIONS\n", roff(p.About))
	for _, group := range p.Groups {
		fmt.Fprintf(&b, ".SS %s\n", roff(capital(group.Title)))
		for _, o := range group.options() {
			fmt.Fprintf(&b, ".TP\n%s\n%s\n", o.man(), roff(o.text))
		}
	}
	for _, s := range p.Sections {
		fmt.Fprintf(&b, ".SH %s\n%s\n", strings.ToUpper(roff(s.Title)), roff(s.Text))
		if len(s.Sample) > 0 {
			lines := escape(strings.Join(s.Sample, "\n"))
			fmt.Fprintf(&b, ".PP\n.nf\n.RS\n%s\n.RE\n.fi\n", lines)
		}
	}
	b.WriteString(".SH EXAMPLES\n")
	for _, e := range p.Examples {
		fmt.Fprintf(&b, ".TP\n.B %s %s\n%s\n", roff(p.Name), roff(e.Args), roff(e.Text))
	}
	if p.SeeAlso != "" {
		fmt.Fprintf(&b, ".SH SEE ALSO\n%s\n", roff(p.SeeAlso))
	}
	return b.String()
}

// man returns the line with the option itself, such as \fB\-t\fR, \fB\-\-timeout\fR \fISECONDS\fR.
func (o *option) man() string {
	head := `\fB` + roff(o.long) + `\fR`
	if o.short != "" {
		head = `\fB` + roff(o.short) + `\fR, ` + head
	}
	if o.value != "" {
		head += ` \fI` + roff(o.value) + `\fR`
	}
	return head
}

// roff returns text as one line, escaped.
func roff(text string) string {
	return escape(strings.Join(strings.Fields(text), " "))
}

// escape escapes lines for groff: backslashes, hyphens (which would become dashes), quotes, and a
// dot at the start of a line (which would be a macro).
func escape(text string) string {
	text = strings.NewReplacer(
		`\`, `\e`, "-", `\-`, "'", `\(aq`, `"`, `\(dq`, "\n.", "\n"+`\&.`,
	).Replace(text)
	if strings.HasPrefix(text, ".") {
		return `\&` + text
	}
	return text
}

// capital returns a title with its first letter in upper case.
func capital(title string) string {
	return strings.ToUpper(title[:1]) + title[1:]
}
