// Package report writes a verdict for those who read it: the monitor's first line and perfdata, and what an admin needs.
// Foreign text is cleaned here. It does no I/O beyond its writer.
package report

import (
	"time"
)

// What monitors take: Nagios cuts longer output at random, and some front ends show only so much of the first line.
const (
	maxOutput = 4096
	maxFirst  = 1000
	maxReason = 200
	maxWords  = 120 // of our own making or the operator's, where they stand beside others
)

// A Run is what there is to say of a check beside its verdict.
type Run struct {
	Began         time.Time
	Took, Timeout time.Duration
	Bounce        []string            // lines on what the targets were read from, before all else in the long output
	Mask          func(string) string // hides keys in text before it is cut; nil if there are none
	Warnings      []string            // lines of the long output that come first, so that they are cut last
	Notes         []string            // lines at its end
	Queries       int                 // how many were sent; 0: not to be shown
	Verbose       int                 // 1: every list; 2: every question
	Unlimited     bool                // no monitor reads this: print all there is
	Width, Height int                 // of the terminal that a Table is for; 0 for none
	Color         bool                // in a Table
}
