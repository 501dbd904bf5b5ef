package report

import (
	"fmt"
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"
)

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
	var of []verdict.SubjectRef
	for i := range groups {
		count += groups[i].Count
		of = append(of, groups[i].Subjects...)
	}
	switch {
	case count == all:
		return ""
	case count > verdict.MaxNamed:
		return fmt.Sprintf(" for %d of %d", count, all)
	}
	slices.SortFunc(of, func(a, b verdict.SubjectRef) int { return a.Place - b.Place })
	names := make([]string, len(of))
	for i := range of {
		names[i] = of[i].Subject.String()
	}
	return " for " + strings.Join(names, ", ")
}

// causes are what failures say, each with the names of some of its lists.
func causes(failed []dnsbl.Finding) []string {
	says, by := together(failed, causeText)
	for i, why := range says {
		says[i] = fmt.Sprintf("%s (%s)", why, text.Join(zones(by[why]), maxWords))
	}
	return says
}

// aroundLines name the lists that only gave a verdict at their own name servers, and why.
func aroundLines(around []verdict.Group) []string {
	ways, byWay := together(around, func(g *verdict.Group) string { return causeText(g.Other) + "; " + remedyAround(g.Other) })
	for i, way := range ways {
		ways[i] = fmt.Sprintf("asked directly: %s: through the resolver: %s", text.Join(zonesOnce(byWay[way]), maxOutput/4), way)
	}
	return ways
}
