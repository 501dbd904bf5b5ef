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
	CriticalOnAbuse   bool     // a listing for abuse on a major list is CRITICAL
	MaxFailed         float64  // percentage of failed lists above which there is no OK
	Weighted          bool     // the thresholds are for the sum of weights, not the number of lists
}

// OnMajor in Rules.CriticalOn stands for all major lists.
const OnMajor = "major"

// Default returns the rules without any wishes: WARNING on one list; CRITICAL on three, or on a
// major list for abuse.
func Default() Rules {
	return Rules{Warning: AtLeast(1), Critical: AtLeast(3), CriticalOnAbuse: true, MaxFailed: 25}
}

// Counts reports whether listings on l count towards the thresholds, either as those of most lists
// do or because the user named the list in CriticalOn.
func (r Rules) Counts(l *dnsbl.List) bool { return counts(l) || r.named(l) }

// counts reports whether listings on l count if the user does not name it.
func counts(l *dnsbl.List) bool {
	block := l.Kind == dnsbl.Block || l.Kind == dnsbl.Policy
	return block && l.Tier != dnsbl.Info && l.Access != dnsbl.Closed
}

// expected reports whether we can expect an answer from l: it is alive and open to us.
func expected(l *dnsbl.List) bool {
	open := l.Access == dnsbl.Open || l.Access == dnsbl.Keyed && l.Key != ""
	return open && l.Status == dnsbl.Active
}

// named reports whether the user wants any listing on l to be CRITICAL.
func (r Rules) named(l *dnsbl.List) bool { return slices.Contains(r.CriticalOn, l.Zone) }

// critical reports whether a single listing is CRITICAL.
func (r Rules) critical(f dnsbl.Finding) bool {
	if f.List.Tier != dnsbl.Major {
		return r.named(f.List)
	}
	onAbuse := r.CriticalOnAbuse && !r.Weighted && !f.PolicyOnly()
	return onAbuse || r.named(f.List) || slices.Contains(r.CriticalOn, OnMajor)
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
