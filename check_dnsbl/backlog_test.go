package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"check_dnsbl/internal/dnstest"
	"check_dnsbl/internal/report"

	"github.com/olorin/nagiosplugin"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// A touchy is a context that panics when it is asked for its state after something was written.
type touchy struct {
	context.Context
	out *backlog
}

func (c touchy) Err() error {
	if c.out.size() > 0 || c.out.idle != nil {
		panic("boom")
	}
	return c.Context.Err()
}

// What breaks off in the middle is still JSON, and says so.
func TestBrokenOff(t *testing.T) {
	schema, _ := readSchema(t)
	server, err := dnstest.Start(world(t).DNS)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	opts, err := optionsOf(strings.Fields("192.0.2.25 -o json -l zen.spamhaus.org --resolver " + server.Addr.String()))
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	out := &backlog{to: &text}
	status := checkTargets(touchy{t.Context(), out}, &opts, report.Run{Began: time.Now()}, out, nil)
	out.finish(context.Background())
	document, err := jsonschema.UnmarshalJSON(&text)
	if err == nil {
		err = schema.Validate(document)
	}
	if err != nil || status != nagiosplugin.UNKNOWN {
		t.Fatalf("%v: %v", status, err)
	}
	object := document.(map[string]any)
	if object["summary"] != "internal error: boom" || object["state"] != "UNKNOWN" || len(object["results"].([]any)) != 1 {
		t.Error(object)
	}
}

// Who reads slowly, or not at all, changes nothing of the verdict and does not hold up who ends the run.
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
				time.Sleep(time.Second)
				text, _ = io.ReadAll(r)
			}
		}); interrupt {
			time.AfterFunc(500*time.Millisecond, func() { _ = syscall.Kill(os.Getpid(), syscall.SIGTERM) })
		}
		start := time.Now()
		status := run(t.Context(), strings.Fields("198.51.100.0/23 -t 20 -o json -l good.example,better.example --resolver "+server.Addr.String()), nil, w)
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

// A gate is a writer that takes nothing until it is opened.
type gate struct {
	bytes.Buffer
	open chan struct{}
}

func (g *gate) Write(p []byte) (int, error) {
	<-g.open
	return g.Buffer.Write(p)
}

// Of what nobody reads only so much is kept: then no more is asked, until it is read or the time is over. All that was written arrives, in
// its order.
func TestFull(t *testing.T) {
	to := &gate{open: make(chan struct{})}
	out := &backlog{to: to}
	opts := options{output: asJSON}
	results := opts.journal(out, time.Now())
	most, line := mostUnwritten/2, []byte(strings.Repeat("x", 1023)+"\n")
	for written := 0; written <= most; written += len(line) {
		_, _ = out.Write(line)
	}
	if results.full() {
		t.Errorf("full with %d bytes", out.size())
	}
	if results.held.Add(int64(most)); !results.full() {
		t.Errorf("not full with %d bytes and %d held", out.size(), most)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	results.wait(ctx)
	if ctx.Err() == nil {
		t.Error("did not wait")
	}
	close(to.open)
	results.wait(t.Context())
	if n := to.Len(); n <= most || n%1024 != 0 || out.size() != 0 {
		t.Errorf("%d bytes arrived, %d did not", n, out.size())
	}
	if none := (*journal)(nil); none.full() {
		t.Error("no journal is full")
	}
}
