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
	maxTexts   = 1024 // TXT records of a name: a domain may have one for each service that it uses
)

// MaxText is how many bytes are kept of a TXT record.
const MaxText = 4096

// answerOf returns what a readable message says to a question for records of type want. An answer
// with the Cause AliasOnly comes with the alias whose target is not in the message.
func answerOf(m *dns.Msg, want dnsbl.Type) (answer dnsbl.Answer, alias string) {
	if cause := causeOf(m.Rcode); cause != "" {
		return dnsbl.Answer{Cause: cause, Detail: rcodeDetail(m, cause)}, ""
	}
	if filtered := errorsOf(m, isFilter); len(filtered) > 0 {
		detail := strings.Join(filtered, ", ")
		if m.Rcode == dns.RcodeNameError {
			detail = "NXDOMAIN, " + detail
		}
		return dnsbl.Answer{Cause: dnsbl.Filtered, Detail: detail}, ""
	}
	if onlyRefers(m) {
		return dnsbl.Answer{Cause: dnsbl.Refused, Detail: "it only refers to other servers"}, ""
	}
	found, err := reach(m, want)
	nxDomain := m.Rcode == dns.RcodeNameError
	switch {
	case err != nil:
		return malformedAnswer(err.Error()), ""
	case nxDomain && len(found.records) > 0: // one of the two is a lie, and both are verdicts
		return malformedAnswer("NXDOMAIN together with records"), ""
	case nxDomain && found.aliases > 0: // it is their target that does not exist
		return dnsbl.Answer{NXDomain: true}, ""
	case nxDomain:
		return dnsbl.Answer{NXDomain: true, Zone: soaOwner(m)}, ""
	case len(found.records) == 0:
		return withoutRecords(m, want, found)
	}
	if want == dnsbl.MX {
		slices.SortFunc(found.records, byPreference)
	}
	answer.TTL = time.Duration(found.ttl) * time.Second
	for _, rr := range found.records {
		answer = with(answer, rr)
	}
	return answer, ""
}

func malformedAnswer(detail string) dnsbl.Answer {
	return dnsbl.Answer{Cause: dnsbl.Malformed, Detail: detail}
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

// rcodeDetail returns the Detail of a failure: the name of an rcode that the cause does not give,
// and the names of extended errors (RFC 8914), but not their text, which is foreign.
func rcodeDetail(m *dns.Msg, cause dnsbl.Cause) string {
	var parts []string
	if cause == dnsbl.UnexpectedRcode {
		name := dns.RcodeToString[m.Rcode]
		if name == "" {
			name = fmt.Sprintf("rcode %d", m.Rcode)
		}
		parts = append(parts, name)
	}
	parts = append(parts, errorsOf(m, func(uint16) bool { return true })...)
	return strings.Join(parts, ", ")
}

// errorsOf returns the names of the extended errors (RFC 8914) in a message that are wanted, e.g.
// "Blocked".
func errorsOf(m *dns.Msg, wanted func(code uint16) bool) (names []string) {
	opt := m.IsEdns0()
	if opt == nil {
		return nil
	}
	for _, option := range opt.Option {
		ede, ok := option.(*dns.EDNS0_EDE)
		if ok && wanted(ede.InfoCode) && dns.ExtendedErrorCodeToString[ede.InfoCode] != "" {
			names = append(names, dns.ExtendedErrorCodeToString[ede.InfoCode])
		}
	}
	return names
}

// isFilter reports whether an answer with this extended error is not that of the zone, whatever its
// rcode and records. Other errors qualify an answer: it may be stale, for example.
func isFilter(code uint16) bool {
	switch code {
	case dns.ExtendedErrorCodeForgedAnswer, dns.ExtendedErrorCodeBlocked,
		dns.ExtendedErrorCodeCensored, dns.ExtendedErrorCodeFiltered,
		dns.ExtendedErrorCodeProhibited:
		return true
	}
	return false
}

// A chain is where the aliases of a name lead (RFC 1034 section 3.6.2).
type chain struct {
	end     string   // the name asked for, or the one that it is an alias of
	aliases int      // on the way
	records []dns.RR // of the type asked for, at the end
	ttl     uint32   // the smallest on the way
}

// reach follows the aliases of the name asked for to the records of type want. Records of other
// names do not count. Aliases are not followed to NS records: those of another name serve that.
func reach(m *dns.Msg, want dnsbl.Type) (chain, error) {
	c := chain{end: m.Question[0].Name, ttl: math.MaxInt32}
	for ; c.aliases < maxAliases; c.aliases++ {
		c.records = owned(m.Answer, c.end, uint16(want))
		for _, rr := range c.records {
			c.ttl = min(c.ttl, ttlOf(rr))
		}
		aliases := owned(m.Answer, c.end, dns.TypeCNAME)
		if len(c.records) > 0 || len(aliases) == 0 || want == dnsbl.NS {
			return c, nil
		}
		c.ttl = min(c.ttl, ttlOf(aliases[0]))
		c.end = aliases[0].(*dns.CNAME).Target
	}
	return c, errors.New("too many aliases")
}

// withoutRecords decides what NOERROR without a fitting record says. It says that there is none
// only if the answer section is empty or holds nothing but the aliases on the way, with an SOA
// record or nothing in the authority section. NS records without an SOA record are a referral (RFC
// 2308 section 2.2). Behind an alias only the SOA record shows that its target was looked up.
func withoutRecords(m *dns.Msg, want dnsbl.Type, c chain) (answer dnsbl.Answer, alias string) {
	soa, aliases, others := soaOwner(m) != "", 0, 0
	for _, rr := range m.Answer {
		switch rr.Header().Rrtype {
		case dns.TypeCNAME:
			aliases++
		case dns.TypeDNAME: // an alias of all names below, with a CNAME for this one (RFC 6672)
		case dns.TypeRRSIG: // a signature of one of these
		default:
			others++
		}
	}
	outside := slices.Concat(m.Ns, m.Extra)
	switch {
	case want == dnsbl.NS: // nothing follows from their absence
		return dnsbl.Answer{}, ""
	case others > 0 || aliases != c.aliases:
		return malformedAnswer("its records are not those asked for"), ""
	case len(owned(outside, c.end, uint16(want))) > 0:
		return malformedAnswer("its records are not in the answer section"), ""
	case soa:
		return dnsbl.Answer{}, ""
	case slices.ContainsFunc(m.Ns, isNS):
		return dnsbl.Answer{Cause: dnsbl.Referral}, ""
	case len(m.Ns) > 0:
		return malformedAnswer("no SOA record in the authority section"), ""
	case c.aliases > 0:
		alias = plain(c.end)
	}
	if len(m.Answer) > 0 {
		answer = dnsbl.Answer{Cause: dnsbl.AliasOnly, TTL: time.Duration(c.ttl) * time.Second}
	}
	return answer, alias
}

// soaOwner returns the owner of the SOA record in the authority section, "." for the root, or "" if
// there is none.
func soaOwner(m *dns.Msg) string {
	for _, rr := range m.Ns {
		if h := rr.Header(); h.Rrtype == dns.TypeSOA && h.Class == dns.ClassINET {
			return cmp.Or(plain(h.Name), ".")
		}
	}
	return ""
}

func isNS(rr dns.RR) bool { return rr.Header().Rrtype == dns.TypeNS }

// delegates reports whether a message names servers instead of an answer: it has no answer, and NS
// records without an SOA record. That is a referral even if it claims authority.
func delegates(m *dns.Msg) bool {
	return m.Rcode == dns.RcodeSuccess && len(m.Answer) == 0 &&
		soaOwner(m) == "" && slices.ContainsFunc(m.Ns, isNS)
}

// onlyRefers reports whether a message is a referral by a server that is neither a resolver nor has
// authority.
func onlyRefers(m *dns.Msg) bool {
	return !m.Authoritative && !m.RecursionAvailable && delegates(m)
}

// A Referral names the servers of a zone further down (RFC 1034 section 4.3.1). Names are in lower
// case and without the final dot.
type Referral struct {
	Zone  string
	Names []string                // of its servers
	Glue  map[string][]netip.Addr // the addresses that came along, by name
}

// referralIn returns the referral that a message is, nil if it is not one.
func referralIn(m *dns.Msg) *Referral {
	if len(m.Answer) > 0 || m.Rcode != dns.RcodeSuccess {
		return nil
	}
	r := Referral{Glue: map[string][]netip.Addr{}}
	for _, rr := range m.Ns {
		if ns, ok := rr.(*dns.NS); ok && ns.Hdr.Class == dns.ClassINET {
			r.Zone = plain(ns.Hdr.Name)
			break
		}
	}
	for _, rr := range owned(m.Ns, dns.Fqdn(r.Zone), dns.TypeNS) {
		r.Names = append(r.Names, plain(rr.(*dns.NS).Ns))
	}
	for _, rr := range m.Extra {
		if a := with(dnsbl.Answer{}, rr); len(a.Addrs) > 0 && rr.Header().Class == dns.ClassINET {
			name := plain(rr.Header().Name)
			r.Glue[name] = append(r.Glue[name], a.Addrs...)
		}
	}
	if len(r.Names) == 0 {
		return nil
	}
	return &r
}

// leadsElsewhere reports whether the answer is an alias to a name without records: a name server
// that does not serve that name cannot know that it has none.
func leadsElsewhere(m *dns.Msg, want dnsbl.Type) bool {
	if causeOf(m.Rcode) != "" || len(owned(m.Answer, m.Question[0].Name, dns.TypeCNAME)) == 0 {
		return false
	}
	c, err := reach(m, want)
	return err == nil && len(c.records) == 0
}

// Within reports whether a name is zone or below it.
func Within(name, zone string) bool { return name == zone || below(name, zone) }

// below reports whether a name is below zone; all are below the root, "".
func below(name, zone string) bool { return zone == "" || strings.HasSuffix(name, "."+zone) }

// plain returns a name in lower case and without the final dot.
func plain(name string) string { return strings.ToLower(strings.TrimSuffix(name, ".")) }

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

// ttlOf returns the TTL of a record; one with its highest bit set is 0 (RFC 2181 section 8).
func ttlOf(rr dns.RR) uint32 {
	if ttl := rr.Header().Ttl; ttl <= math.MaxInt32 {
		return ttl
	}
	return 0
}

// byPreference orders MX records (RFC 5321 section 5.1), and by name where that is the same, as
// resolvers shuffle them.
func byPreference(a, b dns.RR) int {
	x, y := a.(*dns.MX), b.(*dns.MX)
	return cmp.Or(cmp.Compare(x.Preference, y.Preference), cmp.Compare(plain(x.Mx), plain(y.Mx)))
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
		answer.Names = append(answer.Names, plain(rr.Ns))
	case *dns.PTR:
		answer.Names = append(answer.Names, plain(rr.Ptr))
	case *dns.MX:
		answer.Names = append(answer.Names, plain(rr.Mx))
	case *dns.TXT:
		if len(answer.Texts) < maxTexts {
			answer.Texts = append(answer.Texts, textOf(rr))
		}
	}
	return answer
}

// textOf returns the strings of a TXT record joined, as raw bytes. Package dns has undone neither
// \DDD nor other escapes.
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
