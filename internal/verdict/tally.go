package verdict

import (
	"cmp"
	"slices"

	"check_dnsbl/internal/dnsbl"

	"github.com/olorin/nagiosplugin"
)

// A Tally sorts the findings on one subject by what they are worth.
type Tally struct {
	Subject  dnsbl.Subject
	State    nagiosplugin.Status
	Score    int // what the thresholds are compared with: the number of Listed, or the sum of weights
	Answered int // how many of the lists that count gave a verdict
	Clean    int // how many of these have no entry

	Listed     []dnsbl.Finding // listings that count
	Failed     []dnsbl.Finding // no verdict, on lists that count
	NotCounted []dnsbl.Finding // entries that do not count: info, allow and score lists, weights that add nothing, parts of other lists
	Tolerated  []dnsbl.Finding // no verdict, but none was owed: lists for the registered, lists that may be dead
	Untested   []dnsbl.Finding // not listed, by lists whose word had to be taken
	DirectOnly []dnsbl.Finding // verdicts that were only to be had from the lists' own name servers
	NoEntry    int             // lists that never count and have no entry

	proved bool // a list gave a proved verdict by the path that was taken first
	place  int  // among the subjects of a Verdict
	class
}

// A class is what the state of a subject depends on, beside its score and that of others.
type class struct {
	critical bool // one of the listings is CRITICAL by itself
	blind    bool // too little is known to say OK
	listed   bool
}

// Asked returns how many of the lists that count were asked.
func (t *Tally) Asked() int { return t.Answered + len(t.Failed) }

// Heard says whether any list gave a verdict, be it one that never counts.
func (t *Tally) Heard() bool { return t.Answered+len(t.NotCounted)+t.NoEntry > 0 }

// MajorFailed returns the failures of major lists: any of them rules out an OK.
func (t *Tally) MajorFailed() []dnsbl.Finding {
	return slices.DeleteFunc(slices.Clone(t.Failed), func(f dnsbl.Finding) bool { return f.List.Tier != dnsbl.Major })
}

// worseThan says whether t rather than other decides the state of the service.
func (t *Tally) worseThan(other *Tally) bool {
	return cmp.Or(rank(t.State)-rank(other.State), t.Score-other.Score, other.place-t.place) > 0
}

// byGravity orders listed subjects, the worst first.
func byGravity(a, b *Tally) int {
	switch {
	case a.State == b.State || a.State != nagiosplugin.CRITICAL && b.State != nagiosplugin.CRITICAL:
		return cmp.Or(b.Score-a.Score, a.place-b.place)
	case a.State == nagiosplugin.CRITICAL:
		return -1
	}
	return 1
}

// kept returns what is to be known of a subject that may decide, without evidence but for the operators' words.
func (t *Tally) kept() *Tally {
	k := t.listings()
	k.Answered, k.Clean, k.NoEntry = t.Answered, t.Clean, t.NoEntry
	for i := range t.Failed {
		k.Failed = append(k.Failed, bare(&t.Failed[i]))
	}
	for i := range t.Tolerated {
		k.Tolerated = append(k.Tolerated, bare(&t.Tolerated[i]))
	}
	return k
}

// listings returns what is to be known of a subject that is listed.
func (t *Tally) listings() *Tally {
	return &Tally{Subject: t.Subject, State: t.State, Score: t.Score, Listed: brief(t.Listed), place: t.place, class: t.class}
}

// rank orders states by how much they matter.
func rank(s nagiosplugin.Status) int {
	return [...]int{nagiosplugin.OK: 0, nagiosplugin.UNKNOWN: 1, nagiosplugin.WARNING: 2, nagiosplugin.CRITICAL: 3}[s]
}

// Count makes the tally of one subject from the findings on it, at least one.
func Count(findings []dnsbl.Finding, rules Rules) Tally {
	t := Tally{Subject: findings[0].Subject}
	for i := range findings {
		t.add(&findings[i], rules, findings)
	}
	return t
}

// add puts one of the subject's findings where it belongs.
func (t *Tally) add(f *dnsbl.Finding, rules Rules, all []dnsbl.Finding) {
	counts := rules.Counts(f.List)
	if rules.Weighted && (counts && f.Weight > 0 || Lowers(f)) {
		t.Score += f.Weight
	}
	switch {
	case f.Outcome == dnsbl.Failed && counts && owesVerdict(f.List):
		t.Failed = append(t.Failed, *f)
	case f.Outcome == dnsbl.Failed:
		t.Tolerated = append(t.Tolerated, *f)
	case f.Outcome == dnsbl.Listed && counts && f.Weight > 0 && (rules.Weighted || rules.named(f.List) || CountedBy(f, all) == nil):
		t.Answered++
		t.Listed = append(t.Listed, *f)
	case f.Outcome == dnsbl.Listed && counts: // it adds nothing, but it is a verdict
		t.Answered++
		t.NotCounted = append(t.NotCounted, *f)
	case f.Outcome == dnsbl.Listed || len(f.Codes) > 0 && !counts:
		t.NotCounted = append(t.NotCounted, *f)
	case counts:
		t.Answered++
		t.Clean++
	default:
		t.NoEntry++
	}
	if f.Untested {
		t.Untested = append(t.Untested, *f)
	}
	around := f.Direct && f.Other != nil
	if around {
		t.DirectOnly = append(t.DirectOnly, *f)
	}
	t.proved = t.proved || f.Outcome != dnsbl.Failed && !f.Untested && !around
	if !rules.Weighted {
		t.Score = len(t.Listed)
	}
}

// Lowers says whether an entry, on a list of whichever kind, takes from the sum of weights: it must be proved. Unlike a
// listing, which stands unconfirmed, it would hide something.
func Lowers(f *dnsbl.Finding) bool {
	return f.Outcome == dnsbl.Listed && f.Weight < 0 && !f.Unconfirmed
}

// Counts says whether listings on l count towards the thresholds.
func Counts(l *dnsbl.List) bool {
	return l.Tier != dnsbl.Info && l.Access != dnsbl.Closed && (l.Kind == dnsbl.Block || l.Kind == dnsbl.Policy)
}

// owesVerdict says whether we may expect an answer from l: it lives, and it is open to us.
func owesVerdict(l *dnsbl.List) bool {
	return l.Status == dnsbl.Active && (l.Access == dnsbl.Open || l.Access == dnsbl.Keyed && l.Key != "")
}

// CountedBy returns the list that a listing is counted on already because it contains the listing's list, or nil. A listing
// of mere policy there does not stand for one for abuse.
func CountedBy(f *dnsbl.Finding, all []dnsbl.Finding) *dnsbl.List {
	for i := range all {
		other := &all[i]
		contains := other.Outcome == dnsbl.Listed && Counts(other.List) && slices.Contains(other.List.Contains, f.List.Zone)
		if contains && (f.PolicyOnly() || !other.PolicyOnly()) {
			return other.List
		}
	}
	return nil
}
