// Package netspace knows special-purpose addresses (RFC 6890) and registrable domains.
//
// [SpecialPurpose] and [SpecialPurposeIn] tell which addresses a public list can never list, and
// which addresses a list's name servers cannot have (special.go). [Translated] and [Tunnel] find
// the IPv4 address in an IPv6 address (embedded.go). [RegistrableDomain] tells whether two host
// names belong to the same organization, and where the parents of a name end. [SpecialUseName]
// tells which names cannot be registered (domain.go).
package netspace

import "net/netip"

// loopback is what [SpecialPurpose] returns for 127.0.0.0/8, where the test entries of lists are.
const loopback = "a loopback address"

// SpecialPurpose returns a noun phrase with its article for an address that is not reachable over
// the Internet, such as "a private address (RFC 1918)", or "" if it may be. The zone of an address
// is ignored.
func SpecialPurpose(addr netip.Addr) string {
	return SpecialPurposeIn(netip.PrefixFrom(addr, addr.BitLen()))
}

// SpecialPurposeIn returns a noun phrase for the first special-purpose network that overlaps with
// network, or "". The rest of network may be reachable over the Internet. An IPv4-mapped or NAT64
// network is what its IPv4 network is.
func SpecialPurposeIn(network netip.Prefix) string {
	if four, ok := Translated(network); ok {
		network = four
	}
	rows := specialIPv4
	if !network.Addr().Is4() {
		rows = specialIPv6
	}
	for _, row := range rows() {
		special := netip.MustParsePrefix(row.network)
		switch {
		case !special.Overlaps(network):
		case row.is != "":
			return row.is
		case special.Bits() <= network.Bits():
			return isatap(network)
		}
	}
	return ""
}

// A special is a network and the phrase for its addresses; "" if they are reachable over the
// Internet, as an exception from a later row. More specific networks come first.
type special struct{ network, is string }

// specialIPv4 returns the networks of the IANA IPv4 Special-Purpose Address Registry that are not
// globally reachable, multicast, and the exceptions.
//
// The networks for documentation (192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24) are left out: the
// examples in the documentation of this program, and its tests, use them as public addresses.
// Parsing the rows takes microseconds, which is too little to keep the result.
func specialIPv4() []special {
	return []special{
		{"0.0.0.0/8", "an unspecified address"}, // RFC 791 section 3.2
		{"10.0.0.0/8", "a private address (RFC 1918)"},
		{"100.64.0.0/10", "a carrier-grade NAT address (RFC 6598)"},
		{"127.0.0.0/8", loopback},                  // RFC 1122 section 3.2.1.3
		{"169.254.0.0/16", "a link-local address"}, // RFC 3927
		{"172.16.0.0/12", "a private address (RFC 1918)"},
		{"192.0.0.9/32", ""},                     // PCP anycast (RFC 7723)
		{"192.0.0.10/32", ""},                    // TURN anycast (RFC 8155)
		{"192.0.0.0/24", "a reserved address"},   // RFC 6890 section 2.1
		{"192.88.99.0/24", "a reserved address"}, // 6to4 relays, ended by RFC 7526
		{"192.168.0.0/16", "a private address (RFC 1918)"},
		{"198.18.0.0/15", "a benchmarking address (RFC 2544)"},
		{"224.0.0.0/4", "a multicast address"}, // RFC 5771
		{"240.0.0.0/4", "a reserved address"},  // RFC 1112 section 4; also limited broadcast
	}
}

// specialIPv6 returns the same of the IANA IPv6 Special-Purpose Address Registry, and everything
// else outside of 2000::/3, the only range from which global unicast addresses are assigned.
// 64:ff9b::/96 is not among them, as [Translated] takes it for IPv4.
//
// Of the two networks for documentation, 2001:db8::/32 is left out for the same reason as in IPv4.
// 3fff::/20 is refused: nothing uses it as if it were public.
func specialIPv6() []special {
	return []special{
		{"::/128", "an unspecified address"},                // RFC 4291 section 2.5.2
		{"::1/128", "the loopback address of this machine"}, // RFC 4291 section 2.5.3
		{"::/96", "an IPv4-compatible address (RFC 4291)"},  // deprecated in section 2.5.5.1
		{"::ffff:0:0:0/96", "an IPv4-translated address (RFC 2765)"},
		{"64:ff9b:1::/48", "a local NAT64 address (RFC 8215)"},
		{"100::/64", "an address that discards (RFC 6666)"},
		{"100:0:0:1::/64", "a dummy address (RFC 9780)"},
		{"2001::/32", "a Teredo tunnel address (RFC 4380)"},
		{"2001:1::1/128", ""}, // PCP anycast (RFC 7723)
		{"2001:1::2/128", ""}, // TURN anycast (RFC 8155)
		{"2001:1::3/128", ""}, // DNS-SD registration anycast (RFC 9665)
		{"2001:2::/48", "a benchmarking address (RFC 5180)"},
		{"2001:3::/32", ""},                               // AMT (RFC 7450)
		{"2001:4:112::/48", ""},                           // AS112 (RFC 7535)
		{"2001:10::/28", "a reserved address (RFC 4843)"}, // ORCHID, until 2014
		{"2001:20::/28", ""},                              // ORCHIDv2 (RFC 7343)
		{"2001:30::/28", ""},                              // drone identifiers (RFC 9374)
		{"2001::/23", "a reserved address (RFC 2928)"},
		{"2002::/16", "a 6to4 tunnel address (RFC 3056)"},
		{"3fff::/20", "a documentation address (RFC 9637)"},
		{"2000::/3", ""},
		{"5f00::/16", "a segment routing identifier (RFC 9602)"},
		{"fc00::/7", "a private address (RFC 4193)"},
		{"fe80::/10", "a link-local address"},         // RFC 4291 section 2.5.6
		{"fec0::/10", "a private address (RFC 3879)"}, // site-local, deprecated
		{"ff00::/8", "a multicast address"},           // RFC 4291 section 2.7
		{"::/0", "a reserved address (RFC 4291)"},     // section 2.4
	}
}
