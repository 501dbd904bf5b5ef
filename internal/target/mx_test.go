package target

import (
	"fmt"
	"slices"
	"testing"

	"check_dnsbl/internal/dnstest"

	"github.com/miekg/dns"
)

func TestMX(t *testing.T) {
	t.Parallel()
	world := hosts()
	world.Records = append(
		world.Records,
		"two.test. MX 20 mail.test.",
		"two.test. MX 10 mx1.two.test.",
		"mx1.two.test. A 198.51.100.1",
		"alike.test. MX 10 b.alike.test.",
		"alike.test. MX 10 a.alike.test.",
		"a.alike.test. A 198.51.100.2",
		"b.alike.test. A 198.51.100.3",
		"renamed.test. CNAME two.test.",
		"own.test. A 198.51.100.4",
		"own.test. TXT none",
		"nothing.test. TXT none",
		"null.test. MX 0 .",
		"gone.test. MX 10 mail.gone.test.",
		"gone.test. MX 20 mx1.two.test.",
		"inner.test. MX 10 inside.test.",
		"inner.test. MX 20 mx1.two.test.",
		"half-broken.test. MX 10 mail.broken.test.",
		"half-broken.test. MX 20 mx1.two.test.",
		"address.test. MX 10 192.0.2.7.",
		"odd.test. MX 10 a|b<c.test.",
		"odd.test. MX 20 .",
		"twice.test. MX 10 mx1.two.test.",
		"twice.test. MX 20 mx1.two.test.",
		"many.test. MX 0 mx1.two.test.",
	)
	for i := range maxMXHosts {
		world.Records = append(
			world.Records,
			fmt.Sprintf("many.test. MX 10 m%03d.many.test.", i),
			fmt.Sprintf("m%03d.many.test. A 198.51.100.1", i),
		)
	}
	tests := []struct{ target, found, gaps, notes []string }{
		{
			target: []string{"mx:two.test"},
			found: []string{
				"198.51.100.1 of mx1.two.test",
				"192.0.2.1 of mail.test",
				"192.0.2.2 of mail.test",
				"192.0.2.9 of mail.test",
				"2001:db8::1 of mail.test",
			},
		},
		{
			target: []string{"mx:alike.test"},
			found:  []string{"198.51.100.2 of a.alike.test", "198.51.100.3 of b.alike.test"},
		},
		{
			target: []string{"mx:renamed.test"},
			found: []string{
				"198.51.100.1 of mx1.two.test",
				"192.0.2.1 of mail.test",
				"192.0.2.2 of mail.test",
				"192.0.2.9 of mail.test",
				"2001:db8::1 of mail.test",
			},
		},
		{
			target: []string{"198.51.100.0/30", "mx:two.test", "mx:twice.test"},
			found: []string{
				"198.51.100.0",
				"198.51.100.1",
				"198.51.100.2",
				"198.51.100.3",
				"192.0.2.1 of mail.test",
				"192.0.2.2 of mail.test",
				"192.0.2.9 of mail.test",
				"2001:db8::1 of mail.test",
			},
		},
		// RFC 5321 section 5.1: without an MX record the domain is its own mail server
		{target: []string{"mx:own.test"}, found: []string{"198.51.100.4 of own.test"}},
		{
			target: []string{"mx:mail.test."},
			found: []string{
				"192.0.2.1 of mail.test",
				"192.0.2.2 of mail.test",
				"192.0.2.9 of mail.test",
				"2001:db8::1 of mail.test",
			},
		},
		{
			target: []string{"mx:nothing.test"},
			gaps:   []string{"nothing.test has no address (NODATA from DNS)"},
		},
		{
			target: []string{"mx:nosuch.test"},
			gaps:   []string{"no such domain: nosuch.test (NXDOMAIN from DNS)"},
		},
		{
			target: []string{"mx:null.test"},
			gaps:   []string{"null.test accepts no mail: it has a null MX (RFC 7505)"},
		},
		{
			target: []string{"mx:a.broken.test"},
			gaps:   []string{"cannot look up a.broken.test (MX): SERVFAIL from DNS"},
		},
		// one mail server of several
		{
			target: []string{"mx:gone.test"},
			found:  []string{"198.51.100.1 of mx1.two.test"},
			gaps:   []string{"no such host: mail.gone.test (NXDOMAIN from DNS)"},
		},
		{
			target: []string{"mx:inner.test"},
			found:  []string{"198.51.100.1 of mx1.two.test"},
			gaps: []string{
				"inside.test has no public address: 10.0.0.5 is a private address (RFC 1918)",
			},
		},
		{
			target: []string{"mx:half-broken.test"},
			found:  []string{"198.51.100.1 of mx1.two.test"},
			gaps: []string{
				"cannot look up mail.broken.test (A): SERVFAIL from DNS",
				"cannot look up mail.broken.test (AAAA): SERVFAIL from DNS",
			},
		},
		{
			target: []string{"mx:address.test"},
			gaps:   []string{`an MX record of address.test names no host, but "192.0.2.7"`},
		},
		{
			target: []string{"mx:odd.test"},
			gaps: []string{
				`an MX record of odd.test names no host, but "a?b?c.test"`,
				`an MX record of odd.test names no host, but ""`,
			},
		},
		{
			target: []string{"mx:many.test"},
			found:  []string{"198.51.100.1 of mx1.two.test"},
			gaps:   []string{"many.test has 101 mail servers: only the first 100 are looked up"},
		},
	}
	for _, tt := range tests {
		found, gaps, notes := resolve(t, world, false, tt.target...)
		if !slices.Equal(found, tt.found) || !slices.Equal(gaps, tt.gaps) ||
			!slices.Equal(notes, tt.notes) {
			t.Errorf("%q: found %q, gaps %q, notes %q, want %q, %q, %q",
				tt.target, found, gaps, notes, tt.found, tt.gaps, tt.notes)
		}
	}
}

// The mail servers of a domain that the user's own lists know.
func TestMXPrivate(t *testing.T) {
	t.Parallel()
	world := dnstest.World{
		Records: []string{"inner.test. MX 10 mail.inner.test.", "mail.inner.test. A 10.0.0.5"},
	}
	found, gaps, _ := resolve(t, world, true, "mx:inner.test")
	if !slices.Equal(found, []string{"10.0.0.5 of mail.inner.test"}) ||
		gaps != nil {
		t.Errorf("found %q, gaps %q", found, gaps)
	}
}

// A fault that answers one type of questions badly.
func failing(kind uint16) dnstest.Fault {
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		if q.Question[0].Qtype == kind {
			dnstest.Rcode(dns.RcodeServerFailure)(w, q, healthy)
			return
		}
		dnstest.Healthy(w, q, healthy)
	}
}

// A failure is not taken for a domain that is its own mail server.
func TestMXFails(t *testing.T) {
	t.Parallel()
	world := dnstest.World{
		Records: []string{"own.test. A 198.51.100.4"},
		Fault:   failing(dns.TypeMX),
	}
	found, gaps, _ := resolve(t, world, false, "mx:own.test")
	if found != nil ||
		!slices.Equal(gaps, []string{"cannot look up own.test (MX): SERVFAIL from DNS"}) {
		t.Errorf("found %q, gaps %q", found, gaps)
	}
}
