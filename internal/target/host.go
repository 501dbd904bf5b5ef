package target

import (
	"context"
	"fmt"
	"net/netip"
	"slices"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/netspace"
	"check_dnsbl/internal/parallel"
	"check_dnsbl/internal/resolver"
)

// A Scope is which of the addresses that names stand for are checked.
type Scope struct {
	Private  bool           // special-purpose addresses too
	Families dnsbl.Subjects // dnsbl.IPv4, dnsbl.IPv6 or both
}

// A search looks up what targets stand for. Its methods may be called from several goroutines.
type search struct {
	Scope

	ctx    context.Context
	client *resolver.Client
	slots  chan struct{} // holds one element for each query that waits for its answer
}

// ask sends one query, as soon as there is a free slot.
func (s *search) ask(name string, kind dnsbl.Type) dnsbl.Answer {
	s.slots <- struct{}{}
	defer func() { <-s.slots }()
	return s.client.Ask(s.ctx, dnsbl.Question{Name: name, Type: kind})
}

// A hostResult is what is known of the addresses of one host, or of several.
type hostResult struct {
	found   Found
	reasons []dnsbl.Note // why there is nothing to check, one for each host, or none
	void    bool         // the host has no address at all
}

// host looks up the addresses of a host, IPv4 and IPv6 in parallel. It finds the networks of these
// prefix lengths around them.
func (s *search) host(host string, bits4, bits6 int) hostResult {
	types, records := s.types()
	answers := make([]dnsbl.Answer, len(types))
	parallel.Each(len(types), len(types), func(i int) {
		answers[i] = s.ask(host, types[i])
	}, func(i int, reason any) {
		answers[i] = dnsbl.Answer{Cause: dnsbl.Internal, Detail: fmt.Sprint(reason)}
	})
	var found Found
	var left skipped
	for i, a := range answers {
		other := answers[len(answers)-1-i]
		switch {
		case a.Cause != "":
			found.Gaps = append(found.Gaps, failed(host, types[i], a))
		case a.NXDomain && len(other.Addrs) > 0:
			found.contradiction(host, types[i])
		}
		slices.SortFunc(a.Addrs, netip.Addr.Compare) // resolvers shuffle them
		for _, addr := range a.Addrs {
			addr = addr.Unmap()
			bits := bits6
			if addr.Is4() {
				bits = bits4
			}
			s.admit(&found, &left, netip.PrefixFrom(addr, bits).Masked(), host)
		}
	}
	single := bits4 == singleIPv4 && bits6 == singleIPv6
	switch {
	case len(found.parts)+len(found.Gaps)+len(left) == 0:
		reason := noRecords(host, "host", records, answers[0])
		return hostResult{found: found, reasons: []dnsbl.Note{reason}, void: true}
	case len(found.parts)+len(found.Gaps) == 0 && single:
		reason := note(dnsbl.NotPublic, "%s has no public address: %s", host, left)
		return hostResult{found: found, reasons: []dnsbl.Note{reason}}
	}
	found.Notes = append(found.Notes, left.notes(host)...)
	return hostResult{found: found}
}

// types returns the records that the scope needs of a host, and what they hold.
func (s *search) types() (types []dnsbl.Type, records string) {
	switch s.Families {
	case dnsbl.IPv4:
		return []dnsbl.Type{dnsbl.A}, "IPv4 address"
	case dnsbl.IPv6:
		return []dnsbl.Type{dnsbl.AAAA}, "IPv6 address"
	}
	return []dnsbl.Type{dnsbl.A, dnsbl.AAAA}, "address"
}

// contradiction adds a line about a host without a name, says the answer for records of one type,
// that has addresses of the other type. For AAAA this is a known fault of some load balancers (RFC
// 4074 section 4.2), so that it is only a note. A host without its IPv4 addresses is a gap.
func (f *Found) contradiction(host string, kind dnsbl.Type) {
	const text = "%s: NXDOMAIN for %s records, although the name exists"
	if kind == dnsbl.AAAA {
		f.Notes = append(f.Notes,
			note(dnsbl.Skipped, "skipped: IPv6 addresses of "+text, host, kind))
		return
	}
	f.Gaps = append(f.Gaps, note(dnsbl.LookupFailed, "IPv4 addresses of "+text, host, kind))
}

// admit adds a network of a host or SPF record to found or, if it is too large or not public, to
// left. A NAT64 network becomes the IPv4 network, which the host mostly has as well: a resolver
// with DNS64 makes the one from the other (RFC 6147).
func (s *search) admit(found *Found, left *skipped, network netip.Prefix, host string) {
	four, isNAT64 := netspace.Translated(network)
	six := Part{Network: network}
	if isNAT64 {
		network = four
	}
	part := Part{Network: network, Host: host}
	if part.Kind()&s.Families == 0 {
		return
	}
	known := func(p Part) bool { return p.Network == network }
	if largest := largest(network); network.Bits() < largest {
		left.add(part.String(), fmt.Sprintf("too wide to check (at most a /%d)", largest))
	} else if kind := unlistable([]netip.Prefix{network}, s.Private); kind != "" {
		left.add(part.String(), kind)
	} else if !isNAT64 {
		found.parts = append(found.parts, part)
	} else if !slices.ContainsFunc(found.parts, known) {
		found.parts = append(found.parts, part)
		found.Notes = append(found.Notes, nat64Note(&part, six.String()+" of "+host))
	}
}

// add appends what else was found.
func (f *Found) add(other *Found) {
	f.parts = append(f.parts, other.parts...)
	f.Gaps, f.Notes = append(f.Gaps, other.Gaps...), append(f.Notes, other.Notes...)
}
