package target

import (
	"errors"
	"fmt"
	"net/netip"
	"strconv"
	"strings"

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

// maxAddresses is the number of addresses in the largest networks, and the most in a range.
const maxAddresses = 1 << 24

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

// neverListed is the kind of 127.0.0.1, the test entry that a list must not list (RFC 5782).
const neverListed = "a loopback address, never on any list (RFC 5782)"

// unlistable returns what kind of special-purpose networks these are, if the lists cannot list
// their addresses, or "". It has "in part" before it if not all addresses are of that kind. Lists
// of the user's own may list private ones.
func unlistable(networks []netip.Prefix, private bool) string {
	negative := netip.AddrFrom4([4]byte{127, 0, 0, 1})
	kind := ""
	for _, network := range networks {
		switch {
		case network.Contains(negative):
			return neverListed
		case kind == "" && !private:
			kind = netspace.SpecialPurposeIn(network)
		}
	}
	if kind == "" {
		return ""
	}
	for _, network := range networks {
		for _, addr := range [...]netip.Addr{network.Addr(), last(network)} {
			if netspace.SpecialPurpose(addr) != kind {
				return "in part " + kind
			}
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

// parseRange reads a range of addresses, such as 192.0.2.1-192.0.2.9, or 192.0.2.1-9 with the last
// octet alone. It reports whether text is meant as a range: no host name ends in a number.
func parseRange(text string) (networks []netip.Prefix, isRange bool, err error) {
	from, to, _ := strings.Cut(text, "-")
	first, err := netip.ParseAddr(from)
	last, lastErr := netip.ParseAddr(to)
	end := strings.TrimSuffix(to, ".")
	end = end[strings.LastIndexByte(end, '.')+1:]
	isNumber := end != "" && strings.Trim(end, "0123456789") == ""
	if err != nil || lastErr != nil && !isNumber {
		return nil, false, nil
	}
	first, last = first.Unmap(), last.Unmap()
	if octet, err := strconv.ParseUint(to, 10, 8); err == nil && first.Is4() {
		bytes := first.As4()
		bytes[3] = byte(octet)
		last, lastErr = netip.AddrFrom4(bytes), nil
	}
	switch {
	case lastErr != nil || first.BitLen() != last.BitLen():
		return nil, true, errors.New("range must be like 192.0.2.1-192.0.2.9 or 192.0.2.1-9")
	case last.Less(first):
		return nil, true, errors.New("range must begin with its lowest address")
	}
	networks = between(first, last)
	if networks == nil {
		return nil, true, fmt.Errorf("too wide, must be at most %d addresses", maxAddresses)
	}
	return networks, true, nil
}

// between returns the fewest networks that hold the addresses from first to end, in order; nil if
// these are too many.
func between(first, end netip.Addr) (networks []netip.Prefix) {
	count := 0
	for addr := first; addr.IsValid() && !end.Less(addr); {
		bits := addr.BitLen() - 24
		network := netip.PrefixFrom(addr, bits)
		for network != network.Masked() || end.Less(last(network)) {
			bits++
			network = netip.PrefixFrom(addr, bits)
		}
		if count += size(network); count > maxAddresses {
			return nil
		}
		networks = append(networks, network)
		addr = last(network).Next()
	}
	return networks
}
