package report

import (
	"fmt"
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"

	"github.com/olorin/nagiosplugin"
)

// healthHeadline returns the text of the first line of a --self-test, with as many names of lists
// as fit into max bytes: "2 of 20 lists unhealthy: bl.example (dead), dnsbl.example (refusing)".
func healthHeadline(h *verdict.Health, max int) string {
	failed := slices.Concat(h.Unhealthy, h.Tolerated)
	groups := verdict.Grouped(failed)
	fault, _ := resolverFault(throughResolver(groups))
	all := plural(h.Asked(), "list")
	switch {
	case h.Asked() == 0:
		return "no list was tested that counts"
	case h.State == nagiosplugin.UNKNOWN && fault != "":
		return fmt.Sprintf("no list could be tested: %s %s", resolverNames(groups), fault)
	case h.State == nagiosplugin.UNKNOWN:
		return "no list could be tested: " + text.Join(causeTexts(failed), maxFirst/3)
	case h.State == nagiosplugin.OK && len(h.Unhealthy) == 0:
		return fmt.Sprintf("%d of %s healthy%s", len(h.Healthy), all, directOnlyText(h))
	}
	line := fmt.Sprintf("%d of %s unhealthy", len(h.Unhealthy), all)
	if len(h.Unhealthy) == 0 {
		return line
	}
	names := make([]string, len(h.Unhealthy))
	for i := range h.Unhealthy {
		f := &h.Unhealthy[i]
		names[i] = fmt.Sprintf("%s (%s)", f.List.Zone, healthState(f))
	}
	tail := directOnlyText(h)
	return line + ": " + text.Join(names, max-len(line)-len(": ")-len(tail)) + tail
}

// directOnlyText counts the healthy lists that could not be queried through the resolver.
func directOnlyText(h *verdict.Health) string {
	if n := len(directOnly(h.Healthy)); n > 0 {
		return fmt.Sprintf(" (%d of the healthy ones only directly)", n)
	}
	return ""
}

// healthNotes returns the lines on the resolver. It is to blame if all lists failed through it for
// one reason, even if some are healthy when they are queried directly.
func healthNotes(h *verdict.Health) []string {
	failed := verdict.Grouped(slices.Concat(h.Unhealthy, h.Tolerated))
	direct := directOnly(h.Healthy)
	directGroups := verdict.Grouped(direct)
	lines := publicResolverHints(slices.Concat(failed, directGroups))
	if hint := firewallHint(failed, directGroups); hint != "" {
		lines = append(lines, hint)
	}
	advice := resolverAdvice(failed, directGroups)
	if advice != "" && len(h.Healthy) == len(direct) {
		return append(lines, advice)
	}
	return append(lines, directOnlyLines(directGroups)...)
}

// healthOrder returns the findings on all lists, the unhealthy ones first.
func healthOrder(h *verdict.Health) []dnsbl.Finding {
	return slices.Concat(h.Unhealthy, h.Tolerated, h.Untested, h.Healthy)
}

// healthCode returns the state of a list as a stable code: healthy, refusing, needs_key. A list
// that is only for some users is not to blame for its failure, so its access comes before the
// cause.
func healthCode(f *dnsbl.Finding) string {
	l := f.List
	switch {
	case f.Untested:
		return "no_test_entry"
	case f.Outcome == dnsbl.Listed && f.Unconfirmed:
		return "half_tested"
	case f.Outcome == dnsbl.Listed:
		return "healthy"
	case l.Access == dnsbl.Registration && l.KeyOf == "":
		return "needs_registration"
	case l.Access == dnsbl.Registration, l.Access == dnsbl.Keyed && l.Key == "":
		return "needs_key"
	case l.Access == dnsbl.Closed:
		return "members_only"
	case f.Cause == dnsbl.NoTestEntry && l.Name == "":
		return "no_test_entry"
	case f.Cause == dnsbl.NoTestEntry && l.Access == dnsbl.Keyed:
		return "key_may_be_refused"
	}
	return remedyRow(f.Cause).health
}

// healthState returns the state of a list in words, which are those of its code: "needs key".
func healthState(f *dnsbl.Finding) string { return strings.ReplaceAll(healthCode(f), "_", " ") }

// healthDetail returns what the state of a list rests on, with the remedy for a failure.
func healthDetail(f *dnsbl.Finding, verbose int) string {
	switch {
	case f.Untested:
		return "its word has to be taken"
	case f.Outcome == dnsbl.Failed && f.List.Status == dnsbl.Unsure:
		return causeText(f) + directText(f) + "; may be dead, not counted"
	case f.Outcome == dnsbl.Failed:
		return causeText(f) + directText(f) + "; " + remedyOf(f)
	}
	test := f.Evidence.Positive[len(f.Evidence.Positive)-1]
	detail := milliseconds(test.RTT) + directNote(f)
	if f.Unconfirmed {
		const note = ", but its test entry that must not be listed gave no clear answer (%s)"
		detail += fmt.Sprintf(note, causeText(f))
	}
	if verbose > 0 {
		detail += fmt.Sprintf(", %s is %s", f.List.Mask(test.Question.Name), codesText(f))
	}
	return detail
}
