package main

import (
	"testing"

	"check_dnsbl/internal/dnstest"

	"github.com/miekg/dns"
)

// brokenResolvers starts resolvers that each treat all questions alike, but for those about name servers, and returns their addresses by
// the names that transcripts have for them.
func brokenResolvers(t *testing.T) map[string]string {
	names := map[string]string{}
	for name, fault := range map[string]dnstest.Fault{
		"$SILENT": dnstest.Silent, "$SERVFAIL": dnstest.Rcode(dnstest.ServFail), "$REFUSED": dnstest.Rcode(dnstest.Refused), "$NXDOMAIN": dnstest.NXDomain,
		"$STRIPPING": dnstest.Strip, "$CAPTIVE": dnstest.Answer("203.0.113.9"), "$LOOPBACK": dnstest.Answer("127.0.0.1"), "$LISTING": dnstest.Answer("127.0.0.2"),
		"$REWRITING": rewriting, "$CLOSED": nil,
	} {
		broken := world()
		broken.Fault = fault
		server, err := dnstest.Start(broken)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(server.Close)
		names[name] = server.Addr.String()
		if fault == nil {
			server.Close()
		}
	}
	return names
}

// rewriting answers NXDOMAIN with the address of a search page, as some providers do.
func rewriting(w dns.ResponseWriter, q, healthy *dns.Msg) {
	if healthy.Rcode == dns.RcodeNameError && q.Question[0].Qtype == dns.TypeA {
		dnstest.Answer("203.0.113.9")(w, q, healthy)
		return
	}
	dnstest.Healthy(w, q, healthy)
}
