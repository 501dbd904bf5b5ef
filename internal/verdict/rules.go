package verdict

import (
	"slices"

	"check_dnsbl/internal/dnsbl"
)

// Rules are what the user wants to alert on. The defaults are those of the options.
type Rules struct {
	Warning, Critical Threshold
	CriticalOn        []string // zones whose listings are CRITICAL; OnMajor for all major lists
	Known             KnownListings
	CriticalOnAbuse   bool    // a listing for abuse on a major list is CRITICAL
	MaxFailed         float64 // percentage of failed lists above which there is no OK
	Weighted          bool    // the thresholds are for the sum of weights, not the number of lists
}

// OnMajor in Rules.CriticalOn stands for all major lists.
const OnMajor = "major"

// FailedLimit returns how many of the lists asked may fail on a subject before there is no OK: the
// share in MaxFailed, but never all. A major list among them rules out OK before that.
func (r Rules) FailedLimit(asked int) int {
	share := int(r.MaxFailed * float64(asked) / 100)
	return max(min(share, asked-1), 0)
}

// Counts reports whether listings on l count towards the thresholds, as those of most lists do. The
// user can make any list count by naming it in CriticalOn.
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

// CriticalAlone returns the listings that are CRITICAL each, however many there are.
func (r Rules) CriticalAlone(listed []dnsbl.Finding) []dnsbl.Finding {
	others := func(f dnsbl.Finding) bool { return !r.critical(f) }
	return slices.DeleteFunc(slices.Clone(listed), others)
}

// critical reports whether a single listing is CRITICAL.
func (r Rules) critical(f dnsbl.Finding) bool {
	if f.List.Tier != dnsbl.Major {
		return r.named(f.List)
	}
	onAbuse := r.CriticalOnAbuse && !r.Weighted && !f.PolicyOnly()
	return onAbuse || r.named(f.List) || slices.Contains(r.CriticalOn, OnMajor)
}
