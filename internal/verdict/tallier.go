package verdict

import (
	"math"
	"slices"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/fcrdns"

	"github.com/olorin/nagiosplugin"
)

// maxListings is how many listings a Verdict holds. The worst subject always has all of its
// listings.
const maxListings = 1000

// A Tallier builds a Verdict from the tallies of subjects, one at a time. NewTallier returns one.
type Tallier struct {
	v Verdict // so far

	failed, tolerated, known, notCounted, untested, directOnly grouping

	needs []need // of Rules.Known, the highest of any subject

	// decisive has, for each class, the first subject with the highest score. The final state
	// depends on these only, because thresholds are applied to the highest score.
	decisive map[class]*Tally

	nListings int // the listings of all subjects in v.Listings
	// leastBad is the last subject in v.Listings, once some were dropped. Only worse subjects are
	// added then.
	leastBad *Tally
}

// NewTallier returns a tallier without any subjects.
func NewTallier(rules Rules) *Tallier {
	return &Tallier{
		v:        Verdict{Rules: rules},
		needs:    make([]need, len(rules.Known)),
		decisive: map[class]*Tally{},
	}
}

// Subjects returns the number of subjects so far.
func (t *Tallier) Subjects() int { return t.v.Subjects }

// Listed returns how many of the subjects so far are on a list that counts.
func (t *Tallier) Listed() int { return t.v.Listed }

// Count returns the tally of one subject from the findings on it. There must be at least
// one. It may be called while another goroutine adds tallies.
func (t *Tallier) Count(findings []dnsbl.Finding) Tally { return count(findings, t.v.Rules) }

// Add adds the tally of one more subject.
func (t *Tallier) Add(tally Tally) {
	v := &t.v
	v.Subjects++
	v.HasDomains = v.HasDomains || tally.Subject.Domain != ""
	v.Answered = v.Answered || tally.Answered > 0
	v.Proved = v.Proved || tally.proved
	v.NoEntry = max(v.NoEntry, tally.NoEntry)
	v.MostKnown = max(v.MostKnown, len(tally.Known))
	for i, n := range tally.needs {
		t.needs[i] = max(t.needs[i], n)
	}
	if failed := (Failures{len(tally.Failed), tally.Asked()}); failed.moreThan(v.MostFailed) {
		v.MostFailed = failed
	}
	t.group(&tally)
	tally.place = v.Subjects
	tally.class = class{
		isCritical: slices.ContainsFunc(tally.Listed, v.Rules.critical),
		isBlind:    v.Rules.blind(&tally),
		isListed:   len(tally.Listed) > 0,
	}
	if tally.isBlind {
		v.Blind++
	}
	tally.State = v.Rules.state(&tally, false)
	if best := t.decisive[tally.class]; best == nil || tally.Score > best.Score {
		t.decisive[tally.class] = tally.copyForWorst()
	}
	switch {
	case tally.isListed:
		t.addListed(&tally)
	case tally.Answered > 0 && len(tally.Known) == 0:
		v.Clean++
	}
}

// group adds the findings of a tally to the groups. Untested and direct verdicts are stripped to
// the list and the path, so that they group together whatever their outcome.
func (t *Tallier) group(tally *Tally) {
	t.failed.add(tally.Failed)
	t.tolerated.add(tally.Tolerated)
	t.known.add(tally.Known)
	listed := slices.Concat(tally.Listed, tally.Known)
	for i := range tally.NotCounted {
		t.notCounted.addOne(&tally.NotCounted[i], CountedBy(&tally.NotCounted[i], listed))
	}
	for _, f := range tally.Untested {
		t.untested.addOne(&dnsbl.Finding{Subject: tally.Subject, List: f.List}, nil)
	}
	for _, f := range tally.DirectOnly {
		direct := dnsbl.Finding{Subject: tally.Subject, List: f.List, Direct: true, Other: f.Other}
		t.directOnly.addOne(&direct, nil)
	}
}

// addListed adds a listed subject to Verdict.Listings, unless enough worse ones are known.
func (t *Tallier) addListed(tally *Tally) {
	v := &t.v
	v.Listed++
	if v.MostListed == nil || len(tally.Listed) > len(v.MostListed.Listed) {
		v.MostListed = tally.copyForWorst()
	}
	if t.leastBad != nil && worstFirst(t.leastBad, tally) < 0 {
		return
	}
	v.Listings = append(v.Listings, tally.copyForListings())
	if t.nListings += len(tally.Listed); t.nListings > 2*maxListings { // rarely, as it sorts
		t.trim()
	}
}

// trim sorts the listed subjects and drops those over maxListings, but always keeps the worst.
func (t *Tallier) trim() {
	subjects := t.v.Listings
	slices.SortFunc(subjects, worstFirst)
	t.nListings = 0
	for i, tally := range subjects {
		if i > 0 && t.nListings+len(tally.Listed) > maxListings {
			clear(subjects[i:])
			t.v.Listings, t.leastBad = subjects[:i], subjects[i-1]
			return
		}
		t.nListings += len(tally.Listed)
	}
}

// ReverseDNS is the result of looking up the reverse DNS of the addresses.
type ReverseDNS struct {
	Results []fcrdns.Result
	Gaps    []dnsbl.Note // on the addresses for which that failed
}

// Verdict returns the verdict on the subjects. There must be at least one. Gaps are what could
// not be checked. A listing that reaches a threshold outranks UNKNOWN, and UNKNOWN outranks
// OK.
func (t *Tallier) Verdict(gaps []dnsbl.Note, reverse ReverseDNS) Verdict {
	v := &t.v
	t.decide()
	v.Failed, v.Tolerated, v.NotCounted = t.failed.groups, t.tolerated.groups, t.notCounted.groups
	v.Known, v.KnownGone = t.known.groups, t.knownGone(gaps)
	v.Untested, v.DirectOnly = t.untested.groups, t.directOnly.groups
	v.ReverseDNS, v.Gaps = reverse.Results, slices.Concat(gaps, reverse.Gaps)
	if v.State == nagiosplugin.OK {
		v.State = stateWithoutListing(len(gaps), v.Faulty(), len(reverse.Gaps))
	}
	return *v
}

// knownGone returns the values of --known that no subject needs any more. With gaps there may be
// subjects that do.
func (t *Tallier) knownGone(gaps []dnsbl.Note) []Known {
	var all []Known
	for i, n := range t.needs {
		if n == gone && len(gaps) == 0 {
			all = append(all, t.v.Rules.Known[i])
		}
	}
	return all
}

// stateWithoutListing returns the state if the lists give no reason to alert. A problem of reverse
// DNS is a WARNING, never CRITICAL, and if lists could not be checked the state is UNKNOWN anyway.
func stateWithoutListing(nGaps, nFaulty, nReverseGaps int) nagiosplugin.Status {
	switch {
	case nGaps > 0:
		return nagiosplugin.UNKNOWN
	case nFaulty > 0:
		return nagiosplugin.WARNING
	case nReverseGaps > 0:
		return nagiosplugin.UNKNOWN
	}
	return nagiosplugin.OK
}

// decide finds the highest score. Then it sets the final states, the worst subject and the state of
// the service.
func (t *Tallier) decide() {
	v, highest := &t.v, math.MinInt
	for _, tally := range t.decisive {
		highest = max(highest, tally.Score)
	}
	for _, tally := range t.decisive {
		tally.State = v.Rules.state(tally, tally.Score == highest)
		if v.Worst == nil || tally.worseThan(v.Worst) {
			v.Worst = tally
		}
	}
	for _, tally := range v.Listings {
		tally.State = v.Rules.state(tally, tally.Score == highest)
	}
	v.HighestScore = highest
	if v.MostListed == nil || len(v.MostListed.Listed) <= len(v.Worst.Listed) {
		v.MostListed = v.Worst
	}
	t.trim()
	isWorst := func(tally *Tally) bool { return tally.place == v.Worst.place }
	if v.Worst.isListed && !slices.ContainsFunc(v.Listings, isWorst) {
		v.Listings = slices.Insert(v.Listings, 0, v.Worst)
	}
	v.State = v.Worst.State
}

// blind reports whether too little is known about a subject to say OK: no list that counts gave a
// verdict, too many of them failed, or a major one did.
func (r Rules) blind(t *Tally) bool {
	tooMany := len(t.Failed) > r.FailedLimit(t.Asked())
	return t.Answered == 0 || tooMany || slices.ContainsFunc(t.Failed, majorList)
}

// state returns the state for one subject. Only subjects with the highest score of all, for which
// isHighest is true, are compared with the thresholds. A range such as 2: alerts on too few
// listings. That must not happen because lists failed.
func (r Rules) state(t *Tally, isHighest bool) nagiosplugin.Status {
	compared := isHighest && (t.isListed || !t.isBlind)
	switch {
	case t.isCritical, compared && r.Critical.Alerts(t.Score):
		return nagiosplugin.CRITICAL
	case compared && r.Warning.Alerts(t.Score):
		return nagiosplugin.WARNING
	case t.isBlind:
		return nagiosplugin.UNKNOWN
	}
	return nagiosplugin.OK
}
