package report

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"
)

// longOutput makes the lines after the first: what was read, what is listed, then what failed and what is of note. What exceeds max bytes
// is cut in the listings rather than behind them: of many the first tell enough.
func longOutput(v *verdict.Verdict, run Run, max int) string {
	read := fit(run.Read, max/2)
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
	if blamed(v) && len(v.Around.Groups) == 0 {
		return lines
	}
	lines = append(lines, failureLines("failed", v.Failed.Groups, v.Subjects)...)
	lines = append(lines, shownLines(v)...)
	lines = append(lines, failureLines("failed, but not counted", v.Excused.Groups, v.Subjects)...)
	return append(lines, quietLines(v)...)
}

// gapLines tell what is not shown, and what was not checked.
func gapLines(v *verdict.Verdict) []string {
	var lines []string
	if more := v.Listed - len(v.Listings); more > 0 {
		lines = append(lines, fmt.Sprintf("listed, but not shown: %s, none of them worse", subjects(v, more)))
	}
	for _, gap := range v.Gaps {
		lines = append(lines, "not checked: "+text.Clip(gap, 2*maxReason))
	}
	return lines
}

// quietLines tell of the lists that had nothing to say.
func quietLines(v *verdict.Verdict) []string {
	var lines []string
	if untested := v.Untested.Groups; len(untested) > 0 {
		lines = append(lines, "untested: "+text.Join(zonesOnce(untested), maxOutput/4)+": not listed, but without a test entry that would prove it")
	}
	if v.Silent > 0 {
		lines = append(lines, fmt.Sprintf("shown only: %s without an entry", plural(v.Silent, "more list")))
	}
	return lines
}

// resolverNotes are the lines on the resolver, and on the lists that were asked around it.
func resolverNotes(v *verdict.Verdict) []string {
	missed, around := slices.Concat(v.Failed.Groups, v.Excused.Groups), v.Around.Groups
	lines := aboutPublic(slices.Concat(missed, around))
	if blamed(v) {
		lines = append(lines, resolverAdvice(missed, around))
	} else {
		lines = append(lines, aroundLines(around)...)
	}
	if wall := wallAdvice(missed, around); wall != "" {
		lines = append(lines, wall)
	}
	return lines
}

// blamed says whether it is the resolver that is at fault for all failures.
func blamed(v *verdict.Verdict) bool {
	return !v.Heard && resolverAdvice(slices.Concat(v.Failed.Groups, v.Excused.Groups), v.Around.Groups) != ""
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

// A failure is what went wrong with one or more lists in the same way.
type failure struct {
	lists []string // with the subjects, where it was not so for all
	text  string   // cause and cure
}

// failures puts together the lists that failed in the same way.
func failures(failed []verdict.Group, subjects int) []failure {
	says, alike := together(failed, func(g *verdict.Group) string {
		return causeText(&g.Finding) + directlyText(&g.Finding) + "; " + remedyOf(&g.Finding)
	})
	ways := make([]failure, len(says))
	for i, text := range says {
		lists, by := together(alike[text], func(g *verdict.Group) string { return g.List.Zone })
		for j, zone := range lists {
			lists[j] += forSome(by[zone], subjects)
		}
		ways[i] = failure{lists, text}
	}
	return ways
}

// forSome names the subjects of groups if they are few, or says how many they are, unless that is all.
func forSome(groups []verdict.Group, all int) string {
	count := 0
	var of []verdict.Mention
	for i := range groups {
		count += groups[i].Count
		of = append(of, groups[i].Of...)
	}
	switch {
	case count == all:
		return ""
	case count > verdict.MaxNamed:
		return fmt.Sprintf(" for %d of %d", count, all)
	}
	slices.SortFunc(of, func(a, b verdict.Mention) int { return a.Place - b.Place })
	names := make([]string, len(of))
	for i := range of {
		names[i] = of[i].Subject.String()
	}
	return " for " + strings.Join(names, ", ")
}

// shownLines tells of the entries that do not count: of each that is on few subjects, in their order, of others in sum.
func shownLines(v *verdict.Verdict) []string {
	type placed struct {
		place int
		line  string
	}
	var found []placed
	for i := range v.Shown.Groups {
		g := &v.Shown.Groups[i]
		label, where := "not counted", fmt.Sprintf("on %s (%s)", g.List.Zone, uncounted(g))
		if v.Rules.Weighted && verdict.Lowers(&g.Finding) {
			label = fmt.Sprintf("weight %d", g.Weight)
		}
		if len(g.Codes) > 0 {
			where += ": " + codes(&g.Finding)
		}
		if g.Count > verdict.MaxNamed {
			found = append(found, placed{g.Of[0].Place, fmt.Sprintf("%s: %d of %s are %s", label, g.Count, subjects(v, v.Subjects), where)})
			continue
		}
		for _, m := range g.Of {
			found = append(found, placed{m.Place, fmt.Sprintf("%s: %s is %s", label, subjectText(m.Subject), where)})
		}
	}
	slices.SortFunc(found, func(a, b placed) int { return a.place - b.place })
	lines := make([]string, len(found))
	for i := range found {
		lines[i] = found[i].line
	}
	return lines
}

// uncounted says why entries do not count as listings.
func uncounted(g *verdict.Group) string {
	switch l := g.List; {
	case l.Kind == dnsbl.Allow || l.Kind == dnsbl.Score:
		return fmt.Sprintf("%s list", l.Kind)
	case l.Tier == dnsbl.Info:
		return "shown only"
	case l.Access == dnsbl.Closed:
		return "for members only"
	case g.Weight > 0 && g.Whole != nil:
		return "part of " + g.Whole.Zone
	}
	return fmt.Sprintf("weight %d", g.Weight)
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
