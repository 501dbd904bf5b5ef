package verdict

import (
	"cmp"
	"slices"

	"check_dnsbl/internal/dnsbl"

	"github.com/olorin/nagiosplugin"
)

// MaxReasons is how many of an operator's reasons for a listing are kept.
const MaxReasons = 2

// A Tally is the findings on one subject, sorted by how they count.
type Tally struct {
	Subject  dnsbl.Subject
	State    nagiosplugin.Status
	Score    int // compared with the thresholds: the number of Listed, or the sum of weights
	Answered int // lists that count and gave a verdict
	Clean    int // those of them that do not list the subject

	Listed []dnsbl.Finding // listings that count
	Known  []dnsbl.Finding // listings that would count, but which the user knows of
	Failed []dnsbl.Finding // no verdict, from lists that count
	// NotCounted are the other listings that do not count: on info, allow and score lists, on lists
	// whose weights add nothing, and on lists that are part of another one in Listed or Known.
	NotCounted []dnsbl.Finding
	// Tolerated are failures that do not count, of lists that are not open to us or may be dead.
	Tolerated  []dnsbl.Finding
	Untested   []dnsbl.Finding // not listed, according to lists without a test entry
	DirectOnly []dnsbl.Finding // verdicts that only the list's own name servers gave
	NoEntry    int             // lists that never count and do not list the subject

	needs  []need // of Rules.Known
	proved bool   // a list gave a proved verdict by the path that was tried first
	place  int    // among the subjects of a Verdict
	class
}

// A class is what the state of a subject depends on, besides its score and those of others.
type class struct {
	isCritical bool // a single listing is CRITICAL
	isBlind    bool // too little is known to say OK
	isListed   bool // on a list that counts
}

// count returns the tally of one subject from the findings on it, at least one. Of findings on a
// domain and its parents it puts another one in front if the user knows the first.
func count(findings []dnsbl.Finding, rules Rules) Tally {
	t := Tally{Subject: findings[0].Subject, needs: rules.Known.needs(findings)}
	for i := range findings {
		findings[i] = rules.Known.unknownInFront(findings[i])
		t.add(&findings[i], rules, findings)
	}
	return t
}

// add adds one of the subject's findings to where it belongs.
func (t *Tally) add(f *dnsbl.Finding, rules Rules, all []dnsbl.Finding) {
	counts := rules.Counts(f.List)
	_, known := rules.Known.Cover(f)
	if rules.Weighted && !known && (counts && f.Weight > 0 || Lowers(f)) {
		t.Score += f.Weight
	}
	switch {
	case known && counts:
		t.Answered++
		t.Known = append(t.Known, *f)
	case f.Outcome == dnsbl.Failed && counts && expected(f.List):
		t.Failed = append(t.Failed, *f)
	case f.Outcome == dnsbl.Failed:
		t.Tolerated = append(t.Tolerated, *f)
	case f.Outcome == dnsbl.Listed && counts && rules.adds(f, all):
		t.Answered++
		t.Listed = append(t.Listed, *f)
	case f.Outcome == dnsbl.Listed && counts: // it adds nothing, but is a verdict
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
	directOnly := f.Direct && f.Other != nil
	if directOnly {
		t.DirectOnly = append(t.DirectOnly, *f)
	}
	t.proved = t.proved || f.Outcome != dnsbl.Failed && !f.Untested && !directOnly
	if !rules.Weighted {
		t.Score = len(t.Listed)
	}
}

// adds reports whether a listing on a list that counts adds to the score.
func (r Rules) adds(f *dnsbl.Finding, all []dnsbl.Finding) bool {
	return f.Weight > 0 && (r.Weighted || r.named(f.List) || CountedBy(f, all) == nil)
}

// Lowers reports whether a finding is a listing that lowers the sum of weights, on a list of any
// kind. An unconfirmed listing does not: it could hide other listings.
func Lowers(f *dnsbl.Finding) bool {
	return f.Outcome == dnsbl.Listed && f.Weight < 0 && !f.Unconfirmed
}

// CountedBy returns the list that contains the listing's list and lists the subject too, so that
// the listing is already counted; or nil. A policy listing does not stand for a listing for abuse.
func CountedBy(f *dnsbl.Finding, all []dnsbl.Finding) *dnsbl.List {
	for i := range all {
		other := &all[i]
		contains := slices.Contains(other.List.Contains, f.List.Zone)
		if contains && other.Outcome == dnsbl.Listed && counts(other.List) &&
			(f.PolicyOnly() || !other.PolicyOnly()) {
			return other.List
		}
	}
	return nil
}

// Asked returns how many lists were queried that count.
func (t *Tally) Asked() int { return t.Answered + len(t.Failed) }

// MajorFailed returns the failures of major lists. Any of them rules out OK.
func (t *Tally) MajorFailed() []dnsbl.Finding {
	minor := func(f dnsbl.Finding) bool { return !majorList(f) }
	return slices.DeleteFunc(slices.Clone(t.Failed), minor)
}

// majorList reports whether the finding is on a major list.
func majorList(f dnsbl.Finding) bool { return f.List.Tier == dnsbl.Major }

// worseThan reports whether t rather than other decides the state of the service.
func (t *Tally) worseThan(other *Tally) bool {
	return cmp.Or(rank(t.State)-rank(other.State), t.Score-other.Score, other.place-t.place) > 0
}

// worstFirst compares listed subjects, for sorting.
func worstFirst(a, b *Tally) int {
	aCritical, bCritical := a.State == nagiosplugin.CRITICAL, b.State == nagiosplugin.CRITICAL
	switch {
	case aCritical == bCritical:
		return cmp.Or(b.Score-a.Score, a.place-b.place)
	case aCritical:
		return -1
	}
	return 1
}

// rank orders states by how much they matter.
func rank(s nagiosplugin.Status) int {
	return [...]int{
		nagiosplugin.OK: 0, nagiosplugin.UNKNOWN: 1,
		nagiosplugin.WARNING: 2, nagiosplugin.CRITICAL: 3,
	}[s]
}

// copyForWorst returns a copy with what Verdict.Worst needs of a subject: listings and failures.
func (t *Tally) copyForWorst() *Tally {
	c := t.copyForListings()
	c.Answered, c.Clean, c.NoEntry = t.Answered, t.Clean, t.NoEntry
	c.Known = copyListings(t.Known)
	for i := range t.Failed {
		c.Failed = append(c.Failed, withoutEvidence(&t.Failed[i]))
	}
	for i := range t.Tolerated {
		c.Tolerated = append(c.Tolerated, withoutEvidence(&t.Tolerated[i]))
	}
	return c
}

// copyForListings returns a copy with what Verdict.Listings needs of a subject.
func (t *Tally) copyForListings() *Tally {
	return &Tally{
		Subject: t.Subject, State: t.State, Score: t.Score, Listed: copyListings(t.Listed),
		place: t.place, class: t.class,
	}
}

// copyListings returns copies of listings with little evidence: the question, how long its answer
// may be cached, and the operator's reasons. The rest are the listings of other names.
func copyListings(listed []dnsbl.Finding) []dnsbl.Finding {
	copies := make([]dnsbl.Finding, len(listed))
	for i := range listed {
		copies[i] = withoutEvidence(&listed[i])
		for j := range listed[i].Rest {
			if rest := &listed[i].Rest[j]; rest.Outcome == dnsbl.Listed {
				copies[i].Rest = append(copies[i].Rest, withoutEvidence(rest))
			}
		}
		e := listed[i].Evidence
		if e == nil {
			continue
		}
		reasons := listed[i].Reasons()
		copies[i].Evidence = &dnsbl.Evidence{
			Question: dnsbl.Answer{Question: e.Question.Question, TTL: e.Question.TTL},
			Reason:   dnsbl.Answer{Texts: slices.Clone(reasons[:min(MaxReasons, len(reasons))])},
		}
	}
	return copies
}
