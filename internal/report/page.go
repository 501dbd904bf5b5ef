package report

import (
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"

	"github.com/olorin/nagiosplugin"
)

// A page is all there is to say of a run, before anyone decides how it looks. checkPage and
// selfTestPage decide which parts there are, in which order, and what is left out. writeNagios and
// writeTable only lay the page out.
type page struct {
	state    nagiosplugin.Status
	headline headline
	perfdata []datum
	notes    []dnsbl.Note // what JSON has beside the findings
	sections []section
}

// A headline is the text of the first line. Counts and causes come before the names, so that only
// names are lost where a front end shows 100 characters.
type headline struct {
	text  string   // "192.0.2.25 on 3 of 23 lists (2 failed)"
	names []string // "zen.spamhaus.org (SBL)"; as many are shown as there is room for
	tail  string   // follows the names: ", not on 19 others"
}

// within returns the headline in at most max bytes, except that one name is always shown.
func (h headline) within(max int) string {
	line := h.text
	if len(h.names) > 0 {
		line += ": "
		line += text.Join(h.names, max-len(line)-len(h.tail))
	}
	return line + h.tail
}

// masked returns the headline with keys masked by hide, which may be nil. That must happen before
// anything is cut.
func (h headline) masked(hide func(string) string) headline {
	if hide == nil {
		return h
	}
	names := make([]string, len(h.names))
	for i, name := range h.names {
		names[i] = hide(name)
	}
	return headline{hide(h.text), names, hide(h.tail)}
}

// A section is a part of the long output.
type section struct {
	title string // in the table; a section may be nothing else
	style style  // of the title
	lead  string // for a monitor, the start of each line with a label: "failed: "
	said  string // the start of sentences, which the table leaves out: "not counted: "
	items []item
	apart bool   // the items stand apart: each has a mark for a monitor, and columns of its own
	brief string // one line in place of all items, see item; "" if each has one of its own

	priority int // the lowest is cut first where a monitor has no room for all
}

// Priorities of sections.
const (
	detail    = iota // every list, every query
	remark           // what does not count
	failed           // lists that failed
	presence         // reverse DNS
	listed           // listings
	important        // our own few lines that change what the rest means
)

// A style is a way to show text on a terminal: the parameters of an SGR sequence (ECMA-48, section
// 8.3.117).
type style string

const (
	plain  style = ""
	bold   style = "1"
	red    style = "1;31"
	green  style = "1;32"
	yellow style = "1;33"
	purple style = "1;35"
)

// An item is one thing to say, with facts below it.
type item struct {
	label string   // what it is about: a list, an address; "" if the text is a sentence
	also  []string // other labels with the same text
	aside string   // follows the label in parentheses
	text  string
	brief string // one line in place of all this if a monitor has no room for it; may be ""
	facts []fact
}

// A fact is one thing to know about an item.
type fact struct {
	label, text string
	verbatim    bool // a command or query, which is never wrapped
}

// A datum is one value of the perfdata.
type datum struct {
	label, unit string
	value       float64
	warn, crit  verdict.Threshold // the zero value never alerts
	min, max    float64           // NaN if there is none
}

// add adds a section, unless it is empty.
func (p *page) add(s section) {
	if len(s.items) > 0 {
		p.sections = append(p.sections, s)
	}
}

// addLines adds a section of sentences without labels, unless there are none.
func (p *page) addLines(title string, as style, priority int, lines []string) {
	p.add(section{title: title, style: as, priority: priority, items: sentences(lines)})
}

// sentences returns items without labels.
func sentences(lines []string) []item {
	items := make([]item, len(lines))
	for i, line := range lines {
		items[i].text = line
	}
	return items
}
