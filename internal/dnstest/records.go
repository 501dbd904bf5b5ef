package dnstest

import (
	"net"
	"net/netip"
	"strings"

	"github.com/miekg/dns"
)

// ForText uses fault for TXT queries and answers others properly.
func ForText(fault Fault) Fault {
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		if q.Question[0].Qtype == dns.TypeTXT {
			fault(w, q, healthy)
			return
		}
		Healthy(w, q, healthy)
	}
}

// ForClients uses fault for queries with recursion, as clients of a resolver send, and answers
// those that a name server gets properly.
func ForClients(fault Fault) Fault {
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		if q.RecursionDesired {
			fault(w, q, healthy)
			return
		}
		Healthy(w, q, healthy)
	}
}

// IfAbsent uses fault for names that do not exist and answers other queries properly.
func IfAbsent(fault Fault) Fault {
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		if healthy.Rcode == dns.RcodeNameError {
			fault(w, q, healthy)
			return
		}
		Healthy(w, q, healthy)
	}
}

// Alias answers with a CNAME record to target, which has the records, or does not exist if there
// are none. A target without a final dot is below the name in the query.
func Alias(target string) Fault {
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		name, to := q.Question[0].Name, target
		if !dns.IsFqdn(to) {
			to += "." + name
		}
		for _, rr := range healthy.Answer {
			rr.Header().Name = to
		}
		healthy.Answer = append([]dns.RR{cname(name, to)}, healthy.Answer...)
		Healthy(w, q, healthy)
	}
}

// Parked answers every query with a CNAME record to one host, which has an address.
func Parked(host, addr string) Fault {
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		stripAnswer(healthy, dns.RcodeSuccess)
		header := headerOf(q.Question[0].Name, dns.TypeA)
		healthy.Answer = []dns.RR{&dns.A{Hdr: header, A: netip.MustParseAddr(addr).AsSlice()}}
		Alias(dns.Fqdn(host))(w, q, healthy)
	}
}

// AliasLoop answers with two CNAME records that point to each other.
func AliasLoop(w dns.ResponseWriter, q, healthy *dns.Msg) {
	name := q.Question[0].Name
	stripAnswer(healthy, dns.RcodeSuccess)
	healthy.Answer = []dns.RR{cname(name, "loop."+name), cname("loop."+name, name)}
	Healthy(w, q, healthy)
}

func cname(name, target string) dns.RR {
	return &dns.CNAME{Hdr: headerOf(name, dns.TypeCNAME), Target: dns.Fqdn(target)}
}

// Add adds an address to answers that have one.
func Add(addr string) Fault {
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		if len(healthy.Answer) > 0 && q.Question[0].Qtype == dns.TypeA {
			more := dns.Copy(healthy.Answer[0]).(*dns.A)
			more.A = netip.MustParseAddr(addr).AsSlice()
			healthy.Answer = append(healthy.Answer, more)
		}
		Healthy(w, q, healthy)
	}
}

// Unrelated adds wrong records to every section, with other names, types and classes than in the
// query.
func Unrelated(w dns.ResponseWriter, q, healthy *dns.Msg) {
	name := q.Question[0].Name
	chaos := headerOf(name, dns.TypeA)
	chaos.Class = dns.ClassCHAOS
	wrong := []dns.RR{
		&dns.A{Hdr: headerOf("other."+name, dns.TypeA), A: net.IPv4(127, 0, 0, 66)},
		&dns.A{Hdr: chaos, A: net.IPv4(127, 0, 0, 66)},
		&dns.AAAA{Hdr: headerOf(name, dns.TypeAAAA), AAAA: net.ParseIP("2001:db8::66")},
		&dns.MX{Hdr: headerOf(name, dns.TypeMX), Preference: 10, Mx: "mail." + name},
	}
	healthy.Answer = append(wrong, healthy.Answer...)
	healthy.Ns = append(healthy.Ns, wrong[0])
	healthy.Extra = append(healthy.Extra, wrong[0])
	Healthy(w, q, healthy)
}

// Contradict answers that the name does not exist, and still sends its records, if any.
func Contradict(w dns.ResponseWriter, q, healthy *dns.Msg) {
	healthy.Rcode = dns.RcodeNameError
	Healthy(w, q, healthy)
}

// TTL answers with another time to live.
func TTL(seconds uint32) Fault {
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		for _, rr := range healthy.Answer {
			rr.Header().Ttl = seconds
		}
		Healthy(w, q, healthy)
	}
}

// Explained adds an extended DNS error (RFC 8914) to what a fault sends, if the query has an OPT
// record.
func Explained(code uint16, fault Fault) Fault {
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		fault(explaining{w, code}, q, healthy)
	}
}

// Extended DNS errors, for callers that do not import package dns.
const (
	Blocked  = dns.ExtendedErrorCodeBlocked
	Filtered = dns.ExtendedErrorCodeFiltered
)

// An explaining writer adds an extended DNS error to messages.
type explaining struct {
	dns.ResponseWriter
	code uint16
}

func (e explaining) WriteMsg(m *dns.Msg) error {
	if opt := m.IsEdns0(); opt != nil {
		opt.Option = append(opt.Option, &dns.EDNS0_EDE{InfoCode: e.code})
	}
	return e.ResponseWriter.WriteMsg(m)
}

// Referral answers with the name servers of a zone only, as a server without recursion does.
func Referral(w dns.ResponseWriter, q, healthy *dns.Msg) {
	stripAnswer(healthy, dns.RcodeSuccess)
	healthy.RecursionAvailable = false
	zone := q.Question[0].Name
	healthy.Ns = []dns.RR{&dns.NS{Hdr: headerOf(zone, dns.TypeNS), Ns: "ns1." + zone}}
	Healthy(w, q, healthy)
}

// Sections answers with an rcode and these records, in the language of zone files, each behind the
// first letters of its section: "an", "ns" or "ar" (answer, authority, additional). @ is the name
// in the query, and ^ the name without its first four labels, which is the zone of a list's IPv4
// entry.
func Sections(code int, records ...string) Fault {
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		stripAnswer(healthy, code)
		name := q.Question[0].Name
		zone := name
		for range 4 {
			if at, end := dns.NextLabel(zone, 0); !end {
				zone = zone[at:]
			}
		}
		for _, record := range records {
			section, text, _ := strings.Cut(record, " ")
			rr, err := dns.NewRR(strings.NewReplacer("@", name, "^", zone).Replace(text))
			if err != nil {
				panic(err)
			}
			switch section {
			case "an":
				healthy.Answer = append(healthy.Answer, rr)
			case "ns":
				healthy.Ns = append(healthy.Ns, rr)
			default:
				healthy.Extra = append(healthy.Extra, rr)
			}
		}
		Healthy(w, q, healthy)
	}
}
