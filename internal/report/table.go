package report

import (
	"fmt"
	"io"
	"strings"
)

// writeTable writes a page for people: sections in aligned columns, each below a title. Width and
// height are those of the terminal, 0 if there is none:
//
//	CRITICAL: 192.0.2.25 on 1 of 20 lists (1 failed): zen.spamhaus.org (SBL)
//
//	LISTED: 192.0.2.25, on 1 list
//	  zen.spamhaus.org  Spamhaus ZEN, major: SBL (known spam source)
//	    delisting  SBL: your provider (the network owner) must request it
//
//	FAILED: 1 list
//	  bl.example  SERVFAIL. ...
func writeTable(w io.Writer, p page, info Info) {
	l := newLayout(info)
	line := p.headline.within(maxFirst)
	l.state(p.state, line)
	for i := range p.sections {
		l.section(&p.sections[i])
	}
	height := strings.Count(l.out.String(), "\n")
	if info.Height > 0 && height >= info.Height { // the headline has scrolled out of sight
		l.blank()
		l.state(p.state, line)
	}
	fmt.Fprint(w, l.out.String())
}

// section writes a section. Items with labels are rows, sentences are lines.
func (l *layout) section(s *section) {
	if s.title != "" {
		l.title(s.title, s.style)
	} else {
		l.blank()
	}
	var rows []fact
	for i := range s.items {
		item := &s.items[i]
		switch {
		case item.label == "":
			l.lines([]string{strings.TrimPrefix(item.text, s.said)})
		case s.apart:
			if i > 0 {
				l.blank()
			}
			l.rows(2, bold, []fact{headRow(item)})
			l.rows(4, plain, factRows(item))
		default:
			rows = append(append(rows, headRow(item)), factRows(item)...)
		}
	}
	l.rows(2, plain, rows)
}

// headRow returns the first row of an item.
func headRow(item *item) fact {
	text := item.text
	switch {
	case text == "":
		text = item.aside
	case item.aside != "":
		text = item.aside + ": " + text
	}
	return fact{label: item.label, text: text}
}

// factRows returns the rows below an item.
func factRows(item *item) []fact {
	if len(item.also) == 0 {
		return item.facts
	}
	return append([]fact{{text: "likewise " + strings.Join(item.also, ", ")}}, item.facts...)
}
