package verdict

import (
	"slices"

	"check_dnsbl/internal/dnsbl"

	"github.com/olorin/nagiosplugin"
)

// A Health is the state of the lists themselves.
type Health struct {
	State             nagiosplugin.Status
	Warning, Critical Threshold // of the number of Unhealthy lists

	Healthy   []dnsbl.Finding
	Unhealthy []dnsbl.Finding
	Tolerated []dnsbl.Finding // failed, but no answer was owed: lists for the registered, lists that may be dead
	Untested  []dnsbl.Finding // lists without test entries, as the catalog or the user says
}

// JudgeHealth decides from what dnsbl.List.JudgeTests found. If nobody answered anything, or all failed alike, it is not the lists that
// are unhealthy: the state is UNKNOWN. So it is if none of the lists owes an answer.
func JudgeHealth(findings []dnsbl.Finding, warning, critical Threshold) Health {
	h := Health{Warning: warning, Critical: critical}
	for _, f := range findings {
		switch {
		case f.Untested:
			h.Untested = append(h.Untested, f)
		case f.Outcome == dnsbl.Listed && !f.Unconfirmed:
			h.Healthy = append(h.Healthy, f)
		case owesVerdict(f.List):
			h.Unhealthy = append(h.Unhealthy, f)
		default:
			h.Tolerated = append(h.Tolerated, f)
		}
	}
	switch unhealthy := len(h.Unhealthy); {
	case h.Asked() == 0, !slices.ContainsFunc(findings, answered), len(h.Healthy) == 0 && CommonCause(Grouped(slices.Concat(h.Unhealthy, h.Tolerated))) != "":
		h.State = nagiosplugin.UNKNOWN
	case critical.Alerts(unhealthy):
		h.State = nagiosplugin.CRITICAL
	case warning.Alerts(unhealthy), len(h.Healthy) == 0: // that nothing proves one to be well is no OK, whatever the threshold
		h.State = nagiosplugin.WARNING
	default:
		h.State = nagiosplugin.OK
	}
	return h
}

// answered says whether anyone said anything on the list, be it of no use.
func answered(f dnsbl.Finding) bool {
	return f.Outcome == dnsbl.Listed || f.Cause.Heard() && !f.Untested
}

// Asked returns how many of the lists that owe an answer were asked.
func (h *Health) Asked() int { return len(h.Healthy) + len(h.Unhealthy) }
