package main

import (
	"encoding/json"
	"io"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"check_dnsbl/internal/dnstest"

	"github.com/olorin/nagiosplugin"
)

// A slow reader does not change the verdict.
func TestSlowReader(t *testing.T) {
	t.Parallel()
	var text []byte
	status, _ := piped(t, func(r io.Reader, _ *dnstest.Server) {
		time.Sleep(3 * time.Second)
		text, _ = io.ReadAll(r)
	})
	const end = `"subjects":512,"affected":0,"gaps":[]`
	if status != nagiosplugin.OK || !strings.Contains(string(text), end) || !json.Valid(text) {
		t.Errorf("%v: %d bytes, at the end %s", status, len(text), text[max(0, len(text)-500):])
	}
}

// A reader that does not read does not delay SIGTERM. A verdict that is not read is UNKNOWN.
func TestNoReader(t *testing.T) {
	status, took := piped(t, func(_ io.Reader, server *dnstest.Server) {
		begun := time.Now() // until all are under way
		for len(server.Queries()) < 2*512 && time.Since(begun) < 15*time.Second {
			time.Sleep(10 * time.Millisecond)
		}
		time.Sleep(500 * time.Millisecond)
		_ = syscall.Kill(os.Getpid(), syscall.SIGTERM)
	})
	if status != nagiosplugin.UNKNOWN || took > 10*time.Second {
		t.Errorf("nothing is read, and it ends with %v after %v", status, took)
	}
}

// piped checks 512 addresses, with JSON for reader, and returns the exit status and how long it took.
func piped(
	t *testing.T, reader func(r io.Reader, server *dnstest.Server),
) (status nagiosplugin.Status, took time.Duration) {
	server, err := dnstest.Start(world(t).DNS)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var read sync.WaitGroup
	read.Go(func() { reader(r, server) })
	const line = "198.51.100.0/23 -t 20 -o json -l good.example,better.example --resolver "
	start := time.Now()
	status = invoke(t.Context(), strings.Fields(line+server.Addr.String()), nil, w)
	took = time.Since(start)
	_ = w.Close()
	read.Wait()
	return status, took
}
