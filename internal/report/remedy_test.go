package report

import (
	"fmt"
	"net/netip"
	"testing"

	"check_dnsbl/internal/dnsbl"
)

// The remedy depends on which servers did not answer: those of the reverse zone, of the domain of
// the name, or of all reverse names.
func TestLookupFailure(t *testing.T) {
	const (
		reverse = "; unless the resolver is at fault, the servers of the reverse zone do not answer: ask the owner of the network (your provider) to mend it"
		domain  = "; unless the resolver is at fault, the servers of the name's domain do not answer: ask its owner to mend it"
		another = "; ask another one (--resolver)"
	)
	for _, tt := range []struct {
		cause dnsbl.Cause
		kind  dnsbl.Type
		want  string
	}{
		{dnsbl.ServFail, dnsbl.PTR, reverse},
		{dnsbl.Refused, dnsbl.PTR, reverse},
		{dnsbl.Timeout, dnsbl.PTR, reverse},
		{dnsbl.ServFail, dnsbl.A, domain},
		{dnsbl.Refused, dnsbl.AAAA, domain},
		{dnsbl.Timeout, dnsbl.A, domain},
		{dnsbl.ServFail, dnsbl.NS, another},
		{dnsbl.Refused, dnsbl.NS, another},
		{dnsbl.Timeout, dnsbl.NS, another},
		{dnsbl.NoReverseZone, dnsbl.NS, another},
		{dnsbl.PrivateHost, dnsbl.A, "; ask a resolver that answers as on the Internet (--resolver)"},
		{dnsbl.Unreachable, dnsbl.PTR, ""},
		{dnsbl.Internal, dnsbl.A, ""},
	} {
		server := netip.MustParseAddrPort("127.0.0.1:53")
		want := fmt.Sprintf("%s (%s a.test from 127.0.0.1:53)%s", tt.cause.Text(), tt.kind, tt.want)
		if got := LookupFailure(dnsbl.Answer{Question: dnsbl.Question{Name: "a.test", Type: tt.kind}, Cause: tt.cause, Server: server}); got != want {
			t.Errorf("%s\nwant %s", got, want)
		}
	}
}

// Each cause has a row, with a remedy and a word on the list's health.
func TestRemediesAreComplete(t *testing.T) {
	for _, cause := range dnsbl.Causes() {
		r, known := remedies[cause]
		if !known || r.resolver == "" || r.health == "" || (r.resolverFault == "") != (r.resolverRemedy == "") {
			t.Errorf("%s: %+v", cause, r)
		}
		if cause.Traits().ResolverIfAll && r.resolverFault == "" {
			t.Errorf("%s tells against the resolver, but not what is wrong with it", cause)
		}
	}
	if len(remedies) != len(dnsbl.Causes()) {
		t.Errorf("%d remedies for %d causes", len(remedies), len(dnsbl.Causes()))
	}
}
