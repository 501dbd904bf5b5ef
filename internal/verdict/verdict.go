// Package verdict decides the state of the service from the findings: what counts, what is enough
// to alert, and what is too little to say OK. It does no I/O.
//
// Count sorts the findings on one subject into a Tally by the user's Rules; those that the user
// knows of (known.go) are a bucket of their own. A Tallier takes the tallies of all subjects one by
// one and returns the Verdict. JudgeHealth does the same for the test of the lists themselves, and
// CommonCause finds out whether the resolver is to blame.
package verdict

import (
	"cmp"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/fcrdns"

	"github.com/olorin/nagiosplugin"
)

// A Verdict is the state of the service and what it is based on. It holds the listings up to a
// limit and the other findings in groups, so that it does not grow with the number of subjects.
type Verdict struct {
	State nagiosplugin.Status
	Rules Rules
	Gaps  []dnsbl.Note // what the user wanted and could not be checked

	Subjects   int  // how many were checked
	HasDomains bool // some of them are domains
	Answered   bool // a list that counts gave a verdict on some of them
	Proved     bool // any list gave a proved verdict through the resolver
	Listed     int  // how many are on a list that counts
	Clean      int  // how many are on none, according to at least one list
	Blind      int  // too little is known about so many to say OK

	// Listings are the listed subjects, the worst first, with their listings only. If there are
	// more than maxListings listings, the last subjects are missing.
	Listings   []*Tally
	Worst      *Tally // the subject that decides the state, with listings and failures
	MostListed *Tally // the subject on most lists; Worst, unless another is on more

	// These may be of different subjects. MostFailed is of the one with the largest share of failed
	// lists, as MaxFailed limits that share for each subject.
	HighestScore int
	MostFailed   Failures
	MostKnown    int // the most listings of any subject that the user knows of

	// The findings on all subjects: see Tally.
	Failed, Tolerated, Known, NotCounted, Untested, DirectOnly []Group
	KnownGone                                                  []Known // no subject needs them

	NoEntry int // the highest of any subject: see Tally

	ReverseDNS []fcrdns.Result // if that was wanted

	AllFindings [][]dnsbl.Finding // on each of the first subjects, if the user wants to see them
}

// Failures are the lists that count and were asked about a subject, and those of them that failed.
type Failures struct{ Failed, Asked int }

// moreThan reports whether f has the larger share of failures or, if they are equal, more of them.
func (f Failures) moreThan(other Failures) bool {
	return cmp.Or(f.Failed*other.Asked-other.Failed*f.Asked,
		f.Failed-other.Failed, f.Asked-other.Asked) > 0
}

// Faulty returns the number of addresses with problems in their reverse DNS.
func (v *Verdict) Faulty() int {
	n := 0
	for i := range v.ReverseDNS {
		if len(v.ReverseDNS[i].Problems) > 0 {
			n++
		}
	}
	return n
}

// Refuse makes the state a WARNING, unless it is that or worse: a receiver refused a subject
// because of a list that gave no verdict. That outranks UNKNOWN, as a listing does.
func (v *Verdict) Refuse() {
	if v.State == nagiosplugin.OK || v.State == nagiosplugin.UNKNOWN {
		v.State = nagiosplugin.WARNING
	}
}
