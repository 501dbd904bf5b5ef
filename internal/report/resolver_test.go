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
	fail := func(zone string, cause, direct dnsbl.Cause) dnsbl.Finding {
		return found(zone, "192.0.2.1", cause, direct)
	}
	refused := fail("a.example", dnsbl.RefusesResolver, dnsbl.Timeout)
	tests := []struct {
		failed     []dnsbl.Finding
		directOnly int
		want       bool
	}{
		{[]dnsbl.Finding{refused, fail("b.example", dnsbl.ServFail, dnsbl.Timeout)}, 0, true},
		{[]dnsbl.Finding{refused, fail("b.example", dnsbl.ServFail, dnsbl.Unreachable),
			fail("c.example", dnsbl.ServFail, dnsbl.NoNameServers)}, 0, true},
		{[]dnsbl.Finding{refused}, 0, false}, // the fault of one list
		{[]dnsbl.Finding{refused, fail("b.example", dnsbl.ServFail, dnsbl.Refused)}, 0, false},
		{[]dnsbl.Finding{refused, fail("b.example", dnsbl.ServFail, dnsbl.Timeout)}, 1, false},
		{[]dnsbl.Finding{ // not queried directly
			fail("a.example", dnsbl.RefusesResolver, ""),
			fail("b.example", dnsbl.ServFail, ""),
		}, 0, false},
	}
	for i, tt := range tests {
		got := firewallHint(verdict.Grouped(tt.failed), make([]verdict.Group, tt.directOnly))
		if strings.Contains(got, "port 53") != tt.want {
			t.Errorf("%d: %q", i, got)
		}
	}
}

// Each public resolver that answered has one hint, also if a list answered directly in the end.
func TestPublicResolverHints(t *testing.T) {
	failed := found("c.example", "9.9.9.9", dnsbl.NoTestEntry, "")
	direct := dnsbl.Finding{
		List:    failed.List,
		Outcome: dnsbl.NotListed,
		Direct:  true,
		Other:   &failed,
	}
	got := publicResolverHints(verdict.Grouped([]dnsbl.Finding{
		found("a.example", "8.8.8.8", dnsbl.RefusesResolver, dnsbl.Timeout),
		found("b.example", "8.8.8.8", dnsbl.NoTestEntry, ""),
		found("b.example", "192.0.2.1", dnsbl.NoTestEntry, ""),
		found("b.example", "1.1.1.1", dnsbl.Timeout, ""),
		direct,
	}))
	if len(got) != 2 ||
		!strings.HasPrefix(got[0], "8.8.8.8 is a public resolver (Google)") ||
		!strings.HasPrefix(got[1], "9.9.9.9 is a public resolver (Quad9)") {
		t.Errorf("%q", got)
	}
}

func TestPublicOperator(t *testing.T) {
	for addr, want := range map[string]string{
		"8.8.4.4":              "Google",
		"2001:4860:4860::8888": "Google",
		"1.1.1.2":              "Cloudflare",
		"2606:4700:4700::1111": "Cloudflare",
		"9.9.9.11":             "Quad9",
		"208.67.222.123":       "OpenDNS",
		"4.2.2.2":              "Level 3",
		"94.140.14.14":         "AdGuard",
		"77.88.8.88":           "Yandex",
		"8.8.8.9":              "",
		"192.0.2.1":            "",
		"127.0.0.1":            "",
	} {
		if got := publicOperator(netip.MustParseAddr(addr)); got != want {
			t.Errorf("%s: %q, want %q", addr, got, want)
		}
	}
}
