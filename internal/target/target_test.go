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
			"local.test. A 127.0.0.1",
			"local.test. AAAA ::1",
			"entry.test. A 127.0.0.2",
			"dns64.test. A 192.0.2.5",
			"dns64.test. A 192.0.2.6",
			"dns64.test. AAAA 64:ff9b::192.0.2.5",
			"dns64.test. AAAA 64:ff9b::192.0.2.6",
			"nat64.test. AAAA 64:ff9b::192.0.2.7",
			"nat64.test. AAAA 64:ff9b::10.0.0.7",
			"tunnel.test. A 192.0.2.8",
			"tunnel.test. AAAA 2002:c000:208::1",
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
	result := Resolve(t.Context(), client, parse(t, private, texts...), scope(private), ignore)
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

// said returns the texts of notes with DNS for the address of the resolver.
func said(notes []dnsbl.Note, server *dnstest.Server) (all []string) {
	for _, line := range dnsbl.Texts(notes) {
		all = append(all, strings.ReplaceAll(line, server.Addr.String(), "DNS"))
	}
	return all
}

// parse reads targets that are right.
func parse(t testing.TB, private bool, texts ...string) (targets []Target) {
	t.Helper()
	for _, text := range texts {
		target, err := Parse(text, Allowed{Private: private})
		if err != nil {
			t.Fatal(err)
		}
		targets = append(targets, target)
	}
	return targets
}

// scope has both families of addresses.
func scope(private bool) Scope { return Scope{private, dnsbl.IPv4 | dnsbl.IPv6} }

func ignore(Target) {}

// failAAAA knows an IPv4 address and fails on the question for IPv6 addresses.
func failAAAA(w dns.ResponseWriter, q, healthy *dns.Msg) {
	if q.Question[0].Qtype == dns.TypeAAAA {
		dnstest.Rcode(dns.RcodeServerFailure)(w, q, healthy)
		return
	}
	dnstest.Answer("192.0.2.5")(w, q, healthy)
}

func TestResolve(t *testing.T) {
	t.Parallel()
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
			notes:   []string{"skipped: 10.0.0.5 of mixed.test, a private address (RFC 1918)"},
		},
		{
			targets: []string{"self.test"},
			gaps: []string{
				"self.test has no public address: 127.0.1.1 is a loopback address",
			},
		},
		{
			targets: []string{"local.test"},
			gaps: []string{"local.test has no public address: 127.0.0.1 is a " +
				"loopback address, never on any list (RFC 5782), ::1 is the loopback address of " +
				"this machine"},
		},
		{ // a test entry is a target only where the user names it
			targets: []string{"entry.test"},
			gaps: []string{
				"entry.test has no public address: 127.0.0.2 is a loopback address",
			},
		},

		// IPv6 addresses that stand for IPv4 ones. Those that DNS64 adds need no note.
		{
			targets: []string{"64:ff9b::192.0.2.25"},
			found:   []string{"192.0.2.25"},
			notes: []string{
				"checked 192.0.2.25 instead of its NAT64 form 64:ff9b::192.0.2.25 (RFC 6052)",
			},
		},
		{
			targets: []string{"64:ff9b::c000:200/127"},
			found:   []string{"192.0.2.0", "192.0.2.1"},
			notes: []string{
				"checked 192.0.2.0/31 instead of its NAT64 form 64:ff9b::c000:200/127 (RFC 6052)",
			},
		},
		{
			targets: []string{"dns64.test"},
			found:   []string{"192.0.2.5 of dns64.test", "192.0.2.6 of dns64.test"},
		},
		{
			targets: []string{"nat64.test"},
			found:   []string{"192.0.2.7 of nat64.test"},
			notes: []string{
				"checked 192.0.2.7 instead of its NAT64 form 64:ff9b::c000:207 of nat64.test " +
					"(RFC 6052)",
				"skipped: 10.0.0.7 of nat64.test, a private address (RFC 1918)",
			},
		},
		{
			targets: []string{"tunnel.test"},
			found:   []string{"192.0.2.8 of tunnel.test"},
			notes: []string{"skipped: 2002:c000:208::1 of tunnel.test, " +
				"a 6to4 tunnel address (RFC 3056)"},
		},

		{targets: []string{"192.0.2.7-9"}, found: []string{"192.0.2.7", "192.0.2.8", "192.0.2.9"}},
		{
			targets: []string{"2001:db8::fe-2001:db8::101"},
			found:   []string{"2001:db8::fe", "2001:db8::ff", "2001:db8::100", "2001:db8::101"},
		},
		{
			targets: []string{"inside.test"},
			gaps: []string{
				"inside.test has no public address: 10.0.0.5 is a private address (RFC 1918)",
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
	found, gaps, notes := subjects(t, true,
		"10.0.0.5", "fc00::5", "inside.test", "mixed.test", "255.255.255.254/31", "self.test")
	if want := []string{
		"10.0.0.5",
		"fc00::5",
		"192.0.2.3 of mixed.test",
		"255.255.255.254",
		"255.255.255.255",
		"127.0.1.1 of self.test",
	}; !slices.Equal(found, want) ||
		len(gaps)+len(notes) > 0 {
		t.Errorf("found %q, gaps %q, want %q", found, gaps, want)
	}
	found, gaps, _ = subjects(t, true, "local.test")
	if want := []string{"::1 of local.test"}; !slices.Equal(found, want) || len(gaps) > 0 {
		t.Errorf("found %q, gaps %q, want %q", found, gaps, want)
	}
}

func TestParseFaults(t *testing.T) {
	const (
		hint = ", never on a public list. Use the public address, or only your own lists"
		four = ", never on a public list. Use 192.0.2.25, or only your own lists"
		not  = "must be an address, network, range, host name, domain:NAME, mx:NAME or spf:NAME"
		like = "range must be like 192.0.2.1-192.0.2.9 or 192.0.2.1-9"

		register = ", never on a public list. Use a registered domain, or only your own lists"
		loopback = "loopback address, never on any list (RFC 5782). Use the public address"
	)
	tests := []struct{ text, fault string }{
		{"", "must be an address, network, range, host name, domain:NAME, mx:NAME or spf:NAME"},
		{"10.0.0.5", "private address (RFC 1918)" + hint},
		{"172.31.255.255", "private address (RFC 1918)" + hint},
		{"192.168.1.1", "private address (RFC 1918)" + hint},
		{"::ffff:192.168.1.1", "private address (RFC 1918)" + hint},
		{"100.127.0.1", "carrier-grade NAT address (RFC 6598)" + hint},
		{"169.254.0.1", "link-local address" + hint},
		{"fe80::1", "link-local address" + hint},
		{"fd00::1", "private address (RFC 4193)" + hint},
		{"239.1.1.1", "multicast address" + hint},
		{"ff02::1", "multicast address" + hint},
		{"0.0.0.0", "unspecified address" + hint},
		{"::", "unspecified address" + hint},
		{"::1", "loopback address of this machine" + hint},
		{"10.1.0.0/24", "private address (RFC 1918)" + hint},
		{"240.0.0.1", "reserved address" + hint},
		{"172.15.0.0/16", ""}, // beside 172.16.0.0/12
		{"192.167.0.0/16", ""},
		{"2001:db8::1%eth0", "must not have an interface after %"},
		{"::ffff:192.0.2.25%eth0", "must not have an interface after %"},
		{"2001:db8::/103", "too wide, must be /104 or smaller"},
		{"2001:db8::/104", ""},
		{"52.0.0.0/7", "too wide, must be /8 or smaller"},
		{"53.0.0.0/8", ""},
		{"0.0.0.0/0", "too wide, must be /8 or smaller"},
		{"::/0", "too wide, must be /104 or smaller"},
		{"10.0.0.0/8", "private address (RFC 1918)" + hint},
		{"198.0.0.0/8", "in part a benchmarking address (RFC 2544)" + hint},

		// Of 127.0.0.0/8 only test entries.
		{"127.0.0.2", ""},
		{"127.0.0.4", ""}, // that of a list that is queried
		{"::ffff:127.0.0.2", ""},
		{"127.0.0.2/32", ""},
		{"127.0.0.1", loopback},
		{"::ffff:127.0.0.1", loopback},
		{"::ffff:7f00:1", loopback},
		{"127.0.0.0/8", loopback},
		{"127.0.0.0/30", loopback},
		{"127.0.0.3", "loopback address" + hint},
		{"127.0.1.1", "loopback address" + hint},
		{"127.0.0.2/31", "loopback address" + hint},
		{"127.0.0.2-127.0.0.4", "loopback address" + hint},
		{"::127.0.0.2", "IPv4-compatible address (RFC 4291)" + hint},

		// IPv6 addresses with an IPv4 address in them.
		{"64:ff9b::192.0.2.25", ""},
		{"64:ff9b::10.0.0.5", "private address (RFC 1918)" + hint},
		{"64:ff9b::127.0.0.1", "loopback address" + hint},
		{"64:ff9b::/96", "too wide, must be /104 or smaller"},
		{"64:ff9b::192.0.2.0/120", ""},
		{"64:ff9b:1::192.0.2.25", "local NAT64 address (RFC 8215)" + hint},
		{"2002:c000:219::1", "6to4 tunnel address (RFC 3056)" + four},
		{"2002:a00:5::1", "6to4 tunnel address (RFC 3056)" + hint},
		{"2001:0:cb00:7101:8000:63bf:3fff:fde6", "Teredo tunnel address (RFC 4380)" + four},
		{"::192.0.2.25", "IPv4-compatible address (RFC 4291)" + four},
		{"::ffff:0:192.0.2.25", "IPv4-translated address (RFC 2765)" + four},
		{"2001:db8::5efe:192.0.2.25", "ISATAP tunnel address (RFC 5214)" + four},
		{"::ffff:192.0.2.25", ""},
		{"::FFFF:c000:219", ""},
		{"0:0:0:0:0:ffff:192.0.2.25", ""},

		// Outside of what the Internet routes.
		{"200::1", "reserved address (RFC 4291)" + hint},
		{"5f00::1", "segment routing identifier (RFC 9602)" + hint},
		{"3fff::1", "documentation address (RFC 9637)" + hint},
		{"100:0:0:1::1", "dummy address (RFC 9780)" + hint},
		{"2001:2::1", "benchmarking address (RFC 5180)" + hint},

		// Ranges.
		{"192.0.2.1-192.0.2.9", ""},
		{"192.0.2.1-9", ""},
		{"192.0.2.9-192.0.2.1", "range must begin with its lowest address"},
		{"192.0.2.9-1", "range must begin with its lowest address"},
		{"192.0.2.1-256", like},
		{"192.0.2.1-192.0.2", like},
		{"192.0.2.1-192.0.2.9.", like},
		{"192.0.2.1-2001:db8::1", like},
		{"2001:db8::1-9", like},
		{"2001:db8::1%eth0-2001:db8::9%eth0", "must not have an interface after %"},
		{"9.255.255.0-10.0.0.5", "in part a private address (RFC 1918)" + hint},
		{"53.0.0.1-54.0.0.0", ""},
		{"53.0.0.0-54.0.0.0", "too wide, must be at most 16777216 addresses"},
		{"2001:db8::-2001:db9::", "too wide, must be at most 16777216 addresses"},
		{"192.0.2.1-9.example.com", ""}, // a host name

		{"192.0.2.1/33", not},
		{"300.1.1.1", not},
		{"192.0.2.1:25", "must not have a port or brackets. Use -H 192.0.2.1"},
		{"mail.example.com:25", "must not have a port or brackets. Use -H mail.example.com"},
		{"[2001:db8::1]", "must not have a port or brackets. Use -H 2001:db8::1"},
		{"[2001:DB8::1]:25", "must not have a port or brackets. Use -H 2001:db8::1"},
		{"[192.0.2.1]", "must not have a port or brackets. Use -H 192.0.2.1"},
		{"[mail.example.com]", not},
		{"mail.example.com]", not},
		{"192.0.2.1:", not},
		{":25", not},
		{"https://example.com/a?b", "a URL. Use -H example.com"},
		{"http://user@www.example.com:8080", "a URL. Use -H www.example.com"},
		{"https://[2001:db8::1]:443/", "a URL. Use -H 2001:db8::1"},
		{"https://", not},
		{"://x@", not},
		{"user@example.com",
			"an e-mail address. Use mx:example.com, spf:example.com or domain:example.com"},
		{"user@", not},
		{"@example.com", not},
		{"help", "an option, not a host. Use -h"},
		{"Version", "an option, not a host. Use -V"},
		{"list", "an option, not a host. Use --catalog"},
		{"selftest", "an option, not a host. Use --self-test"},
		{"help.example.com", ""},
		{"a b", not},
		{"mx:example.com", ""},
		{"mx:", "must have a domain after the colon"},
		{"spf:192.0.2.1", "must have a domain after the colon"},
		{"ptr:example.com", not},
		{"domain:mail.example.com", ""},
		{"domain:test", ""},        // the test entry of RFC 5782
		{"domain:_dnsbl_.alt", ""}, // that of a list
		{"domain:localhost", "special-use name (RFC 6761)" + register},
		{"domain:mail.office.local", "special-use name (RFC 6762)" + register},
		{"domain:com", "top-level domain" + register},
		{
			"domain:INVALID",
			"special-use name (RFC 6761), never on any list (RFC 5782). Use a registered domain",
		},
		{"domain:", "must have a domain after the colon"},
		{"domain:192.0.2.1", "must have a domain after the colon"},
	}
	lists := []dnsbl.List{{
		Subjects: dnsbl.IPv4 | dnsbl.Domain,
		Tests:    dnsbl.Tests{IPv4: "127.0.0.4", Domain: "_dnsbl_.alt"},
	}}
	for _, tt := range tests {
		_, err := Parse(tt.text, Allowed{Lists: lists})
		if tt.fault == "" && err != nil ||
			tt.fault != "" && (err == nil || err.Error() != tt.fault) {
			t.Errorf("Parse(%q) error = %v, want %s", tt.text, err, tt.fault)
		}
	}
}

// The user's own lists may list everything but the test entry that no list may list.
func TestParsePrivate(t *testing.T) {
	for text, ok := range map[string]bool{
		"10.0.0.5": true, "::1": true, "2002:c000:219::1": true, "200::1": true,
		"127.0.0.3": true, "127.0.0.2/31": true, "127.0.0.1": false, "127.0.0.0/24": false,
		"domain:mail.office.local": true, "domain:com": true, "domain:invalid": false,
	} {
		if _, err := Parse(text, Allowed{Private: true}); (err == nil) != ok {
			t.Errorf("Parse(%q) error = %v", text, err)
		}
	}
}

// Any text is a target or an error. A target is a name that can be asked for, or at most 2^24
// addresses that are counted right.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"192.0.2.0/24", "::ffff:1.2.3.4/96", "domain:a.b", "mail.example", "fe80::1%x", "\u00fc.de", "1.2.3.4/-1", "mx:a.b", "spf:\u00fc.de", "53.0.0.0/8", "53.0.0.1-53.0.255.7", "64:ff9b::1.2.3.4-64:ff9b::1.2.3.9"} {
		f.Add(seed, false)
	}
	f.Fuzz(func(t *testing.T, s string, private bool) {
		allowed := Allowed{Private: private}
		target, err := Parse(s, allowed)
		if err != nil {
			return
		}
		if len(target.networks) > 0 == (target.name != "") {
			t.Fatalf("%q is %+v", s, target)
		}
		if target.name != "" {
			again, err := Parse(string(target.form)+target.name, allowed)
			if err != nil || again.form != target.form || again.name != target.name {
				t.Errorf("%q is %+v, and that is %+v, %v", s, target, again, err)
			}
			return
		}
		count, walked := 0, 0
		for _, network := range target.networks {
			p := Part{Network: network}
			if count += p.count(); p.count() < 1 || network != network.Masked() {
				t.Errorf("%q is %d addresses in %s", s, p.count(), network)
			}
			p.walk(func(dnsbl.Subject) bool { walked++; return walked < 1000 })
		}
		if count > maxAddresses || walked != min(count, 1000) && len(target.networks) == 1 {
			t.Errorf("%q: %d addresses of %d", s, walked, count)
		}
	})
}
