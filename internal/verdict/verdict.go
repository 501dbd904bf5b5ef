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
	Weighted          bool     // the user gave weights: the thresholds are for their sum
}

// OnMajor in Rules.CriticalOn stands for all major lists.
const OnMajor = "major"

// Default returns the rules without any wishes: WARNING from one list; CRITICAL from three, or for abuse seen by a major list.
func Default() Rules {
	return Rules{Warning: AtLeast(1), Critical: AtLeast(3), CriticalOnAbuse: true, MaxFailed: 25}
}

// A Verdict is the state of the service and what it rests on.
type Verdict struct {
	State   nagiosplugin.Status
	Rules   Rules
	Tallies []Tally  // one a subject, in the order of the subjects
	Worst   *Tally   // the tally that decides, one of Tallies
	Gaps    []string // what the user wanted to have checked and was not, in words
}

// Judge decides from the tallies, at least one. Gaps say what could not be checked.
// A listing that reaches a threshold outranks what is unknown; an unknown outranks OK.
func Judge(tallies []Tally, gaps []string, rules Rules) Verdict {
	v := Verdict{Rules: rules, Tallies: tallies, Gaps: gaps}
	most := slices.MaxFunc(tallies, func(a, b Tally) int { return a.Score - b.Score }).Score
	for i := range tallies {
		t := &tallies[i]
		t.State = rules.state(t, t.Score == most)
		if v.Worst == nil || t.worseThan(v.Worst) {
			v.Worst = t
		}
	}
	v.State = v.Worst.State
	if v.State == nagiosplugin.OK && len(gaps) > 0 {
		v.State = nagiosplugin.UNKNOWN
	}
	return v
}

// state decides on one subject. The thresholds are for the subject on most lists. A range that alerts on few listings
// does not alert where few could be seen.
func (r Rules) state(t *Tally, most bool) nagiosplugin.Status {
	blind := r.blind(t)
	most = most && !(blind && len(t.Listed) == 0)
	switch {
	case slices.ContainsFunc(t.Listed, r.critical), most && r.Critical.Alerts(t.Score):
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
	major := f.List.Tier == dnsbl.Major
	return r.named(f.List) || major && slices.Contains(r.CriticalOn, OnMajor) || major && r.CriticalOnAbuse && !r.Weighted && !f.Mere()
}

// named says whether the user wants any listing on l to be CRITICAL.
func (r Rules) named(l *dnsbl.List) bool { return slices.Contains(r.CriticalOn, l.Zone) }

// blind says whether too little is known to say OK.
func (r Rules) blind(t *Tally) bool {
	tooMany := float64(len(t.Failed))*100 > r.MaxFailed*float64(t.Asked())
	return t.Answered == 0 || tooMany || len(t.MajorFailed()) > 0
}
