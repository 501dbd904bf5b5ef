package report

import (
	"fmt"
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"
)

// A failure is one or more lists that failed in the same way.
type failure struct {
	lists []string // each with its subjects if it did not fail for all: "bl.example for 192.0.2.1"
	text  string   // cause and remedy
}

// failures groups lists that failed in the same way, in the order of their first failures. Subjects
// is how many subjects there are.
func failures(failed []verdict.Group, subjects int) []failure {
	texts, alike := groupBy(failed, func(g *verdict.Group) string {
		return causeText(&g.Finding) + directText(&g.Finding) + "; " + remedyOf(&g.Finding)
	})
	var all []failure
	for _, t := range texts {
		lists, groups := groupBy(alike[t], func(g *verdict.Group) string { return g.List.Zone })
		for i, zone := range lists {
			lists[i] += forSubjects(groups[zone], subjects)
		}
		all = append(all, failure{lists, t})
	}
	return all
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

// causeTexts returns the distinct causes of failures, each with some of its lists: "timeout
// (bl.example, dnsbl.example and 3 more)".
func causeTexts(failed []dnsbl.Finding) []string {
	causes, findings := groupBy(failed, causeText)
	for i, cause := range causes {
		lists := text.Join(zones(findings[cause]), maxWords)
		causes[i] = fmt.Sprintf("%s (%s)", cause, lists)
	}
	return causes
}

// directOnlyLines describes how lists that answered directly failed through the resolver, and what
// to do about that.
func directOnlyLines(directOnly []verdict.Group) []string {
	lines, groups := groupBy(directOnly, func(g *verdict.Group) string {
		return causeText(g.Other) + "; " + remedyResolverOnly(g.Other)
	})
	for i, cause := range lines {
		lists := text.Join(distinctZones(groups[cause]), maxOutput/4)
		lines[i] = fmt.Sprintf("asked directly: %s: through the resolver: %s", lists, cause)
	}
	return lines
}
