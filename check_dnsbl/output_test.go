package main

import (
	"encoding/json"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"check_dnsbl/internal/dnstest"

	"github.com/olorin/nagiosplugin"
)

// A slow reader does not change the verdict.
func TestSlowReader(t *testing.T) {
	t.Parallel()
	var text []byte
	status := piped(t, "60", func(r io.Reader, _ *dnstest.Server) {
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
	var begun time.Time
	underWay := make(chan struct{})
	stop := terminate(underWay)
	status := piped(t, "600", func(_ io.Reader, server *dnstest.Server) {
		// Until all are under way, or for a while: a list may have been given up.
		for start := time.Now(); len(server.Queries()) < 2*512 && time.Since(start) < 15*time.Second; {
			time.Sleep(10 * time.Millisecond)
		}
		time.Sleep(500 * time.Millisecond)
		begun = time.Now()
		close(underWay)
	})
	stop()
	if took := time.Since(begun); status != nagiosplugin.UNKNOWN || took > 30*time.Second {
		t.Errorf("nothing is read, and it ends with %v, %v after SIGTERM", status, took)
	}
}

// piped checks 512 addresses within a number of seconds, with JSON for reader, and returns the exit
// status.
func piped(
	t *testing.T, seconds string, reader func(r io.Reader, server *dnstest.Server),
) nagiosplugin.Status {
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
	const line = "198.51.100.0/23 -o json -l good.example,better.example --resolver "
	args := append(strings.Fields(line+server.Addr.String()), "-t", seconds)
	status := invoke(t.Context(), args, nil, w)
	_ = w.Close()
	read.Wait()
	return status
}
