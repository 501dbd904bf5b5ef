package survey

import (
	"fmt"
	"net/netip"
	"testing"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
	"check_dnsbl/internal/resolver"
)

// The server's work is in these figures too: go run ./internal/bench has them without.

func BenchmarkSurvey(b *testing.B) {
	zones := make([]string, 100)
	for i := range zones {
		zones[i] = fmt.Sprintf("l%03d.example", i)
	}
	server := benchWorld(b, zones...)
	c := &resolver.Client{Resolvers: []netip.AddrPort{server.Addr}}
	lists, subjects := unknowns(zones...), addresses("192.0.2.1")
	b.ReportAllocs()
	for b.Loop() {
		for _, f := range found(b.Context(), New(c, lists), subjects) {
			if f.Outcome != dnsbl.NotListed {
				b.Fatal(f.List.Zone, f.Outcome, f.Cause)
			}
		}
	}
}

func benchWorld(b *testing.B, zones ...string) *dnstest.Server {
	var world dnstest.World
	for _, zone := range zones {
		world.Lists = append(world.Lists, dnstest.List{Zone: zone})
	}
	server, err := dnstest.Start(world)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(server.Close)
	return server
}
