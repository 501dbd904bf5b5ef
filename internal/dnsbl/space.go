package dnsbl

import "net/netip"

// Loopback is what Space says of 127.0.0.0/8.
const Loopback = "a loopback address"

// Space says in which space a network lies that the Internet does not see, or "". Addresses that stand for an IPv4 address
// lie where that one does.
func Space(network netip.Prefix) string {
	for _, space := range [...]struct{ network, kind string }{
		{"10.0.0.0/8", "a private address (RFC 1918)"},
		{"172.16.0.0/12", "a private address (RFC 1918)"},
		{"192.168.0.0/16", "a private address (RFC 1918)"},
		{"100.64.0.0/10", "an address behind carrier-grade NAT (RFC 6598)"},
		{"169.254.0.0/16", "a link-local address"},
		{"224.0.0.0/4", "a multicast address"},
		{"240.0.0.0/4", "a reserved address"},
		{"192.0.0.0/24", "a reserved address"},
		{"192.88.99.0/24", "a reserved address"},
		{"198.18.0.0/15", "an address for benchmarks (RFC 2544)"},
		{"0.0.0.0/8", "an unspecified address"},
		{"fc00::/7", "a private address (RFC 4193)"},
		{"fec0::/10", "a private address (RFC 3879)"},
		{"fe80::/10", "a link-local address"},
		{"ff00::/8", "a multicast address"},
		{"64:ff9b:1::/48", "an address for translation inside (RFC 8215)"},
		{"::ffff:0:0:0/96", "an address for translation (RFC 2765)"},
		{"2001::/32", "a tunnelled address (RFC 4380)"},
		{"100::/64", "an address that discards (RFC 6666)"},
		{"::/128", "an unspecified address"},
		{"127.0.0.0/8", Loopback},
		{"::1/128", "the loopback address of this machine"},
	} {
		if netip.MustParsePrefix(space.network).Overlaps(network) {
			return space.kind
		}
	}
	if inner, ok := embedded(network.Addr()); ok {
		return Space(netip.PrefixFrom(inner, inner.BitLen()))
	}
	return ""
}

// embedded returns the IPv4 address that an IPv6 address is translated to (RFC 6052) or tunnelled to (RFC 3056).
func embedded(addr netip.Addr) (netip.Addr, bool) {
	bytes := addr.As16()
	for _, form := range [...]struct {
		network string
		at      int
	}{{"64:ff9b::/96", 12}, {"2002::/16", 2}, {"::/96", 12}} {
		if netip.MustParsePrefix(form.network).Contains(addr) {
			return netip.AddrFrom4([4]byte(bytes[form.at : form.at+4])), true
		}
	}
	return netip.Addr{}, false
}
