package main

import (
	"io"
	"testing"

	"check_dnsbl/internal/dnstest"

	"github.com/olorin/nagiosplugin"
)

// A whole check without the start of the program, with its resolver in the same process.
func BenchmarkRun(b *testing.B) {
	server, err := dnstest.Start(world(b).DNS)
	if err != nil {
		b.Fatal(err)
	}
	defer server.Close()
	args := []string{"-H", "192.0.2.25", "-l", "bl.spamcop.net", "--resolver", server.Addr.String()}
	b.ReportAllocs()
	for b.Loop() {
		if state := invoke(b.Context(), args, nil, io.Discard); state == nagiosplugin.UNKNOWN {
			b.Fatal("no verdict")
		}
	}
}
