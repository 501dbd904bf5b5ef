package verdict

import (
	"slices"

	"check_dnsbl/internal/dnsbl"

	"github.com/olorin/nagiosplugin"
)

// A Health is the state of the lists themselves, for --self-test.
type Health struct {
	State             nagiosplugin.Status
	Warning, Critical Threshold // for the number of Unhealthy lists

	Healthy   []dnsbl.Finding // the positive test entry is listed and the negative one is not
	Unhealthy []dnsbl.Finding
	Tolerated []dnsbl.Finding // failures of lists that are not open to us or may be dead
	Untested  []dnsbl.Finding // lists without test entries
}

// JudgeHealth decides which lists are healthy, from the findings of dnsbl.List.JudgeTests. Findings
// on one list must follow each other.
func JudgeHealth(findings []dnsbl.Finding, warning, critical Threshold) Health {
	h := Health{Warning: warning, Critical: critical}
	findings = onePerList(findings)
	for _, f := range findings {
		switch {
		case f.Untested:
			h.Untested = append(h.Untested, f)
		case f.Outcome == dnsbl.Listed && !f.Unconfirmed:
			h.Healthy = append(h.Healthy, f)
		case expected(f.List):
			h.Unhealthy = append(h.Unhealthy, f)
		default:
			h.Tolerated = append(h.Tolerated, f)
		}
	}
	h.State = h.state(slices.ContainsFunc(findings, answered))
	return h
}

// state returns the state of the service. It is UNKNOWN if no list answered anything, or all failed
// for a common cause, because then the lists are not to blame. Without any healthy list it is never
// OK, whatever the threshold.
func (h *Health) state(anyAnswer bool) nagiosplugin.Status {
	failed, noneHealthy := slices.Concat(h.Unhealthy, h.Tolerated), len(h.Healthy) == 0
	switch {
	case h.Asked() == 0, !anyAnswer, noneHealthy && CommonCause(Grouped(failed)) != "":
		return nagiosplugin.UNKNOWN
	case h.Critical.Alerts(len(h.Unhealthy)):
		return nagiosplugin.CRITICAL
	case noneHealthy, h.Warning.Alerts(len(h.Unhealthy)):
		return nagiosplugin.WARNING
	}
	return nagiosplugin.OK
}

// answered reports whether any server answered for the list, even if the answer was useless.
func answered(f dnsbl.Finding) bool {
	return f.Outcome == dnsbl.Listed || f.Cause.ServerAnswered() && !f.Untested
}

// Asked returns how many lists were queried that should answer.
func (h *Health) Asked() int { return len(h.Healthy) + len(h.Unhealthy) }

// onePerList keeps one finding on each list that was tested for addresses and for domains.
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

// decides reports whether f rather than other, which is on the same list, decides the health of the
// list. For a list of the catalog the worse finding decides. For an unknown list the better one
// does, because it need not cover both addresses and domains. A list that lists everything is never
// healthy.
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
