// Package netspace knows special-purpose addresses (RFC 6890) and registrable domains.
//
// [SpecialPurpose] and [SpecialPurposeIn] tell which addresses a public list can never list, and
// which addresses a list's name servers cannot have. [RegistrableDomain] tells whether two host
// names belong to the same organization.
package netspace

import "net/netip"

// Loopback is what [SpecialPurpose] returns for 127.0.0.0/8, where the test entries of lists are.
const Loopback = "a loopback address"

// SpecialPurpose returns a noun phrase for an address that is not reachable over the Internet,
// such as "a private address (RFC 1918)", or "" if it may be. An IPv6 address that embeds an IPv4
// address is what that one is. The zone of an address is ignored.
func SpecialPurpose(addr netip.Addr) string {
	return SpecialPurposeIn(netip.PrefixFrom(addr, addr.BitLen()))
}

// SpecialPurposeIn returns a noun phrase for the first special-purpose network that overlaps with
// network, or "". The rest of network may be reachable over the Internet.
func SpecialPurposeIn(network netip.Prefix) string {
	// From the IANA IPv4 and IPv6 Special-Purpose Address Registries and, for multicast and
	// site-local addresses, the address space registries. The networks for documentation
	// (192.0.2.0/24 and the like) are left out: examples and tests are checked as if they were
	// public. Parsing 22 rows costs about a microsecond, which is too little to keep them.
	for _, row := range [...]struct{ network, is string }{
		{"10.0.0.0/8", "a private address (RFC 1918)"},
		{"172.16.0.0/12", "a private address (RFC 1918)"},
		{"192.168.0.0/16", "a private address (RFC 1918)"},
		{"100.64.0.0/10", "an address behind carrier-grade NAT (RFC 6598)"},
		{"169.254.0.0/16", "a link-local address"}, // RFC 3927
		{"224.0.0.0/4", "a multicast address"},     // RFC 5771
		{"240.0.0.0/4", "a reserved address"},      // RFC 1112 section 4
		{"192.0.0.0/24", "a reserved address"},     // RFC 6890 section 2.1
		{"192.88.99.0/24", "a reserved address"},   // RFC 7526
		{"198.18.0.0/15", "an address for benchmarks (RFC 2544)"},
		{"0.0.0.0/8", "an unspecified address"}, // RFC 1122 section 3.2.1.3
		{"fc00::/7", "a private address (RFC 4193)"},
		{"fec0::/10", "a private address (RFC 3879)"},
		{"fe80::/10", "a link-local address"}, // RFC 4291 section 2.5.6
		{"ff00::/8", "a multicast address"},   // RFC 4291 section 2.7
		{"64:ff9b:1::/48", "an address for translation inside (RFC 8215)"},
		{"::ffff:0:0:0/96", "an address for translation (RFC 2765)"},
		{"2001::/32", "a tunnelled address (RFC 4380)"},
		{"100::/64", "an address that discards (RFC 6666)"},
		{"::/128", "an unspecified address"},                // RFC 4291 section 2.5.2
		{"127.0.0.0/8", Loopback},                           // RFC 1122 section 3.2.1.3
		{"::1/128", "the loopback address of this machine"}, // RFC 4291 section 2.5.3
	} {
		if netip.MustParsePrefix(row.network).Overlaps(network) {
			return row.is
		}
	}
	if four, ok := embedded(network.Addr()); ok {
		return SpecialPurpose(four)
	}
	return ""
}

// embedded returns the IPv4 address in an IPv6 address that only reaches that IPv4 address.
func embedded(addr netip.Addr) (netip.Addr, bool) {
	bytes := addr.As16()
	for _, form := range [...]struct {
		network string
		at      int // the first byte of the IPv4 address
	}{
		{"64:ff9b::/96", 12}, // NAT64 (RFC 6052)
		{"2002::/16", 2},     // 6to4 (RFC 3056)
		{"::/96", 12},        // IPv4-compatible, deprecated (RFC 4291 section 2.5.5.1)
	} {
		if netip.MustParsePrefix(form.network).Contains(addr) {
			return netip.AddrFrom4([4]byte(bytes[form.at : form.at+4])), true
		}
	}
	return netip.Addr{}, false
}
