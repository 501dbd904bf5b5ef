package resolver

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/miekg/dns"

	"check_dnsbl/internal/dnsbl"
)

const (
	maxAliases = 16
	maxTexts   = 1024 // TXT records kept of an answer: a domain may have one for each service that it has proved itself to
)

// MaxText is how many bytes are kept of a TXT record.
const MaxText = 4096

// answerOf returns what a readable message says to a question for records of type want.
func answerOf(m *dns.Msg, want dnsbl.Type) dnsbl.Answer {
	if cause := causeOf(m.Rcode); cause != "" {
		return dnsbl.Answer{Cause: cause, Detail: reason(m, cause)}
	}
	if onlyRefers(m) {
		return dnsbl.Answer{Cause: dnsbl.Refused, Detail: "it only refers to other servers"}
	}
	records, ttl, err := reached(m, want)
	if err != nil {
		return malformedAnswer(err.Error())
	}
	answer := dnsbl.Answer{NXDomain: m.Rcode == dns.RcodeNameError}
	if len(records) == 0 {
		return answer
	}
	if answer.NXDomain { // one of the two is a lie, and both are verdicts
		return malformedAnswer("NXDOMAIN together with records")
	}
	if want == dnsbl.MX {
		slices.SortFunc(records, byPreference)
	}
	answer.TTL = time.Duration(ttl) * time.Second
	for _, rr := range records {
		answer = with(answer, rr)
	}
	return answer
}

// causeOf returns the cause that an rcode stands for, "" if it is an answer.
func causeOf(rcode int) dnsbl.Cause {
	switch rcode {
	case dns.RcodeSuccess, dns.RcodeNameError:
		return ""
	case dns.RcodeServerFailure:
		return dnsbl.ServFail
	case dns.RcodeRefused:
		return dnsbl.Refused
	}
	return dnsbl.UnexpectedRcode
}

// reason returns words on a failure: the name of an rcode that the cause does not give, and the resolver's
// own code if it sent one (RFC 8914), but none of its text.
func reason(m *dns.Msg, cause dnsbl.Cause) string {
	var parts []string
	if cause == dnsbl.UnexpectedRcode {
		name := dns.RcodeToString[m.Rcode]
		if name == "" {
			name = fmt.Sprintf("rcode %d", m.Rcode)
		}
		parts = append(parts, name)
	}
	if opt := m.IsEdns0(); opt != nil {
		for _, option := range opt.Option {
			if ede, ok := option.(*dns.EDNS0_EDE); ok && dns.ExtendedErrorCodeToString[ede.InfoCode] != "" {
				parts = append(parts, dns.ExtendedErrorCodeToString[ede.InfoCode])
			}
		}
	}
	return strings.Join(parts, ", ")
}

// onlyRefers tells whether the message only names other servers, from a server that is neither a resolver nor has authority.
func onlyRefers(m *dns.Msg) bool { return !m.Authoritative && !m.RecursionAvailable && delegates(m) }

// delegates tells whether the message has no records but names other servers. It does not say that there are none (RFC 2308
// section 2.2), not even if it claims authority.
func delegates(m *dns.Msg) bool {
	if m.Rcode != dns.RcodeSuccess || len(m.Answer) > 0 {
		return false
	}
	servers := false
	for _, rr := range m.Ns {
		switch rr.Header().Rrtype {
		case dns.TypeSOA:
			return false
		case dns.TypeNS:
			servers = true
		}
	}
	return servers
}

// A Referral names the servers of a zone further down (RFC 1034 section 4.3.1).
type Referral struct {
	Zone  string                  // in lower case and without the final dot
	Names []string                // of its servers, likewise
	Glue  map[string][]netip.Addr // the addresses that came along, by name
}

// referralIn returns the referral that a message without authority is, nil if it is none.
func referralIn(m *dns.Msg) *Referral {
	if len(m.Answer) > 0 || m.Rcode != dns.RcodeSuccess {
		return nil
	}
	r := Referral{Glue: map[string][]netip.Addr{}}
	for _, rr := range m.Ns {
		if ns, ok := rr.(*dns.NS); ok && ns.Hdr.Class == dns.ClassINET {
			r.Zone = Plain(ns.Hdr.Name)
			break
		}
	}
	for _, rr := range owned(m.Ns, dns.Fqdn(r.Zone), dns.TypeNS) {
		r.Names = append(r.Names, Plain(rr.(*dns.NS).Ns))
	}
	for _, rr := range m.Extra {
		if a := with(dnsbl.Answer{}, rr); len(a.Addrs) > 0 && rr.Header().Class == dns.ClassINET {
			name := Plain(rr.Header().Name)
			r.Glue[name] = append(r.Glue[name], a.Addrs...)
		}
	}
	if len(r.Names) == 0 {
		return nil
	}
	return &r
}

// endsElsewhere tells whether the answer is an alias to a name without an answer: a server that is not in charge of that name
// cannot say that there is none.
func endsElsewhere(m *dns.Msg, want dnsbl.Type) bool {
	if causeOf(m.Rcode) != "" || len(owned(m.Answer, m.Question[0].Name, dns.TypeCNAME)) == 0 {
		return false
	}
	records, _, err := reached(m, want)
	return err == nil && len(records) == 0
}

// Within reports whether a name is zone or below it.
func Within(name, zone string) bool { return name == zone || Below(name, zone) }

// Below reports whether a name is below zone; all are below the root, "".
func Below(name, zone string) bool { return zone == "" || strings.HasSuffix(name, "."+zone) }

// Plain returns a name in lower case and without the final dot.
func Plain(name string) string { return strings.ToLower(strings.TrimSuffix(name, ".")) }

// reached returns the records of type want at the name asked, or at the end of its aliases (RFC 1034 section 3.6.2),
// and the smallest TTL on the way. Records of other names do not count.
func reached(m *dns.Msg, want dnsbl.Type) ([]dns.RR, uint32, error) {
	name := m.Question[0].Name
	ttl := uint32(math.MaxInt32)
	for range maxAliases {
		records := owned(m.Answer, name, uint16(want))
		if len(records) > 0 {
			for _, rr := range records {
				ttl = min(ttl, ttlOf(rr))
			}
			return records, ttl, nil
		}
		aliases := owned(m.Answer, name, dns.TypeCNAME)
		if len(aliases) == 0 || want == dnsbl.NS { // name servers of another name serve that
			return nil, 0, nil
		}
		ttl = min(ttl, ttlOf(aliases[0]))
		name = aliases[0].(*dns.CNAME).Target
	}
	return nil, 0, errors.New("aliases without end")
}

// owned returns the records of one name and type.
func owned(records []dns.RR, name string, rrtype uint16) []dns.RR {
	var found []dns.RR
	for _, rr := range records {
		h := rr.Header()
		if h.Rrtype == rrtype && h.Class == dns.ClassINET && strings.EqualFold(h.Name, name) {
			found = append(found, rr)
		}
	}
	return found
}

// ttlOf returns the TTL of a record; one with its highest bit set is none (RFC 2181 section 8).
func ttlOf(rr dns.RR) uint32 {
	if ttl := rr.Header().Ttl; ttl <= math.MaxInt32 {
		return ttl
	}
	return 0
}

// byPreference orders MX records (RFC 5321 section 5.1), and by name where that is the same, as resolvers shuffle them.
func byPreference(a, b dns.RR) int {
	x, y := a.(*dns.MX), b.(*dns.MX)
	return cmp.Or(cmp.Compare(x.Preference, y.Preference), cmp.Compare(Plain(x.Mx), Plain(y.Mx)))
}

// with returns the answer with one more record. The name of a null MX (RFC 7505) is "".
func with(answer dnsbl.Answer, rr dns.RR) dnsbl.Answer {
	switch rr := rr.(type) {
	case *dns.A:
		if addr, ok := netip.AddrFromSlice(rr.A.To4()); ok { // a record without contents has none
			answer.Addrs = append(answer.Addrs, addr)
		}
	case *dns.AAAA:
		if addr, ok := netip.AddrFromSlice(rr.AAAA.To16()); ok {
			answer.Addrs = append(answer.Addrs, addr)
		}
	case *dns.NS:
		answer.Names = append(answer.Names, Plain(rr.Ns))
	case *dns.PTR:
		answer.Names = append(answer.Names, Plain(rr.Ptr))
	case *dns.MX:
		answer.Names = append(answer.Names, Plain(rr.Mx))
	case *dns.TXT:
		if len(answer.Texts) < maxTexts {
			answer.Texts = append(answer.Texts, textOf(rr))
		}
	}
	return answer
}

// textOf returns the strings of a TXT record joined, as raw bytes, which package dns shows as \DDD or behind a backslash.
func textOf(rr *dns.TXT) string {
	var text []byte
	for _, s := range rr.Txt {
		for i := 0; i < len(s) && len(text) < MaxText; i++ {
			b := s[i]
			if b == '\\' && i+3 < len(s) && isDigit(s[i+1]) {
				b = (s[i+1]-'0')*100 + (s[i+2]-'0')*10 + s[i+3] - '0'
				i += 3
			} else if b == '\\' && i+1 < len(s) {
				i++
				b = s[i]
			}
			text = append(text, b)
		}
	}
	return string(text)
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }
