// Package report puts a verdict into words. checkPage and selfTestPage make a page of it
// (verdict.go, health.go): all there is to say, decided once. writeNagios lays the page out for a
// monitor and writeTable for people at a terminal; JSON has the findings themselves and takes the
// first line, perfdata and notes from the page. A Printer picks the format. There is no I/O but
// that of its writer.
//
// The files build on each other in this order. words.go names subjects, lists and counts, and
// page.go is what a page consists of. finding.go puts one finding into words, and remedy.go knows
// what to do about a failure. listing.go, failure.go, resolver.go, reversedns.go, notes.go,
// known.go and bounce.go make the parts of the long output; threshold.go, headline.go and
// perfdata.go make the first line. layout.go aligns the columns of the table. catalog.go is apart
// from that: it describes the lists themselves.
package report

import (
	"time"

	"check_dnsbl/internal/bounce"
	"check_dnsbl/internal/dnsbl"
)

// Limits of the output in bytes. Nagios cuts longer output at random, and some web interfaces show
// only a part of the first line.
const (
	maxOutput = 4096 // all of it
	maxFirst  = 1000 // the first line
	maxReason = 200  // foreign text that has a line of its own, or a list of names
	maxWords  = 120  // one of several texts on a line
)

// An Info is what the output has of a run besides its verdict.
type Info struct {
	Began         time.Time
	Took, Timeout time.Duration
	Bounce        *Bounce      // the bounce that was read, or nil
	Warnings      []dnsbl.Note // about keys that every user of this host can read
	Notes         []dnsbl.Note // remarks on the options and the run
	CatalogDate   string       // of a --self-test: the day of what is known of the lists
	Queries       int          // how many were sent, each try counted
	Several       bool         // the targets may be several subjects, even if they are one today
	ReverseDNS    bool         // it was to be looked up
	Known         bool         // the user knows of listings, even if those have ended
	Verbose       int          // 1 shows every list, 2 every query
	Unlimited     bool         // no monitor reads the output: nothing is cut
	Width, Height int          // of the terminal that a Table is for; 0 if there is none
	Color         bool         // in a Table

	// The Printer sets these.
	details bool                // what experts want to know of listings and healthy lists is shown
	mask    func(string) string // hides keys in text that is about to be cut; nil if there are none
}

// raise returns the advice to raise -t if a longer one may get more answers: -t ended the run, give
// or take the last moment. A list that is silent for the default -t is silent, unless there are
// several subjects to query it about.
func (i *Info) raise(subjects int) string {
	const usual = 10 * time.Second
	switch {
	case i.Timeout <= 0 || i.Took < i.Timeout*95/100:
		return ""
	case i.Timeout < usual:
		return "Raise -t to 10 s or more. "
	case subjects > 1:
		return "Raise -t. "
	}
	return ""
}

// A Bounce is what the output has of a bounce that was read. A nil Bounce says nothing.
type Bounce struct {
	Read       *bounce.Bounce
	Overridden bool        // the user named the targets
	Named      []NamedList // the lists of the catalog that it names, once they were queried
}

// A NamedList is a list that a bounce names, as the user's other options leave it.
type NamedList struct {
	Zone       string
	List       *dnsbl.List // nil if it is not queried
	NotQueried string      // why it is not queried, "" if -x leaves it out
}
