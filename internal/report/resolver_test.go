package report

import (
	"net/netip"
	"strings"
	"testing"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/verdict"
)

// The hint needs two lists without an answer from their name servers, and none with one.
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
		{[]dnsbl.Finding{found(a, "192.0.2.1", dnsbl.RefusesResolver, ""), found(b, "192.0.2.1", dnsbl.ServFail, "")}, 0, false}, // not queried directly
	}
	for i, tt := range tests {
		if got := firewallHint(verdict.Grouped(tt.failed), make([]verdict.Group, tt.around)); strings.Contains(got, "port 53") != tt.want {
			t.Errorf("%d: %q", i, got)
		}
	}
}

// Each public resolver has one hint, also if a list answered directly in the end.
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
