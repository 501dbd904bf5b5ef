// Package report puts a verdict into words. A Printer prints it in the format that the user chose:
// for a monitor (nagios.go), for people at a terminal (table.go, layout.go) or for programs
// (json.go, jsonfinding.go, jsoncatalog.go). There is no I/O but that of the Printer's writer.
//
// The files build on each other in this order. words.go names subjects, lists and counts.
// finding.go puts one finding into words, and remedy.go knows what to do about a failure.
// listing.go, failure.go, resolver.go, reversedns.go and notes.go make the parts of the long
// output; headline.go, perfdata.go and health.go make the first line. The three formats lay all of
// that out. catalog.go and bounce.go are apart from that: one describes the lists, the other
// a bounce that was read.
package report

import "time"

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
	Bounce        []string // lines on the bounce that was read: the first of the long output
	Warnings      []string // lines that come next, so that they are cut last
	Notes         []string // lines at the end
	CatalogDate   string   // of a --self-test: the day of what is known of the lists
	Queries       int      // how many were sent, each try counted
	Several       bool     // the targets may be several subjects, even if they are one today
	ReverseDNS    bool     // it was to be looked up
	Verbose       int      // 1 shows every list, 2 every query
	Unlimited     bool     // no monitor reads the output: nothing is cut
	Width, Height int      // of the terminal that a Table is for; 0 if there is none
	Color         bool     // in a Table

	Mask func(string) string // hides keys in text that is about to be cut; nil if there are none
}
