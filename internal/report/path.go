package report

import (
	"fmt"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"
)

// causeText writes the cause of a failure with what it rests on.
func causeText(f *dnsbl.Finding) string {
	cause := string(f.Cause)
	detail := text.Short(f.List.Mask(f.Detail), maxWords)
	switch {
	case f.Cause == dnsbl.Unreachable && detail != "":
		return fmt.Sprintf("%s: %s", f.Server, detail)
	case f.Cause == dnsbl.RefusesUs && f.Direct:
		cause = "refuses this host"
	}
	if detail == "" {
		return cause
	}
	return cause + ", " + detail
}

// directlyText tells what came of asking the name servers of a list that gave no verdict through the resolver either.
func directlyText(f *dnsbl.Finding) string {
	switch {
	case f.Direct && (f.Cause == dnsbl.NoServers || f.Cause == dnsbl.Inside):
		return "" // nobody was
	case f.Direct:
		return ", asked directly"
	case f.Other == nil, f.Outcome == dnsbl.Listed, mute(f.Cause) && (f.Other.Cause == dnsbl.NoServers || f.Other.Cause == dnsbl.Timeout): // nothing new
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
	ways, byWay := together(around, func(g *verdict.Group) string { return causeText(g.Other) + "; " + cureAround(g.Other) })
	for i, way := range ways {
		ways[i] = fmt.Sprintf("asked directly: %s: through the resolver: %s", text.Join(zonesOnce(byWay[way]), maxOutput/4), way)
	}
	return ways
}

// cureAround tells what to do about a resolver that a list has to be asked around.
func cureAround(f *dnsbl.Finding) string {
	switch f.Cause {
	case dnsbl.NoTestEntry:
		return "refused without a word: " + cureOf(dnsbl.RefusesUs) + orKey(f.List)
	case dnsbl.RefusesUs:
		return cureOf(f.Cause) + orKey(f.List)
	case dnsbl.OutsideLoop, dnsbl.ListsAll, dnsbl.Undocumented:
		return "the resolver rewrites answers: name another in its place with --resolver"
	case dnsbl.Timeout, dnsbl.ServFail, dnsbl.Refused:
		return "the resolver gets no answer from there, or gives us none"
	}
	return cureOf(f.Cause)
}
