// Package verdict decides the state of the service from the findings: what counts, what is enough, what is too little.
// It does no I/O.
package verdict

import (
	"math"
	"slices"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/fcrdns"

	"github.com/olorin/nagiosplugin"
)

// Rules are the user's wishes on what raises which state.
type Rules struct {
	Warning, Critical Threshold
	CriticalOn        []string // zones whose listings are CRITICAL; OnMajor for all major lists
	CriticalOnAbuse   bool     // so is a listing on a major list, unless it is one of mere policy
	MaxFailed         float64  // percentage of failed lists above which there is no OK
	Weighted          bool     // the user gave weights: the thresholds are for their sum
}

// OnMajor in Rules.CriticalOn stands for all major lists.
const OnMajor = "major"

// Default returns the rules without any wishes: WARNING from one list; CRITICAL from three, or for abuse seen by a major list.
func Default() Rules {
	return Rules{Warning: AtLeast(1), Critical: AtLeast(3), CriticalOnAbuse: true, MaxFailed: 25}
}

// A Verdict is the state of the service and what it rests on. It is made subject by subject with Add, and is whole after Close. What it
// keeps grows with what lists say, and with what is listed up to a limit, but not with the number of subjects: the clean ones are counted.
type Verdict struct {
	State nagiosplugin.Status
	Rules Rules    // to be set before anything is added
	Gaps  []string // what the user wanted to have checked and was not, in words

	Subjects   int      // how many there are
	Named      bool     // some of them are domains
	Answered   bool     // of some of them a list that counts gave a verdict
	Heard      bool     // so did any list through the resolver, with a proof
	Listed     int      // how many are on a list that counts
	Clean      int      // how many are on none, as at least one list said
	Listings   []*Tally // these, the worst first: all of them, or the worst with a thousand listings. Only their listings are kept
	Worst      *Tally   // the tally that decides: its listings and failures
	MostListed *Tally   // that of the subject on most lists: Worst, unless that is so for failures

	Failed, Tolerated, NotCounted, Untested, DirectOnly Pile // see Tally: those of all subjects
	NoEntry                                             int  // the most of any subject

	ReverseDNS []fcrdns.Result // how the addresses present themselves, if that was to be looked up

	Every [][]dnsbl.Finding // all findings on each of the first subjects, from whoever wants them shown

	decisive map[class]*Tally // the first with the highest score of each class: one of them decides
	listings int              // how many there are in Listings
	least    *Tally           // the last in Listings, once some had to be left out: what is not worse is not kept
}

// maxListings is how many listings are kept.
const maxListings = 1000

// Add judges one more subject.
func (v *Verdict) Add(t Tally) {
	v.Subjects++
	v.Named = v.Named || t.Subject.Domain != ""
	v.Answered = v.Answered || t.Answered > 0
	v.Heard = v.Heard || t.proved
	v.NoEntry = max(v.NoEntry, t.NoEntry)
	v.Failed.add(t.Failed)
	v.Tolerated.add(t.Tolerated)
	for i := range t.NotCounted {
		v.NotCounted.addOne(&t.NotCounted[i], CountedBy(&t.NotCounted[i], t.Listed))
	}
	for i := range t.Untested {
		v.Untested.addOne(&dnsbl.Finding{Subject: t.Subject, List: t.Untested[i].List}, nil)
	}
	for i := range t.DirectOnly { // what they said in the end is of no matter here
		v.DirectOnly.addOne(&dnsbl.Finding{Subject: t.Subject, List: t.DirectOnly[i].List, Direct: true, Other: t.DirectOnly[i].Other}, nil)
	}
	t.place = v.Subjects
	t.class = class{slices.ContainsFunc(t.Listed, v.Rules.critical), v.Rules.blind(&t), len(t.Listed) > 0}
	t.State = v.Rules.state(&t, false)
	v.keep(&t)
}

// keep keeps what may be needed of a tally.
func (v *Verdict) keep(t *Tally) {
	if v.decisive == nil {
		v.decisive = map[class]*Tally{}
	}
	if best := v.decisive[t.class]; best == nil || t.Score > best.Score {
		v.decisive[t.class] = t.kept()
	}
	if len(t.Listed) == 0 {
		if t.Answered > 0 {
			v.Clean++
		}
		return
	}
	v.Listed++
	if v.MostListed == nil || len(t.Listed) > len(v.MostListed.Listed) {
		v.MostListed = t.kept()
	}
	if v.least != nil && byGravity(v.least, t) < 0 {
		return
	}
	v.Listings = append(v.Listings, t.listings())
	if v.listings += len(t.Listed); v.listings > 2*maxListings { // sorted only now and then
		v.trim()
	}
}

// trim sorts the listed subjects and lets go of those that are too many. The first one stays, however many listings it has.
func (v *Verdict) trim() {
	slices.SortFunc(v.Listings, byGravity)
	v.listings = 0
	for i, t := range v.Listings {
		if i > 0 && v.listings+len(t.Listed) > maxListings {
			clear(v.Listings[i:])
			v.Listings, v.least = v.Listings[:i], v.Listings[i-1]
			return
		}
		v.listings += len(t.Listed)
	}
}

// Close decides the state, when all subjects are added, at least one. Gaps say what could not be checked.
// A listing that reaches a threshold outranks what is unknown; an unknown outranks OK.
func (v *Verdict) Close(gaps []string) {
	most := math.MinInt
	for _, t := range v.decisive {
		most = max(most, t.Score)
	}
	for _, t := range v.decisive {
		t.State = v.Rules.state(t, t.Score == most)
		if v.Worst == nil || t.worseThan(v.Worst) {
			v.Worst = t
		}
	}
	for _, t := range v.Listings {
		t.State = v.Rules.state(t, t.Score == most)
	}
	if v.MostListed == nil || len(v.MostListed.Listed) <= len(v.Worst.Listed) {
		v.MostListed = v.Worst
	}
	isWorst := func(t *Tally) bool { return t.place == v.Worst.place }
	v.trim()
	if v.Worst.listed && !slices.ContainsFunc(v.Listings, isWorst) {
		v.Listings = slices.Insert(v.Listings, 0, v.Worst)
	}
	v.State, v.Gaps = v.Worst.State, gaps
	if v.State == nagiosplugin.OK && len(gaps) > 0 {
		v.State = nagiosplugin.UNKNOWN
	}
}

// state decides on one subject. The thresholds are for the subject on most lists. A range that alerts on few listings
// does not alert where few could be seen.
func (r Rules) state(t *Tally, most bool) nagiosplugin.Status {
	most = most && (t.listed || !t.blind)
	switch {
	case t.critical, most && r.Critical.Alerts(t.Score):
		return nagiosplugin.CRITICAL
	case most && r.Warning.Alerts(t.Score):
		return nagiosplugin.WARNING
	case t.blind:
		return nagiosplugin.UNKNOWN
	}
	return nagiosplugin.OK
}

// critical says whether one listing is CRITICAL by itself.
func (r Rules) critical(f dnsbl.Finding) bool {
	major := f.List.Tier == dnsbl.Major
	return r.named(f.List) || major && slices.Contains(r.CriticalOn, OnMajor) || major && r.CriticalOnAbuse && !r.Weighted && !f.PolicyOnly()
}

// Counts says whether entries on l count: see Counts, or because the user named it in CriticalOn.
func (r Rules) Counts(l *dnsbl.List) bool { return Counts(l) || r.named(l) }

// named says whether the user wants any listing on l to be CRITICAL.
func (r Rules) named(l *dnsbl.List) bool { return slices.Contains(r.CriticalOn, l.Zone) }

// blind says whether too little is known to say OK.
func (r Rules) blind(t *Tally) bool {
	tooMany := float64(len(t.Failed))*100 > r.MaxFailed*float64(t.Asked())
	return t.Answered == 0 || tooMany || slices.ContainsFunc(t.Failed, func(f dnsbl.Finding) bool { return f.List.Tier == dnsbl.Major })
}
