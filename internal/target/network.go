package target

import (
	"net/netip"

	"check_dnsbl/internal/netspace"
)

// The prefix lengths of the largest networks that are checked: 2^24 addresses.
const (
	largestIPv4 = 8
	largestIPv6 = 104
)

// The prefix lengths of a single address.
const (
	singleIPv4 = 32
	singleIPv6 = 128
)

// parseNetwork reads an address or a network in CIDR notation. An IPv4-mapped IPv6 address becomes
// the IPv4 address.
func parseNetwork(text string) (netip.Prefix, error) {
	if addr, err := netip.ParseAddr(text); err == nil {
		addr = addr.Unmap()
		return netip.PrefixFrom(addr, addr.BitLen()), nil
	}
	network, err := netip.ParsePrefix(text)
	if addr := network.Addr(); err == nil && addr.Is4In6() && network.Bits() >= 96 {
		network = netip.PrefixFrom(addr.Unmap(), network.Bits()-96)
	}
	return network.Masked(), err
}

// largest returns the prefix length of the largest networks of the same address family.
func largest(network netip.Prefix) int {
	if network.Addr().Is6() {
		return largestIPv6
	}
	return largestIPv4
}

// specialPurpose returns what kind of special-purpose network this is, as
// [netspace.SpecialPurposeIn] does, with "in part" before it if it is not all of one kind.
func specialPurpose(network netip.Prefix) string {
	kind := netspace.SpecialPurposeIn(network)
	for _, addr := range [...]netip.Addr{network.Addr(), last(network)} {
		if kind != "" && netspace.SpecialPurpose(addr) != kind {
			return "in part " + kind
		}
	}
	return kind
}

// size returns the number of addresses in a network, which has at most 2^24.
func size(network netip.Prefix) int { return 1 << (network.Addr().BitLen() - network.Bits()) }

// last returns the last address of a network.
func last(network netip.Prefix) netip.Addr {
	addr := network.Addr()
	bytes := addr.As16() // an IPv4 address is at its end
	for bit := 128 - addr.BitLen() + network.Bits(); bit < 128; bit++ {
		bytes[bit/8] |= 0x80 >> (bit % 8)
	}
	if addr.Is4() {
		return netip.AddrFrom16(bytes).Unmap()
	}
	return netip.AddrFrom16(bytes)
}
