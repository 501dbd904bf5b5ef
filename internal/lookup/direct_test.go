package lookup

import (
	"fmt"
	"net/netip"
	"strings"
	"sync"
	"testing"

	"github.com/miekg/dns"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
)

// refuses answers as operators do who refuse a resolver.
var refuses = dnstest.Answer("127.255.255.254")

// serving returns the world of a name server that has bl.example, with 192.0.2.1 listed.
func serving(zones ...string) dnstest.World {
	return dnstest.World{Zones: zones, Lists: []dnstest.List{{Zone: "bl.example", Entries: map[string][]string{"192.0.2.1": {"127.0.0.2"}}}}}
}

// tree starts a resolver on 127.0.0.1 and name servers on the other addresses, all on one port, and returns a client that asks
// the resolver first. It is the user's own, so that the name servers may be on loopback.
func tree(t *testing.T, resolver dnstest.World, nameServers map[string]dnstest.World) (*Client, map[string]*dnstest.Server) {
	t.Helper()
	servers := map[string]*dnstest.Server{"resolver": start(t, resolver)}
	addr := servers["resolver"].Addr
	for text, world := range nameServers {
		server, err := dnstest.StartAt(netip.AddrPortFrom(netip.MustParseAddr(text), addr.Port()), world)
		if err != nil {
			t.Skip("this machine has but one loopback address:", err)
		}
		t.Cleanup(server.Close)
		servers[text] = server
	}
	return &Client{Resolvers: []netip.AddrPort{addr}, Named: true, Port: addr.Port(), Direct: Auto, Wait: testWait}, servers
}

// inFull puts a finding into words, with the path and what came of the other.
func inFull(f dnsbl.Finding) string {
	words := string(f.Outcome)
	if f.Outcome == dnsbl.Failed {
		words = strings.TrimSuffix(fmt.Sprintf("%s: %s, %s", words, f.Cause, f.Detail), ", ")
	}
	if f.Unconfirmed {
		words += " unconfirmed"
	}
	if f.Direct {
		words = "directly " + words
	}
	if f.Other != nil {
		words += "; " + inFull(*f.Other)
	}
	return words
}

// Where the resolver is refused, the name servers of the list are found and asked: two subjects, one listed and one not.
func TestDirect(t *testing.T) {
	const refused = "failed: refuses the resolver, 127.255.255.254 = error code"
	const both = "directly listed; " + refused + " / directly not listed; " + refused
	neither := func(why string) string {
		why = refused + "; directly failed: " + why
		return why + " / " + why
	}
	chain := func(depth int) []string { // d.c.b.bl.example: each label is a zone of its own, all on one server
		records := []string{"bl.example NS ns.test", "ns.test A 127.0.1.1"}
		zone := "bl.example"
		for i := range depth {
			zone = fmt.Sprintf("z%d.%s", i, zone)
			records = append(records, zone+" NS ns.test")
		}
		return records
	}
	tests := []struct {
		name    string
		zone    string   // of the list, unless it is bl.example
		records []string // that the resolver knows
		servers map[string]dnstest.World
		want    string
	}{
		{name: "the zone's own servers", records: []string{"bl.example NS ns.test", "ns.test A 127.0.1.1"},
			servers: map[string]dnstest.World{"127.0.1.1": serving("bl.example")}, want: both},
		{name: "the first is dead, the second silent", records: []string{"bl.example NS a.test", "a.test A 127.0.1.9", "a.test A 127.0.1.1", "a.test A 127.0.1.2"},
			servers: map[string]dnstest.World{"127.0.1.1": {Zones: []string{"bl.example"}, Fault: dnstest.Silent}, "127.0.1.2": serving("bl.example")}, want: both},
		{name: "one has lost the zone, one is a resolver", records: []string{"bl.example NS a.test", "a.test A 127.0.1.1", "a.test A 127.0.1.2", "a.test A 127.0.1.3"},
			servers: map[string]dnstest.World{"127.0.1.1": serving("other.example"), "127.0.1.2": serving(), "127.0.1.3": serving("bl.example")}, want: both},
		{name: "the enclosing zone's servers have it", zone: "x.bl.example", records: []string{"bl.example NS ns.test", "ns.test A 127.0.1.1"},
			servers: map[string]dnstest.World{"127.0.1.1": {Zones: []string{"bl.example"}, Lists: []dnstest.List{{Zone: "x.bl.example", Entries: map[string][]string{"192.0.2.1": {"127.0.0.2"}}}}}}, want: both},
		{name: "they refer, with the address", zone: "x.bl.example", records: []string{"bl.example NS ns.test", "ns.test A 127.0.1.1"},
			servers: map[string]dnstest.World{
				"127.0.1.1": {Zones: []string{"bl.example"}, Records: []string{"x.bl.example NS ns.x.bl.example", "ns.x.bl.example A 127.0.1.2"}},
				"127.0.1.2": {Zones: []string{"x.bl.example"}, Lists: []dnstest.List{{Zone: "x.bl.example", Entries: map[string][]string{"192.0.2.1": {"127.0.0.2"}}}}},
			}, want: both},
		{name: "they refer to a name that the resolver knows", zone: "x.bl.example", records: []string{"bl.example NS ns.test", "ns.test A 127.0.1.1", "ns.else.test A 127.0.1.2"},
			servers: map[string]dnstest.World{
				"127.0.1.1": {Zones: []string{"bl.example"}, Records: []string{"x.bl.example NS ns.else.test", "ns.else.test A 127.0.1.3"}}, // a lie: not theirs to know
				"127.0.1.2": {Zones: []string{"x.bl.example"}, Lists: []dnstest.List{{Zone: "x.bl.example", Entries: map[string][]string{"192.0.2.1": {"127.0.0.2"}}}}},
				"127.0.1.3": {Fault: dnstest.Answer("127.0.0.66")},
			}, want: both},
		{name: "four referrals", zone: "z3.z2.z1.z0.bl.example", records: chain(0), servers: map[string]dnstest.World{"127.0.1.1": {Zones: []string{"bl.example"},
			Fault: referring(4), Lists: []dnstest.List{{Zone: "z3.z2.z1.z0.bl.example", Entries: map[string][]string{"192.0.2.1": {"127.0.0.2"}}}}}}, want: both},
		{name: "five referrals", zone: "z4.z3.z2.z1.z0.bl.example", records: chain(0), servers: map[string]dnstest.World{"127.0.1.1": {Zones: []string{"bl.example"},
			Fault: referring(5), Lists: []dnstest.List{{Zone: "z4.z3.z2.z1.z0.bl.example"}}}}, want: neither("no authority, more than 4 referrals")},
		{name: "referred up", records: []string{"bl.example NS ns.test", "ns.test A 127.0.1.1"}, servers: map[string]dnstest.World{"127.0.1.1": {Zones: []string{"example"},
			Records: []string{"bl.example NS ns.test"}}}, want: neither("no authority, it refers to other name servers, but not to nearer ones")},
		{name: "an alias to elsewhere", records: []string{"bl.example NS ns.test", "ns.test A 127.0.1.1"}, servers: map[string]dnstest.World{"127.0.1.1": {Zones: []string{"bl.example"},
			Records: []string{"*.bl.example CNAME else.test"}, Fault: alias}}, want: neither("no authority, an alias to where it has none")},
		{name: "its servers refuse too", records: []string{"bl.example NS ns.test", "ns.test A 127.0.1.1"},
			servers: map[string]dnstest.World{"127.0.1.1": {Zones: []string{"bl.example"}, Fault: refuses}}, want: neither("refuses the resolver, 127.255.255.254 = error code")},
		{name: "its servers do not list the test entry", records: []string{"bl.example NS ns.test", "ns.test A 127.0.1.1"},
			servers: map[string]dnstest.World{"127.0.1.1": {Zones: []string{"bl.example"}}}, want: neither("does not list its test entry, NXDOMAIN")},
		{name: "no name servers", want: neither("no name server to ask")},
		{name: "name servers without an address", records: []string{"bl.example NS ns.test"}, want: neither("no name server to ask, they have no address")},
		{name: "name servers inside", records: []string{"bl.example NS ns.test", "ns.test A 10.0.0.1", "ns.test AAAA ::ffff:192.168.0.1", "ns.test AAAA 64:ff9b::a00:1"},
			want: neither("name servers not asked, 10.0.0.1 is a private address (RFC 1918)")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			zone := tt.zone
			if zone == "" {
				zone = "bl.example"
			}
			client, _ := tree(t, dnstest.World{Lists: []dnstest.List{{Zone: zone, Fault: refuses}}, Records: tt.records}, tt.servers)
			findings := client.Survey(unknowns(zone)).Ask(t.Context(), addresses("192.0.2.1", "192.0.2.2"))
			if got := inFull(findings[0]) + " / " + inFull(findings[1]); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// referring refers each zone z0.bl.example, z1.z0.bl.example, ... to the next, this often, on whichever server is asked.
func referring(depth int) dnstest.Fault {
	var mu sync.Mutex
	asked := map[string]int{}
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		mu.Lock()
		times := asked[q.Question[0].Name]
		asked[q.Question[0].Name]++
		mu.Unlock()
		if times >= depth {
			dnstest.Healthy(w, q, healthy)
			return
		}
		labels := dns.SplitDomainName(q.Question[0].Name)
		cut := dns.Fqdn(strings.Join(labels[len(labels)-3-times:], "."))
		healthy.Answer, healthy.Authoritative, healthy.Rcode = nil, false, dns.RcodeSuccess
		healthy.Ns = []dns.RR{&dns.NS{Hdr: dns.RR_Header{Name: cut, Rrtype: dns.TypeNS, Class: dns.ClassINET}, Ns: "ns.test."}}
		dnstest.Healthy(w, q, healthy)
	}
}

// alias answers that every name is another one elsewhere.
func alias(w dns.ResponseWriter, q, healthy *dns.Msg) {
	healthy.Rcode = dns.RcodeSuccess
	healthy.Answer = []dns.RR{&dns.CNAME{Hdr: dns.RR_Header{Name: q.Question[0].Name, Rrtype: dns.TypeCNAME, Class: dns.ClassINET}, Target: "else.test."}}
	dnstest.Healthy(w, q, healthy)
}
