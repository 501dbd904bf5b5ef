package dnsbl

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

// A Subject is what lists are asked about: an address or a domain.
type Subject struct {
	Addr   netip.Addr // not valid for a domain; an IPv4-mapped one is asked as the IPv6 address it is
	Domain string     // in ASCII, lower case, without a final dot
	Host   string     // the name that the address was found through, if any; only for show
}

// Domain names can be at most this long in text form (RFC 1035 section 2.3.4).
const maxName = 253

// ParseDomain returns the subject that a domain name is, in ASCII (IDNA); its errors say what is wrong with the name.
func ParseDomain(name string) (Subject, error) {
	ascii, err := idna.Lookup.ToASCII(strings.TrimSuffix(name, "."))
	if err != nil {
		// Underscores are legal in names that lists are asked about, but not to IDNA.
		ascii = strings.ToLower(strings.TrimSuffix(name, "."))
	}
	if fault := hostnameFault(ascii); fault != "" {
		return Subject{}, fmt.Errorf("%q is no domain name: %s", name, fault)
	}
	return Subject{Domain: ascii}, nil
}

// Kind returns which kind of subject s is.
func (s Subject) Kind() Subjects {
	switch {
	case !s.Addr.IsValid():
		return Domain
	case s.Addr.Is4():
		return IPv4
	}
	return IPv6
}

func (s Subject) String() string {
	if s.Addr.IsValid() {
		return s.Addr.String()
	}
	return s.Domain
}

// Question returns the question for the subject's entry in the list: an address reversed, octet by octet or
// nibble by nibble, or the domain as it is, before the zone (RFC 5782 sections 2.1, 2.4 and 3).
func (l *List) Question(s Subject, t Type) Question {
	name := make([]byte, 0, maxName)
	switch s.Kind() {
	case Domain:
		name = append(append(name, s.Domain...), '.')
	case IPv4:
		octets := s.Addr.As4()
		for i := len(octets) - 1; i >= 0; i-- {
			name = append(strconv.AppendUint(name, uint64(octets[i]), 10), '.')
		}
	case IPv6:
		const digits = "0123456789abcdef"
		octets := s.Addr.As16()
		for i := len(octets) - 1; i >= 0; i-- {
			name = append(name, digits[octets[i]&0xf], '.', digits[octets[i]>>4], '.')
		}
	}
	return Question{Name: string(append(name, l.Origin()...)), Type: t}
}

// ReverseQuestion returns the question for the names of an address (RFC 1035 section 3.5, RFC 3596 section 2.5), which stand where
// its entry would, were that zone a list.
func ReverseQuestion(addr netip.Addr) Question {
	l := List{Zone: ReverseZone(addr)}
	return l.Question(Subject{Addr: addr}, PTR)
}

// ReverseZone returns the zone that the names of all addresses of a kind are in.
func ReverseZone(addr netip.Addr) string {
	if addr.Is6() {
		return "ip6.arpa"
	}
	return "in-addr.arpa"
}

// PositiveTests returns the entries whose being listed proves that the list lives and can be heard, in the order to
// ask them: a list without an IPv6 test entry is proved by the IPv4 one (RFC 5782 section 5). None if the list has none.
func (l *List) PositiveTests(s Subject) []Subject {
	if l.Tests.None {
		return nil
	}
	kind := s.Kind()
	if kind == Domain {
		return []Subject{{Domain: firstOf(l.Tests.Domain, "test")}}
	}
	four := netip.MustParseAddr(firstOf(l.Tests.IPv4, "127.0.0.2"))
	switch {
	case kind == IPv4:
		return []Subject{{Addr: four}}
	case l.Subjects&IPv4 == 0:
		return []Subject{{Addr: mapped(four)}}
	}
	return []Subject{{Addr: mapped(four)}, {Addr: four}}
}

// NegativeTests returns the entries that must not be listed, in the order to ask them. The first decides if it is clean.
// If it is listed the others decide: some live lists carry 127.0.0.1.
func (l *List) NegativeTests(s Subject) []Subject {
	if s.Kind() == Domain {
		return []Subject{{Domain: firstOf(l.Tests.NotDomain, "invalid")}}
	}
	tests := make([]Subject, 0, 3)
	for _, text := range [...]string{"127.0.0.1", "192.0.2.1", "203.0.113.1"} {
		addr := netip.MustParseAddr(text)
		if s.Kind() == IPv6 {
			addr = mapped(addr)
		}
		tests = append(tests, Subject{Addr: addr})
	}
	return tests
}

// mapped returns ::ffff:a.b.c.d for a.b.c.d. It must never be unmapped again: lists carry it as 32 nibbles.
func mapped(four netip.Addr) netip.Addr { return netip.AddrFrom16(four.As16()) }

func firstOf(s, otherwise string) string {
	if s != "" {
		return s
	}
	return otherwise
}
