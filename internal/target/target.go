// Package target finds what is to be checked: addresses and domains, from what the user names.
package target

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/netspace"
)

// A Target is one thing to check, as the user named it: a network, or a name with what it stands for.
type Target struct {
	network netip.Prefix // of one address for a literal; not valid for a name
	form    form
	name    string // in ASCII
}

// A form of a name says what is checked of it.
type form string

const (
	ofHost   form = ""        // the addresses of the host
	ofDomain form = "domain:" // the name itself
	ofMX     form = "mx:"     // the addresses of those who take the domain's mail
	ofSPF    form = "spf:"    // the addresses that may send the domain's mail
)

// The widest networks that are checked: 2^24 addresses.
const (
	widestIPv4 = 8
	widestIPv6 = 104
)

// Parse reads a target: an address, a network in CIDR notation, domain:NAME, mx:NAME, spf:NAME, or a host name. Addresses that no
// public list can know are refused with the reason, unless private is true: the user's own lists may know them.
func Parse(text string, private bool) (Target, error) {
	for _, form := range [...]form{ofDomain, ofMX, ofSPF} {
		if name, ok := strings.CutPrefix(text, string(form)); ok {
			domain, err := dnsbl.ParseDomain(name)
			return Target{form: form, name: domain.Domain}, err
		}
	}
	if network, err := parseNetwork(text); err == nil {
		return Target{network: network}, checkNetwork(text, network, private)
	}
	if text == "" {
		return Target{}, errors.New("the target is empty: want an address, a network, a host name, domain:NAME, mx:NAME or spf:NAME")
	}
	host, err := dnsbl.ParseDomain(text)
	if err != nil {
		return Target{}, fmt.Errorf("%q is no address, network, host name, domain:NAME, mx:NAME or spf:NAME", text)
	}
	return Target{name: host.Domain}, nil
}

// parseNetwork reads an address or a network. What is written as an IPv4-mapped IPv6 address is the IPv4 address it maps.
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

func checkNetwork(text string, network netip.Prefix, private bool) error {
	if widest := widest(network); network.Bits() < widest {
		return fmt.Errorf("%s is too wide: want a /%d or smaller", text, widest)
	}
	if strings.Contains(text, "%") {
		return fmt.Errorf("%s has a zone: want an address that the Internet sees", text)
	}
	if kind := space(network); kind != "" && kind != netspace.Loopback && !private {
		return fmt.Errorf("%s is %s, which no public list can know: want the address that the Internet sees, or only lists of your own", text, kind)
	}
	return nil
}

// widest returns the length of the widest networks of this kind.
func widest(network netip.Prefix) int {
	if network.Addr().Is6() {
		return widestIPv6
	}
	return widestIPv4
}

// space is dnsbl.Space, and says where only a part of a network lies there.
func space(network netip.Prefix) string {
	kind := netspace.SpecialPurposeIn(network)
	for _, addr := range [...]netip.Addr{network.Addr(), last(network)} {
		if kind != "" && netspace.SpecialPurpose(addr) != kind {
			return "in part " + kind
		}
	}
	return kind
}
