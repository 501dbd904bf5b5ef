package report

import (
	"fmt"
	"slices"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"
)

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
	if v.NoEntry > 0 {
		lines = append(lines, fmt.Sprintf("shown only: %s without an entry", plural(v.NoEntry, "more list")))
	}
	return lines
}

// shownLines tells of the entries that do not count: of each that is on few subjects, in their order, of others in sum.
func shownLines(v *verdict.Verdict) []string {
	type placed struct {
		place int
		line  string
	}
	var found []placed
	for i := range v.NotCounted.Groups {
		g := &v.NotCounted.Groups[i]
		label, where := "not counted", fmt.Sprintf("on %s (%s)", g.List.Zone, uncounted(g))
		if v.Rules.Weighted && verdict.Lowers(&g.Finding) {
			label = fmt.Sprintf("weight %d", g.Weight)
		}
		if len(g.Codes) > 0 {
			where += ": " + codes(&g.Finding)
		}
		if g.Count > verdict.MaxNamed {
			found = append(found, placed{g.Subjects[0].Place, fmt.Sprintf("%s: %d of %s are %s", label, g.Count, subjects(v, v.Subjects), where)})
			continue
		}
		for _, m := range g.Subjects {
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
	case g.Weight > 0 && g.CountedBy != nil:
		return "part of " + g.CountedBy.Zone
	}
	return fmt.Sprintf("weight %d", g.Weight)
}
