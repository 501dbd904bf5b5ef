package report

import (
	"cmp"
	"fmt"
	"slices"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"
)

// gapLines lists what was not checked, and counts what was found but is not shown.
func gapLines(v *verdict.Verdict) []string {
	var lines []string
	if more := v.Listed - len(v.Listings); more > 0 {
		const left = "%s more listed but not shown, none of them worse"
		lines = append(lines, fmt.Sprintf(left, countSubjects(v, more)))
	}
	for _, gap := range dnsbl.Texts(v.Gaps) {
		lines = append(lines, "not checked: "+text.Clip(gap, 2*maxReason))
	}
	return lines
}

// notCountedLines describes the listings that do not count, in the order of their subjects. Many
// subjects on the same list have one line:
//
//	not counted: 192.0.2.25 is on list.dnswl.org (allow list): 127.0.5.1 = low
//	not counted: 250 of 256 addresses are on info.example (informational): 127.0.0.2 = listed
func notCountedLines(v *verdict.Verdict) []string {
	return groupLines(v, v.NotCounted, func(g *verdict.Group) (label, list string) {
		label, list = "not counted", "on "+g.List.Zone+asParent(&g.Finding)
		if v.Rules.Weighted && verdict.Lowers(&g.Finding) {
			label = fmt.Sprintf("weight %d", g.Weight)
		}
		if reason := notCountedReason(g); reason != label {
			list += " (" + reason + ")"
		}
		if len(g.Codes) > 0 {
			list += ": " + codesText(&g.Finding)
		}
		return label, list
	})
}

// uncountedListings returns how many listings on block lists do not count, of all subjects.
func uncountedListings(v *verdict.Verdict) int {
	n := 0
	for i := range v.NotCounted {
		g := &v.NotCounted[i]
		block := g.List.Kind == dnsbl.Block || g.List.Kind == dnsbl.Policy
		if block && g.Outcome == dnsbl.Listed {
			n += g.Count
		}
	}
	return n
}

// groupLines returns a line for each subject of groups or, of many subjects on the same list, one
// for all: "label: 192.0.2.25 is on list". They are in the order of the subjects.
func groupLines(
	v *verdict.Verdict, groups []verdict.Group, text func(*verdict.Group) (label, list string),
) []string {
	type placed struct {
		place int // of the subject
		line  string
	}
	var all []placed
	for i := range groups {
		g := &groups[i]
		label, list := text(g)
		if g.Count > verdict.MaxNamed {
			count := fmt.Sprintf("%d of %s", g.Count, countSubjects(v, v.Subjects))
			line := fmt.Sprintf("%s: %s are %s", label, count, list)
			all = append(all, placed{g.Subjects[0].Place, line})
			continue
		}
		for _, m := range g.Subjects {
			line := fmt.Sprintf("%s: %s is %s", label, subjectText(m.Subject), list)
			all = append(all, placed{m.Place, line})
		}
	}
	slices.SortFunc(all, func(a, b placed) int { return cmp.Compare(a.place, b.place) })
	lines := make([]string, len(all))
	for i := range all {
		lines[i] = all[i].line
	}
	return lines
}

// notCountedReason returns why listings do not count.
func notCountedReason(g *verdict.Group) string {
	switch l := g.List; {
	case l.Kind == dnsbl.Allow || l.Kind == dnsbl.Score:
		return fmt.Sprintf("%s list", l.Kind)
	case l.Tier == dnsbl.Info:
		return "informational"
	case l.Access == dnsbl.Closed:
		return "members only"
	case g.Weight > 0 && g.CountedBy != nil:
		return "part of " + g.CountedBy.Zone
	}
	return fmt.Sprintf("weight %d", g.Weight)
}

// quietLines names the lists that could not be tested and, with details, counts the informational
// ones without a listing.
func quietLines(v *verdict.Verdict, details bool) []string {
	var lines []string
	if untested := v.Untested; len(untested) > 0 {
		const note = "no test entry, so \"not listed\" is unproved: %s"
		lists := text.Join(distinctZones(untested), maxOutput/4)
		lines = append(lines, fmt.Sprintf(note, lists))
	}
	if v.NoEntry > 0 && details {
		lines = append(lines,
			fmt.Sprintf("not counted: %s without a listing", plural(v.NoEntry, "more list")))
	}
	return lines
}
