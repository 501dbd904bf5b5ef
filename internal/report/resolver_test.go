package report

import (
	"net/netip"
	"strings"
	"testing"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/verdict"
)

// found is a failure through the resolver at addr and, if there is one, what came of asking directly.
func found(zone, addr string, cause, direct dnsbl.Cause) dnsbl.Finding {
	l := dnsbl.Unknown(zone)
	f := dnsbl.Finding{List: &l, Outcome: dnsbl.Failed, Cause: cause, Server: netip.MustParseAddrPort(addr + ":53")}
	if direct != "" {
		f.Other = &dnsbl.Finding{List: &l, Outcome: dnsbl.Failed, Cause: direct, Direct: true}
	}
	return f
}

// A firewall is spoken of where no name server of several lists answered, and any would have contradicted.
func TestFirewallHint(t *testing.T) {
	const a, b = "a.example", "b.example"
	tests := []struct {
		failed []dnsbl.Finding
		around int
		want   bool
	}{
		{[]dnsbl.Finding{found(a, "192.0.2.1", dnsbl.RefusesResolver, dnsbl.Timeout), found(b, "192.0.2.1", dnsbl.ServFail, dnsbl.Timeout)}, 0, true},
		{[]dnsbl.Finding{found(a, "192.0.2.1", dnsbl.RefusesResolver, dnsbl.Timeout), found(b, "192.0.2.1", dnsbl.ServFail, dnsbl.Unreachable), found("c.example", "192.0.2.1", dnsbl.ServFail, dnsbl.NoNameServers)}, 0, true},
		{[]dnsbl.Finding{found(a, "192.0.2.1", dnsbl.RefusesResolver, dnsbl.Timeout)}, 0, false}, // one list's own trouble
		{[]dnsbl.Finding{found(a, "192.0.2.1", dnsbl.RefusesResolver, dnsbl.Timeout), found(b, "192.0.2.1", dnsbl.ServFail, dnsbl.Refused)}, 0, false},
		{[]dnsbl.Finding{found(a, "192.0.2.1", dnsbl.RefusesResolver, dnsbl.Timeout), found(b, "192.0.2.1", dnsbl.ServFail, dnsbl.Timeout)}, 1, false},
		{[]dnsbl.Finding{found(a, "192.0.2.1", dnsbl.RefusesResolver, ""), found(b, "192.0.2.1", dnsbl.ServFail, "")}, 0, false}, // nobody asked
	}
	for i, tt := range tests {
		if got := firewallHint(verdict.Grouped(tt.failed), make([]verdict.Group, tt.around)); strings.Contains(got, "port 53") != tt.want {
			t.Errorf("%d: %q", i, got)
		}
	}
}

// Public resolvers are named once each, whoever else failed through them; also where a list had to be asked around them.
func TestPublicResolverHints(t *testing.T) {
	around := found("c.example", "9.9.9.9", dnsbl.Timeout, "")
	direct := dnsbl.Finding{List: around.List, Outcome: dnsbl.NotListed, Direct: true, Other: &around}
	got := publicResolverHints(verdict.Grouped([]dnsbl.Finding{found("a.example", "8.8.8.8", dnsbl.RefusesResolver, dnsbl.Timeout), found("b.example", "8.8.8.8", dnsbl.NoTestEntry, ""),
		found("b.example", "192.0.2.1", dnsbl.Timeout, ""), direct}))
	if len(got) != 2 || !strings.HasPrefix(got[0], "8.8.8.8 is a public resolver (Google)") || !strings.HasPrefix(got[1], "9.9.9.9 is a public resolver (Quad9)") {
		t.Errorf("%q", got)
	}
}

func TestPublicOperator(t *testing.T) {
	for addr, want := range map[string]string{
		"8.8.4.4": "Google", "2001:4860:4860::8888": "Google", "1.1.1.2": "Cloudflare", "2606:4700:4700::1111": "Cloudflare", "9.9.9.11": "Quad9",
		"208.67.222.123": "OpenDNS", "4.2.2.2": "Level 3", "94.140.14.14": "AdGuard", "77.88.8.88": "Yandex", "8.8.8.9": "", "192.0.2.1": "", "127.0.0.1": "",
	} {
		if got := publicOperator(netip.MustParseAddr(addr)); got != want {
			t.Errorf("%s: %q, want %q", addr, got, want)
		}
	}
}

// What to do about a list depends on what it said on both paths.
func TestCureOfBothPaths(t *testing.T) {
	tests := []struct {
		cause, direct dnsbl.Cause
		want          string
	}{
		{dnsbl.RefusesResolver, dnsbl.RefusesResolver, "the list refuses this host too: ask its operator, or leave the list out with -x"},
		{dnsbl.RefusesResolver, dnsbl.Timeout, "ask through a resolver of your own, not a public or shared one"},
		{dnsbl.RefusesResolver, dnsbl.NoNameServers, "ask through a resolver of your own, not a public or shared one"},
		{dnsbl.RefusesResolver, "", "ask through a resolver of your own, not a public or shared one, or let the list be asked directly (--direct auto)"},
		{dnsbl.OutsideLoopback, dnsbl.OutsideLoopback, "the list is dead or broken: leave it out with -x"},
		{dnsbl.ListsEverything, dnsbl.NoTestEntry, "the list is dead or broken: leave it out with -x"},
		{dnsbl.ServFail, dnsbl.Refused, "its name servers do not serve it, or not to this host; if this lasts, leave the list out with -x"},
		{dnsbl.ServFail, dnsbl.Timeout, "its name servers do not answer this host either; if this lasts, leave the list out with -x"},
		{dnsbl.Truncated, dnsbl.Timeout, "the answer is too large for UDP: allow TCP to port 53 of the resolver"},
	}
	for _, tt := range tests {
		f := found("a.example", "192.0.2.1", tt.cause, tt.direct)
		if got := remedyOf(&f); got != tt.want {
			t.Errorf("%s, directly %s: %s\nwant %s", tt.cause, tt.direct, got, tt.want)
		}
	}
}

// No cause is left without words on what to do about it, by whichever path.
func TestEveryCauseHasACure(t *testing.T) {
	for _, cause := range dnsbl.Causes() {
		if remedies[cause].resolver == bug && remedies[cause].direct == "" {
			continue
		}
		for _, direct := range []bool{false, true} {
			f := found("a.example", "192.0.2.1", cause, "")
			f.Direct = direct
			f.List.Name = "A list"
			if got := remedyOf(&f); strings.Contains(got, "bug of check_dnsbl") && (direct || remedies[cause].resolver != bug) {
				t.Errorf("%s, directly %v: %s", cause, direct, got)
			}
		}
	}
}

// Where a packet cannot even be sent the network of the host is to blame, whatever the kernel calls it; where nobody listens, the resolver is.
func TestCannotSend(t *testing.T) {
	for detail, want := range map[string]bool{"network is unreachable": true, "no route to host": true, "permission denied": true, "invalid argument": true, "connection refused": false} {
		f := found("a.example", "192.0.2.1", dnsbl.Unreachable, "")
		f.Detail = detail
		other := found("b.example", "192.0.2.1", dnsbl.Unreachable, "")
		other.Detail = detail
		fault, _ := resolverFault(verdict.Grouped([]dnsbl.Finding{f, other}))
		if cannotSend(&f) != want || (fault == "is not there") == want || strings.Contains(remedyOf(&f), "check the network") != want {
			t.Errorf("%s: %s; %s", detail, fault, remedyOf(&f))
		}
	}
}
