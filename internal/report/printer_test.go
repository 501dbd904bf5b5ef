package report

import (
	"bytes"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/secret"
	"check_dnsbl/internal/verdict"
	"context"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/olorin/nagiosplugin"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// A document that breaks off in the middle is still JSON, and says so.
func TestBrokenOff(t *testing.T) {
	t.Parallel()
	schema, err := jsonschema.NewCompiler().Compile("../../examples/check_dnsbl.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	out := NewPrinter(t.Context(), &text, new(secret.Mask), AsJSON,
		func() string { return "check_dnsbl 1.0.0" })
	list := dnsbl.Unknown("good.example")
	findings := []dnsbl.Finding{
		{
			Subject: dnsbl.Subject{Addr: netip.MustParseAddr("192.0.2.25")},
			List:    &list,
			Outcome: dnsbl.NotListed,
		},
	}
	tally := verdict.NewTallier(usualRules()).Count(findings)
	out.Subjects(usualRules(), time.Now())(&tally, findings)
	status := out.Fail(errors.New("internal error: boom"))
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(&text)
	if err == nil {
		err = schema.Validate(document)
	}
	if err != nil || status != nagiosplugin.UNKNOWN {
		t.Fatalf("%v: %v", status, err)
	}
	object := document.(map[string]any)
	if object["summary"] != "internal error: boom" || object["state"] != "UNKNOWN" ||
		len(object["results"].([]any)) != 1 {
		t.Error(object)
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
	synctest.Test(t, func(t *testing.T) {
		to := &gate{open: make(chan struct{})}
		p := startPump(t.Context(), to)
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
		if err := p.close(); err != nil {
			t.Error(err)
		}
		if text := to.String(); !strings.HasPrefix(text, "000\n001\n") ||
			!strings.HasSuffix(text, "510\n511\n") || len(text) != 4*2*maxChunks {
			t.Errorf("%d bytes arrived", len(text))
		}
	})
}

// The deadline may be long over when a busy machine comes to writing: nothing is lost.
func TestPumpAfterTheDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		var to bytes.Buffer
		p := startPump(ctx, &to)
		time.Sleep(grace + 100*time.Millisecond)
		fmt.Fprint(p, "late")
		if err := p.close(); err != nil || to.String() != "late" {
			t.Errorf("%q arrived: %v", to.String(), err)
		}
	})
}

// A reader that does not read is given up a moment after the deadline.
func TestPumpGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		to := &gate{open: make(chan struct{})}
		defer close(to.open)
		p := startPump(ctx, to)
		var err error
		for i := 0; i < maxChunks+2 && err == nil; i++ {
			_, err = fmt.Fprint(p, "unread")
		}
		if closed := p.close(); !errors.Is(err, errUnread) || !errors.Is(closed, errUnread) {
			t.Errorf("%v, then %v", err, closed)
		}
	})
}

// A full is a writer that takes so many writes, and no more.
type full struct {
	bytes.Buffer
	room int
}

func (f *full) Write(p []byte) (int, error) {
	if f.room--; f.room < 0 {
		return 0, io.ErrShortWrite
	}
	return f.Buffer.Write(p)
}

// Nothing is written after a gap, and the error is that of the first write that failed.
func TestPumpStopsAtAnError(t *testing.T) {
	t.Parallel()
	to := &full{room: 1}
	p := startPump(t.Context(), to)
	for _, text := range []string{"one", "two", "three"} {
		if _, err := fmt.Fprint(p, text); err != nil {
			t.Error(err)
		}
	}
	if err := p.close(); !errors.Is(err, io.ErrShortWrite) || to.String() != "one" || to.room != -1 {
		t.Errorf("%v, %q arrived, %d", err, to.String(), to.room)
	}
}
