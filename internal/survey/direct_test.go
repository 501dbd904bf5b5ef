package survey

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"syscall"
	"testing"

	"github.com/miekg/dns"

	"check_dnsbl/internal/checktest"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
	"check_dnsbl/internal/resolver"
)

// refuses answers as operators do who refuse a resolver.
var refuses = dnstest.Answer("127.255.255.254")

// serving returns the world of a name server that has bl.example, with 192.0.2.1 listed.
func serving(zones ...string) dnstest.World {
	return dnstest.World{
		Zones: zones,
		Lists: []dnstest.List{{Zone: "bl.example", Entries: map[string][]string{"192.0.2.1": {"127.0.0.2"}}}},
	}
}

// tree starts a resolver on 127.0.0.1 and name servers on the other addresses, all on one port, and
// returns a client that asks the resolver first. It is the user's own, so that the name servers may
// be on loopback. It waits long, unless a server is silent.
func tree(
	t *testing.T,
	through dnstest.World,
	nameServers map[string]dnstest.World,
) (*resolver.Client, map[string]*dnstest.Server) {
	t.Helper()
	servers := map[string]*dnstest.Server{"resolver": start(t, through)}
	addr := servers["resolver"].Addr
	for text, world := range nameServers {
		server, err := dnstest.StartAt(netip.AddrPortFrom(netip.MustParseAddr(text), addr.Port()), world)
		if errors.Is(err, syscall.EADDRNOTAVAIL) {
			t.Skip("this machine has but one loopback address:", err)
		}
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(server.Close)
		servers[text] = server
	}
	c := resolver.Client{Resolvers: []netip.AddrPort{addr}, Named: true, Port: addr.Port(), Wait: longWait}
	return &c, servers
}

// auto returns a survey that queries lists at their own name servers where that helps.
func auto(client *resolver.Client, lists []dnsbl.List) *Survey {
	s := New(client, lists)
	s.Direct = Auto
	return s
}

// inFull puts a finding into words, with the path and what came of the other.
func inFull(f dnsbl.Finding) string {
	words := string(f.Outcome)
	if f.Outcome == dnsbl.Failed {
		words = strings.TrimSuffix(fmt.Sprintf("%s: %s, %s", words, f.Cause.Text(), f.Detail), ", ")
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

// A directCase is a list that refuses the resolver, and who serves it.
type directCase struct {
	name    string
	zone    string   // of the list, unless it is bl.example
	records []string // that the resolver knows
	servers map[string]dnstest.World
	want    string // of two subjects, where the first is listed
}

func directCases() []directCase {
	const refused = "failed: refuses this resolver, 127.255.255.254 = error code"
	const both = "directly listed; " + refused + " / directly not listed; " + refused
	neither := func(why string) string {
		why = refused + "; directly failed: " + why
		return why + " / " + why
	}
	return []directCase{
		{name: "the zone's own servers", records: []string{"bl.example NS ns.test", "ns.test A 127.0.1.1"},
			servers: map[string]dnstest.World{"127.0.1.1": serving("bl.example")}, want: both},
		{
			name: "the first is dead, the second silent",
			records: []string{
				"bl.example NS a.test",
				"a.test A 127.0.1.9",
				"a.test A 127.0.1.1",
				"a.test A 127.0.1.2",
			},
			servers: map[string]dnstest.World{
				"127.0.1.1": {Zones: []string{"bl.example"}, Fault: dnstest.Silent},
				"127.0.1.2": serving("bl.example"),
			},
			want: both,
		},
		{
			name: "one has lost the zone, one is a resolver",
			records: []string{
				"bl.example NS a.test",
				"a.test A 127.0.1.1",
				"a.test A 127.0.1.2",
				"a.test A 127.0.1.3",
			},
			servers: map[string]dnstest.World{
				"127.0.1.1": serving("other.example"),
				"127.0.1.2": serving(),
				"127.0.1.3": serving("bl.example"),
			},
			want: both,
		},
		{
			name:    "the enclosing zone's servers have it",
			zone:    "x.bl.example",
			records: []string{"bl.example NS ns.test", "ns.test A 127.0.1.1"},
			servers: map[string]dnstest.World{
				"127.0.1.1": {
					Zones: []string{"bl.example"},
					Lists: []dnstest.List{
						{Zone: "x.bl.example", Entries: map[string][]string{"192.0.2.1": {"127.0.0.2"}}},
					},
				},
			},
			want: both,
		},
		{
			name:    "they refer, with the address",
			zone:    "x.bl.example",
			records: []string{"bl.example NS ns.test", "ns.test A 127.0.1.1"},
			servers: map[string]dnstest.World{
				"127.0.1.1": {
					Zones:   []string{"bl.example"},
					Records: []string{"x.bl.example NS ns.x.bl.example", "ns.x.bl.example A 127.0.1.2"},
				},
				"127.0.1.2": {
					Zones: []string{"x.bl.example"},
					Lists: []dnstest.List{
						{Zone: "x.bl.example", Entries: map[string][]string{"192.0.2.1": {"127.0.0.2"}}},
					},
				},
			},
			want: both,
		},
		{
			name:    "they refer to a name that the resolver knows",
			zone:    "x.bl.example",
			records: []string{"bl.example NS ns.test", "ns.test A 127.0.1.1", "ns.else.test A 127.0.1.2"},
			servers: map[string]dnstest.World{
				"127.0.1.1": {
					Zones:   []string{"bl.example"},
					Records: []string{"x.bl.example NS ns.else.test", "ns.else.test A 127.0.1.3"},
				}, // a lie: not theirs to know
				"127.0.1.2": {
					Zones: []string{"x.bl.example"},
					Lists: []dnstest.List{
						{Zone: "x.bl.example", Entries: map[string][]string{"192.0.2.1": {"127.0.0.2"}}},
					},
				},
				"127.0.1.3": {Fault: dnstest.Answer("127.0.0.66")},
			},
			want: both,
		},
		{name: "four referrals", zone: chainZone(4), records: chainRecords(4), servers: chain(4), want: both},
		{
			name:    "five referrals",
			zone:    chainZone(5),
			records: chainRecords(5),
			servers: chain(5),
			want:    neither("not authoritative, more than 4 referrals"),
		},
		{
			name:    "referred up",
			records: []string{"bl.example NS ns.test", "ns.test A 127.0.1.1"},
			servers: map[string]dnstest.World{"127.0.1.1": {Zones: []string{"example"},
				Records: []string{
					"bl.example NS ns.test",
				}}},
			want: neither("not authoritative, it only refers to other name servers"),
		},
		{
			name:    "one refers up, the next has it",
			records: []string{"bl.example NS a.test", "a.test A 127.0.1.1", "a.test A 127.0.1.2"},
			servers: map[string]dnstest.World{
				"127.0.1.1": {Zones: []string{"example"}, Records: []string{"bl.example NS ns.test"}},
				"127.0.1.2": serving("bl.example"),
			},
			want: both,
		},
		{
			name:    "it refers with authority",
			zone:    "x.bl.example",
			records: []string{"bl.example NS ns.test", "ns.test A 127.0.1.1", "ns.x.test A 127.0.1.2"},
			servers: map[string]dnstest.World{
				"127.0.1.1": {
					Zones:   []string{"bl.example"},
					Records: []string{"x.bl.example NS ns.x.test"},
					Fault:   withAuthority,
				},
				"127.0.1.2": {
					Zones: []string{"x.bl.example"},
					Lists: []dnstest.List{
						{Zone: "x.bl.example", Entries: map[string][]string{"192.0.2.1": {"127.0.0.2"}}},
					},
				},
			},
			want: both,
		},
		{
			name:    "its name servers are those of an alias",
			records: []string{"bl.example CNAME other.example", "other.example NS ns.test", "ns.test A 127.0.1.1"},
			servers: map[string]dnstest.World{
				"127.0.1.1": serving("bl.example"),
			},
			want: neither("no name server found"),
		},
		{
			name:    "an alias to elsewhere",
			records: []string{"bl.example NS ns.test", "ns.test A 127.0.1.1"},
			servers: map[string]dnstest.World{"127.0.1.1": {Zones: []string{"bl.example"},
				Records: []string{
					"*.bl.example CNAME else.test",
				}, Fault: alias}},
			want: neither("not authoritative, an alias to a name that it does not serve"),
		},
		{name: "its servers refuse too", records: []string{"bl.example NS ns.test", "ns.test A 127.0.1.1"},
			servers: map[string]dnstest.World{
				"127.0.1.1": {Zones: []string{"bl.example"}, Fault: refuses},
			}, want: neither("refuses this resolver, 127.255.255.254 = error code")},
		{
			name:    "its servers do not list the test entry",
			records: []string{"bl.example NS ns.test", "ns.test A 127.0.1.1"},
			servers: map[string]dnstest.World{
				"127.0.1.1": {Zones: []string{"bl.example"}},
			},
			want: neither("test entry missing, NXDOMAIN"),
		},
		{name: "no name servers", want: neither("no name server found")},
		{
			name:    "name servers without an address",
			records: []string{"bl.example NS ns.test"},
			want:    neither("no name server found, they have no address"),
		},
		{
			name: "name servers inside",
			records: []string{
				"bl.example NS ns.test",
				"ns.test A 10.0.0.1",
				"ns.test AAAA ::ffff:192.168.0.1",
				"ns.test AAAA 64:ff9b::a00:1",
			},
			want: neither("private name servers, 10.0.0.1 is a private address (RFC 1918)"),
		},
		{
			name: "name servers that the Internet does not route",
			records: []string{
				"bl.example NS ns.test",
				"ns.test AAAA 2001:db8::5efe:192.0.2.53", // a packet would go to 192.0.2.53, inside or not
				"ns.test AAAA 2002:a00:1::53",
				"ns.test AAAA ::10.0.0.53",
				"ns.test AAAA 5f00::53",
				"ns.test AAAA 3fff::53",
				"ns.test AAAA 200::53",
				"ns.test AAAA 4000::53",
			},
			want: neither("private name servers, " +
				"2001:db8::5efe:c000:235 is an ISATAP tunnel address (RFC 5214)"),
		},
	}
}

// If the resolver is refused, the name servers of the list are found and queried: about two
// subjects, one listed and one not.
func TestDirect(t *testing.T) {
	t.Parallel()
	for _, tt := range directCases() {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			checktest.Patiently(t, func(wrong func(format string, args ...any)) {
				zone := tt.zone
				if zone == "" {
					zone = "bl.example"
				}
				client, servers := tree(
					t,
					dnstest.World{Lists: []dnstest.List{{Zone: zone, Fault: refuses}}, Records: tt.records},
					tt.servers,
				)
				if strings.Contains(tt.name, "silent") {
					client.Wait = testWait
				}
				findings := found(t.Context(), auto(client, unknowns(zone)), addresses("192.0.2.1", "192.0.2.2"))
				if got := inFull(findings[0]) + " / " + inFull(findings[1]); got != tt.want {
					wrong("got  %s\nwant %s", got, tt.want)
				}
				if servers["resolver"].Count("A ns5.test") > 0 {
					wrong("a name server was looked up that is too far")
				}
			})
		})
	}
}

// chainZone returns the zone at the end of a chain of zones, each below the other.
func chainZone(depth int) string {
	zone := "bl.example"
	for i := range depth {
		zone = fmt.Sprintf("z%d.%s", i, zone)
	}
	return zone
}

// chainRecords returns what the resolver knows: the name servers of the first zone, and the
// addresses of all.
func chainRecords(depth int) []string {
	records := []string{"bl.example NS ns0.test"}
	for i := range depth + 1 {
		records = append(records, fmt.Sprintf("ns%d.test A 127.0.1.%d", i, i+1))
	}
	return records
}

// chain returns name servers that each refer to the next; the last one has the list.
func chain(depth int) map[string]dnstest.World {
	servers := map[string]dnstest.World{}
	for i := range depth {
		servers[fmt.Sprintf("127.0.1.%d", i+1)] = dnstest.World{
			Zones:   []string{chainZone(i)},
			Records: []string{fmt.Sprintf("%s NS ns%d.test", chainZone(i+1), i+1)},
		}
	}
	last := serving(chainZone(depth))
	last.Lists[0].Zone = chainZone(depth)
	servers[fmt.Sprintf("127.0.1.%d", depth+1)] = last
	return servers
}

// withAuthority claims authority even for a referral.
func withAuthority(w dns.ResponseWriter, q, healthy *dns.Msg) {
	healthy.Authoritative = true
	dnstest.Healthy(w, q, healthy)
}

// alias answers that every name is another one elsewhere.
func alias(w dns.ResponseWriter, q, healthy *dns.Msg) {
	healthy.Rcode = dns.RcodeSuccess
	healthy.Answer = []dns.RR{
		&dns.CNAME{
			Hdr:    dns.RR_Header{Name: q.Question[0].Name, Rrtype: dns.TypeCNAME, Class: dns.ClassINET},
			Target: "else.test.",
		},
	}
	dnstest.Healthy(w, q, healthy)
}
