package netspace

import "net/netip"

// Translated returns the IPv4 network that an IPv6 network stands for, and whether it is of that
// kind: IPv4-mapped (::ffff:192.0.2.25), or the form that NAT64 gives to hosts without IPv6
// (64:ff9b::192.0.2.25, RFC 6052). Packets to its addresses reach the IPv4 hosts, and others see
// these under their IPv4 addresses.
//
// A network may use a NAT64 prefix of its own. That one could only be found by a query (RFC 7050).
func Translated(network netip.Prefix) (netip.Prefix, bool) {
	addr := network.Addr()
	ofNAT64 := netip.MustParsePrefix("64:ff9b::/96")
	if network.Bits() < ofNAT64.Bits() || !addr.Is4In6() && !ofNAT64.Contains(addr) {
		return netip.Prefix{}, false
	}
	return netip.PrefixFrom(fourAt(addr, 12), network.Bits()-ofNAT64.Bits()), true
}

// Tunnel returns the IPv4 address of the host or router at this end of a tunnel, which is part of
// its IPv6 address, and whether there is one. It also returns the address in an IPv4-compatible or
// IPv4-translated one. Lists do not know the IPv6 addresses: see [SpecialPurpose].
func Tunnel(addr netip.Addr) (netip.Addr, bool) {
	for _, form := range [...]struct {
		network string
		at      int // the first byte of the IPv4 address
	}{
		{"2002::/16", 2},        // 6to4 (RFC 3056 section 2)
		{"::/96", 12},           // IPv4-compatible (RFC 4291 section 2.5.5.1)
		{"::ffff:0:0:0/96", 12}, // IPv4-translated (RFC 2765 section 2.1)
	} {
		if netip.MustParsePrefix(form.network).Contains(addr) {
			return fourAt(addr, form.at), true
		}
	}
	if isatap(netip.PrefixFrom(addr, addr.BitLen())) != "" {
		return fourAt(addr, 12), true
	}
	if netip.MustParsePrefix("2001::/32").Contains(addr) { // Teredo, inverted (RFC 4380 section 4)
		four := fourAt(addr, 12).As4()
		for i := range four {
			four[i] ^= 0xff
		}
		return netip.AddrFrom4(four), true
	}
	return netip.Addr{}, false
}

// isatap returns the phrase for an address of an ISATAP tunnel, "" for any other. An ISATAP address
// has an interface identifier with an IPv4 address behind 5efe (RFC 5214 section 6.1), below any
// prefix.
func isatap(network netip.Prefix) string {
	bytes := network.Addr().As16()
	ofIANA := bytes[8]&^2 == 0 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == 0xfe
	if network.Addr().Is6() && network.Bits() >= 96 && ofIANA {
		return "an ISATAP tunnel address (RFC 5214)"
	}
	return ""
}

// fourAt returns the IPv4 address in four bytes of an IPv6 address.
func fourAt(addr netip.Addr, at int) netip.Addr {
	bytes := addr.As16()
	return netip.AddrFrom4([4]byte(bytes[at : at+4]))
}
