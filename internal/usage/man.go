package usage

import (
	"fmt"
	"strings"

	words "check_dnsbl/internal/text"
)

// Man returns the page in the format of groff_man(7), for a section of the manual. Plugins are in
// section 1. The date is that of the page, as 2026-11-29.
func (p *Page) Man(section int, date string) string {
	var b strings.Builder
	fmt.Fprintf(&b, ".TH %s %d %s\n.SH NAME\n%s \\- %s\n",
		strings.ToUpper(p.Name), section, date, roff(p.Name), roff(p.Summary))
	b.WriteString(".SH SYNOPSIS\n")
	for i, form := range p.Forms {
		if i > 0 {
			b.WriteString(".br\n")
		}
		fmt.Fprintf(&b, ".B %s\n%s\n", roff(p.Name), roff(form.Args))
	}
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
			b.WriteString(".PP\n.nf\n.RS\n")
			for _, line := range s.Sample {
				b.WriteString(literal(escape(line)) + "\n")
			}
			b.WriteString(".RE\n.fi\n")
		}
	}
	b.WriteString(".SH EXAMPLES\n")
	for _, e := range p.Examples {
		fmt.Fprintf(&b, ".TP\n.B %s\n%s\n", escape(p.Name+" "+e.Args), roff(e.Text))
	}
	if len(p.Diagnostics) > 0 {
		b.WriteString(".SH DIAGNOSTICS\n")
	}
	for _, d := range p.Diagnostics {
		fmt.Fprintf(&b, ".TP\n.B %s\n%s\n", escape(d.Args), roff(d.Text))
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

// roff returns text escaped, in lines of at most 80 bytes.
func roff(text string) string {
	lines := words.Wrap(escape(strings.Join(strings.Fields(text), " ")), width, width)
	for i := range lines {
		lines[i] = literal(lines[i])
	}
	return strings.Join(lines, "\n")
}

// escape escapes text for groff: backslashes, hyphens (which would become dashes) and quotes.
func escape(text string) string {
	return strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`, `"`, `\(dq`).Replace(text)
}

// literal returns a line that does not begin with a dot, which would make it a macro.
func literal(line string) string {
	if strings.HasPrefix(line, ".") {
		return `\&` + line
	}
	return line
}

// capital returns a title with its first letter in upper case.
func capital(title string) string {
	return strings.ToUpper(title[:1]) + title[1:]
}
