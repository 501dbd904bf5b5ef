package lookup

import (
	"fmt"
	"net/netip"
	"testing"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
)

// The server's work is in these figures too: go run ./internal/bench has them without.

func BenchmarkAsk(b *testing.B) {
	server := benchWorld(b, "a.example")
	c := &Client{Resolvers: []netip.AddrPort{server.Addr}}
	b.ReportAllocs()
	for b.Loop() {
		if answer := c.Ask(b.Context(), dnsbl.Question{Name: "1.2.0.192.a.example", Type: dnsbl.A}); !answer.NXDomain {
			b.Fatal(said(answer))
		}
	}
}

func BenchmarkSurvey(b *testing.B) {
	zones := make([]string, 100)
	for i := range zones {
		zones[i] = fmt.Sprintf("l%03d.example", i)
	}
	server := benchWorld(b, zones...)
	c := &Client{Resolvers: []netip.AddrPort{server.Addr}}
	lists, subjects := unknowns(zones...), addresses("192.0.2.1")
	b.ReportAllocs()
	for b.Loop() {
		for _, f := range found(b.Context(), c.Survey(lists), subjects) {
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
