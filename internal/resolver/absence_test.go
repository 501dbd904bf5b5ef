package resolver

import (
	"strings"
	"testing"

	"github.com/miekg/dns"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
)

// shaped sends NOERROR with these records, each in the section that its prefix names: "an", "ns" or
// "ar".
func shaped(records ...string) dnstest.Fault {
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		if !strings.EqualFold(q.Question[0].Name, dns.Fqdn(listedName)) {
			dnstest.Healthy(w, q, healthy)
			return
		}
		healthy.Rcode = dns.RcodeSuccess
		shape(healthy, records)
		dnstest.Healthy(w, q, healthy)
	}
}

func shape(m *dns.Msg, records []string) {
	m.Answer, m.Ns = nil, nil
	for _, record := range records {
		section, text, _ := strings.Cut(record, " ")
		rr, err := dns.NewRR(text)
		if err != nil {
			panic(err)
		}
		switch section {
		case "an":
			m.Answer = append(m.Answer, rr)
		case "ns":
			m.Ns = append(m.Ns, rr)
		default:
			m.Extra = append(m.Extra, rr)
		}
	}
}

// behind sends NOERROR without records in its header, and a record behind the last one.
func behind(w dns.ResponseWriter, q, healthy *dns.Msg) {
	packet, _ := healthy.Pack()
	packet[7], packet[11] = 0, 0 // ANCOUNT, ARCOUNT: the record and the OPT record are not counted
	_, _ = w.Write(packet)
}

// Only an empty answer, or the aliases on the way, with an SOA record or nothing in the authority
// section, says that there is no record (RFC 2308 section 2.2).
func TestAbsence(t *testing.T) {
	t.Parallel()
	const (
		name     = listedName + ". "
		soa      = "ns bl.example. SOA ns1.bl.example. hostmaster.bl.example. 1 600 300 86400 60"
		referral = "referral instead of an answer"
		others   = "malformed answer: its records are not those asked for"
		outside  = "malformed answer: its records are not in the answer section"
		noSOA    = "malformed answer: no SOA record in the authority section"
		alias    = "CNAME without its target"
		unkept   = "malformed answer: its records do not match its header"
	)
	tests := []struct {
		name  string
		fault dnstest.Fault
		want  string
	}{
		{"nothing at all", shaped(), "NODATA"},
		{"an SOA record", shaped(soa), "NODATA"},
		{"SOA and NS records", shaped(soa, "ns bl.example. NS ns1.bl.example."), "NODATA"},
		{"an alias, and the SOA record", shaped("an "+name+"CNAME x.bl.example.", soa), "NODATA"},
		{"an alias, its signature, and the SOA record", shaped("an "+name+"CNAME x.bl.example.", "an "+name+
			"RRSIG CNAME 8 4 60 20300101000000 20200101000000 1 bl.example. AAAA", soa), "NODATA"},
		{"an alias whose target has records", shaped("an " + name + "CNAME 2.0.0.127.bl.example."), "127.0.0.2"},
		{"an alias whose target does not exist", shaped("an " + name + "CNAME x.bl.example."), "NXDOMAIN"},

		{"NS records of the list", shaped("ns bl.example. NS ns1.bl.example."), referral},
		{"NS records of a part of it", shaped("ns 2.0.192.bl.example. NS ns1.bl.example."), referral},
		{"NS records of its parent", shaped("ns example. NS ns1.example."), referral},
		{"NS records of the root", shaped("ns . NS a.root-servers.net."), referral},
		{"an alias and NS records", shaped("an "+name+"CNAME x.bl.example.", "ns . NS a.root-servers.net."), referral},
		{"a DNAME record alone", shaped("an bl.example. DNAME other.example."), alias},
		{"two aliases", shaped("an "+name+"CNAME x.example.", "an "+name+"CNAME y.example."), others},
		{"an alias of another name", shaped("an other.example. CNAME x.example."), others},
		{"a record of another name", shaped("an other.example. A 127.0.0.2"), others},
		{"a record of another name, and the SOA record", shaped("an other.example. A 127.0.0.2", soa), others},
		{"a record of another class", shaped("an " + name + "CH A 127.0.0.2"), others},
		{"a record of another type", shaped("an " + name + "AAAA 2001:db8::1"), others},
		{"the record in the authority section", shaped("ns " + name + "A 127.0.0.2"), outside},
		{"the record in the additional section", shaped("ar " + name + "A 127.0.0.2"), outside},
		{"the same, and the SOA record", shaped(soa, "ar "+name+"A 127.0.0.2"), outside},
		{"another record in the authority section", shaped("ns other.example. A 127.0.0.2"), noSOA},
		{"a record that is not counted", behind, unkept},
	}
	var servers []*dnstest.Server
	for _, test := range tests {
		servers = append(servers, start(t, lists(test.fault)))
	}
	answers := askAll(t, servers, func(int) dnsbl.Type { return dnsbl.A })
	for i, test := range tests {
		if got := said(answers[i]); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

// The zone that says NXDOMAIN is known, unless it says so of an alias's target.
func TestZoneOfAbsence(t *testing.T) {
	t.Parallel()
	says := func(records ...string) dnstest.Fault {
		return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
			healthy.Rcode = dns.RcodeNameError
			shape(healthy, records)
			dnstest.Healthy(w, q, healthy)
		}
	}
	const rest = " SOA ns1.example. h.example. 1 600 300 86400 60"
	for _, tt := range []struct {
		fault dnstest.Fault
		want  string
	}{
		{says(), ""},
		{says("ns ." + rest), "."},
		{says("ns Example." + rest), "example"},
		{says("ns bl.example." + rest), "bl.example"},
		{says("an "+listedName+". CNAME x.test.", "ns test."+rest), ""},
	} {
		server := start(t, lists(tt.fault))
		if got := ask(t, client(server), dnsbl.A, listedName); !got.NXDomain || got.Zone != tt.want {
			t.Errorf("%v, %q, want %q", got.NXDomain, got.Zone, tt.want)
		}
	}
}
