package dnsbl

import (
	"cmp"
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

// A Subject is an address or a domain that may be listed.
type Subject struct {
	Addr   netip.Addr // invalid for a domain; an IPv4-mapped address is queried as IPv6
	Domain string     // in ASCII, lower case, without a final dot
	Host   string     // the name that resolved to the address, if any; for display only
}

// ParseDomain returns the subject for a domain name, which may be an international one (IDNA). Its
// errors quote the name.
func ParseDomain(name string) (Subject, error) {
	ascii, err := idna.Lookup.ToASCII(strings.TrimSuffix(name, "."))
	if err != nil {
		// IDNA rejects underscores, which blocklists accept.
		ascii = strings.ToLower(strings.TrimSuffix(name, "."))
	}
	if fault := hostnameFault(ascii); fault != "" {
		return Subject{}, fmt.Errorf("%q %s", name, fault)
	}
	return Subject{Domain: ascii}, nil
}

// Kind returns the kind of subject: IPv4, IPv6 or Domain.
func (s Subject) Kind() Subjects {
	switch {
	case !s.Addr.IsValid():
		return Domain
	case s.Addr.Is4():
		return IPv4
	}
	return IPv6
}

// String returns the address or the domain.
func (s Subject) String() string {
	if s.Addr.IsValid() {
		return s.Addr.String()
	}
	return s.Domain
}

// Question returns the question for the subject's entry in the list. 192.0.2.25 becomes
// 25.2.0.192.ZONE, an IPv6 address is reversed nibble by nibble, a domain stands as it is (RFC 5782
// sections 2.1, 2.4 and 3). The name contains the user's key.
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

// ReverseQuestion returns the question for the PTR records of an address (RFC 1035 section 3.5, RFC
// 3596 section 2.5). They are under the same name that an entry in a list has.
func ReverseQuestion(addr netip.Addr) Question {
	l := List{Zone: ReverseZone(addr)}
	return l.Question(Subject{Addr: addr}, PTR)
}

// ReverseZone returns the zone of the PTR records of all IPv4 or all IPv6 addresses.
func ReverseZone(addr netip.Addr) string {
	if addr.Is6() {
		return "ip6.arpa"
	}
	return "in-addr.arpa"
}

// PositiveTests returns the test entries that a working list lists, in the order to query them: an
// answer proves that the list is alive and that we can see its answers. A list without an IPv6 test
// entry is proved by the IPv4 one (RFC 5782 section 5). A list may have none.
func (l *List) PositiveTests(s Subject) []Subject {
	if l.Tests.None {
		return nil
	}
	kind := s.Kind()
	if kind == Domain {
		return []Subject{{Domain: cmp.Or(l.Tests.Domain, "test")}}
	}
	four := netip.MustParseAddr(cmp.Or(l.Tests.IPv4, "127.0.0.2"))
	switch {
	case kind == IPv4:
		return []Subject{{Addr: four}}
	case l.Subjects&IPv4 == 0:
		return []Subject{{Addr: mapped(four)}}
	}
	return []Subject{{Addr: mapped(four)}, {Addr: four}}
}

// NegativeTests returns the test entries that must not be listed, in the order to query them. The
// others matter only if the first is listed: some working lists list 127.0.0.1. Lists known to do
// so have another first one, so that a listing is not refuted where the others get no answer.
func (l *List) NegativeTests(s Subject) []Subject {
	if s.Kind() == Domain {
		return []Subject{{Domain: cmp.Or(l.Tests.NotDomain, "invalid")}}
	}
	first := cmp.Or(l.Tests.NotIPv4, "127.0.0.1")
	tests := make([]Subject, 0, 3)
	for i, text := range [...]string{first, "192.0.2.1", "203.0.113.1"} {
		addr := netip.MustParseAddr(text)
		if s.Kind() == IPv6 {
			addr = mapped(addr)
		}
		if test := (Subject{Addr: addr}); i == 0 || test != tests[0] {
			tests = append(tests, test)
		}
	}
	return tests
}

// mapped returns ::ffff:a.b.c.d for a.b.c.d. Do not unmap it: lists have it as 32 nibbles.
func mapped(four netip.Addr) netip.Addr { return netip.AddrFrom16(four.As16()) }
