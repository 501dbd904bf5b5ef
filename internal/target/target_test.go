package target

import (
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
	"check_dnsbl/internal/resolver"

	"github.com/miekg/dns"
)

// hosts are what the resolver of most tests knows.
func hosts() dnstest.World {
	return dnstest.World{
		Records: []string{
			"mail.test. A 192.0.2.2",
			"mail.test. A 192.0.2.1",
			"mail.test. AAAA 2001:db8::1",
			"mail.test. AAAA ::ffff:192.0.2.9",
			"alias.test. CNAME mail.test.",
			"six.test. AAAA 2001:db8::6",
			"text.test. TXT only",
			"inside.test. A 10.0.0.5",
			"mixed.test. A 10.0.0.5",
			"mixed.test. A 192.0.2.3",
			"xn--bcher-kva.test. A 192.0.2.4",
			"self.test. A 127.0.1.1",
		},
		Lists: []dnstest.List{
			{Zone: "broken.test", Fault: dnstest.Rcode(dns.RcodeServerFailure)},
			{Zone: "half.test", Fault: failAAAA},
		},
	}
}

// subjects resolves targets at a resolver that knows some hosts, and returns what was found in
// words.
func subjects(t *testing.T, private bool, texts ...string) (found, gaps, notes []string) {
	t.Helper()
	return resolve(t, hosts(), private, texts...)
}

// resolve returns in words what targets are in a world.
func resolve(
	t *testing.T, world dnstest.World, private bool, texts ...string,
) (found, gaps, notes []string) {
	t.Helper()
	server, err := dnstest.Start(world)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	client := &resolver.Client{Resolvers: []netip.AddrPort{server.Addr}, Wait: time.Second}
	result := Resolve(t.Context(), client, parse(t, private, texts...), private)
	for s := range result.Subjects {
		text := s.String()
		if s.Host != "" {
			text += " of " + s.Host
		}
		found = append(found, text)
	}
	if result.Count != len(found) {
		t.Errorf("%q: %d subjects, said to be %d", texts, len(found), result.Count)
	}
	return found, said(result.Gaps, server), said(result.Notes, server)
}

// said returns lines with DNS for the address of the resolver.
func said(lines []string, server *dnstest.Server) (all []string) {
	for _, line := range lines {
		all = append(all, strings.ReplaceAll(line, server.Addr.String(), "DNS"))
	}
	return all
}

// parse reads targets that are right.
func parse(t testing.TB, private bool, texts ...string) (targets []Target) {
	t.Helper()
	for _, text := range texts {
		target, err := Parse(text, private)
		if err != nil {
			t.Fatal(err)
		}
		targets = append(targets, target)
	}
	return targets
}

// failAAAA knows an IPv4 address and fails on the question for IPv6 addresses.
func failAAAA(w dns.ResponseWriter, q, healthy *dns.Msg) {
	if q.Question[0].Qtype == dns.TypeAAAA {
		dnstest.Rcode(dns.RcodeServerFailure)(w, q, healthy)
		return
	}
	dnstest.Answer("192.0.2.5")(w, q, healthy)
}

func TestResolve(t *testing.T) {
	tests := []struct{ targets, found, gaps, notes []string }{
		{targets: []string{"192.0.2.25"}, found: []string{"192.0.2.25"}},
		{targets: []string{"2001:DB8::25"}, found: []string{"2001:db8::25"}},
		{targets: []string{"::ffff:192.0.2.25"}, found: []string{"192.0.2.25"}},
		{targets: []string{"127.0.0.2"}, found: []string{"127.0.0.2"}},
		{
			targets: []string{"192.0.2.248/30"},
			found:   []string{"192.0.2.248", "192.0.2.249", "192.0.2.250", "192.0.2.251"},
		},
		{targets: []string{"192.0.2.250/31"}, found: []string{"192.0.2.250", "192.0.2.251"}},
		{targets: []string{"192.0.2.7/31"}, found: []string{"192.0.2.6", "192.0.2.7"}},
		{targets: []string{"2001:db8::fe/127"}, found: []string{"2001:db8::fe", "2001:db8::ff"}},
		{targets: []string{"::ffff:192.0.2.0/127"}, found: []string{"192.0.2.0", "192.0.2.1"}},
		{targets: []string{"domain:Example.COM"}, found: []string{"example.com"}},
		{
			targets: []string{"mail.test"},
			found: []string{
				"192.0.2.1 of mail.test",
				"192.0.2.2 of mail.test",
				"192.0.2.9 of mail.test",
				"2001:db8::1 of mail.test",
			},
		},
		{targets: []string{"six.test."}, found: []string{"2001:db8::6 of six.test"}},
		{targets: []string{"b\u00fccher.test"}, found: []string{"192.0.2.4 of xn--bcher-kva.test"}},
		{
			targets: []string{"mixed.test"},
			found:   []string{"192.0.2.3 of mixed.test"},
			notes:   []string{"not checked: 10.0.0.5 of mixed.test, a private address (RFC 1918)"},
		},
		{
			targets: []string{"self.test"},
			gaps: []string{
				"self.test has no address that the Internet sees: 127.0.1.1 is a loopback address",
			},
		},
		{
			targets: []string{"inside.test"},
			gaps: []string{
				"inside.test has no address that the Internet sees: 10.0.0.5 is a private address (RFC 1918)",
			},
		},
		// each subject once, in the order of the targets
		{
			targets: []string{"192.0.2.2", "mail.test", "192.0.2.1", "192.0.2.2"},
			found: []string{
				"192.0.2.2",
				"192.0.2.1 of mail.test",
				"192.0.2.9 of mail.test",
				"2001:db8::1 of mail.test",
			},
		},
		{
			targets: []string{"192.0.2.0/30", "mail.test"},
			found: []string{
				"192.0.2.0",
				"192.0.2.1",
				"192.0.2.2",
				"192.0.2.3",
				"192.0.2.9 of mail.test",
				"2001:db8::1 of mail.test",
			},
		},
		{
			targets: []string{"mail.test", "192.0.2.0/30"},
			found: []string{
				"192.0.2.1 of mail.test",
				"192.0.2.2 of mail.test",
				"192.0.2.9 of mail.test",
				"2001:db8::1 of mail.test",
				"192.0.2.0",
				"192.0.2.3",
			},
		},
		{
			targets: []string{
				"domain:mail.test",
				"192.0.2.25",
				"domain:MAIL.test.",
				"::ffff:192.0.2.25",
			},
			found: []string{"mail.test", "192.0.2.25"},
		},
		{
			targets: []string{"alias.test", "mail.test"},
			found: []string{
				"192.0.2.1 of alias.test",
				"192.0.2.2 of alias.test",
				"192.0.2.9 of alias.test",
				"2001:db8::1 of alias.test",
			},
		},
		// what could not be found out
		{
			targets: []string{"nosuch.test"},
			gaps:    []string{"no such host: nosuch.test (NXDOMAIN from DNS)"},
		},
		{
			targets: []string{"text.test"},
			gaps:    []string{"text.test has no address (NODATA from DNS)"},
		},
		{
			targets: []string{"broken.test"},
			gaps: []string{
				"cannot look up broken.test (A): SERVFAIL from DNS",
				"cannot look up broken.test (AAAA): SERVFAIL from DNS",
			},
		},
		{
			targets: []string{"half.test"},
			found:   []string{"192.0.2.5 of half.test"},
			gaps:    []string{"cannot look up half.test (AAAA): SERVFAIL from DNS"},
		},
		{
			targets: []string{"nosuch.test", "nosuch.test"},
			gaps:    []string{"no such host: nosuch.test (NXDOMAIN from DNS)"},
		},
		{
			targets: []string{"nosuch.test", "192.0.2.25"},
			found:   []string{"192.0.2.25"},
			gaps:    []string{"no such host: nosuch.test (NXDOMAIN from DNS)"},
		},
	}
	for _, tt := range tests {
		found, gaps, notes := subjects(t, false, tt.targets...)
		if !slices.Equal(found, tt.found) || !slices.Equal(gaps, tt.gaps) ||
			!slices.Equal(notes, tt.notes) {
			t.Errorf("%q: found %q, gaps %q, notes %q, want %q, %q, %q",
				tt.targets, found, gaps, notes, tt.found, tt.gaps, tt.notes)
		}
	}
}

// The user's own lists may know what the Internet does not see.
func TestPrivate(t *testing.T) {
	found, gaps, notes := subjects(
		t, true, "10.0.0.5", "fc00::5", "inside.test", "mixed.test", "255.255.255.254/31",
	)
	if want := []string{
		"10.0.0.5",
		"fc00::5",
		"192.0.2.3 of mixed.test",
		"255.255.255.254",
		"255.255.255.255",
	}; !slices.Equal(found, want) ||
		len(gaps)+len(notes) > 0 {
		t.Errorf("found %q, gaps %q, want %q", found, gaps, want)
	}
}

func TestParseFaults(t *testing.T) {
	const hint = ", which no public list can know: want the address that the Internet sees, or only lists of your own"
	tests := []struct{ text, fault string }{
		{
			"",
			"the target is empty: want an address, a network, a host name, domain:NAME, mx:NAME or spf:NAME",
		},
		{"10.0.0.5", "10.0.0.5 is a private address (RFC 1918)" + hint},
		{"172.31.255.255", "172.31.255.255 is a private address (RFC 1918)" + hint},
		{"192.168.1.1", "192.168.1.1 is a private address (RFC 1918)" + hint},
		{"::ffff:192.168.1.1", "::ffff:192.168.1.1 is a private address (RFC 1918)" + hint},
		{"100.127.0.1", "100.127.0.1 is an address behind carrier-grade NAT (RFC 6598)" + hint},
		{"169.254.0.1", "169.254.0.1 is a link-local address" + hint},
		{"fe80::1", "fe80::1 is a link-local address" + hint},
		{"fd00::1", "fd00::1 is a private address (RFC 4193)" + hint},
		{"239.1.1.1", "239.1.1.1 is a multicast address" + hint},
		{"ff02::1", "ff02::1 is a multicast address" + hint},
		{"0.0.0.0", "0.0.0.0 is an unspecified address" + hint},
		{"::", ":: is an unspecified address" + hint},
		{"::1", "::1 is the loopback address of this machine" + hint},
		{"10.1.0.0/24", "10.1.0.0/24 is a private address (RFC 1918)" + hint},
		{"240.0.0.1", "240.0.0.1 is a reserved address" + hint},
		{
			"64:ff9b::a00:5",
			"64:ff9b::a00:5 is a private address (RFC 1918)" + hint,
		}, // stands for 10.0.0.5
		{"172.15.0.0/16", ""}, // beside 172.16.0.0/12
		{"192.167.0.0/16", ""},
		{"2001:db8::1%eth0", "2001:db8::1%eth0 has a zone: want an address that the Internet sees"},
		{"2001:db8::/103", "2001:db8::/103 is too wide: want a /104 or smaller"},
		{"2001:db8::/104", ""},
		{"52.0.0.0/7", "52.0.0.0/7 is too wide: want a /8 or smaller"},
		{"53.0.0.0/8", ""},
		{"0.0.0.0/0", "0.0.0.0/0 is too wide: want a /8 or smaller"},
		{"::/0", "::/0 is too wide: want a /104 or smaller"},
		{"10.0.0.0/8", "10.0.0.0/8 is a private address (RFC 1918)" + hint},
		{"198.0.0.0/8", "198.0.0.0/8 is in part an address for benchmarks (RFC 2544)" + hint},
		{"127.0.0.0/8", ""},
		{
			"192.0.2.1/33",
			`"192.0.2.1/33" is no address, network, host name, domain:NAME, mx:NAME or spf:NAME`,
		},
		{
			"300.1.1.1",
			`"300.1.1.1" is no address, network, host name, domain:NAME, mx:NAME or spf:NAME`,
		},
		{
			"192.0.2.1:25",
			`"192.0.2.1:25" is no address, network, host name, domain:NAME, mx:NAME or spf:NAME`,
		},
		{"a b", `"a b" is no address, network, host name, domain:NAME, mx:NAME or spf:NAME`},
		{"mx:example.com", ""},
		{"mx:", `"" is no domain name: empty hostname`},
		{"spf:192.0.2.1", `"192.0.2.1" is no domain name: numeric hostname`},
		{
			"ptr:example.com",
			`"ptr:example.com" is no address, network, host name, domain:NAME, mx:NAME or spf:NAME`,
		},
		{"domain:", `"" is no domain name: empty hostname`},
		{"domain:192.0.2.1", `"192.0.2.1" is no domain name: numeric hostname`},
	}
	for _, tt := range tests {
		_, err := Parse(tt.text, false)
		if tt.fault == "" && err != nil ||
			tt.fault != "" && (err == nil || err.Error() != tt.fault) {
			t.Errorf("Parse(%q) error = %v, want %s", tt.text, err, tt.fault)
		}
	}
}

// Any text is a target or an error. A target is a name that can be asked for, or at most 2^24
// addresses that are counted right.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"192.0.2.0/24", "::ffff:1.2.3.4/96", "domain:a.b", "mail.example", "fe80::1%x", "\u00fc.de", "1.2.3.4/-1", "mx:a.b", "spf:\u00fc.de", "53.0.0.0/8"} {
		f.Add(seed, false)
	}
	f.Fuzz(func(t *testing.T, s string, private bool) {
		target, err := Parse(s, private)
		if err != nil {
			return
		}
		if target.network.IsValid() == (target.name != "") {
			t.Fatalf("%q is %+v", s, target)
		}
		if target.name != "" {
			again, err := Parse(string(target.form)+target.name, private)
			if err != nil ||
				again != target {
				t.Errorf("%q is %+v, and that is %+v, %v", s, target, again, err)
			}
			return
		}
		p := Part{Network: target.network}
		if n := p.count(); n < 1 || n > 1<<24 || p.Network != p.Network.Masked() {
			t.Errorf("%q is %d addresses in %s", s, n, p.Network)
		}
		walked := 0
		p.walk(func(dnsbl.Subject) bool { walked++; return walked < 1000 })
		if walked != min(p.count(), 1000) {
			t.Errorf("%q: %d addresses of %d", s, walked, p.count())
		}
	})
}
