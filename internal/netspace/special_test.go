package netspace

import (
	"net/netip"
	"testing"
)

func TestSpecialPurposeIn(t *testing.T) {
	for _, tt := range []struct{ network, want string }{
		{"8.8.8.8/32", ""},
		{"192.0.2.1/32", ""},
		{"172.32.0.1/32", ""},
		{"2001:470::1/128", ""},
		{"2001:db8::1/128", ""},
		{"10.1.2.3/32", "a private address (RFC 1918)"},
		{"10.0.0.0/7", "a private address (RFC 1918)"},
		{"127.0.0.53/32", Loopback},
		{"::1/128", "the loopback address of this machine"},
		{"100.100.0.1/32", "an address behind carrier-grade NAT (RFC 6598)"},
		{"169.254.169.254/32", "a link-local address"},
		{"0.0.0.0/32", "an unspecified address"},
		{"255.255.255.255/32", "a reserved address"},
		{"192.0.0.8/32", "a reserved address"},
		{"198.19.0.1/32", "an address for benchmarks (RFC 2544)"},
		{"fd00::1/128", "a private address (RFC 4193)"},
		{"64:ff9b:1:a00:0:100:808:808/128", "an address for translation inside (RFC 8215)"},
		{"::ffff:0:a00:1/128", "an address for translation (RFC 2765)"},
		{"2001:0:808:808::1/128", "a tunnelled address (RFC 4380)"},
		{"100::1/128", "an address that discards (RFC 6666)"},

		{"64:ff9b::7f00:1/128", Loopback}, // an IPv6 address with an IPv4 address in it
		{"64:ff9b::8.8.8.8/128", ""},
		{"2002:a00:1::1/128", "a private address (RFC 1918)"},
		{"2002:808:808::1/128", ""},
		{"::127.0.0.1/128", Loopback},
	} {
		if got := SpecialPurposeIn(netip.MustParsePrefix(tt.network)); got != tt.want {
			t.Errorf("SpecialPurposeIn(%s) = %q, want %q", tt.network, got, tt.want)
		}
	}
}

func TestSpecialPurpose(t *testing.T) {
	for addr, want := range map[string]string{
		"192.0.2.1":    "",
		"10.1.2.3":     "a private address (RFC 1918)",
		"fe80::1%eth0": "a link-local address",
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
