package verdict

import (
	"math"
	"slices"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/fcrdns"

	"github.com/olorin/nagiosplugin"
)

// maxListings is how many listings a Verdict holds, unless the first subject has more.
const maxListings = 1000

// A Tallier makes a Verdict, subject by subject. NewTallier returns one.
type Tallier struct {
	v Verdict // so far

	failed, tolerated, notCounted, untested, directOnly grouping

	// decisive has the first subject with the highest score of each class: one of them decides the
	// state, whatever the others turn out to be.
	decisive map[class]*Tally

	listings int // how many there are in v.Listings
	// least is the last of v.Listings, once some were dropped. Subjects that are not worse are
	// dropped at once.
	least *Tally
}

// NewTallier returns a tallier without any subjects.
func NewTallier(rules Rules) *Tallier {
	return &Tallier{v: Verdict{Rules: rules}, decisive: map[class]*Tally{}}
}

// Subjects returns the number of subjects so far.
func (t *Tallier) Subjects() int { return t.v.Subjects }

// Listed returns how many of them are on a list that counts.
func (t *Tallier) Listed() int { return t.v.Listed }

// Count returns the tally of one subject from the findings on it, of which there must be at least
// one. It may be called while another goroutine adds tallies.
func (t *Tallier) Count(findings []dnsbl.Finding) Tally { return count(findings, t.v.Rules) }

// Add adds the tally of one more subject.
func (t *Tallier) Add(tally Tally) {
	v := &t.v
	v.Subjects++
	v.Named = v.Named || tally.Subject.Domain != ""
	v.Answered = v.Answered || tally.Answered > 0
	v.Heard = v.Heard || tally.proved
	v.NoEntry = max(v.NoEntry, tally.NoEntry)
	t.group(&tally)
	tally.place = v.Subjects
	tally.class = class{
		critical: slices.ContainsFunc(tally.Listed, v.Rules.critical),
		blind:    v.Rules.blind(&tally),
		listed:   len(tally.Listed) > 0,
	}
	tally.State = v.Rules.state(&tally, false)
	if best := t.decisive[tally.class]; best == nil || tally.Score > best.Score {
		t.decisive[tally.class] = tally.kept()
	}
	switch {
	case tally.listed:
		t.keep(&tally)
	case tally.Answered > 0:
		v.Clean++
	}
}

// group adds the findings of a tally to those of other subjects. Of untested and direct verdicts
// only the list and the path matter, not the outcome.
func (t *Tallier) group(tally *Tally) {
	t.failed.add(tally.Failed)
	t.tolerated.add(tally.Tolerated)
	for i := range tally.NotCounted {
		t.notCounted.addOne(&tally.NotCounted[i], CountedBy(&tally.NotCounted[i], tally.Listed))
	}
	for _, f := range tally.Untested {
		t.untested.addOne(&dnsbl.Finding{Subject: tally.Subject, List: f.List}, nil)
	}
	for _, f := range tally.DirectOnly {
		direct := dnsbl.Finding{Subject: tally.Subject, List: f.List, Direct: true, Other: f.Other}
		t.directOnly.addOne(&direct, nil)
	}
}

// keep keeps a listed subject if it may be among those to show.
func (t *Tallier) keep(tally *Tally) {
	v := &t.v
	v.Listed++
	if v.MostListed == nil || len(tally.Listed) > len(v.MostListed.Listed) {
		v.MostListed = tally.kept()
	}
	if t.least != nil && byGravity(t.least, tally) < 0 {
		return
	}
	v.Listings = append(v.Listings, tally.listings())
	if t.listings += len(tally.Listed); t.listings > 2*maxListings { // rarely, as it sorts
		t.trim()
	}
}

// trim sorts the listed subjects and drops what is over the limit, but never the first.
func (t *Tallier) trim() {
	listings := t.v.Listings
	slices.SortFunc(listings, byGravity)
	t.listings = 0
	for i, tally := range listings {
		if i > 0 && t.listings+len(tally.Listed) > maxListings {
			clear(listings[i:])
			t.v.Listings, t.least = listings[:i], listings[i-1]
			return
		}
		t.listings += len(tally.Listed)
	}
}

// ReverseDNS is what came of looking up the reverse DNS of the addresses. Gaps tell, in words, for
// which of them that failed.
type ReverseDNS struct {
	Results []fcrdns.Result
	Gaps    []string
}

// Verdict returns the verdict on the subjects, of which there must be at least one. Gaps tell, in
// words, what could not be checked. A listing that reaches a threshold outranks UNKNOWN, and that
// outranks OK.
func (t *Tallier) Verdict(gaps []string, reverse ReverseDNS) Verdict {
	v := &t.v
	t.decide()
	v.Failed, v.Tolerated, v.NotCounted = t.failed.groups, t.tolerated.groups, t.notCounted.groups
	v.Untested, v.DirectOnly = t.untested.groups, t.directOnly.groups
	v.ReverseDNS, v.Gaps = reverse.Results, slices.Concat(gaps, reverse.Gaps)
	if v.State == nagiosplugin.OK {
		v.State = stateWithoutListing(len(gaps), v.Faulty(), len(reverse.Gaps))
	}
	return *v
}

// stateWithoutListing returns the state if the lists give no reason to alert. A problem of reverse
// DNS is a WARNING, never CRITICAL, and if lists could not be checked the state is UNKNOWN anyway.
func stateWithoutListing(gaps, faulty, reverseGaps int) nagiosplugin.Status {
	switch {
	case gaps > 0:
		return nagiosplugin.UNKNOWN
	case faulty > 0:
		return nagiosplugin.WARNING
	case reverseGaps > 0:
		return nagiosplugin.UNKNOWN
	}
	return nagiosplugin.OK
}

// decide sets the final states of the subjects, now that the highest score is known, the worst of
// them and the state of the service.
func (t *Tallier) decide() {
	v, top := &t.v, math.MinInt
	for _, tally := range t.decisive {
		top = max(top, tally.Score)
	}
	for _, tally := range t.decisive {
		tally.State = v.Rules.state(tally, tally.Score == top)
		if v.Worst == nil || tally.worseThan(v.Worst) {
			v.Worst = tally
		}
	}
	for _, tally := range v.Listings {
		tally.State = v.Rules.state(tally, tally.Score == top)
	}
	if v.MostListed == nil || len(v.MostListed.Listed) <= len(v.Worst.Listed) {
		v.MostListed = v.Worst
	}
	t.trim()
	isWorst := func(tally *Tally) bool { return tally.place == v.Worst.place }
	if v.Worst.listed && !slices.ContainsFunc(v.Listings, isWorst) {
		v.Listings = slices.Insert(v.Listings, 0, v.Worst)
	}
	v.State = v.Worst.State
}

// blind reports whether too little is known about a subject to say OK: no list that counts gave a
// verdict, too many of them failed, or a major one did.
func (r Rules) blind(t *Tally) bool {
	tooMany := float64(len(t.Failed))*100 > r.MaxFailed*float64(t.Asked())
	return t.Answered == 0 || tooMany || slices.ContainsFunc(t.Failed, majorList)
}

// state returns the state for one subject. Only the subjects with the highest score of all, for
// which top is true, are compared with the thresholds. A range that alerts on few listings does not
// alert if few could be seen.
func (r Rules) state(t *Tally, top bool) nagiosplugin.Status {
	top = top && (t.listed || !t.blind)
	switch {
	case t.critical, top && r.Critical.Alerts(t.Score):
		return nagiosplugin.CRITICAL
	case top && r.Warning.Alerts(t.Score):
		return nagiosplugin.WARNING
	case t.blind:
		return nagiosplugin.UNKNOWN
	}
	return nagiosplugin.OK
}
