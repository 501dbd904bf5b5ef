package dnstest_test

import (
	"testing"
	"time"

	"github.com/miekg/dns"

	"check_dnsbl/internal/dnstest"
)

func TestFaults(t *testing.T) {
	t.Parallel()
	const listed, absent = "A 10.2.0.192.bl.example", "A 1.0.0.127.bl.example"
	tests := []struct {
		name     string
		fault    dnstest.Fault
		question string
		udp, tcp string
	}{
		{"none", nil, listed, "127.0.0.2", "127.0.0.2"},
		{"silent", dnstest.Silent, listed, "nothing", "nothing"},
		{"hang up", dnstest.HangUp, listed, "nothing", "nothing"},
		{"rcode", dnstest.Rcode(dns.RcodeRefused), listed, "REFUSED", "REFUSED"},
		{"no data", dnstest.NoData, listed, "NODATA", "NODATA"},
		{"no name", dnstest.NXDomain, listed, "NXDOMAIN", "NXDOMAIN"},
		{
			"one address for all",
			dnstest.Answer("203.0.113.9"),
			absent,
			"203.0.113.9",
			"203.0.113.9",
		},
		{
			"of its own family",
			dnstest.Answer("203.0.113.9", "2001:db8::9"),
			"AAAA x.bl.example",
			"2001:db8::9",
			"2001:db8::9",
		},
		{"no text for all", dnstest.Answer("203.0.113.9"), "TXT x.bl.example", "NODATA", "NODATA"},
		{"127/8 stripped", dnstest.Strip, listed, "NODATA", "NODATA"},
		{"text not stripped", dnstest.Strip, "TXT 10.2.0.192.bl.example", `"why"`, `"why"`},
		{"absence not stripped", dnstest.Strip, absent, "NXDOMAIN", "NXDOMAIN"},
		{"garbage", dnstest.Garbage, listed, "nothing", "nothing"},
		{"truncated", dnstest.Truncated, listed, "TC", "127.0.0.2"},
		{"truncated without TCP", dnstest.TruncatedThen(dnstest.HangUp), listed, "TC", "nothing"},
		{
			"silent UDP",
			dnstest.ByTransport(dnstest.Silent, dnstest.Healthy),
			listed,
			"nothing",
			"127.0.0.2",
		},
		{"no EDNS", dnstest.NoEDNS(dns.RcodeFormatError), listed, "FORMERR", "FORMERR"},
		{"EDNS dropped", dnstest.IfEDNS(dnstest.Silent), listed, "nothing", "nothing"},
		{
			"after, then",
			dnstest.After(1, dnstest.NoData, dnstest.NXDomain),
			listed,
			"NODATA",
			"NXDOMAIN",
		},
		{
			"not too many",
			dnstest.AtMost(1, dnstest.Healthy),
			listed,
			"127.0.0.2",
			"127.0.0.2",
		},
		{"too many", dnstest.AtMost(0, dnstest.Healthy), listed, "REFUSED", "REFUSED"},
		{
			"explained",
			dnstest.Explained(dnstest.Blocked, dnstest.NXDomain),
			listed,
			"NXDOMAIN, Blocked",
			"NXDOMAIN, Blocked",
		},
		{"a stranger's lie first", dnstest.OtherPort, listed, "127.0.0.2", "127.0.0.2"},
		{
			"late",
			dnstest.Late(10*time.Millisecond, dnstest.Healthy),
			listed,
			"127.0.0.2",
			"127.0.0.2",
		},
		{
			"first, then",
			dnstest.First(1, dnstest.NoData, dnstest.NXDomain),
			listed,
			"NODATA",
			"NXDOMAIN",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			list := dnstest.List{
				Zone:    "bl.example",
				Entries: map[string][]string{"192.0.2.10": {"127.0.0.2"}},
				Texts:   map[string][]string{"192.0.2.10": {"why"}},
				Fault:   test.fault,
			}
			server := start(t, dnstest.World{Lists: []dnstest.List{list}})
			if got := answer(server, "udp", test.question, test.udp); got != test.udp {
				t.Errorf("UDP: %s, want %s", got, test.udp)
			}
			if got := answer(server, "tcp", test.question, test.tcp); got != test.tcp {
				t.Errorf("TCP: %s, want %s", got, test.tcp)
			}
		})
	}
}

func TestFaultsHaveTheirPlace(t *testing.T) {
	lists := []dnstest.List{
		{Zone: "a.example", Fault: dnstest.NoData, FaultAt: map[string]dnstest.Fault{
			"127.0.0.1": dnstest.Answer("127.0.0.2"), "127.0.0.2": dnstest.Healthy}},
		{Zone: "b.example"},
	}
	server := start(t, dnstest.World{Lists: lists})
	captive := start(t, dnstest.World{Lists: lists, Fault: dnstest.Answer("203.0.113.9")})
	for question, want := range map[string]string{
		"A 1.0.0.127.a.example": "127.0.0.2",
		"A 2.0.0.127.a.example": "127.0.0.2",
		"A 3.0.0.127.a.example": "NODATA",
		"A 2.0.0.127.b.example": "127.0.0.2",
		"A 1.0.0.127.b.example": "NXDOMAIN",
	} {
		if got := answer(server, "udp", question, want); got != want {
			t.Errorf("%s: %s, want %s", question, got, want)
		}
		if got := answer(captive, "udp", question, "203.0.113.9"); got != "203.0.113.9" {
			t.Errorf("%s: %s from the captive resolver", question, got)
		}
	}
}
