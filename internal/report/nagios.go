package report

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"

	"github.com/olorin/nagiosplugin"
)

// Nagios writes service output and perfdata on the first line and the long output after it, all within 4,096 bytes.
func Nagios(w io.Writer, v *verdict.Verdict, run Run) error {
	perfdata := performance(v, run)
	room := maxFirst - len(first(v.State, "", perfdata))
	line := headline(v, room)
	if run.Mask != nil {
		line = run.Mask(line)
	}
	out := first(v.State, text.Clip(line, room), perfdata) + "\n"
	_, err := io.WriteString(w, out+longOutput(v, run, maxOutput-len(out)))
	return err
}

// Health writes how the lists themselves are: service output and perfdata on the first line, then a table with a line for each list,
// the unhealthy ones first.
func Health(w io.Writer, h *verdict.Health, run Run) error {
	perfdata := healthData(h, run)
	room := maxFirst - len(first(h.State, "", perfdata))
	out := first(h.State, text.Clip(healthLine(h, room), room), perfdata) + "\n"
	lines := slices.Concat(run.Warnings, healthNotes(h), run.Notes)
	if h.State != nagiosplugin.UNKNOWN || h.Asked() == 0 || run.Verbose > 0 { // else it is no matter of the lists
		lines = append(lines, healthTable(h, run.Verbose)...)
	}
	most := maxOutput - len(out)
	if run.Unlimited {
		most = math.MaxInt
	}
	_, err := io.WriteString(w, out+fit(lines, most))
	return err
}

// Fail writes the one line of a check that could not be made, and returns its state.
func Fail(w io.Writer, reason string) nagiosplugin.Status {
	fmt.Fprintln(w, first(nagiosplugin.UNKNOWN, text.Message(reason, maxFirst-len("UNKNOWN: ")), nil))
	return nagiosplugin.UNKNOWN
}

// first makes the first line.
func first(state nagiosplugin.Status, text string, perfdata []datum) string {
	check := nagiosplugin.NewCheck()
	check.AddResult(state, text)
	for _, d := range perfdata {
		// Labels and units are ours and values finite: there is no error to have.
		_ = check.AddPerfDatum(d.label, d.unit, d.value, d.min, d.max, d.warn, d.crit)
	}
	return check.String()
}

// longOutput makes the lines after the first: what was read, what is listed, then what failed and what is of note. What exceeds max bytes
// is cut in the listings rather than behind them: of many the first tell enough.
func longOutput(v *verdict.Verdict, run Run, max int) string {
	read := fit(run.Bounce, max/2)
	max -= len(read)
	presence := presenceLines(v, run.Verbose)
	if !run.Unlimited { // what failed has to be told too
		presence = within(presence, max/3)
	}
	rest := slices.Concat(run.Warnings, presence, notes(v), run.Notes)
	if !run.Unlimited && len(strings.Join(rest, "\n")) > max/2 { // the few lines of our own are not what is cut
		rest = slices.Concat(run.Warnings, run.Notes, presence, notes(v))
	}
	rest = slices.Concat(rest, everyPresence(v, run.Verbose), everyFinding(v, run.Verbose))
	if run.Unlimited {
		return read + listings(v, run.Began, math.MaxInt) + fit(rest, math.MaxInt)
	}
	tail := fit(rest, max/2)
	head := listings(v, run.Began, max-len(tail))
	return read + head + fit(rest, max-len(head))
}

// notes are the lines on everything but the listings that count.
func notes(v *verdict.Verdict) []string {
	lines := append(gapLines(v), resolverNotes(v)...)
	if blamed(v) && len(v.DirectOnly.Groups) == 0 {
		return lines
	}
	lines = append(lines, failureLines("failed", v.Failed.Groups, v.Subjects)...)
	lines = append(lines, shownLines(v)...)
	lines = append(lines, failureLines("failed, but not counted", v.Tolerated.Groups, v.Subjects)...)
	return append(lines, quietLines(v)...)
}

// failureLines names the lists that failed with cause and cure, those that failed in the same way on one line.
func failureLines(label string, failed []verdict.Group, subjects int) []string {
	ways := failures(failed, subjects)
	lines := make([]string, len(ways))
	for i, w := range ways {
		lines[i] = fmt.Sprintf("%s: %s: %s", label, text.Join(w.lists, maxOutput/2), w.text)
	}
	return lines
}

// listings tells of what is listed, within max bytes: a block for each listing. Where many subjects are listed and there is
// no room for that, all but the worst have a line each.
func listings(v *verdict.Verdict, began time.Time, max int) string {
	many := len(v.Listings) > verdict.MaxNamed
	var lines []string
	size := 0
	for _, t := range v.Listings {
		for _, line := range blocks(t, began) {
			lines = append(lines, line)
			size += len(line) + 1
		}
		if many && size > max {
			return shortListings(v, began, max)
		}
	}
	return fit(lines, max)
}

// shortListings tells of the worst subject in full, as far as half of max bytes go, and of each other in a line.
func shortListings(v *verdict.Verdict, began time.Time, max int) string {
	worst := fit(blocks(v.Listings[0], began), max/2)
	var lines []string
	for _, t := range v.Listings[1:] {
		lists := text.Join(listNames(t.Listed, v.Rules.Weighted), maxReason)
		lines = append(lines, fmt.Sprintf("%s is on %s: %s", subjectText(t.Subject), plural(len(t.Listed), "list"), lists))
	}
	return worst + fit(lines, max-len(worst))
}

// blocks are the lines on each listing of a subject.
func blocks(t *verdict.Tally, began time.Time) []string {
	var lines []string
	for i := range t.Listed {
		lines = append(lines, listing(&t.Listed[i], began)...)
	}
	return lines
}

// listing is the block of one listing: what it means, why, how to get off.
func listing(f *dnsbl.Finding, began time.Time) []string {
	l := f.List
	head := fmt.Sprintf("%s is on %s", subjectText(f.Subject), l.Zone)
	if l.Name != "" {
		head += fmt.Sprintf(" (%s, %s)", l.Name, l.Tier)
	}
	if grounds := groundsText(f); grounds != "" {
		head += ", " + grounds
	}
	if f.Unconfirmed {
		head += ", " + unconfirmedText(f)
	}
	lines := []string{head}
	for _, fact := range facts(f, began) {
		lines = append(lines, "  "+fact.label+": "+fact.text)
	}
	return lines
}

// everyFinding tells the verdict of every list on each subject of which all was kept.
func everyFinding(v *verdict.Verdict, verbose int) []string {
	var lines []string
	for _, findings := range v.Every {
		lines = append(lines, everyList(findings, verbose, v.Subjects > 1)...)
	}
	if n := len(v.Every); n > 0 && n < v.Subjects {
		lines = append(lines, fmt.Sprintf("-v shows no more than %d of %s", n, subjects(v, v.Subjects)))
	}
	return lines
}

// everyList tells the verdict of every list on one subject, and from the second level on every question behind it.
func everyList(findings []dnsbl.Finding, verbose int, several bool) []string {
	var lines []string
	for i := range findings {
		f := &findings[i]
		lines = append(lines, fmt.Sprintf("%s%s: %s", f.List.Zone, forSubject(f, several), verdictText(f)))
		if verbose > 1 {
			lines = append(lines, evidence(f)...)
		}
	}
	return lines
}

// forSubject names the subject of a finding where there are several.
func forSubject(f *dnsbl.Finding, several bool) string {
	if !several {
		return ""
	}
	return " for " + f.Subject.String()
}

// healthTable has a line for each list: how it is, its zone, and why, with the cure.
func healthTable(h *verdict.Health, verbose int) []string {
	all := slices.Concat(h.Unhealthy, h.Tolerated, h.Untested, h.Healthy)
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

// fit joins lines within max bytes.
func fit(lines []string, max int) string {
	if len(lines) == 0 {
		return ""
	}
	return strings.Join(within(lines, max), "\n") + "\n"
}

// within returns as many lines as have room in max bytes, with their ends, and says how many more there are.
func within(lines []string, max int) []string {
	if len(strings.Join(lines, "\n"))+1 <= max {
		return lines
	}
	const more = "and %s, which a terminal shows"
	end, taken := 0, 0
	for end+len(lines[taken])+1+len(more)+1+len("1000000 more lines") <= max {
		end += len(lines[taken]) + 1
		taken++
	}
	return append(lines[:taken:taken], fmt.Sprintf(more, plural(len(lines)-taken, "more line")))
}
