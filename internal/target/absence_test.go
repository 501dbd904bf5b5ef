package target

import (
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/miekg/dns"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
	"check_dnsbl/internal/resolver"
)

// A host whose IPv6 address is found, while the answer about its IPv4 address neither has it nor
// says that there is none: that is a gap, so that a listed address is not left out in silence.
func TestHostWithoutProof(t *testing.T) {
	t.Parallel()
	const (
		soa       = "ns test. SOA ns1.test. hostmaster.test. 1 600 300 86400 60"
		referral  = "referral instead of an answer"
		malformed = "malformed answer"
		alias     = "CNAME without its target"
	)
	tests := map[string]struct {
		fault dnstest.Fault
		want  string // the failure; "" if the host has no IPv4 address
	}{
		"nothing at all":                          {dnstest.Sections(0), ""},
		"the SOA record":                          {dnstest.Sections(0, soa), ""},
		"an alias, and the SOA record":            {dnstest.Sections(0, "an @ CNAME none.test.", soa), ""},
		"an alias to a host without IPv4 address": {dnstest.Sections(0, "an @ CNAME six.test."), ""},
		"an alias to a name that fails":           {dnstest.Sections(0, "an @ CNAME x.servfail.test."), alias},
		"DNAME alone":                             {dnstest.Sections(0, "an test. DNAME none.example."), alias},
		"a referral to its own servers":           {dnstest.Sections(0, "ns @ NS ns1.test."), referral},
		"a referral to the servers of a parent":   {dnstest.Sections(0, "ns test. NS ns1.test."), referral},
		"a referral to the root servers":          {dnstest.Sections(0, "ns . NS a.root-servers.net."), referral},
		"two aliases": {
			dnstest.Sections(0, "an @ CNAME a.test.", "an @ CNAME b.test."),
			malformed,
		},
		"A of another name":                {dnstest.Sections(0, "an other.test. A 53.0.0.1"), malformed},
		"A of another class":               {dnstest.Sections(0, "an @ CH A 53.0.0.1"), malformed},
		"A in the authority section only":  {dnstest.Sections(0, "ns @ A 53.0.0.1"), malformed},
		"A in the additional section only": {dnstest.Sections(0, "ar @ A 53.0.0.1"), malformed},
		"a record behind the end":          {dnstest.UncountedRecord, malformed},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world := dnstest.World{Records: []string{"mail.test. AAAA 2a00::25", "six.test. AAAA 2a00::25"}}
			world.Fault = func(w dns.ResponseWriter, q, healthy *dns.Msg) {
				switch {
				case strings.HasSuffix(q.Question[0].Name, "servfail.test."):
					dnstest.Rcode(dnstest.ServFail)(w, q, healthy)
				case q.Question[0].Qtype == dns.TypeA && q.Question[0].Name == "mail.test.":
					tt.fault(w, q, healthy)
				default:
					dnstest.Healthy(w, q, healthy)
				}
			}
			server, err := dnstest.Start(world)
			if err != nil {
				t.Fatal(err)
			}
			defer server.Close()
			client := &resolver.Client{Resolvers: []netip.AddrPort{server.Addr}, Wait: 400 * time.Millisecond}
			got := Resolve(t.Context(), client, parse(t, false, "mail.test"), scope(false), ignore)
			var want []string
			if tt.want != "" {
				want = []string{"cannot look up mail.test (A): " + tt.want}
			}
			if got.Count != 1 || !slices.EqualFunc(dnsbl.Texts(got.Gaps), want, strings.HasPrefix) {
				t.Errorf("%d subjects, gaps %q, want %q", got.Count, got.Gaps, want)
			}
		})
	}
}

// A host that exists has a name: NXDOMAIN for its IPv4 addresses is a gap, and for its IPv6
// addresses, where load balancers are known to get it wrong, a note.
func TestHostThatExistsAndDoesNot(t *testing.T) {
	for _, tt := range []struct {
		record    string
		kind      uint16
		gap, note string
	}{
		{"mail.test. AAAA 2a00::25", dns.TypeA,
			"IPv4 addresses of mail.test: NXDOMAIN for A records, although the name exists", ""},
		{"mail.test. A 53.0.0.1", dns.TypeAAAA, "",
			"skipped: IPv6 addresses of mail.test: NXDOMAIN for AAAA records, although the name exists"},
	} {
		world := dnstest.World{Records: []string{tt.record}}
		world.Fault = func(w dns.ResponseWriter, q, healthy *dns.Msg) {
			if q.Question[0].Qtype == tt.kind {
				dnstest.NXDomain(w, q, healthy)
				return
			}
			dnstest.Healthy(w, q, healthy)
		}
		server, err := dnstest.Start(world)
		if err != nil {
			t.Fatal(err)
		}
		defer server.Close()
		client := &resolver.Client{Resolvers: []netip.AddrPort{server.Addr}}
		got := Resolve(t.Context(), client, parse(t, false, "mail.test"), scope(false), ignore)
		gaps, notes := strings.Join(dnsbl.Texts(got.Gaps), "|"), strings.Join(dnsbl.Texts(got.Notes), "|")
		if got.Count != 1 || gaps != tt.gap || notes != tt.note {
			t.Errorf("%s: %d subjects, gaps %q, notes %q", tt.record, got.Count, gaps, notes)
		}
	}
}
