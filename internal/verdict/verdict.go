// Package verdict decides the state of the service from the findings: what counts, what is enough, what is too little.
// It does no I/O.
package verdict

import (
	"slices"

	"check_dnsbl/internal/dnsbl"

	"github.com/olorin/nagiosplugin"
)

// Rules are the user's wishes on what raises which state.
type Rules struct {
	Warning, Critical Threshold
	CriticalOn        []string // zones whose listings are CRITICAL; OnMajor for all major lists
	CriticalOnAbuse   bool     // so is a listing on a major list, unless it is one of mere policy
	MaxFailed         float64  // percentage of failed lists above which there is no OK
}

// OnMajor in Rules.CriticalOn stands for all major lists.
const OnMajor = "major"

// Default returns the rules without any wishes: WARNING from one list; CRITICAL from three, or for abuse seen by a major list.
func Default() Rules {
	return Rules{Warning: AtLeast(1), Critical: AtLeast(3), CriticalOnAbuse: true, MaxFailed: 25}
}

// A Tally sorts the findings on one subject by what they are worth.
type Tally struct {
	Subject dnsbl.Subject
	State   nagiosplugin.Status
	Score   int // what the thresholds are compared with: the number of Listed, or the sum of weights

	Listed []dnsbl.Finding // listings that count
	Clean  []dnsbl.Finding // not listed, on lists that count
	Failed []dnsbl.Finding // no verdict, on lists that count

	Shown   []dnsbl.Finding // entries that never count: info, allow and score lists, weights that add nothing
	Silent  []dnsbl.Finding // not listed, on lists that never count
	Excused []dnsbl.Finding // no verdict, but none was owed: lists for the registered, lists that may be dead
}

// Answered returns how many of the lists that count gave a verdict.
func (t *Tally) Answered() int { return len(t.Listed) + len(t.Clean) }

// Asked returns how many of the lists that count were asked.
func (t *Tally) Asked() int { return t.Answered() + len(t.Failed) }

// A Verdict is the state of the service and what it rests on.
type Verdict struct {
	State    nagiosplugin.Status
	Rules    Rules
	Weighted bool     // the user gave weights: the thresholds are for their sum
	Tallies  []Tally  // one a subject, in the order of the subjects
	Worst    *Tally   // the tally that decides, one of Tallies
	Gaps     []string // what the user wanted to have checked and was not, in words
}

// Judge weighs the findings, which must be grouped by subject, and of at least one. Gaps say what could not be checked.
// A listing that reaches a threshold outranks what is unknown; an unknown outranks OK.
func Judge(findings []dnsbl.Finding, gaps []string, rules Rules) Verdict {
	v := Verdict{Rules: rules, Gaps: gaps, Weighted: slices.ContainsFunc(findings, weighted)}
	for len(findings) > 0 {
		end := slices.IndexFunc(findings, func(f dnsbl.Finding) bool { return f.Subject != findings[0].Subject })
		if end < 0 {
			end = len(findings)
		}
		v.Tallies = append(v.Tallies, tally(findings[:end], v.Weighted))
		findings = findings[end:]
	}
	most := slices.MaxFunc(v.Tallies, func(a, b Tally) int { return a.Score - b.Score }).Score
	for i := range v.Tallies {
		t := &v.Tallies[i]
		t.State = rules.state(t, t.Score == most)
		if v.Worst == nil || rank(t.State) > rank(v.Worst.State) || rank(t.State) == rank(v.Worst.State) && t.Score > v.Worst.Score {
			v.Worst = t
		}
	}
	v.State = v.Worst.State
	if v.State == nagiosplugin.OK && len(gaps) > 0 {
		v.State = nagiosplugin.UNKNOWN
	}
	return v
}

func weighted(f dnsbl.Finding) bool {
	return slices.ContainsFunc(f.List.Choices, func(c dnsbl.Choice) bool { return c.Weight != 1 })
}

// tally sorts the findings on one subject.
func tally(findings []dnsbl.Finding, weighted bool) Tally {
	t := Tally{Subject: findings[0].Subject}
	sum := 0
	for _, f := range findings {
		counts := Counts(f.List)
		if f.Outcome == dnsbl.Listed && (counts || f.Weight < 0) {
			sum += f.Weight
		}
		pile := t.pile(&f, counts)
		*pile = append(*pile, f)
	}
	t.Score = len(t.Listed)
	if weighted {
		t.Score = sum
	}
	return t
}

// pile returns where a finding belongs.
func (t *Tally) pile(f *dnsbl.Finding, counts bool) *[]dnsbl.Finding {
	switch {
	case f.Outcome == dnsbl.Failed && counts && owesVerdict(f.List):
		return &t.Failed
	case f.Outcome == dnsbl.Failed:
		return &t.Excused
	case f.Outcome == dnsbl.Listed && counts && f.Weight > 0:
		return &t.Listed
	case f.Outcome == dnsbl.Listed || len(f.Codes) > 0 && !counts:
		return &t.Shown
	case counts:
		return &t.Clean
	}
	return &t.Silent
}

// Counts says whether listings on l count towards the thresholds.
func Counts(l *dnsbl.List) bool {
	return l.Tier != dnsbl.Info && (l.Kind == dnsbl.Block || l.Kind == dnsbl.Policy)
}

// owesVerdict says whether anyone may expect an answer from l: it lives, and it is open to everyone.
func owesVerdict(l *dnsbl.List) bool { return l.Access == dnsbl.Open && l.Status == dnsbl.Active }

// state decides on one subject. The thresholds are for the subject on most lists. A range that alerts on few listings
// does not alert where few could be seen.
func (r Rules) state(t *Tally, most bool) nagiosplugin.Status {
	blind := r.blind(t)
	most = most && !(blind && len(t.Listed) == 0)
	switch {
	case slices.ContainsFunc(slices.Concat(t.Listed, t.Shown), r.critical), most && r.Critical.Alerts(t.Score):
		return nagiosplugin.CRITICAL
	case most && r.Warning.Alerts(t.Score):
		return nagiosplugin.WARNING
	case blind:
		return nagiosplugin.UNKNOWN
	}
	return nagiosplugin.OK
}

// critical says whether one listing is CRITICAL by itself.
func (r Rules) critical(f dnsbl.Finding) bool {
	if f.Outcome != dnsbl.Listed || f.List.Kind == dnsbl.Allow || f.List.Kind == dnsbl.Score {
		return false
	}
	major := f.List.Tier == dnsbl.Major
	return slices.Contains(r.CriticalOn, f.List.Zone) ||
		major && slices.Contains(r.CriticalOn, OnMajor) ||
		major && r.CriticalOnAbuse && !f.Mere()
}

// blind says whether too little is known to say OK.
func (r Rules) blind(t *Tally) bool {
	if t.Answered() == 0 && len(t.Failed)+len(t.Excused) > 0 {
		return true
	}
	tooMany := float64(len(t.Failed))*100 > r.MaxFailed*float64(t.Asked())
	return tooMany || slices.ContainsFunc(t.Failed, func(f dnsbl.Finding) bool { return f.List.Tier == dnsbl.Major })
}

// rank orders states by how much they matter.
func rank(s nagiosplugin.Status) int {
	return [...]int{nagiosplugin.OK: 0, nagiosplugin.UNKNOWN: 1, nagiosplugin.WARNING: 2, nagiosplugin.CRITICAL: 3}[s]
}
