package report

import (
	"fmt"
	"slices"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"

	"github.com/olorin/nagiosplugin"
)

// healthLine is the text of the first line, with as many names of lists as there is room for.
func healthLine(h *verdict.Health, room int) string {
	failed := slices.Concat(h.Unhealthy, h.Tolerated)
	groups := verdict.Grouped(failed)
	fault, _ := resolverFault(throughResolver(groups))
	switch {
	case h.Asked() == 0:
		return "no list was tested that counts"
	case h.State == nagiosplugin.UNKNOWN && fault != "":
		return fmt.Sprintf("no list could be tested: %s %s", resolvers(groups), fault)
	case h.State == nagiosplugin.UNKNOWN:
		return "no list could be tested: " + text.Join(causes(failed), maxFirst/3)
	case h.State == nagiosplugin.OK && len(h.Unhealthy) == 0:
		return fmt.Sprintf("%d of %s healthy%s", len(h.Healthy), plural(h.Asked(), "list"), onlyDirectly(h))
	}
	line := fmt.Sprintf("%d of %s unhealthy", len(h.Unhealthy), plural(h.Asked(), "list"))
	if len(h.Unhealthy) == 0 {
		return line
	}
	names := make([]string, len(h.Unhealthy))
	for i := range h.Unhealthy {
		names[i] = fmt.Sprintf("%s (%s)", h.Unhealthy[i].List.Zone, health(&h.Unhealthy[i]))
	}
	tail := onlyDirectly(h)
	return line + ": " + text.Join(names, room-len(line)-len(": ")-len(tail)) + tail
}

// onlyDirectly says how many of the healthy lists are so in spite of the resolver.
func onlyDirectly(h *verdict.Health) string {
	if n := len(around(h.Healthy)); n > 0 {
		return fmt.Sprintf(" (%d of the healthy ones only directly)", n)
	}
	return ""
}

// healthNotes speak of the resolver.
func healthNotes(h *verdict.Health) []string {
	missed, direct := verdict.Grouped(slices.Concat(h.Unhealthy, h.Tolerated)), verdict.Grouped(around(h.Healthy))
	lines := aboutPublic(slices.Concat(missed, direct))
	if wall := wallAdvice(missed, direct); wall != "" {
		lines = append(lines, wall)
	}
	if advice := resolverAdvice(missed, direct); advice != "" && len(h.Healthy) == len(around(h.Healthy)) {
		return append(lines, advice)
	}
	return append(lines, aroundLines(direct)...)
}

// health puts into a word or two how a list is.
func health(f *dnsbl.Finding) string {
	l := f.List
	switch {
	case f.Untested:
		return "no test entry"
	case f.Outcome == dnsbl.Listed && f.Unconfirmed:
		return "half tested"
	case f.Outcome == dnsbl.Listed:
		return "healthy"
	case l.Access == dnsbl.Registration:
		return "needs registration"
	case l.Access == dnsbl.Keyed && l.Key == "":
		return "needs a key"
	case l.Access == dnsbl.Closed:
		return "for members"
	case f.Cause == dnsbl.NoTestEntry && l.Name == "":
		return "no test entry"
	case f.Cause == dnsbl.NoTestEntry && l.Access == dnsbl.Keyed:
		return "key refused?"
	}
	return remedies[f.Cause].health
}

// healthWhy is the last column: on what that rests.
func healthWhy(f *dnsbl.Finding, verbose int) string {
	switch {
	case f.Untested:
		return "its word has to be taken"
	case f.Outcome == dnsbl.Failed && f.List.Status == dnsbl.Unsure:
		return causeText(f) + directlyText(f) + "; may be dead, not counted"
	case f.Outcome == dnsbl.Failed:
		return causeText(f) + directlyText(f) + "; " + remedyOf(f)
	}
	test := f.Evidence.Positive[len(f.Evidence.Positive)-1]
	why := milliseconds(test.RTT) + asked(f)
	if f.Unconfirmed {
		why += fmt.Sprintf(", but its test entry that must not be listed gave no clear answer (%s)", causeText(f))
	}
	if verbose > 0 {
		why += fmt.Sprintf(", %s is %s", f.List.Mask(test.Question.Name), codes(f))
	}
	return why
}
