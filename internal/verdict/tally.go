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
	Failed []dnsbl.Finding // no verdict, from lists that count
	// NotCounted are listings that do not count: those on info, allow and score lists, those whose
	// weights add nothing, those on lists that are part of another one in Listed.
	NotCounted []dnsbl.Finding
	// Tolerated are failures that do not count: those of lists that are not open to us or may be
	// dead.
	Tolerated  []dnsbl.Finding
	Untested   []dnsbl.Finding // not listed, according to lists without a test entry
	DirectOnly []dnsbl.Finding // verdicts that only the list's own name servers gave
	NoEntry    int             // lists that never count and do not list the subject

	proved bool // a list gave a proved verdict by the path that was taken first
	place  int  // among the subjects of a Verdict
	class
}

// A class is what the state of a subject depends on, besides its score and those of others.
type class struct {
	critical bool // a single listing is CRITICAL
	blind    bool // too little is known to say OK
	listed   bool
}

// count returns the tally of one subject from the findings on it, of which there is at least one.
func count(findings []dnsbl.Finding, rules Rules) Tally {
	t := Tally{Subject: findings[0].Subject}
	for i := range findings {
		t.add(&findings[i], rules, findings)
	}
	return t
}

// add sorts in one of the subject's findings.
func (t *Tally) add(f *dnsbl.Finding, rules Rules, all []dnsbl.Finding) {
	counts := rules.Counts(f.List)
	if rules.Weighted && (counts && f.Weight > 0 || Lowers(f)) {
		t.Score += f.Weight
	}
	switch {
	case f.Outcome == dnsbl.Failed && counts && expected(f.List):
		t.Failed = append(t.Failed, *f)
	case f.Outcome == dnsbl.Failed:
		t.Tolerated = append(t.Tolerated, *f)
	case f.Outcome == dnsbl.Listed && counts && rules.adds(f, all):
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

// Lowers reports whether a listing, on a list of whatever kind, takes from the sum of weights. An
// unconfirmed one does not: unlike other unconfirmed listings it would hide something.
func Lowers(f *dnsbl.Finding) bool {
	return f.Outcome == dnsbl.Listed && f.Weight < 0 && !f.Unconfirmed
}

// CountedBy returns the list that contains the listing's list and lists the subject too, so that
// the listing counts already, or nil. A policy listing there does not stand for one for abuse.
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

// Asked returns how many of the lists that count were queried.
func (t *Tally) Asked() int { return t.Answered + len(t.Failed) }

// Heard reports whether any list gave a verdict, even one that does not count.
func (t *Tally) Heard() bool { return t.Answered+len(t.NotCounted)+t.NoEntry > 0 }

// MajorFailed returns the failures of major lists. Any of them rules out an OK.
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

// byGravity compares listed subjects, to sort the worst first.
func byGravity(a, b *Tally) int {
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

// kept returns what is needed of a subject that may decide the state: its listings and failures.
func (t *Tally) kept() *Tally {
	k := t.listings()
	k.Answered, k.Clean, k.NoEntry = t.Answered, t.Clean, t.NoEntry
	for i := range t.Failed {
		k.Failed = append(k.Failed, withoutEvidence(&t.Failed[i]))
	}
	for i := range t.Tolerated {
		k.Tolerated = append(k.Tolerated, withoutEvidence(&t.Tolerated[i]))
	}
	return k
}

// listings returns what is needed of a subject that is listed.
func (t *Tally) listings() *Tally {
	return &Tally{
		Subject: t.Subject, State: t.State, Score: t.Score, Listed: brief(t.Listed),
		place: t.place, class: t.class,
	}
}

// brief returns copies of listings with no more evidence than the question, how long its answer may
// be cached, and the operator's reasons.
func brief(listed []dnsbl.Finding) []dnsbl.Finding {
	kept := make([]dnsbl.Finding, len(listed))
	for i := range listed {
		kept[i] = withoutEvidence(&listed[i])
		e := listed[i].Evidence
		if e == nil {
			continue
		}
		reasons := listed[i].Reasons()
		kept[i].Evidence = &dnsbl.Evidence{
			Question: dnsbl.Answer{Question: e.Question.Question, TTL: e.Question.TTL},
			Reason:   dnsbl.Answer{Texts: slices.Clone(reasons[:min(MaxReasons, len(reasons))])},
		}
	}
	return kept
}
