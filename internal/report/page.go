package report

import (
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"

	"github.com/olorin/nagiosplugin"
)

// A Page is all there is to say of a run, before anyone decides how it looks. Verdict and Health
// decide which parts there are, in which order, and what is left out. writeNagios and writeTable
// only lay the page out.
type Page struct {
	State    nagiosplugin.Status
	Headline Headline
	Perfdata []datum
	Notes    []string // the sentences that JSON has beside the findings
	Sections []Section
}

// A Headline is the text of the first line. Counts and causes come before the names, so that only
// names are lost where a front end shows 100 characters.
type Headline struct {
	Text  string   // "192.0.2.25 on 3 of 23 lists (2 failed)"
	Names []string // "zen.spamhaus.org (SBL)"; as many are shown as there is room for
	Tail  string   // follows the names: ", not on 19 others"
}

// within returns the headline in at most max bytes, except that one name is always shown.
func (h Headline) within(max int) string {
	line := h.Text
	if len(h.Names) > 0 {
		line += ": "
		line += text.Join(h.Names, max-len(line)-len(h.Tail))
	}
	return line + h.Tail
}

// masked returns the headline with keys masked by hide, which may be nil. That must happen before
// anything is cut.
func (h Headline) masked(hide func(string) string) Headline {
	if hide == nil {
		return h
	}
	names := make([]string, len(h.Names))
	for i, name := range h.Names {
		names[i] = hide(name)
	}
	return Headline{hide(h.Text), names, hide(h.Tail)}
}

// A Section is a part of the long output.
type Section struct {
	Title string // in the table; a section may be nothing else
	Style style  // of the title
	Lead  string // for a monitor, the start of each line with a label: "failed: "
	Said  string // the start of sentences, which the table leaves out: "not counted: "
	Items []Item
	// Short is one line in place of the items of a section that need not be shown in full; ""
	// if items are replaced one by one.
	Short    string
	Priority int // what a monitor has no room for is cut from the lowest priority first
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

// An Item is one thing to say, with facts below it.
type Item struct {
	Label string   // what it is about: a list, an address; "" if the text is a sentence
	Also  []string // other labels with the same text
	Aside string   // follows the label in parentheses
	Text  string
	Short string // one line in place of all this where there is no room; "" if there is none
	Facts []Fact
}

// A Fact is one thing to know about an item.
type Fact struct {
	Label, Text string
	Verbatim    bool // a command or query, which is never wrapped
}

// A datum is one value of the perfdata.
type datum struct {
	label, unit string
	value       float64
	warn, crit  verdict.Threshold // the zero value never alerts
	min, max    float64           // NaN if there is none
}

// add adds a section, unless it is empty.
func (p *Page) add(s Section) {
	if len(s.Items) > 0 {
		p.Sections = append(p.Sections, s)
	}
}

// addLines adds a section of sentences without labels, unless there are none.
func (p *Page) addLines(title string, as style, priority int, lines []string) {
	p.add(Section{Title: title, Style: as, Priority: priority, Items: sentences(lines)})
}

// sentences returns items without labels.
func sentences(lines []string) []Item {
	items := make([]Item, len(lines))
	for i, line := range lines {
		items[i].Text = line
	}
	return items
}
