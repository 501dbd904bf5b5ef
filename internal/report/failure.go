package report

import (
	"fmt"
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"
)

// failureSection returns the lists that failed, an item for all that failed in the same way, in the
// order of their first failures. Subjects is how many subjects there are.
func failureSection(
	title, lead string, failures []verdict.Group, subjects int, raise string,
) section {
	texts, alike := groupBy(failures, func(g *verdict.Group) string {
		return failureText(&g.Finding, 1, raise)
	})
	count := plural(len(distinctZones(failures)), "list")
	s := section{title: title + ": " + count, lead: lead, priority: failed}
	for _, t := range texts {
		lists, groups := groupBy(alike[t], func(g *verdict.Group) string { return g.List.Zone })
		for i, zone := range lists {
			lists[i] += forSubjects(groups[zone], subjects)
		}
		text := failureText(&alike[t][0].Finding, len(lists), raise)
		s.items = append(s.items, item{label: lists[0], also: lists[1:], text: text})
	}
	return s
}

// failureText returns what is wrong with so many lists and what to do about it. For a list that is
// not open to everyone, how it failed does not matter. Raise is the advice that Info.raise gives.
func failureText(f *dnsbl.Finding, lists int, raise string) string {
	if f.Unconfirmed { // in a --self-test: the list lists its test entry, and so is alive
		return unconfirmedText(f)
	}
	switch f.List.Access {
	case dnsbl.Registration:
		return "registration needed. " + remedyOf(f, lists)
	case dnsbl.Closed:
		return "members only. " + remedyOf(f, lists)
	}
	text := causeText(f) + directText(f) + ". "
	if remedyRow(f.Cause).takesTime {
		text += raise
	}
	return text + remedyOf(f, lists)
}

// failedText counts the lists that failed: ", 2 failed". Failures for others than the worst subject
// are only counted.
func failedText(v *verdict.Verdict) string {
	if n := len(v.Worst.Failed); n > 0 {
		return fmt.Sprintf(", %d failed", n)
	}
	if n := len(distinctZones(v.Failed)); n > 0 {
		others := "addresses"
		if v.HasDomains {
			others = "targets"
		}
		return fmt.Sprintf(", %s failed for other %s", plural(n, "list"), others)
	}
	return ""
}

// forSubjects names the subjects of groups of one list, or counts them if there are many. It is ""
// if the groups have all subjects.
func forSubjects(groups []verdict.Group, all int) string {
	count := 0
	var named []verdict.SubjectRef
	for i := range groups {
		count += groups[i].Count
		named = append(named, groups[i].Subjects...)
	}
	switch {
	case count == all:
		return ""
	case count > verdict.MaxNamed:
		return fmt.Sprintf(" for %d of %d", count, all)
	}
	slices.SortFunc(named, func(a, b verdict.SubjectRef) int { return a.Place - b.Place })
	names := make([]string, len(named))
	for i := range named {
		names[i] = named[i].Subject.String()
	}
	return " for " + strings.Join(names, ", ")
}

// causeTexts returns the distinct causes of failures without their details, each with some of its
// lists: "timeout (bl.example, dnsbl.example and 3 more)".
func causeTexts(failed []dnsbl.Finding) []string {
	causes, findings := groupBy(failed, shortCause)
	for i, cause := range causes {
		lists := text.Join(zones(findings[cause]), maxWords)
		causes[i] = fmt.Sprintf("%s (%s)", cause, lists)
	}
	return causes
}

// directOnlyLines describes how lists that answered directly failed through the resolver, and what
// to do about that.
func directOnlyLines(directOnly []verdict.Group) []string {
	line := func(g *verdict.Group, lists int) string {
		return causeText(g.Other) + ". " + remedyResolverOnly(g.Other, lists)
	}
	lines, groups := groupBy(directOnly, func(g *verdict.Group) string { return line(g, 1) })
	for i, same := range lines {
		zones := distinctZones(groups[same])
		lines[i] = fmt.Sprintf("queried directly: %s. Through the resolver: %s",
			text.Join(zones, maxOutput/4), line(&groups[same][0], len(zones)))
	}
	return lines
}
