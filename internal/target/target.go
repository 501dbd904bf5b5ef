// Package target finds what is to be checked: addresses and domains, from what the user names.
package target

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/lookup"
)

// A Target is one thing to check, as the user named it: a network, a host or a domain.
type Target struct {
	network netip.Prefix // of one address for a literal
	host    string       // in ASCII
	domain  dnsbl.Subject
}

// The widest networks that are checked.
const (
	widestIPv4 = 16
	widestIPv6 = 112
)

// Parse reads a target: an address, a network in CIDR notation, domain:NAME, or a host name. Addresses that no public list
// can know are refused with the reason, unless private is true: the user's own lists may know them.
func Parse(text string, private bool) (Target, error) {
	if name, isDomain := strings.CutPrefix(text, "domain:"); isDomain {
		domain, err := dnsbl.ParseDomain(name)
		return Target{domain: domain}, err
	}
	if network, err := parseNetwork(text); err == nil {
		return Target{network: network}, checkNetwork(text, network, private)
	}
	if text == "" {
		return Target{}, errors.New("the target is empty: want an address, a network, a host name or domain:NAME")
	}
	host, err := dnsbl.ParseDomain(text)
	if err != nil {
		return Target{}, fmt.Errorf("%q is no address, network, host name or domain:NAME", text)
	}
	return Target{host: host.Domain}, nil
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
	widest := widestIPv4
	if network.Addr().Is6() {
		widest = widestIPv6
	}
	if network.Bits() < widest {
		return fmt.Errorf("%s is too wide: want a /%d or smaller", text, widest)
	}
	if strings.Contains(text, "%") {
		return fmt.Errorf("%s has a zone: want an address that the Internet sees", text)
	}
	if kind := lookup.Space(network); kind != "" && kind != lookup.Loopback && !private {
		return fmt.Errorf("%s is %s, which no public list can know: want the address that the Internet sees, or only lists of your own", text, kind)
	}
	return nil
}
