package report

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"

	"github.com/olorin/nagiosplugin"
)

// nagiosText returns a verdict for a monitor: service output and perfdata on the first line, then
// the long output, all within 4,096 bytes unless the output is Unlimited:
//
//	CRITICAL: 192.0.2.25 is on 1 of 20 lists: zen.spamhaus.org (SBL) | listed=1;~:0;~:2;0;20 ...
//	192.0.2.25 is on zen.spamhaus.org (Spamhaus ZEN, major), on evidence, not mere policy
//	  code: 127.0.0.2 = SBL
//	  how to get off: SBL: asked for by the owner of the network
//	failed: bl.example: SERVFAIL; the resolver cannot get an answer ...
func nagiosText(v *verdict.Verdict, info Info) string {
	headline := func(max int) string {
		line := headline(v, max)
		if info.Mask != nil {
			line = info.Mask(line)
		}
		return line
	}
	out := firstLine(v.State, headline, performance(v, info))
	return out + longOutput(v, info, maxOutput-len(out))
}

// nagiosHealthText returns the result of a --self-test for a monitor: a first line as nagiosText
// has it, then a line for each list, the unhealthy ones first.
func nagiosHealthText(h *verdict.Health, info Info) string {
	headline := func(max int) string { return healthHeadline(h, max) }
	out := firstLine(h.State, headline, healthPerformance(h, info))
	lines := slices.Concat(info.Warnings, healthNotes(h), info.Notes)
	// If no list could be tested, the resolver is to blame, not the lists.
	if h.State != nagiosplugin.UNKNOWN || h.Asked() == 0 || info.Verbose > 0 {
		lines = append(lines, healthLines(h, info.Verbose)...)
	}
	max := maxOutput - len(out)
	if info.Unlimited {
		max = math.MaxInt
	}
	return out + joinLines(lines, max)
}

// nagiosFailureText returns the one line of a check that could not be made.
func nagiosFailureText(reason string) string {
	reason = text.Message(reason, maxFirst-len("UNKNOWN: "))
	return serviceOutput(nagiosplugin.UNKNOWN, reason, nil) + "\n"
}

// firstLine returns the first line. It gives the headline what room the perfdata leave.
func firstLine(
	state nagiosplugin.Status, headline func(max int) string, perfdata []datum,
) string {
	max := maxFirst - len(serviceOutput(state, "", perfdata))
	return serviceOutput(state, text.Clip(headline(max), max), perfdata) + "\n"
}

// serviceOutput formats "STATE: text | perfdata", as the plugin guidelines have it.
func serviceOutput(state nagiosplugin.Status, line string, perfdata []datum) string {
	check := nagiosplugin.NewCheck()
	check.AddResult(state, line)
	return check.String() + perfdataText(perfdata)
}

// longOutput returns the lines after the first, within max bytes: the bounce, the listings, then
// failures and notes. If there is not room for all, listings are cut before the rest: the first of
// many are enough.
func longOutput(v *verdict.Verdict, info Info, max int) string {
	bounce := joinLines(info.Bounce, max/2)
	max -= len(bounce)
	reverseDNS := reverseDNSLines(v, info.Verbose)
	if !info.Unlimited { // leaves room for the failures
		reverseDNS = clipLines(reverseDNS, max/3)
	}
	rest := slices.Concat(info.Warnings, reverseDNS, noteLines(v), info.Notes)
	if !info.Unlimited && len(strings.Join(rest, "\n")) > max/2 { // our few lines must not be cut
		rest = slices.Concat(info.Warnings, info.Notes, reverseDNS, noteLines(v))
	}
	rest = append(rest, allReverseDNSLines(v, info.Verbose)...)
	rest = append(rest, allFindingLines(v, info.Verbose)...)
	if info.Unlimited {
		return bounce + listingText(v, info.Began, math.MaxInt) + joinLines(rest, math.MaxInt)
	}
	tail := joinLines(rest, max/2)
	listed := listingText(v, info.Began, max-len(tail))
	return bounce + listed + joinLines(rest, max-len(listed))
}

// noteLines returns the lines on everything but the listings that count.
func noteLines(v *verdict.Verdict) []string {
	lines := append(gapLines(v), resolverNotes(v)...)
	if resolverExplainsAll(v) {
		return lines
	}
	return slices.Concat(lines,
		failureLines("failed", v.Failed, v.Subjects),
		notCountedLines(v),
		failureLines("failed, but not counted", v.Tolerated, v.Subjects),
		quietLines(v))
}

// failureLines returns a line for all lists that failed in the same way, with cause and remedy.
func failureLines(label string, failed []verdict.Group, subjects int) []string {
	var lines []string
	for _, f := range failures(failed, subjects) {
		lists := text.Join(f.lists, maxOutput/2)
		lines = append(lines, fmt.Sprintf("%s: %s: %s", label, lists, f.text))
	}
	return lines
}

// listingText returns a block for each listing, within max bytes. If there is no room for those of
// many subjects, all but the worst subject have a line each.
func listingText(v *verdict.Verdict, began time.Time, max int) string {
	worst, others := splitListings(v)
	var lines []string
	size := 0
	for _, t := range v.Listings {
		for _, line := range subjectLines(t, began) {
			lines = append(lines, line)
			size += len(line) + 1
		}
		if size > max && len(others) > 0 {
			return briefListings(worst[0], others, v.Rules.Weighted, began, max)
		}
	}
	return joinLines(lines, max)
}

// briefListings returns the blocks of the worst subject, as far as half of max bytes go, and a line
// for each other subject.
func briefListings(
	worst *verdict.Tally, others []*verdict.Tally, weighted bool, began time.Time, max int,
) string {
	blocks := joinLines(subjectLines(worst, began), max/2)
	var lines []string
	for _, t := range others {
		lists := text.Join(listNames(t.Listed, weighted), maxReason)
		count := plural(len(t.Listed), "list")
		lines = append(lines, fmt.Sprintf("%s is on %s: %s", subjectText(t.Subject), count, lists))
	}
	return blocks + joinLines(lines, max-len(blocks))
}

// subjectLines returns the blocks of all listings of a subject.
func subjectLines(t *verdict.Tally, began time.Time) []string {
	var lines []string
	for i := range t.Listed {
		lines = append(lines, listingLines(&t.Listed[i], began)...)
	}
	return lines
}

// listingLines returns the block of one listing: a head, and a line for each field.
func listingLines(f *dnsbl.Finding, began time.Time) []string {
	l := f.List
	head := fmt.Sprintf("%s is on %s", subjectText(f.Subject), l.Zone)
	if l.Name != "" {
		head += fmt.Sprintf(" (%s, %s)", l.Name, l.Tier)
	}
	lines := []string{strings.Join(append([]string{head}, listingRemarks(f)...), ", ")}
	for _, field := range listingFields(f, began) {
		lines = append(lines, "  "+field.label+": "+field.text)
	}
	return lines
}

// allFindingLines returns a line for each list on each subject whose findings were all kept and,
// with -vv, the queries behind it.
func allFindingLines(v *verdict.Verdict, verbose int) []string {
	var lines []string
	for _, findings := range v.AllFindings {
		for i := range findings {
			f := &findings[i]
			subject := ""
			if v.Subjects > 1 {
				subject = " for " + f.Subject.String()
			}
			lines = append(lines, fmt.Sprintf("%s%s: %s", f.List.Zone, subject, findingText(f)))
			if verbose > 1 {
				lines = append(lines, queryLines(f)...)
			}
		}
	}
	return append(lines, keptLimitLines(v)...)
}

// healthLines returns a line for each list: its state, its zone and what the state rests on.
func healthLines(h *verdict.Health, verbose int) []string {
	all := healthOrder(h)
	width := 0
	for i := range all {
		width = max(width, len(all[i].List.Zone))
	}
	var lines []string
	for i := range all {
		f := &all[i]
		state, detail := healthState(f), healthDetail(f, verbose)
		lines = append(lines, fmt.Sprintf("%-18s  %-*s  %s", state, width, f.List.Zone, detail))
		if verbose > 1 {
			lines = append(lines, queryLines(f)...)
		}
	}
	return lines
}

// joinLines joins lines within max bytes, each with a newline at its end.
func joinLines(lines []string, max int) string {
	if len(lines) == 0 {
		return ""
	}
	return strings.Join(clipLines(lines, max), "\n") + "\n"
}

// clipLines returns as many lines as fit into max bytes with their newlines, and in place of the
// rest a line that counts them.
func clipLines(lines []string, max int) []string {
	if len(strings.Join(lines, "\n"))+1 <= max {
		return lines
	}
	const more = "and %s, which a terminal shows"
	room := max - len(more) - 1 - len("1000000 more lines")
	size, n := 0, 0
	for size+len(lines[n])+1 <= room {
		size += len(lines[n]) + 1
		n++
	}
	return append(lines[:n:n], fmt.Sprintf(more, plural(len(lines)-n, "more line")))
}
