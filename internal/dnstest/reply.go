package dnstest

import (
	"strings"

	"github.com/miekg/dns"
)

const (
	ttl     = 300
	udpSize = 1232 // bytes that the server accepts over UDP
	maxText = 255  // bytes in one string of a TXT record (RFC 1035 section 3.3.14)
)

// reply returns the answer to q without any fault.
func (x *index) reply(q *dns.Msg) *dns.Msg {
	m := new(dns.Msg).SetReply(q)
	m.RecursionAvailable = true
	m.Compress = true
	if q.IsEdns0() != nil {
		m.SetEdns0(udpSize, false)
	}
	question := q.Question[0]
	name := canonical(question.Name)
	if len(x.serves) > 0 {
		m.RecursionAvailable, m.Authoritative = false, true
		zone, ok := x.zone(name)
		if !ok {
			m.Authoritative, m.Rcode = false, dns.RcodeRefused
		}
		if !ok || x.refers(m, name, zone) {
			return m
		}
	}
	e := x.find(name)
	switch {
	case e != nil && (len(e.codes) > 0 || len(e.texts) > 0):
		m.Answer = e.answer(question)
	case x.records[name] != nil:
		m.Answer = x.resolve(question)
	default:
		m.Rcode = dns.RcodeNameError
	}
	list := x.list(name)
	if list != nil && len(m.Answer) == 0 {
		m.Ns = []dns.RR{soa(list.Zone)}
	}
	if list != nil && !q.RecursionDesired { // asked as a name server of the list
		m.Authoritative = true
	}
	return m
}

// zone returns the zone of this name server that name is in, and whether there is one.
func (x *index) zone(name string) (closest string, ok bool) {
	for _, zone := range x.serves {
		if (name == zone || strings.HasSuffix(name, "."+zone)) && len(zone) >= len(closest) {
			closest, ok = zone, true
		}
	}
	return closest, ok
}

// refers makes m a referral if name is in a delegated zone below (RFC 1034 section 4.3.2). It
// reports whether that is so.
func (x *index) refers(m *dns.Msg, name, zone string) bool {
	labels := strings.Split(strings.TrimSuffix(name, zone), ".")
	cut := zone
	for i := len(labels) - 2; i >= 0; i-- { // from the zone down
		cut = labels[i] + "." + cut
		for _, rr := range x.records[cut] {
			ns, ok := rr.(*dns.NS)
			if !ok {
				continue
			}
			m.Ns = append(m.Ns, ns)
			for _, glue := range x.records[canonical(ns.Ns)] {
				m.Extra = append(m.Extra, dns.Copy(glue))
			}
		}
		if len(m.Ns) > 0 {
			m.Authoritative = false
			return true
		}
	}
	return false
}

// answer returns the records of the entry that match the question.
func (e *entry) answer(question dns.Question) []dns.RR {
	var rrs []dns.RR
	header := headerOf(question.Name, question.Qtype)
	switch question.Qtype {
	case dns.TypeA:
		for _, code := range e.codes {
			rrs = append(rrs, &dns.A{Hdr: header, A: code.AsSlice()})
		}
	case dns.TypeTXT:
		for _, text := range e.texts {
			rrs = append(rrs, &dns.TXT{Hdr: header, Txt: textStrings(text)})
		}
	}
	return rrs
}

// resolve returns the records that match the question, after the aliases that lead to them.
func (x *index) resolve(question dns.Question) []dns.RR {
	var rrs []dns.RR
	name := canonical(question.Name)
	for range 8 { // aliases may be a loop
		alias := ""
		for _, rr := range x.records[name] {
			if rr.Header().Rrtype == question.Qtype {
				rrs = append(rrs, dns.Copy(rr))
			}
			if cname, ok := rr.(*dns.CNAME); ok && question.Qtype != dns.TypeCNAME {
				rrs = append(rrs, dns.Copy(rr))
				alias = cname.Target
			}
		}
		if alias == "" {
			break
		}
		name = canonical(alias)
	}
	return rrs
}

// textStrings splits text into the strings of a TXT record, escaped as package dns expects it.
func textStrings(text string) []string {
	var parts []string
	for len(text) > maxText {
		parts = append(parts, strings.ReplaceAll(text[:maxText], `\`, `\\`))
		text = text[maxText:]
	}
	return append(parts, strings.ReplaceAll(text, `\`, `\\`))
}

// headerOf returns the header of a record.
func headerOf(name string, rrtype uint16) dns.RR_Header {
	return dns.RR_Header{Name: name, Rrtype: rrtype, Class: dns.ClassINET, Ttl: ttl}
}

// soa returns the SOA record of a negative answer (RFC 2308 section 2).
func soa(zone string) dns.RR {
	zone = dns.Fqdn(zone)
	return &dns.SOA{
		Hdr: headerOf(zone, dns.TypeSOA),
		Ns:  "ns1." + zone, Mbox: "hostmaster." + zone,
		Serial: 1, Refresh: 600, Retry: 300, Expire: 86400, Minttl: 60,
	}
}
