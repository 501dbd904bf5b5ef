package report

import (
	"fmt"
	"net/netip"
	"slices"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"
)

// resolverNotes are the lines on the resolver, and on the lists that were asked around it.
func resolverNotes(v *verdict.Verdict) []string {
	missed, around := slices.Concat(v.Failed.Groups, v.Tolerated.Groups), v.DirectOnly.Groups
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
	return !v.Heard && resolverAdvice(slices.Concat(v.Failed.Groups, v.Tolerated.Groups), v.DirectOnly.Groups) != ""
}

// around returns the findings that were only to be had from the lists' own name servers.
func around(findings []dnsbl.Finding) []dnsbl.Finding {
	return slices.DeleteFunc(slices.Clone(findings), func(f dnsbl.Finding) bool { return !f.Direct || f.Other == nil })
}

// throughResolver returns what findings were through the resolver, where that was no proved verdict.
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

// resolverAdvice speaks of the resolver where all that any list gave through it, failed or around, has one cause.
func resolverAdvice(failed, around []verdict.Group) string {
	through := throughResolver(slices.Concat(failed, around))
	fault, remedy := resolverFault(through)
	switch {
	case fault == "":
		return ""
	case len(around) > 0:
		return fmt.Sprintf("all lists failed in the same way, and were asked directly: %s %s; %s", resolvers(through), fault, remedy)
	}
	return fmt.Sprintf("all lists failed in the same way: %s %s; %s", resolvers(through), fault, remedy)
}

// resolverFault says what is wrong with a resolver through which all these lists failed in one way, and what to do about it.
func resolverFault(through []verdict.Group) (fault, remedy string) {
	cause := verdict.CommonCause(through)
	if cause == dnsbl.Unreachable && !slices.ContainsFunc(through, func(g verdict.Group) bool { return !noWay(&g.Finding) }) {
		return "cannot be reached (" + through[0].Detail + ")", "check the network of this host, or " + otherResolver
	}
	return remedies[cause].resolverFault, remedies[cause].resolverRemedy
}

// resolvers names those who were asked in vain.
func resolvers(failed []verdict.Group) string {
	seen := map[netip.AddrPort]bool{}
	var names []string
	for i := range failed {
		if server := failed[i].Server; server.IsValid() && !seen[server] {
			seen[server] = true
			names = append(names, server.String())
		}
	}
	switch len(names) {
	case 0:
		return "the resolver"
	case 1:
		return "the resolver " + names[0]
	}
	return "each of the resolvers " + text.Join(names, maxWords)
}

// wallAdvice speaks of a firewall where no name server of several lists answered this host.
func wallAdvice(failed, around []verdict.Group) string {
	var walled []verdict.Group
	for _, f := range failed {
		switch {
		case f.Outcome == dnsbl.Listed, f.Other != nil && f.Other.Outcome != dnsbl.Failed:
			return ""
		case f.Other == nil, f.Other.Cause.Traits().Reach == dnsbl.Unaddressed:
		case f.Other.Cause.Silent():
			walled = append(walled, f)
		default:
			return ""
		}
	}
	if len(zonesOnce(walled)) < 2 || len(around) > 0 {
		return ""
	}
	return "asked directly, no name server answered: is port 53 open from this host to the Internet? If it is not, --direct never saves the time"
}

// publicNetworks are where the well-known resolvers for everyone are, and whose they are.
var publicNetworks = [...]struct{ network, operator string }{
	{"8.8.8.8/32", "Google"}, {"8.8.4.4/32", "Google"}, {"2001:4860:4860::/48", "Google"},
	{"1.1.1.0/24", "Cloudflare"}, {"1.0.0.0/24", "Cloudflare"}, {"2606:4700:4700::/48", "Cloudflare"},
	{"9.9.9.0/24", "Quad9"}, {"149.112.112.0/24", "Quad9"}, {"2620:fe::/48", "Quad9"},
	{"208.67.220.0/24", "OpenDNS"}, {"208.67.222.0/24", "OpenDNS"}, {"2620:119:35::/48", "OpenDNS"}, {"2620:119:53::/48", "OpenDNS"},
	{"4.2.2.0/29", "Level 3"}, {"209.244.0.3/32", "Level 3"}, {"209.244.0.4/32", "Level 3"},
	{"64.6.64.6/32", "UltraDNS"}, {"64.6.65.6/32", "UltraDNS"}, {"156.154.70.0/24", "UltraDNS"}, {"156.154.71.0/24", "UltraDNS"},
	{"94.140.14.0/24", "AdGuard"}, {"94.140.15.0/24", "AdGuard"}, {"2a10:50c0::/32", "AdGuard"},
	{"185.228.168.0/24", "CleanBrowsing"}, {"185.228.169.0/24", "CleanBrowsing"},
	{"76.76.2.0/24", "Control D"}, {"76.76.10.0/24", "Control D"},
	{"8.26.56.26/32", "Comodo"}, {"8.20.247.20/32", "Comodo"},
	{"77.88.8.0/24", "Yandex"}, {"2a02:6b8::feed:0/112", "Yandex"},
	{"74.82.42.42/32", "Hurricane Electric"}, {"2001:470:20::2/128", "Hurricane Electric"},
	{"223.5.5.5/32", "AliDNS"}, {"223.6.6.6/32", "AliDNS"}, {"119.29.29.29/32", "DNSPod"}, {"114.114.114.114/32", "114DNS"},
}

// publicOperator returns whose well-known public resolver an address is, or "".
func publicOperator(addr netip.Addr) string {
	for _, p := range publicNetworks {
		if netip.MustParsePrefix(p.network).Contains(addr) {
			return p.operator
		}
	}
	return ""
}

// aboutPublic says once of each public resolver that a list gave no verdict through why that is to be expected.
func aboutPublic(findings []verdict.Group) []string {
	var lines []string
	for _, f := range throughResolver(findings) {
		operator := publicOperator(f.Server.Addr())
		line := fmt.Sprintf("%s is a public resolver (%s), and many lists refuse those, with or without saying so: ask through one of your own", f.Server.Addr(), operator)
		if operator != "" && !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return lines
}
