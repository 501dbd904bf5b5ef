package netspace

import (
	"net/netip"
	"testing"
)

// The IANA IPv4 and IPv6 Special-Purpose Address Registries, one row for each entry, as of
// 2025-10, with what is in no registry below. An entry that is globally reachable is "".
func TestRegistries(t *testing.T) {
	const (
		private  = "a private address (RFC 1918)"
		reserved = "a reserved address"
	)
	for _, tt := range []struct{ first, last, want string }{
		{"0.0.0.0", "0.255.255.255", "an unspecified address"}, // 0.0.0.0/8, 0.0.0.0/32
		{"10.0.0.0", "10.255.255.255", private},
		{"100.64.0.0", "100.127.255.255", "a carrier-grade NAT address (RFC 6598)"},
		{"127.0.0.0", "127.255.255.255", loopback},
		{"169.254.0.0", "169.254.255.255", "a link-local address"},
		{"172.16.0.0", "172.31.255.255", private},
		{"192.0.0.0", "192.0.0.8", reserved}, // 192.0.0.0/24, 192.0.0.0/29, 192.0.0.8/32
		{"192.0.0.9", "192.0.0.10", ""},      // 192.0.0.9/32, 192.0.0.10/32
		{"192.0.0.11", "192.0.0.255", reserved},
		{"192.0.0.170", "192.0.0.171", reserved},
		{"192.0.2.0", "192.0.2.255", ""}, // for documentation
		{"192.31.196.0", "192.31.196.255", ""},
		{"192.52.193.0", "192.52.193.255", ""},
		{"192.88.99.0", "192.88.99.255", reserved}, // and 192.88.99.2/32
		{"192.168.0.0", "192.168.255.255", private},
		{"192.175.48.0", "192.175.48.255", ""},
		{"198.18.0.0", "198.19.255.255", "a benchmarking address (RFC 2544)"},
		{"198.51.100.0", "198.51.100.255", ""}, // for documentation
		{"203.0.113.0", "203.0.113.255", ""},   // for documentation
		{"240.0.0.0", "255.255.255.255", reserved},

		{"::1", "::1", "the loopback address of this machine"},
		{"::", "::", "an unspecified address"},
		{"::ffff:10.0.0.0", "::ffff:10.255.255.255", private}, // what the IPv4 address is
		{"::ffff:8.8.8.0", "::ffff:8.8.8.255", ""},
		{"64:ff9b::10.0.0.0", "64:ff9b::10.255.255.255", private}, // likewise
		{"64:ff9b::8.8.8.0", "64:ff9b::8.8.8.255", ""},
		{"64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff",
			"a local NAT64 address (RFC 8215)"},
		{"100::", "100::ffff:ffff:ffff:ffff", "an address that discards (RFC 6666)"},
		{"100:0:0:1::", "100::1:ffff:ffff:ffff:ffff", "a dummy address (RFC 9780)"},
		{"2001::", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff", "a Teredo tunnel address (RFC 4380)"},
		{"2001:1::1", "2001:1::1", ""},
		{"2001:1::2", "2001:1::2", ""},
		{"2001:1::3", "2001:1::3", ""},
		{"2001:2::", "2001:2:0:ffff:ffff:ffff:ffff:ffff",
			"a benchmarking address (RFC 5180)"},
		{"2001:3::", "2001:3:ffff:ffff:ffff:ffff:ffff:ffff", ""},
		{"2001:4:112::", "2001:4:112:ffff:ffff:ffff:ffff:ffff", ""},
		{"2001:10::", "2001:1f:ffff:ffff:ffff:ffff:ffff:ffff",
			"a reserved address (RFC 4843)"},
		{"2001:20::", "2001:2f:ffff:ffff:ffff:ffff:ffff:ffff", ""},
		{"2001:30::", "2001:3f:ffff:ffff:ffff:ffff:ffff:ffff", ""},
		{"2001:40::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", // the rest of 2001::/23
			"a reserved address (RFC 2928)"},
		{"2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", ""}, // for documentation
		{"2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "a 6to4 tunnel address (RFC 3056)"},
		{"2620:4f:8000::", "2620:4f:8000:ffff:ffff:ffff:ffff:ffff", ""},
		{"3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff",
			"a documentation address (RFC 9637)"},
		{"5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
			"a segment routing identifier (RFC 9602)"},
		{"fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "a private address (RFC 4193)"},
		{"fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "a link-local address"},

		// In other registries, or in none.
		{"224.0.0.0", "239.255.255.255", "a multicast address"},
		{"::2", "::ffff:ffff", "an IPv4-compatible address (RFC 4291)"},
		{"::ffff:0:0:0", "::ffff:0:ffff:ffff", "an IPv4-translated address (RFC 2765)"},
		{"0:0:1::", "64:ff9a:ffff:ffff:ffff:ffff:ffff:ffff", "a reserved address (RFC 4291)"},
		{"200::", "3ff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "a reserved address (RFC 4291)"},
		{"400::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "a reserved address (RFC 4291)"},
		{"2000::", "2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff", ""},
		{"2001:200::", "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff", ""},
		{"2001:db9::", "2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff", ""},
		{"2003::", "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff", ""},
		{"3fff:1000::", "3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", ""},
		{"4000::", "5eff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "a reserved address (RFC 4291)"},
		{"5f01::", "fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "a reserved address (RFC 4291)"},
		{"fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "a private address (RFC 3879)"},
		{"ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "a multicast address"},
	} {
		for _, text := range [...]string{tt.first, tt.last} {
			if got := SpecialPurpose(netip.MustParseAddr(text)); got != tt.want {
				t.Errorf("SpecialPurpose(%s) = %q, want %q", text, got, tt.want)
			}
		}
	}
}

// Beside the networks for private use are public ones.
func TestNeighbors(t *testing.T) {
	for _, addr := range []string{
		"1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
		"128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0",
		"191.255.255.255", "192.0.1.0", "192.88.98.255", "192.88.100.0", "192.167.255.255",
		"192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255",
	} {
		if got := SpecialPurpose(netip.MustParseAddr(addr)); got != "" {
			t.Errorf("SpecialPurpose(%s) = %q", addr, got)
		}
	}
}

func TestSpecialPurposeIn(t *testing.T) {
	for network, want := range map[string]string{
		"192.0.2.0/24":          "",
		"10.0.0.0/7":            "a private address (RFC 1918)",
		"192.0.0.8/29":          "a reserved address", // not all of it is reachable
		"192.0.0.0/16":          "a reserved address",
		"::ffff:10.0.0.0/104":   "a private address (RFC 1918)",
		"64:ff9b::10.0.0.0/104": "a private address (RFC 1918)",
		"64:ff9b::8.8.8.0/120":  "",
		"2001::/16":             "a Teredo tunnel address (RFC 4380)",
		"2000::/3":              "a Teredo tunnel address (RFC 4380)",
		"2001:20::/28":          "",
		"2001:db8::/104":        "",
		"2001:db8::5efe:0:0/96": "an ISATAP tunnel address (RFC 5214)",
		"2001:db8::/64":         "",
		"::/0":                  "an unspecified address",
		"0.0.0.0/0":             "an unspecified address",
	} {
		if got := SpecialPurposeIn(netip.MustParsePrefix(network)); got != want {
			t.Errorf("SpecialPurposeIn(%s) = %q, want %q", network, got, want)
		}
	}
}

func TestSpecialPurpose(t *testing.T) {
	for addr, want := range map[string]string{
		"fe80::1%eth0":                  "a link-local address",
		"2001:db8::5efe:192.0.2.25":     "an ISATAP tunnel address (RFC 5214)",
		"2001:db8::200:5efe:192.0.2.25": "an ISATAP tunnel address (RFC 5214)",
		"2001:db8::100:5efe:192.0.2.25": "",
		"fe80::5efe:10.0.0.1":           "a link-local address",
	} {
		if got := SpecialPurpose(netip.MustParseAddr(addr)); got != want {
			t.Errorf("SpecialPurpose(%s) = %q, want %q", addr, got, want)
		}
	}
	if got := SpecialPurpose(netip.Addr{}); got != "" {
		t.Errorf("SpecialPurpose of no address = %q", got)
	}
}

func BenchmarkSpecialPurpose(b *testing.B) {
	addr := netip.MustParseAddr("2001:db8::1")
	for b.Loop() {
		SpecialPurpose(addr)
	}
}
