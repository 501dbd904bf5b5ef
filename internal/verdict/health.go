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
	findings = onePerList(findings)
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

// onePerList keeps one finding on each list that was tested for addresses and for domains. The
// findings on a list follow each other.
func onePerList(findings []dnsbl.Finding) []dnsbl.Finding {
	var kept []dnsbl.Finding
	for _, f := range findings {
		last := len(kept) - 1
		switch {
		case last < 0 || kept[last].List != f.List:
			kept = append(kept, f)
		case decides(&f, &kept[last]):
			kept[last] = f
		}
	}
	return kept
}

// decides reports whether f rather than other, on the same list, tells how the list is: the worse
// for a list of the catalog; for an unknown list the better, as it need not cover both addresses
// and domains. A list that lists everything is never healthy.
func decides(f, other *dnsbl.Finding) bool {
	if other.Cause == dnsbl.ListsEverything || f.Cause == dnsbl.ListsEverything {
		return other.Cause != dnsbl.ListsEverything
	}
	failed, otherFailed := f.Outcome == dnsbl.Failed, other.Outcome == dnsbl.Failed
	if unknown := f.List.Name == ""; unknown && failed != otherFailed {
		return otherFailed
	}
	return testGrade(f) < testGrade(other)
}

// testGrade ranks findings: failed, only the positive test entry answered, tested.
func testGrade(f *dnsbl.Finding) int {
	switch {
	case f.Outcome == dnsbl.Failed:
		return 0
	case f.Unconfirmed:
		return 1
	}
	return 2
}
