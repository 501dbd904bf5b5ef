package report

import (
	"fmt"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"
)

// causeText returns the cause of a failure with its detail.
func causeText(f *dnsbl.Finding) string {
	cause, direct := f.Cause.Text(), f.Cause.Traits().TextDirect
	detail := text.Short(f.List.Mask(f.Detail), maxWords)
	switch {
	case f.Cause == dnsbl.Unreachable && detail != "":
		return fmt.Sprintf("%s: %s", f.Server, detail)
	case f.Direct && direct != "":
		cause = direct
	}
	if detail == "" {
		return cause
	}
	return cause + ", " + detail
}

// directlyText returns what the name servers of a list answered that gave no verdict through the
// resolver either, as an end of a sentence.
func directlyText(f *dnsbl.Finding) string {
	switch {
	case f.Direct && f.Cause.Traits().Reach == dnsbl.Unaddressed:
		return ""
	case f.Direct:
		return ", asked directly"
	case f.Other == nil, f.Outcome == dnsbl.Listed, f.Cause.NoAnswer() && remedies[f.Other.Cause].noNews:
		return ""
	}
	there := causeText(f.Other)
	if there == causeText(f) {
		there = "the same"
	}
	return "; directly: " + there
}

// pathText tells by which path a listing was found, where that was not just through the resolver.
func pathText(f *dnsbl.Finding) string {
	switch {
	case f.Direct && (f.Other == nil || f.Other.Outcome == dnsbl.Failed): // why is told of all such lists together
		return fmt.Sprintf("directly, its name server %s", f.Server.Addr())
	case f.Direct:
		return fmt.Sprintf("directly, its name server %s; through the resolver: %s", f.Server.Addr(), outcome(f.Other))
	case f.Other != nil && f.Other.Outcome != dnsbl.Failed:
		return "through the resolver; directly: " + outcome(f.Other)
	}
	return ""
}

// aroundLines name the lists that only gave a verdict at their own name servers, and why.
func aroundLines(around []verdict.Group) []string {
	ways, byWay := together(around, func(g *verdict.Group) string { return causeText(g.Other) + "; " + remedyAround(g.Other) })
	for i, way := range ways {
		ways[i] = fmt.Sprintf("asked directly: %s: through the resolver: %s", text.Join(zonesOnce(byWay[way]), maxOutput/4), way)
	}
	return ways
}
