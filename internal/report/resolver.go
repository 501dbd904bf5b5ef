package report

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"
)

// resolverLines returns what is wrong with the resolver, if it is to blame for all failures, or
// else how lists failed that answered directly. That a public resolver is refused says more than
// its fault. The lines explain all failures if the resolver is to blame and no list answered
// directly either: then they replace those on single lists. Proved is whether any list gave a
// proved verdict through the resolver.
func resolverLines(
	failed, directOnly []verdict.Group, proved bool,
) (lines []string, explainAll bool) {
	lines = publicResolverHints(slices.Concat(failed, directOnly))
	through := throughResolver(slices.Concat(failed, directOnly))
	fault, remedy := resolverFault(through)
	atFault := fault != "" && !proved
	switch {
	case !atFault:
		lines = append(lines, directOnlyLines(directOnly)...)
	case len(lines) == 0:
		if len(directOnly) > 0 {
			fault += ", so that lists were queried directly"
		}
		lines = append(lines, fmt.Sprintf("%s %s. %s", resolverNames(through), fault, remedy))
	}
	if hint := firewallHint(failed, directOnly); hint != "" {
		lines = append(lines, hint)
	}
	return lines, atFault && len(directOnly) == 0
}

// withoutFault returns lines on the resolver without the fault that the headline begins with: "fix:
// ..." is left of that line.
func withoutFault(lines []string, headline string) []string {
	left := slices.Clone(lines)
	for i, line := range lines {
		fault, remedy, found := strings.Cut(line, ". ")
		if found && strings.HasPrefix(headline, fault+":") {
			left[i] = "fix: " + strings.ToLower(remedy[:1]) + remedy[1:]
		}
	}
	return left
}

// failedGroups returns all failures, counted or not.
func failedGroups(v *verdict.Verdict) []verdict.Group {
	return slices.Concat(v.Failed, v.Tolerated)
}

// directOnly returns the findings that only the lists' own name servers could give.
func directOnly(findings []dnsbl.Finding) []dnsbl.Finding {
	others := func(f dnsbl.Finding) bool { return !f.Direct || f.Other == nil }
	return slices.DeleteFunc(slices.Clone(findings), others)
}

// throughResolver returns how lists failed through the resolver, even if they answered directly.
// Lists that were queried only directly are left out.
func throughResolver(groups []verdict.Group) []verdict.Group {
	var through []verdict.Group
	for _, g := range groups {
		if g.Direct && g.Other != nil {
			g.Finding = *g.Other
		}
		if !g.Direct {
			through = append(through, g)
		}
	}
	return through
}

// resolverFault returns what is wrong with the resolver if all lists failed through it for one
// reason, and the remedy. The fault continues the name of the resolver: "does not answer in time".
func resolverFault(through []verdict.Group) (fault, remedy string) {
	cause := verdict.CommonCause(through)
	sent := func(g verdict.Group) bool { return !g.SendFailed }
	if cause == dnsbl.Unreachable && !slices.ContainsFunc(through, sent) {
		return fmt.Sprintf("cannot be reached (%s)", through[0].Detail),
			"Check the network of this host, or " + useAnother
	}
	row := remedyRow(cause)
	untested := func(g verdict.Group) bool { return !g.TestListed }
	if row.faultTestListed != "" && !slices.ContainsFunc(through, untested) {
		return row.faultTestListed, "Use another one (--resolver ADDR)"
	}
	return row.resolverFault, row.resolverRemedy
}

// resolverNames names the resolvers that gave no verdict.
func resolverNames(failed []verdict.Group) string {
	var names []string
	for i := range failed {
		if server := failed[i].Server; server.IsValid() {
			names = appendNew(names, server.String())
		}
	}
	switch len(names) {
	case 0:
		return "the resolver"
	case 1:
		return "resolver " + names[0]
	}
	return "each of the resolvers " + text.Join(names, maxWords)
}

// firewallHint asks about a firewall if two or more lists were queried directly and none of their
// name servers answered; otherwise it is "".
func firewallHint(failed, directOnly []verdict.Group) string {
	var unanswered []verdict.Group
	for _, g := range failed {
		switch {
		case g.Outcome == dnsbl.Listed, g.Other != nil && g.Other.Outcome != dnsbl.Failed:
			return ""
		case g.Other == nil, g.Other.Cause.Traits().Reach == dnsbl.NoServer:
		case g.Other.Cause.Silent():
			unanswered = append(unanswered, g)
		default:
			return ""
		}
	}
	if len(distinctZones(unanswered)) < 2 || len(directOnly) > 0 {
		return ""
	}
	return "queried directly, no name server answered. " +
		"Open port 53 from this host to the Internet, or save the time with --direct never"
}

// publicResolverHints returns a line for each public resolver that answered, but not for every
// list: many lists refuse public resolvers.
func publicResolverHints(failed []verdict.Group) []string {
	var lines []string
	for _, g := range throughResolver(failed) {
		const hint = "%s is a public resolver (%s), and many lists refuse those, " +
			"some of them silently. Use your own resolver"
		addr := g.Server.Addr()
		operator := publicOperator(addr)
		line := fmt.Sprintf(hint, addr, operator)
		if operator != "" && !g.Cause.Silent() && !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return lines
}

// publicOperator returns the operator of a well-known public resolver, "" for other addresses.
func publicOperator(addr netip.Addr) string {
	for _, p := range publicNetworks {
		if netip.MustParsePrefix(p.network).Contains(addr) {
			return p.operator
		}
	}
	return ""
}

// publicNetworks are the addresses of well-known public resolvers, as their operators publish them.
// Networks that are larger than needed hold the operator's filtering resolvers too.
var publicNetworks = [...]struct{ network, operator string }{
	{"8.8.8.8/32", "Google"}, {"8.8.4.4/32", "Google"}, {"2001:4860:4860::/48", "Google"},
	{"1.1.1.0/24", "Cloudflare"}, {"1.0.0.0/24", "Cloudflare"},
	{"2606:4700:4700::/48", "Cloudflare"},
	{"9.9.9.0/24", "Quad9"}, {"149.112.112.0/24", "Quad9"}, {"2620:fe::/48", "Quad9"},
	{"208.67.220.0/24", "OpenDNS"}, {"208.67.222.0/24", "OpenDNS"}, {"2620:119:35::/48", "OpenDNS"},
	{"2620:119:53::/48", "OpenDNS"},
	{"4.2.2.0/29", "Level 3"}, {"209.244.0.3/32", "Level 3"}, {"209.244.0.4/32", "Level 3"},
	{"64.6.64.6/32", "UltraDNS"}, {"64.6.65.6/32", "UltraDNS"}, {"156.154.70.0/24", "UltraDNS"},
	{"156.154.71.0/24", "UltraDNS"},
	{"94.140.14.0/24", "AdGuard"}, {"94.140.15.0/24", "AdGuard"}, {"2a10:50c0::/32", "AdGuard"},
	{"185.228.168.0/24", "CleanBrowsing"}, {"185.228.169.0/24", "CleanBrowsing"},
	{"76.76.2.0/24", "Control D"}, {"76.76.10.0/24", "Control D"},
	{"8.26.56.26/32", "Comodo"}, {"8.20.247.20/32", "Comodo"},
	{"77.88.8.0/24", "Yandex"}, {"2a02:6b8::feed:0/112", "Yandex"},
	{"74.82.42.42/32", "Hurricane Electric"}, {"2001:470:20::2/128", "Hurricane Electric"},
	{"223.5.5.5/32", "AliDNS"}, {"223.6.6.6/32", "AliDNS"},
	{"119.29.29.29/32", "DNSPod"},
	{"114.114.114.114/32", "114DNS"},
}
