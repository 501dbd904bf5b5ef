package dnstest

import (
	"net"
	"net/netip"

	"github.com/miekg/dns"
)

// ForText leaves questions for TXT to a fault and is healthy otherwise.
func ForText(fault Fault) Fault {
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		if q.Question[0].Qtype == dns.TypeTXT {
			fault(w, q, healthy)
			return
		}
		Healthy(w, q, healthy)
	}
}

// IfAbsent leaves questions for names that do not exist to a fault and is healthy otherwise.
func IfAbsent(fault Fault) Fault {
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		if healthy.Rcode == dns.RcodeNameError {
			fault(w, q, healthy)
			return
		}
		Healthy(w, q, healthy)
	}
}

// Alias answers with an alias to target, which has the records; where there are none, target does not exist. A target
// without a final dot lies below the name that was asked for.
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

// Parked answers every name with an alias to one host, which has an address.
func Parked(host, addr string) Fault {
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		bare(healthy, dns.RcodeSuccess)
		header := dns.RR_Header{Name: q.Question[0].Name, Rrtype: dns.TypeA, Class: dns.ClassINET, Ttl: ttl}
		healthy.Answer = []dns.RR{&dns.A{Hdr: header, A: netip.MustParseAddr(addr).AsSlice()}}
		Alias(dns.Fqdn(host))(w, q, healthy)
	}
}

// AliasLoop answers with two aliases to each other.
func AliasLoop(w dns.ResponseWriter, q, healthy *dns.Msg) {
	name := q.Question[0].Name
	bare(healthy, dns.RcodeSuccess)
	healthy.Answer = []dns.RR{cname(name, "loop."+name), cname("loop."+name, name)}
	Healthy(w, q, healthy)
}

func cname(name, target string) dns.RR {
	return &dns.CNAME{Hdr: dns.RR_Header{Name: name, Rrtype: dns.TypeCNAME, Class: dns.ClassINET, Ttl: ttl}, Target: dns.Fqdn(target)}
}

// Add puts one more address beside those of an answer that has any.
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

// Unrelated puts records that nobody asked for into every section: other names, types and classes, all of them lies.
func Unrelated(w dns.ResponseWriter, q, healthy *dns.Msg) {
	name := q.Question[0].Name
	header := func(name string, rrtype, class uint16) dns.RR_Header {
		return dns.RR_Header{Name: name, Rrtype: rrtype, Class: class, Ttl: ttl}
	}
	lies := []dns.RR{
		&dns.A{Hdr: header("other."+name, dns.TypeA, dns.ClassINET), A: net.IPv4(127, 0, 0, 66)},
		&dns.A{Hdr: header(name, dns.TypeA, dns.ClassCHAOS), A: net.IPv4(127, 0, 0, 66)},
		&dns.AAAA{Hdr: header(name, dns.TypeAAAA, dns.ClassINET), AAAA: net.ParseIP("2001:db8::66")},
		&dns.MX{Hdr: header(name, dns.TypeMX, dns.ClassINET), Preference: 10, Mx: "mail." + name},
	}
	healthy.Answer = append(lies, healthy.Answer...)
	healthy.Ns = append(healthy.Ns, lies[0])
	healthy.Extra = append(healthy.Extra, lies[0])
	Healthy(w, q, healthy)
}

// Contradict says that the name does not exist, and gives its records; it is NXDomain where there are none.
func Contradict(w dns.ResponseWriter, q, healthy *dns.Msg) {
	healthy.Rcode = dns.RcodeNameError
	Healthy(w, q, healthy)
}

// TTL answers with this time to live.
func TTL(seconds uint32) Fault {
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		for _, rr := range healthy.Answer {
			rr.Header().Ttl = seconds
		}
		Healthy(w, q, healthy)
	}
}

// Referral only names the servers of a zone, as a server does that neither knows nor asks on.
func Referral(w dns.ResponseWriter, q, healthy *dns.Msg) {
	bare(healthy, dns.RcodeSuccess)
	healthy.RecursionAvailable = false
	zone := dns.RR_Header{Name: q.Question[0].Name, Rrtype: dns.TypeNS, Class: dns.ClassINET, Ttl: ttl}
	healthy.Ns = []dns.RR{&dns.NS{Hdr: zone, Ns: "ns1." + q.Question[0].Name}}
	Healthy(w, q, healthy)
}
