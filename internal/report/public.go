package report

import (
	"fmt"
	"net/netip"
	"slices"

	"check_dnsbl/internal/dnsbl"
)

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
func aboutPublic(findings []dnsbl.Finding) []string {
	var lines []string
	for i := range findings {
		f := &findings[i]
		if f.Direct {
			f = f.Other
		}
		if f == nil || f.Outcome != dnsbl.Failed {
			continue
		}
		operator := publicOperator(f.Server.Addr())
		line := fmt.Sprintf("%s is a public resolver (%s), and many lists refuse those, with or without saying so: ask through one of your own", f.Server.Addr(), operator)
		if operator != "" && !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return lines
}
