package target

import (
	"context"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/lookup"
	"check_dnsbl/internal/text"
)

const (
	atOnce       = 64  // targets that are looked up at a time
	mostInFlight = 128 // questions that wait for an answer at a time
)

// A search asks the DNS for what the targets stand for.
type search struct {
	ctx     context.Context
	client  *lookup.Client
	private bool          // addresses that the Internet cannot see are wanted too
	slots   chan struct{} // one for each question that waits for its answer
}

// Resolve returns the addresses and domains that the targets stand for. All addresses of a host are asked for, at the
// client's resolvers. Addresses that the Internet cannot see are left out of a host's, unless private is true.
func Resolve(ctx context.Context, client *lookup.Client, targets []Target, private bool) Found {
	s := search{ctx: ctx, client: client, private: private, slots: make(chan struct{}, mostInFlight)}
	each := make([]Found, len(targets))
	lookup.Each(len(targets), atOnce, func(i int) { each[i] = s.find(targets[i]) }, func(i int, reason any) {
		each[i] = broken(targets[i].name, reason)
	})
	var all Found
	for i := range each {
		all.add(&each[i])
	}
	all.Gaps, all.Notes = once(all.Gaps), once(all.Notes)
	all.named = all.parts
	all.all = distinct(all.parts)
	all.hold(all.all)
	return all
}

// find returns what one target stands for.
func (s *search) find(t Target) Found {
	switch {
	case t.network.IsValid():
		return Found{parts: []Part{{Network: t.network}}}
	case t.form == ofDomain:
		return Found{parts: []Part{{Domain: t.name}}}
	case t.form == ofMX:
		return s.findMX(t.name)
	case t.form == ofSPF:
		return s.findSPF(t.name)
	}
	found, nothing, _ := s.host(t.name, wholeIPv4, wholeIPv6)
	found.Gaps = append(found.Gaps, nothing...)
	return found
}

// ask puts one question, when it is its turn.
func (s *search) ask(name string, kind dnsbl.Type) dnsbl.Answer {
	s.slots <- struct{}{}
	defer func() { <-s.slots }()
	return s.client.Ask(s.ctx, dnsbl.Question{Name: name, Type: kind})
}

// The lengths of networks of one address.
const (
	wholeIPv4 = 32
	wholeIPv6 = 128
)

// host asks for a host's IPv4 and IPv6 addresses, both together, and returns the networks of these lengths around them. Where there is none to
// check it says why not; void is whether that is because the host has no address.
func (s *search) host(host string, four, six int) (found Found, nothing []string, void bool) {
	var answers [2]dnsbl.Answer
	types := [...]dnsbl.Type{dnsbl.A, dnsbl.AAAA}
	lookup.Each(len(types), len(types), func(i int) { answers[i] = s.ask(host, types[i]) }, func(i int, reason any) {
		answers[i] = dnsbl.Answer{Cause: dnsbl.Internal, Detail: fmt.Sprint(reason)}
	})
	var left omitted
	for i, a := range answers {
		if a.Cause != "" {
			found.Gaps = append(found.Gaps, fmt.Sprintf("cannot look up %s (%s): %s", host, types[i], why(a)))
		}
		slices.SortFunc(a.Addrs, netip.Addr.Compare) // resolvers shuffle them
		for _, addr := range a.Addrs {
			addr = addr.Unmap()
			bits := six
			if addr.Is4() {
				bits = four
			}
			s.admit(&found, &left, netip.PrefixFrom(addr, bits).Masked(), host)
		}
	}
	switch {
	case len(found.parts)+len(found.Gaps)+len(left) == 0:
		return found, []string{none(host, "host", "address", answers[0])}, true
	case len(found.parts)+len(found.Gaps) == 0 && four == wholeIPv4 && six == wholeIPv6:
		return found, []string{fmt.Sprintf("%s has no address that the Internet sees: %s", host, left)}, false
	}
	found.Notes = left.notes(host)
	return found, nil, false
}

// admit adds a network to those that were found through a host, or to those that are left out.
func (s *search) admit(found *Found, left *omitted, network netip.Prefix, host string) {
	part := Part{Network: network, Host: host}
	if widest := widest(network); network.Bits() < widest {
		left.add(part.String(), fmt.Sprintf("too wide to be checked: a /%d at most", widest))
	} else if kind := space(network); kind != "" && !s.private {
		left.add(part.String(), kind)
	} else {
		found.parts = append(found.parts, part)
	}
}

// add appends what else was found.
func (f *Found) add(other *Found) {
	f.parts = append(f.parts, other.parts...)
	f.Gaps, f.Notes = append(f.Gaps, other.Gaps...), append(f.Notes, other.Notes...)
}

// broken is what is found where finding it panicked.
func broken(name string, reason any) Found {
	return Found{Gaps: []string{fmt.Sprintf("%s: internal error: %v", name, reason)}}
}

// none says that the DNS has no records of a kind at a name.
func none(name, what, records string, answer dnsbl.Answer) string {
	if answer.NXDomain {
		return fmt.Sprintf("no such %s: %s (NXDOMAIN from %s)", what, name, answer.Server)
	}
	return fmt.Sprintf("%s has no %s (NODATA from %s)", name, records, answer.Server)
}

// why tells what went wrong with an answer.
func why(a dnsbl.Answer) string {
	if a.Detail == "" {
		return fmt.Sprintf("%s from %s", a.Cause, a.Server)
	}
	return fmt.Sprintf("%s, %s (resolver %s)", a.Cause, a.Detail, a.Server)
}

// once returns the lines in their order, each once.
func once(lines []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(lines, func(line string) bool {
		again := seen[line]
		seen[line] = true
		return again
	})
}

// omitted are networks that are not checked, together where the reason is the same.
type omitted []omission

type omission struct {
	reason   string
	networks []string
}

func (o *omitted) add(network, reason string) {
	i := slices.IndexFunc(*o, func(other omission) bool { return other.reason == reason })
	if i < 0 {
		i = len(*o)
		*o = append(*o, omission{reason: reason})
	}
	if networks := &(*o)[i].networks; !slices.Contains(*networks, network) {
		*networks = append(*networks, network)
	}
}

// notes says in a line for each reason which networks of a name are not checked.
func (o omitted) notes(of string) []string {
	var lines []string
	for _, left := range o {
		lines = append(lines, fmt.Sprintf("not checked: %s of %s, %s", text.Some(left.networks), of, left.reason))
	}
	return lines
}

func (o omitted) String() string {
	var words []string
	for _, left := range o {
		for _, network := range left.networks {
			words = append(words, network+" is "+left.reason)
		}
	}
	return strings.Join(words, ", ")
}
