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
func writeTable(w io.Writer, p Page, info Info) {
	l := newLayout(info)
	line := p.Headline.within(maxFirst)
	l.state(p.State, line)
	for i := range p.Sections {
		l.section(&p.Sections[i])
	}
	height := strings.Count(l.out.String(), "\n")
	if info.Height > 0 && height >= info.Height { // the headline has scrolled out of sight
		l.blank()
		l.state(p.State, line)
	}
	fmt.Fprint(w, l.out.String())
}

// section writes a section. Items with labels are rows, sentences are lines.
func (l *layout) section(s *Section) {
	if s.Title != "" {
		l.title(s.Title, s.Style)
	} else {
		l.blank()
	}
	var rows []row
	for i := range s.Items {
		item := &s.Items[i]
		switch {
		case item.Label == "":
			l.lines([]string{strings.TrimPrefix(item.Text, s.Said)})
		case s.Priority == listed: // each has columns of its own
			if i > 0 {
				l.blank()
			}
			l.rows(2, []row{itemRow(item, bold)})
			l.rows(4, factRows(item, nil))
		default:
			rows = factRows(item, append(rows, itemRow(item, plain)))
		}
	}
	l.rows(2, rows)
}

// itemRow returns the row of an item.
func itemRow(item *Item, as style) row {
	text := item.Text
	switch {
	case text == "":
		text = item.Aside
	case item.Aside != "":
		text = item.Aside + ": " + text
	}
	return row{label: item.Label, text: text, as: as}
}

// factRows appends the rows below an item.
func factRows(item *Item, rows []row) []row {
	if len(item.Also) > 0 {
		rows = append(rows, row{text: "likewise " + strings.Join(item.Also, ", ")})
	}
	for _, f := range item.Facts {
		rows = append(rows, row{label: f.Label, text: f.Text, verbatim: f.Verbatim})
	}
	return rows
}
