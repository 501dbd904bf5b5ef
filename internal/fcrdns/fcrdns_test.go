package fcrdns_test

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
	"check_dnsbl/internal/fcrdns"
	"check_dnsbl/internal/resolver"
)

func reverse(addr string) string {
	return dnsbl.ReverseQuestion(netip.MustParseAddr(addr)).Name + "."
}

// describe returns a result as text: the confirmed names, the problems with their names and hints,
// and the query that failed.
func describe(p fcrdns.Result) string {
	words := []string{strings.Join(p.Confirmed, " ")}
	for _, f := range p.Problems {
		words = append(words, strings.TrimSpace(fmt.Sprintf("%s %s %s", f.Kind, f.Name, f.Hint)))
	}
	if p.LookupError.Cause != "" {
		words = append(
			words,
			fmt.Sprintf(
				"%s of %s %s",
				p.LookupError.Cause.Text(),
				p.LookupError.Question.Type,
				p.LookupError.Question.Name,
			),
		)
	}
	return strings.Join(words, "; ")
}

// TestCheck has the records of a DNS server, and the result that they give.
func TestCheck(t *testing.T) {
	const four, six = "192.0.2.25", "2001:db8::25"
	const zone = "in-addr.arpa. NS a.in-addr-servers.arpa."
	ptr := reverse(four) + " PTR "
	tests := []struct {
		name, addr, hosts string
		records           []string
		want              string
	}{
		{
			"well", four, "",
			[]string{ptr + "mail.example.com.", "mail.example.com. A 192.0.2.25"},
			"mail.example.com",
		},
		{
			"well, of several addresses", four, "",
			[]string{
				ptr + "mail.example.com.",
				"mail.example.com. A 192.0.2.1",
				"mail.example.com. A 192.0.2.25",
			},
			"mail.example.com",
		},
		{
			"well, by an alias", four, "",
			[]string{
				ptr + "mail.example.com.",
				"mail.example.com. CNAME a.example.com.",
				"a.example.com. A 192.0.2.25",
			},
			"mail.example.com",
		},
		{
			"well, in capitals", four, "mail.example.com",
			[]string{ptr + "Mail.Example.COM.", "mail.example.com. A 192.0.2.25"},
			"mail.example.com",
		},
		{
			"RFC 2317", four, "mail.example.com",
			[]string{
				reverse(four) + " CNAME 25.24/29.2.0.192.in-addr.arpa.",
				"25.24/29.2.0.192.in-addr.arpa. PTR mail.example.com.",
				"mail.example.com. A 192.0.2.25",
			},
			"mail.example.com",
		},
		{
			"IPv6", six, "",
			[]string{
				reverse(six) + " PTR mail.example.com.",
				"mail.example.com. A 192.0.2.25",
				"mail.example.com. AAAA 2001:db8::25",
			},
			"mail.example.com",
		},
		{
			"IPv6 without AAAA", six, "",
			[]string{reverse(six) + " PTR mail.example.com.", "mail.example.com. A 192.0.2.25"},
			"; not forward-confirmed mail.example.com",
		},
		{"NXDOMAIN", four, "", []string{zone}, "; no PTR record"},
		{"NODATA", four, "", []string{zone, reverse(four) + " TXT none"}, "; no PTR record"},
		{
			"alias to nothing", four, "",
			[]string{zone, reverse(four) + " CNAME 25.24/29.2.0.192.in-addr.arpa."},
			"; no PTR record",
		},
		{
			"NXDOMAIN of IPv6", six, "",
			[]string{"ip6.arpa. NS b.ip6-servers.arpa."},
			"; no PTR record",
		},
		{
			"NXDOMAIN of everything", four, "",
			nil,
			"; resolver does not serve reverse DNS of NS in-addr.arpa",
		},
		{
			"NXDOMAIN of everything, IPv6", six, "",
			[]string{zone},
			"; resolver does not serve reverse DNS of NS ip6.arpa",
		},
		{
			"a view of those inside", four, "",
			[]string{ptr + "mail.example.com.", "mail.example.com. A 10.0.0.5"},
			"; name has only private addresses of A mail.example.com",
		},
		{
			"several views", four, "",
			[]string{
				ptr + "mail.example.com.",
				"mail.example.com. A 10.0.0.5",
				"mail.example.com. A 192.0.2.25",
			},
			"mail.example.com",
		},
		{
			"a view behind carrier-grade NAT", four, "",
			[]string{
				ptr + "mail.example.com.",
				"mail.example.com. A 100.64.0.0",
				"mail.example.com. A 100.127.255.255",
			},
			"; name has only private addresses of A mail.example.com",
		},
		{
			"beside carrier-grade NAT", four, "",
			[]string{ptr + "mail.example.com.", "mail.example.com. A 100.128.0.0"},
			"; not forward-confirmed mail.example.com",
		},
		{
			"a link-local address", six, "",
			[]string{reverse(six) + " PTR mail.example.com.", "mail.example.com. AAAA fe80::1"},
			"; name has only private addresses of AAAA mail.example.com",
		},
		{
			"a loopback address", four, "",
			[]string{ptr + "mail.example.com.", "mail.example.com. A 127.0.0.1"},
			"; not forward-confirmed mail.example.com",
		},
		{
			"a loopback address of IPv6", six, "",
			[]string{reverse(six) + " PTR mail.example.com.", "mail.example.com. AAAA ::1"},
			"; not forward-confirmed mail.example.com",
		},
		{
			"localhost", four, "mail.example.com",
			[]string{ptr + "localhost.", "localhost. A 127.0.0.1"},
			"; not forward-confirmed localhost",
		},
		{
			"localhost by a resolver that lies", four, "",
			[]string{ptr + "LocalHost.", "localhost. A 192.0.2.25"},
			"; not forward-confirmed localhost",
		},
		{
			"below localhost", four, "",
			[]string{ptr + "mail.localhost.", "mail.localhost. A 10.0.0.5"},
			"; not forward-confirmed mail.localhost",
		},
		{
			"not below localhost", four, "",
			[]string{ptr + "mail.mylocalhost.", "mail.mylocalhost. A 192.0.2.25"},
			"mail.mylocalhost",
		},
		{
			"no such name", four, "",
			[]string{ptr + "mail.example.com."},
			"; not forward-confirmed mail.example.com",
		},
		{
			"another address", four, "",
			[]string{ptr + "mail.example.com.", "mail.example.com. A 192.0.2.26"},
			"; not forward-confirmed mail.example.com",
		},
		{
			"the address as a name", four, "",
			[]string{ptr + "192.0.2.25.", "192.0.2.25. A 192.0.2.25"},
			"; not forward-confirmed 192.0.2.25; generic name 192.0.2.25 the digits of the address",
		},
		{"no name", four, "", []string{ptr + "."}, "; not forward-confirmed"},
		{
			"two names", four, "b.example.com",
			[]string{
				ptr + "b.example.com.",
				ptr + "a.example.com.",
				"a.example.com. A 192.0.2.25",
				"b.example.com. A 192.0.2.25",
			},
			"a.example.com b.example.com; several PTR names a.example.com",
		},
		{
			"one name twice", four, "",
			[]string{ptr + "a.example.com.", ptr + "A.example.com.", "a.example.com. A 192.0.2.25"},
			"a.example.com",
		},
		{
			"two names, one leads back", four, "",
			[]string{ptr + "a.example.com.", ptr + "b.example.com.", "b.example.com. A 192.0.2.25"},
			"b.example.com; several PTR names a.example.com",
		},
		{
			"two names, none leads back", four, "",
			[]string{ptr + "b.example.com.", ptr + "a.example.com."},
			"; several PTR names a.example.com; not forward-confirmed a.example.com",
		},
		{
			"generic",
			four,
			"mail.example.com",
			[]string{
				ptr + "192-0-2-25.dyn.example.net.",
				"192-0-2-25.dyn.example.net. A 192.0.2.25",
			},
			"192-0-2-25.dyn.example.net; generic name 192-0-2-25.dyn.example.net the digits of the address",
		},
		{
			"generic, and does not lead back",
			four,
			"",
			[]string{ptr + "pool.example.net."},
			`; not forward-confirmed pool.example.net; generic name pool.example.net the word "pool"`,
		},
		{
			"two names, one is generic", four, "",
			[]string{
				ptr + "pool.example.net.",
				ptr + "mail.example.com.",
				"pool.example.net. A 192.0.2.25",
				"mail.example.com. A 192.0.2.25",
			},
			"mail.example.com pool.example.net; several PTR names mail.example.com",
		},
		{
			"another name of the domain", four, "mx.example.com",
			[]string{ptr + "mail1.example.com.", "mail1.example.com. A 192.0.2.25"},
			"mail1.example.com",
		},
		{
			"another name", four, "mx.example.com",
			[]string{ptr + "srv7.example.net.", "srv7.example.net. A 192.0.2.25"},
			"srv7.example.net; another name than the host srv7.example.net",
		},
		{
			"the name of one of two hosts", four, "mx.example.com mail.example.net",
			[]string{ptr + "mail.example.net.", "mail.example.net. A 192.0.2.25"},
			"mail.example.net",
		},
		{
			"the name of neither host", four, "mx.example.com mail.example.org",
			[]string{ptr + "mail.example.net.", "mail.example.net. A 192.0.2.25"},
			"mail.example.net; another name than the host mail.example.net",
		},
		{
			"another name below co.uk", four, "mx.shop.co.uk",
			[]string{ptr + "srv7.hoster.co.uk.", "srv7.hoster.co.uk. A 192.0.2.25"},
			"srv7.hoster.co.uk; another name than the host srv7.hoster.co.uk",
		},
		{
			"another name that does not lead back", four, "mx.example.com",
			[]string{ptr + "srv7.example.net."},
			"; not forward-confirmed srv7.example.net",
		},
	}
	for _, tt := range tests {
		got := describe(check(t, dnstest.World{Records: tt.records}, "", tt.addr, tt.hosts))
		if got != tt.want {
			t.Errorf("%s: %s\nwant %s", tt.name, got, tt.want)
		}
	}
}

// check looks up the reverse DNS of an address in a world where the names of one zone get no answer.
// All others may take their time, as this machine may be busy.
func check(t *testing.T, world dnstest.World, silent, addr, hosts string) fcrdns.Result {
	if silent != "" {
		world.Lists = append(world.Lists, dnstest.List{Zone: silent, Fault: dnstest.Silent})
	}
	server, err := dnstest.Start(world)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	return fcrdns.Check(
		netip.MustParseAddr(addr),
		strings.Fields(hosts),
		func(q dnsbl.Question) dnsbl.Answer {
			client := resolver.Client{Resolvers: []netip.AddrPort{server.Addr}, Wait: 20 * time.Second}
			if silent != "" && strings.HasSuffix(q.Name, silent) {
				client.Wait = 50 * time.Millisecond
			}
			return client.Ask(t.Context(), q)
		},
	)
}

// A query that fails is not a problem of the address, and does not make it confirmed.
func TestGaps(t *testing.T) {
	const addr = "192.0.2.25"
	names := dnstest.List{Zone: "in-addr.arpa"}
	tests := []struct {
		name   string
		lists  []dnstest.List
		silent string
		names  []string
		want   string
	}{
		{
			"SERVFAIL of the reverse zone",
			[]dnstest.List{{Zone: "in-addr.arpa", Fault: dnstest.Rcode(dnstest.ServFail)}},
			"",
			nil,
			"; SERVFAIL of PTR 25.2.0.192.in-addr.arpa",
		},
		{
			"silence of the reverse zone",
			nil,
			"in-addr.arpa",
			nil,
			"; timeout of PTR 25.2.0.192.in-addr.arpa",
		},
		{
			"REFUSED by the name's zone",
			[]dnstest.List{names, {Zone: "example.com", Fault: dnstest.Rcode(dnstest.Refused)}},
			"",
			[]string{"mail.example.com"},
			"; REFUSED of A mail.example.com",
		},
		{
			"silence of the name's zone, one of two",
			[]dnstest.List{names},
			"example.com",
			[]string{"mail.example.com", "z.example.net"},
			"; several PTR names mail.example.com; timeout of A mail.example.com",
		},
		{
			"two causes, the first counts",
			[]dnstest.List{
				names,
				{Zone: "example.com", Fault: dnstest.Rcode(dnstest.ServFail)},
				{Zone: "example.net", Fault: dnstest.Rcode(dnstest.Refused)},
			},
			"",
			[]string{
				"a.example.net",
				"b.example.com",
			},
			"; several PTR names a.example.net; REFUSED of A a.example.net",
		},
		{
			"localhost is not asked for",
			[]dnstest.List{names, {Zone: "localhost", Fault: dnstest.Rcode(dnstest.ServFail)}},
			"",
			[]string{"localhost"},
			"; not forward-confirmed localhost",
		},
		{
			"SERVFAIL of one name, the other leads back",
			[]dnstest.List{names, {Zone: "example.com", Fault: dnstest.Rcode(dnstest.ServFail)}},
			"",
			[]string{
				"mail.example.com",
				"well.example.net",
			},
			"well.example.net; several PTR names mail.example.com",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			records := []string{"well.example.net. A 192.0.2.25"}
			for _, name := range tt.names {
				records = append(records, reverse(addr)+" PTR "+name+".")
			}
			world := dnstest.World{Lists: tt.lists, Records: records}
			got := describe(check(t, world, tt.silent, addr, ""))
			if got != tt.want {
				t.Errorf("%s\nwant %s", got, tt.want)
			}
		})
	}
}

// If there are many names, the first in alphabetical order are looked up, in whatever order they
// come.
func TestManyNames(t *testing.T) {
	var names []string
	for i := range 30 {
		names = append(names, fmt.Sprintf("mx%02d.example.com", 29-i))
	}
	var asked []string
	p := fcrdns.Check(netip.MustParseAddr("192.0.2.25"), nil, func(q dnsbl.Question) dnsbl.Answer {
		asked = append(asked, q.Name)
		if q.Type == dnsbl.PTR {
			return dnsbl.Answer{Names: names}
		}
		return dnsbl.Answer{}
	})
	if len(p.Names) != 30 || len(asked) != 1+fcrdns.MaxNames || asked[1] != "mx00.example.com" ||
		asked[fcrdns.MaxNames] != "mx09.example.com" {
		t.Errorf("%d names, asked %q", len(p.Names), asked)
	}
	got := describe(p)
	if got != "; several PTR names mx00.example.com; not forward-confirmed mx00.example.com" {
		t.Error(got)
	}
}
