package dnsbl

import (
	"net/netip"
	"testing"
)

func TestSpace(t *testing.T) {
	tests := map[string]string{
		"192.0.2.1/32": "", "2001:db8::1/128": "", "8.8.8.8/32": "", "172.32.0.1/32": "",
		"10.1.2.3/32": "a private address (RFC 1918)", "10.0.0.0/7": "a private address (RFC 1918)",
		"127.0.0.53/32": Loopback, "::1/128": "the loopback address of this machine",
		"100.100.0.1/32": "an address behind carrier-grade NAT (RFC 6598)", "169.254.169.254/32": "a link-local address",
		"0.0.0.0/32": "an unspecified address", "255.255.255.255/32": "a reserved address", "fd00::1/128": "a private address (RFC 4193)",
		"64:ff9b::7f00:1/128": Loopback, "64:ff9b::8.8.8.8/128": "", "64:ff9b:1:a00:0:100:808:808/128": "an address for translation inside (RFC 8215)",
		"::ffff:0:a00:1/128": "an address for translation (RFC 2765)", "2001:0:808:808::1/128": "a tunnelled address (RFC 4380)", "2001:470::1/128": "",
		"198.19.0.1/32": "an address for benchmarks (RFC 2544)", "192.0.0.8/32": "a reserved address", "100::1/128": "an address that discards (RFC 6666)",
		"2002:a00:1::1/128": "a private address (RFC 1918)", "2002:808:808::1/128": "", "::127.0.0.1/128": Loopback,
	}
	for network, want := range tests {
		if got := Space(netip.MustParsePrefix(network)); got != want {
			t.Errorf("Space(%s) = %q, want %q", network, got, want)
		}
	}
}
