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

// A slow reader, or one that does not read, does not change the verdict and does not delay SIGTERM.
func TestSlowReader(t *testing.T) {
	server, err := dnstest.Start(world(t).DNS)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	for _, interrupt := range []bool{false, true} {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		var text []byte
		var read sync.WaitGroup
		if read.Go(func() {
			if !interrupt {
				time.Sleep(3 * time.Second)
				text, _ = io.ReadAll(r)
			}
		}); interrupt {
			before := len(server.Queries())
			go func() {
				for len(server.Queries()) < before+2*512 { // all are under way
					time.Sleep(10 * time.Millisecond)
				}
				time.Sleep(500 * time.Millisecond)
				_ = syscall.Kill(os.Getpid(), syscall.SIGTERM)
			}()
		}
		start := time.Now()
		status := invoke(t.Context(), strings.Fields("198.51.100.0/23 -t 20 -o json -l good.example,better.example --resolver "+server.Addr.String()), nil, w)
		took := time.Since(start)
		_ = w.Close()
		read.Wait()
		_ = r.Close()
		switch {
		case interrupt && (status != nagiosplugin.OK || took > 5*time.Second): // it was done by then
			t.Errorf("nobody reads, and it ends with %v after %v", status, took)
		case !interrupt && (status != nagiosplugin.OK || !strings.Contains(string(text), `"subjects":512,"listed":0,"gaps":[]`) || !json.Valid(text)):
			t.Errorf("%v: %d bytes, at the end %s", status, len(text), text[max(0, len(text)-500):])
		}
	}
}
