// Package fcrdns checks reverse DNS as receivers of mail do: an address should have one PTR record,
// whose name resolves back to the address (forward-confirmed reverse DNS), does not look generic,
// and is in the domain of the server. It does no I/O: the caller passes a function that sends
// queries.
//
// [Check] looks up the names of an address and confirms them (fcrdns.go). Whether a name looks
// generic is decided by its words and by the digits of the address in it (generic.go).
package fcrdns

import (
	"net/netip"
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/netspace"
)

// MaxNames is the number of names of an address that are looked up, which is the number that
// receivers look up (RFC 7208 section 5.5).
const MaxNames = 10

// A Result is the reverse DNS of an address. Its names come from the DNS and may contain anything.
type Result struct {
	Addr      netip.Addr
	Hosts     []string // one of these names should be in the reverse DNS; none if unknown
	Names     []string // of the PTR records, sorted, in lower case without the final dot
	Confirmed []string // those of the first MaxNames that resolve to the address
	Problems  []Problem

	// LookupError is the answer to the query that failed, if it has a Cause. Problems may then be
	// incomplete.
	LookupError dnsbl.Answer
}

// A Problem is something for which receivers distrust the server.
type Problem struct {
	Kind Kind
	Name string // the name with the problem, the first of several
	Hint string // what makes a Generic name generic: AddressDigits, or such as `the word "dsl"`
}

// A Kind is what is wrong, in words.
type Kind string

// The kinds, in the order in which a Result has them.
const (
	NoName       Kind = "no PTR record"
	SeveralNames Kind = "several PTR names"
	Unconfirmed  Kind = "not forward-confirmed"
	Generic      Kind = "generic name"
	OtherName    Kind = "another name than the host"
)

// Check looks up the reverse DNS of an address and judges it. One of hosts should be among its
// names; there are none if unknown. ask sends a query: first for the names of the address, then for
// the addresses of each name.
func Check(addr netip.Addr, hosts []string, ask func(dnsbl.Question) dnsbl.Answer) Result {
	r := Result{Addr: addr, Hosts: hosts}
	reverse := ask(dnsbl.ReverseQuestion(addr))
	r.Names = slices.Compact(slices.Sorted(slices.Values(reverse.Names))) // resolvers shuffle them
	switch {
	case reverse.Cause != "":
		r.LookupError = reverse
	case len(r.Names) == 0:
		r.LookupError = checkReverseZone(addr, ask)
	default:
		r.confirm(ask)
	}
	r.judge()
	return r
}

// checkReverseZone returns an answer with a Cause if the resolver does not even know in-addr.arpa
// or ip6.arpa. Some resolvers answer NXDOMAIN to all reverse queries, which proves nothing.
func checkReverseZone(addr netip.Addr, ask func(dnsbl.Question) dnsbl.Answer) dnsbl.Answer {
	answer := ask(dnsbl.Question{Name: dnsbl.ReverseZone(addr), Type: dnsbl.NS})
	if answer.Cause == "" && len(answer.Names) == 0 {
		answer.Cause = dnsbl.NoReverseZone
	}
	return answer
}

// confirm looks up the addresses of the names. One confirmed name is enough, so that failures for
// the others do not matter then.
func (r *Result) confirm(ask func(dnsbl.Question) dnsbl.Answer) {
	kind := dnsbl.A
	if r.Addr.Is6() {
		kind = dnsbl.AAAA
	}
	var failed dnsbl.Answer
	for _, name := range r.Names[:min(MaxNames, len(r.Names))] {
		host, err := dnsbl.ParseDomain(name)
		if err != nil || IsLocal(name) { // not the name of a host on the Internet
			continue
		}
		answer := ask(dnsbl.Question{Name: host.Domain, Type: kind})
		if len(answer.Addrs) > 0 && !slices.ContainsFunc(answer.Addrs, notPrivate) {
			answer.Cause, answer.Detail = dnsbl.PrivateHost, answer.Addrs[0].String()
		}
		switch {
		case answer.Cause != "" && failed.Cause == "":
			failed = answer
		case answer.Cause == "" && slices.Contains(answer.Addrs, r.Addr):
			r.Confirmed = append(r.Confirmed, name)
		}
	}
	if len(r.Confirmed) == 0 {
		r.LookupError = failed
	}
}

// IsLocal reports whether a name stands for the machine that looks it up (RFC 6761 section 6.3).
func IsLocal(name string) bool {
	return name == "localhost" || strings.HasSuffix(name, ".localhost")
}

// notPrivate reports whether an address is outside private networks and carrier-grade NAT (RFC
// 6598). If all addresses of a name are inside, the resolver serves an internal view (split DNS)
// and cannot tell what receivers see. A loopback address does not count as inside, as it is wrong
// everywhere.
func notPrivate(addr netip.Addr) bool {
	return !addr.IsPrivate() && !addr.IsLinkLocalUnicast() &&
		!netip.MustParsePrefix("100.64.0.0/10").Contains(addr)
}

// judge finds the problems that are proved. OtherName is only a problem of a name without another.
func (r *Result) judge() {
	if len(r.Names) > 1 {
		r.Problems = append(r.Problems, Problem{Kind: SeveralNames, Name: r.Names[0]})
	}
	names := r.Confirmed
	switch {
	case r.LookupError.Cause != "":
		return
	case len(r.Names) == 0:
		r.Problems = []Problem{{Kind: NoName}}
		return
	case len(names) == 0:
		r.Problems = append(r.Problems, Problem{Kind: Unconfirmed, Name: r.Names[0]})
		names = r.Names
	}
	switch hint := genericHintOfAll(names, r.Addr); {
	case hint != "":
		r.Problems = append(r.Problems, Problem{Generic, names[0], hint})
	case len(r.Confirmed) > 0 && len(r.Hosts) > 0 && !r.inDomainOfHost():
		r.Problems = append(r.Problems, Problem{Kind: OtherName, Name: r.Confirmed[0]})
	}
}

// inDomainOfHost reports whether a confirmed name is in the domain of one of the hosts: it is fine
// that mx.example.com has the name mail1.example.com.
func (r *Result) inDomainOfHost() bool {
	return slices.ContainsFunc(r.Hosts, func(host string) bool {
		domain := netspace.RegistrableDomain(host)
		return slices.ContainsFunc(r.Confirmed, func(name string) bool {
			return netspace.RegistrableDomain(name) == domain
		})
	})
}

// genericHintOfAll returns the hint of the first name if all names are generic, "" otherwise.
func genericHintOfAll(names []string, addr netip.Addr) string {
	for _, name := range names {
		if genericHint(name, addr) == "" {
			return ""
		}
	}
	return genericHint(names[0], addr)
}
