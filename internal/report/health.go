package report

import (
	"fmt"
	"io"
	"math"
	"slices"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"

	"github.com/olorin/nagiosplugin"
)

// Health writes how the lists themselves are: service output and perfdata on the first line, then a table with a line for each list,
// the unhealthy ones first.
func Health(w io.Writer, h verdict.Health, run Run) error {
	perfdata := healthData(&h, run)
	room := maxFirst - len(first(h.State, "", perfdata))
	out := first(h.State, text.Clip(healthLine(&h, room), room), perfdata) + "\n"
	lines := slices.Concat(run.Warnings, healthNotes(&h), run.Notes)
	if h.State != nagiosplugin.UNKNOWN || h.Asked() == 0 || run.Verbose > 0 { // else it is no matter of the lists
		lines = append(lines, healthTable(&h, run.Verbose)...)
	}
	most := maxOutput - len(out)
	if run.Unlimited {
		most = math.MaxInt
	}
	_, err := io.WriteString(w, out+fit(lines, most))
	return err
}

// healthLine is the text of the first line, with as many names of lists as there is room for.
func healthLine(h *verdict.Health, room int) string {
	failed := slices.Concat(h.Unhealthy, h.Excused)
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

func healthData(h *verdict.Health, run Run) []datum {
	none := math.NaN()
	asked := float64(h.Asked())
	return []datum{
		{"unhealthy", "", float64(len(h.Unhealthy)), 0, asked, h.Warning.Plain, h.Critical.Plain},
		{"healthy", "", float64(len(h.Healthy)), 0, asked, none, none},
		{"direct", "", float64(len(around(h.Healthy))), 0, asked, none, none},
		{"time", "s", math.Round(run.Took.Seconds()*1000) / 1000, 0, none, none, run.Timeout.Seconds()},
	}
}

// healthNotes speak of the resolver.
func healthNotes(h *verdict.Health) []string {
	missed, direct := verdict.Grouped(slices.Concat(h.Unhealthy, h.Excused)), verdict.Grouped(around(h.Healthy))
	lines := aboutPublic(slices.Concat(missed, direct))
	if wall := wallAdvice(missed, direct); wall != "" {
		lines = append(lines, wall)
	}
	if advice := resolverAdvice(missed, direct); advice != "" && len(h.Healthy) == len(around(h.Healthy)) {
		return append(lines, advice)
	}
	return append(lines, aroundLines(direct)...)
}

// around returns the findings that were only to be had from the lists' own name servers.
func around(findings []dnsbl.Finding) []dnsbl.Finding {
	return slices.DeleteFunc(slices.Clone(findings), func(f dnsbl.Finding) bool { return !f.Direct || f.Other == nil })
}

// healthTable has a line for each list: how it is, its zone, and why, with the cure.
func healthTable(h *verdict.Health, verbose int) []string {
	all := slices.Concat(h.Unhealthy, h.Excused, h.Untested, h.Healthy)
	wide := 0
	for i := range all {
		wide = max(wide, len(all[i].List.Zone))
	}
	var lines []string
	for i := range all {
		f := &all[i]
		lines = append(lines, fmt.Sprintf("%-18s  %-*s  %s", health(f), wide, f.List.Zone, healthWhy(f, verbose)))
		if verbose > 1 {
			lines = append(lines, evidence(f)...)
		}
	}
	return lines
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
