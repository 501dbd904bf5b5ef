package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
	"check_dnsbl/internal/verdict"

	"github.com/olorin/nagiosplugin"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// A document that breaks off in the middle is still JSON, and says so.
func TestBrokenOff(t *testing.T) {
	t.Parallel()
	schema, _ := readSchema(t)
	var text bytes.Buffer
	out := newPrinter(&text, nil, &commandLine{args: []string{"-o", "json"}}, nil)
	list := dnsbl.Unknown("good.example")
	findings := []dnsbl.Finding{{Subject: dnsbl.Subject{Addr: netip.MustParseAddr("192.0.2.25")}, List: &list, Outcome: dnsbl.NotListed}}
	tally := verdict.NewTallier(verdict.Default()).Count(findings)
	out.subjects(verdict.Default(), time.Now())(&tally, findings)
	status := out.fail(errors.New("internal error: boom"))
	out.close()
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

// A gate is a writer that takes nothing until it is opened.
type gate struct {
	bytes.Buffer
	open chan struct{}
}

func (g *gate) Write(p []byte) (int, error) {
	<-g.open
	return g.Buffer.Write(p)
}

// Only so much is kept for a reader that does not read: then whoever writes has to wait. All that
// was written arrives, in its order.
func TestPumpIsBounded(t *testing.T) {
	t.Parallel()
	to := &gate{open: make(chan struct{})}
	p := newPump(to)
	wrote := make(chan int)
	go func() {
		defer close(wrote)
		for i := range 2 * maxChunks {
			fmt.Fprintf(p, "%03d\n", i)
			wrote <- i
		}
	}()
	for range maxChunks {
		<-wrote
	}
	late := 0
	for waiting := time.After(200 * time.Millisecond); waiting != nil; {
		select {
		case <-wrote:
			late++
		case <-waiting:
			waiting = nil
		}
	}
	if late > 1 { // the pump itself holds one
		t.Errorf("%d writes more than are kept", late)
	}
	close(to.open)
	for range wrote {
	}
	p.close()
	if text := to.String(); !strings.HasPrefix(text, "000\n001\n") ||
		!strings.HasSuffix(text, "510\n511\n") || len(text) != 4*2*maxChunks {
		t.Errorf("%d bytes arrived", len(text))
	}
}
