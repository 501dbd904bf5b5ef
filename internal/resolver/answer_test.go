package resolver

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/miekg/dns"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
)

// answered sends these records, in the language of zone files, as the answer.
func answered(records ...string) dnstest.Fault {
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		healthy.Answer, healthy.Ns = nil, nil
		for _, record := range records {
			rr, err := dns.NewRR(record)
			if err != nil {
				panic(err)
			}
			healthy.Answer = append(healthy.Answer, rr)
		}
		dnstest.Healthy(w, q, healthy)
	}
}

func TestRecords(t *testing.T) {
	const at = listedName + ". 300 IN "
	const others = "malformed answer: its records are not those asked for"
	longChain := []string{at + "CNAME c0.example."}
	for i := range maxAliases {
		longChain = append(longChain, fmt.Sprintf("c%d.example. CNAME c%d.example.", i, i+1))
	}
	tests := []struct {
		name  string
		fault dnstest.Fault
		kind  dnsbl.Type
		want  string
	}{
		{"several addresses", answered(at+"A 127.0.0.4", at+"A 127.0.0.2"), dnsbl.A, "127.0.0.4 127.0.0.2"},
		{"IPv6", answered(at+"AAAA 2001:db8::1", at+"A 127.0.0.2"), dnsbl.AAAA, "2001:db8::1"},
		{"the other type", answered(at + "TXT x"), dnsbl.A, others},
		{"somebody else's", answered("other.example. A 127.0.0.2"), dnsbl.A, others},
		{"another class", answered(listedName + ". CH A 127.0.0.2"), dnsbl.A, others},
		{"capital letters", answered(strings.ToUpper(listedName) + ". A 127.0.0.2"), dnsbl.A, "127.0.0.2"},
		{"alias", answered(at+"CNAME x.example.", "X.example. A 127.0.0.3"), dnsbl.A, "127.0.0.3"},
		{
			"alias at the end",
			answered("x.example. A 127.0.0.3", "y.example. CNAME x.example.", at+"CNAME y.example."),
			dnsbl.A,
			"127.0.0.3",
		},
		{"alias to a text", answered(at+"CNAME x.example.", "x.example. TXT why"), dnsbl.TXT, `"why"`},
		{"alias to nothing", answered(at + "CNAME x.example."), dnsbl.A, "NXDOMAIN"},
		{
			"alias to nothing, NXDOMAIN",
			withRcode(dns.RcodeNameError, answered(at+"CNAME x.example.")),
			dnsbl.A,
			"NXDOMAIN",
		},
		{
			"alias to itself",
			answered(at + "CNAME " + listedName + "."),
			dnsbl.A,
			"malformed answer: too many aliases",
		},
		{
			"aliases in a circle",
			answered(at+"CNAME x.example.", "x.example. CNAME "+listedName+"."),
			dnsbl.A,
			"malformed answer: too many aliases",
		},
		{"too many aliases", answered(longChain...), dnsbl.A, "malformed answer: too many aliases"},
		{
			"records and NXDOMAIN",
			withRcode(dns.RcodeNameError, dnstest.Healthy),
			dnsbl.A,
			"malformed answer: NXDOMAIN together with records",
		},
		{"two strings", answered(at + `TXT "first " "second"`), dnsbl.TXT, `"first second"`},
		{"quotes and backslashes", answered(at + `TXT "a\"b\\c\\065\065"`), dnsbl.TXT, `"a\"b\\c\\065A"`},
		{"no string", answered(at + `TXT ""`), dnsbl.TXT, `""`},
	}
	var servers []*dnstest.Server
	for _, test := range tests {
		servers = append(servers, start(t, lists(test.fault)))
	}
	answers := askAll(t, servers, func(i int) dnsbl.Type { return tests[i].kind })
	for i, test := range tests {
		if got := said(answers[i]); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

// Mail servers come in order of preference, and by name where that is the same. The name of a null
// MX is "".
func TestMailServers(t *testing.T) {
	const at = listedName + ". 300 IN MX "
	for want, fault := range map[string]dnstest.Fault{
		`["m.example" "z.example" "a.example"]`: answered(at+"20 a.example.", at+"5 Z.example.", at+"5 m.example."),
		`[""]`:                                  answered(at + "0 ."),
		`["" "m.example"]`:                      answered(at+"10 m.example.", at+"0 ."),
		`["x.example"]`:                         answered(listedName+". CNAME y.example.", "y.example. MX 10 x.example.", "other.example. MX 5 w.example."),
		`[]`:                                    answered(),
	} {
		server := start(t, lists(fault))
		if got := ask(t, client(server), dnsbl.MX, listedName); fmt.Sprintf("%q", got.Names) != want ||
			got.Cause != "" {
			t.Errorf("%q, %s, want %s", got.Names, got.Cause, want)
		}
	}
}

// The names of an address: where its network is smaller than a /24 an alias leads to them (RFC
// 2317).
func TestNamesOfAddresses(t *testing.T) {
	server := start(t, dnstest.World{Records: []string{
		"25.2.0.192.in-addr.arpa. PTR Mail.Example.COM.", "25.2.0.192.in-addr.arpa. PTR mx.example.com.",
		"26.2.0.192.in-addr.arpa. CNAME 26.24/29.2.0.192.in-addr.arpa.", "26.24/29.2.0.192.in-addr.arpa. PTR mail.example.net.",
		"27.2.0.192.in-addr.arpa. CNAME 27.24/29.2.0.192.in-addr.arpa.",
		"28.2.0.192.in-addr.arpa. TXT mail.example.com",
		`29.2.0.192.in-addr.arpa. PTR a\124b.example.`, "30.2.0.192.in-addr.arpa. PTR .",
		dnsbl.ReverseQuestion(netip.MustParseAddr("2001:db8::25")).Name + ". PTR six.example.com.",
	}})
	for addr, want := range map[string]string{
		"192.0.2.25": `["mail.example.com" "mx.example.com"]`, "192.0.2.26": `["mail.example.net"]`, "192.0.2.27": `[]`, "192.0.2.28": `[]`,
		"192.0.2.29": `["a|b.example"]`, "192.0.2.30": `[""]`, "192.0.2.31": `[]`, "2001:db8::25": `["six.example.com"]`,
	} {
		q := dnsbl.ReverseQuestion(netip.MustParseAddr(addr))
		got := ask(t, client(server), q.Type, q.Name)
		slices.Sort(got.Names)
		if fmt.Sprintf("%q", got.Names) != want || got.Cause != "" ||
			got.NXDomain != (addr == "192.0.2.27" || addr == "192.0.2.31") {
			t.Errorf("%s: %q, %s, want %s", addr, got.Names, got.Cause, want)
		}
	}
}

func TestTTLIsTheSmallestOnTheWay(t *testing.T) {
	for want, fault := range map[uint32]dnstest.Fault{
		300: answered(listedName + ". 300 A 127.0.0.2"),
		7:   answered(listedName+". 300 A 127.0.0.2", listedName+". 7 A 127.0.0.3", "other.example. 1 A 127.0.0.2"),
		5:   answered(listedName+". 5 CNAME x.example.", "x.example. 60 A 127.0.0.2"),
		0:   answered(listedName + ". 2147483648 A 127.0.0.2"),
	} {
		server := start(t, lists(fault))
		if got := ask(t, client(server), dnsbl.A, listedName).TTL.Seconds(); got != float64(want) {
			t.Errorf("TTL %v, want %v", got, want)
		}
	}
}

func TestTextsAreRawAndBounded(t *testing.T) {
	var all []byte
	for b := range 256 {
		all = append(all, byte(b))
	}
	raw := string(all) + `\065\" \` + strings.Repeat("x", 700)
	long := strings.Repeat("0123456789", 500)
	many := slices.Repeat([]string{"y"}, maxTexts+5)
	server := start(t, dnstest.World{Lists: []dnstest.List{{
		Zone:  "bl.example",
		Texts: map[string][]string{"raw.test": {raw}, "long.test": {long}, "many.test": many},
	}}})
	c := client(server)
	if got := ask(t, c, dnsbl.TXT, "raw.test.bl.example").Texts; !slices.Equal(got, []string{raw}) {
		t.Errorf("%q, want %q", got, raw)
	}
	if got := ask(t, c, dnsbl.TXT, "long.test.bl.example").Texts; !slices.Equal(got, []string{long[:MaxText]}) {
		t.Errorf("%d texts, the first of %d bytes", len(got), len(got[0]))
	}
	if got := ask(t, c, dnsbl.TXT, "many.test.bl.example").Texts; len(got) != maxTexts {
		t.Errorf("%d texts, want %d", len(got), maxTexts)
	}
}

// An address record without contents is not an address, least of all that of this host.
func TestNoAddress(t *testing.T) {
	for _, rr := range []dns.RR{&dns.A{}, &dns.AAAA{}} {
		if got := with(dnsbl.Answer{}, rr); len(got.Addrs) > 0 {
			t.Errorf("%T: %v", rr, got.Addrs)
		}
	}
	client := &Client{authoritative: true, Resolvers: []netip.AddrPort{netip.AddrPortFrom(netip.Addr{}, Port)}}
	if got := client.Ask(t.Context(), dnsbl.Question{Name: "bl.example", Type: dnsbl.A}); got.Cause != dnsbl.Unreachable ||
		got.Detail != "no address" {
		t.Errorf("%+v", got)
	}
}
