// Package fcrdns says whether a mail server presents itself as receivers want: with forward-confirmed reverse DNS. It does no I/O.
package fcrdns

import (
	"net/netip"
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/netspace"
)

// MaxNames is how many names of an address are looked up: as many as receivers look up (RFC 7208 section 5.5).
const MaxNames = 10

// A Result is how an address presents itself.
type Result struct {
	Addr        netip.Addr
	Hosts       []string // the names of which it should have one; none if nobody knows
	Names       []string // of its PTR records, sorted, in lower case and without the final dot; foreign
	Confirmed   []string // those of the first MaxNames that resolve to the address
	Problems    []Problem
	LookupError dnsbl.Answer // with a Cause: the look-up that failed, so that the faults may not be all
}

// A Problem is something that receivers mind.
type Problem struct {
	Kind Kind
	Name string // that it is about, of several the first; foreign
	Hint string // what makes a Generic name one, in words: Digits, or a word of the name
}

// A Kind of fault, in words.
type Kind string

// The kinds, in the order in which an address has them.
const (
	NoName       Kind = "no PTR record"
	SeveralNames Kind = "several PTR names"
	Unconfirmed  Kind = "not forward-confirmed"
	Generic      Kind = "generic name"
	OtherName    Kind = "another name than the host"
)

// Check returns how an address presents itself. Hosts are the names of which it should have one, none if nobody knows. Ask puts a
// question to the DNS: one for the names of the address, then one for the addresses of each name.
func Check(addr netip.Addr, hosts []string, ask func(dnsbl.Question) dnsbl.Answer) Result {
	p := Result{Addr: addr, Hosts: hosts}
	reverse := ask(dnsbl.ReverseQuestion(addr))
	p.Names = slices.Compact(slices.Sorted(slices.Values(reverse.Names))) // resolvers shuffle them
	switch {
	case reverse.Cause != "":
		p.LookupError = reverse
	case len(p.Names) == 0:
		p.LookupError = unproved(addr, ask)
	default:
		p.confirm(ask)
	}
	p.judge()
	return p
}

// unproved returns, with a Cause, why it is no proof that the resolver knows no name of an address: it does not know the zone that
// all such names are in either.
func unproved(addr netip.Addr, ask func(dnsbl.Question) dnsbl.Answer) dnsbl.Answer {
	answer := ask(dnsbl.Question{Name: dnsbl.ReverseZone(addr), Type: dnsbl.NS})
	if answer.Cause == "" && len(answer.Names) == 0 {
		answer.Cause = dnsbl.NoReverseZone
	}
	return answer
}

// confirm looks up the names. One that resolves to the address is enough: what the others failed for is no gap then.
func (p *Result) confirm(ask func(dnsbl.Question) dnsbl.Answer) {
	kind := dnsbl.A
	if p.Addr.Is6() {
		kind = dnsbl.AAAA
	}
	var gap dnsbl.Answer
	for _, name := range p.Names[:min(MaxNames, len(p.Names))] {
		host, err := dnsbl.ParseDomain(name)
		if err != nil || IsLocal(name) { // no host on the Internet can have that name
			continue
		}
		answer := ask(dnsbl.Question{Name: host.Domain, Type: kind})
		if len(answer.Addrs) > 0 && !slices.ContainsFunc(answer.Addrs, outside) {
			answer.Cause, answer.Detail = dnsbl.PrivateHost, answer.Addrs[0].String()
		}
		switch {
		case answer.Cause != "" && gap.Cause == "":
			gap = answer
		case answer.Cause == "" && slices.Contains(answer.Addrs, p.Addr):
			p.Confirmed = append(p.Confirmed, name)
		}
	}
	if len(p.Confirmed) == 0 {
		p.LookupError = gap
	}
}

// IsLocal says whether a name is each machine's own (RFC 6761 section 6.3).
func IsLocal(name string) bool { return name == "localhost" || strings.HasSuffix(name, ".localhost") }

// outside says whether an address is not of a private network, nor of one behind carrier-grade NAT. In many of these a server has
// another address for those inside. A loopback address is of none: it is wrong everywhere.
func outside(addr netip.Addr) bool {
	return !addr.IsPrivate() && !addr.IsLinkLocalUnicast() && !netip.MustParsePrefix("100.64.0.0/10").Contains(addr)
}

// judge finds the faults, if what is known proves them. That a name is not the one it should be is said only of a name that is good otherwise.
func (p *Result) judge() {
	if len(p.Names) > 1 {
		p.Problems = append(p.Problems, Problem{Kind: SeveralNames, Name: p.Names[0]})
	}
	judged := p.Confirmed
	switch {
	case p.LookupError.Cause != "":
		return
	case len(p.Names) == 0:
		p.Problems = []Problem{{Kind: NoName}}
		return
	case len(judged) == 0:
		p.Problems = append(p.Problems, Problem{Kind: Unconfirmed, Name: p.Names[0]})
		judged = p.Names
	}
	switch sign := genericSign(judged, p.Addr); {
	case sign != "":
		p.Problems = append(p.Problems, Problem{Generic, judged[0], sign})
	case len(p.Confirmed) > 0 && len(p.Hosts) > 0 && !p.ofDomain():
		p.Problems = append(p.Problems, Problem{Kind: OtherName, Name: p.Confirmed[0]})
	}
}

// ofDomain says whether one of the confirmed names is of the same domain as one of the hosts: mx.example.com may well greet as
// mail1.example.com.
func (p *Result) ofDomain() bool {
	return slices.ContainsFunc(p.Hosts, func(host string) bool {
		return slices.ContainsFunc(p.Confirmed, func(name string) bool { return netspace.RegistrableDomain(name) == netspace.RegistrableDomain(host) })
	})
}

// genericSign returns what makes the first name generic, if all of them are.
func genericSign(names []string, addr netip.Addr) string {
	for _, name := range names {
		if sign(name, addr) == "" {
			return ""
		}
	}
	return sign(names[0], addr)
}
