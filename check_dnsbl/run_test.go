package main

import (
	"bytes"
	"context"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"

	"github.com/olorin/nagiosplugin"
)

// A run over a closed port does not wait for its deadline; one that hangs, or has too much to do,
// does not pass it.
func TestDeadline(t *testing.T) {
	t.Parallel()
	addrs := map[string]string{}
	for name, world := range map[string]dnstest.World{"silent": {Fault: dnstest.Silent}, "closed": {}, "open": {Lists: []dnstest.List{{Zone: "a.example"}}}} {
		server, err := dnstest.Start(world)
		if err != nil {
			t.Fatal(err)
		}
		defer server.Close()
		addrs[name] = server.Addr.String()
		if name == "closed" {
			server.Close()
		}
	}
	tests := []struct {
		args        string
		line        string
		least, most time.Duration
	}{
		{"192.0.2.25 -t 1 --resolver " + addrs["silent"], "resolver " + addrs["silent"] + " does not answer in time: all 15 lists failed for 192.0.2.25 |", time.Second, 10 * time.Second},
		{"192.0.2.25 -t 60 --resolver " + addrs["closed"], "resolver " + addrs["closed"] + " is unreachable: all 15 lists failed for 192.0.2.25 |", 0, 30 * time.Second},
		{"198.48.0.0/12 -t 3 -l a.example --resolver " + addrs["open"], "\nnot checked: ", time.Second, 20 * time.Second},
	}
	var all sync.WaitGroup
	defer all.Wait()
	for _, tt := range tests {
		all.Go(func() {
			var out bytes.Buffer
			start := time.Now()
			status := invoke(t.Context(), strings.Fields(tt.args), nil, &out)
			took := time.Since(start)
			if status != nagiosplugin.UNKNOWN || !strings.Contains(out.String(), tt.line) || took < tt.least || took > tt.most*time.Duration(slowness()) {
				t.Errorf("%s: %v after %v: %s", tt.args, status, took, out.String())
			}
		})
	}
}

// A host whose look-up hangs takes half of the time at most; the lists still have the other half.
func TestSlowHost(t *testing.T) {
	t.Parallel()
	slow := world(t).DNS
	slow.Lists = append(slow.Lists, dnstest.List{Zone: "slow.test", Fault: dnstest.Silent})
	server, err := dnstest.Start(slow)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	var out bytes.Buffer
	status := invoke(t.Context(), strings.Fields("192.0.2.25 mail.slow.test -t 10 -l bl.spamcop.net --resolver "+server.Addr.String()), nil, &out)
	if status != nagiosplugin.CRITICAL || !strings.Contains(out.String(), "192.0.2.25 on 1 of 1 list (check incomplete): bl.spamcop.net |") {
		t.Errorf("%v: %s", status, out.String())
	}
}

// watched returns a file for the progress of a run, and a channel that is closed when the run has
// shown a text there.
func watched(t *testing.T, text string) (to *os.File, shown <-chan struct{}) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	found := make(chan struct{})
	go func() {
		defer r.Close()
		all, buffer := "", make([]byte, 1024)
		for n, err := 0, error(nil); err == nil; n, err = r.Read(buffer) {
			had := strings.Contains(all, text)
			if all += string(buffer[:n]); !had && strings.Contains(all, text) {
				close(found)
			}
		}
	}()
	return w, found
}

// terminate sends SIGTERM to this process, from the moment when begin is closed until stop is
// called: repeatedly, as the run may not heed the first.
func terminate(begin <-chan struct{}) (stop func()) {
	heeded := make(chan os.Signal, 1) // also after the run
	signal.Notify(heeded, syscall.SIGTERM)
	over := make(chan struct{})
	var sender sync.WaitGroup
	sender.Go(func() {
		select {
		case <-begin:
		case <-over:
		}
		for {
			select {
			case <-over:
				return
			case <-time.After(50 * time.Millisecond):
				_ = syscall.Kill(os.Getpid(), syscall.SIGTERM)
			}
		}
	})
	return func() {
		close(over)
		sender.Wait()
		signal.Stop(heeded)
	}
}

// Monitors end what takes too long by SIGTERM: what was found by then is reported, and that there
// was more.
func TestInterrupted(t *testing.T) {
	server, err := dnstest.Start(world(t).DNS)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	progress, shown := watched(t, "awaiting 1 of 2 lists, ")
	stop := terminate(shown)
	var out bytes.Buffer
	start := time.Now()
	args := strings.Fields("192.0.2.25 -t 60 -l silent.example -l bl.spamcop.net --resolver " + server.Addr.String())
	status := run(t.Context(), args, nil, console{out: &out, progress: progress})
	stop()
	text := out.String()
	if status != nagiosplugin.CRITICAL || !strings.Contains(text, "on 1 of 1 list (1 failed): bl.spamcop.net |") ||
		!strings.Contains(text, "\ninterrupted: ") || time.Since(start) > 30*time.Second {
		t.Errorf("%v after %v: %s", status, time.Since(start), text)
	}
}

// A monitor that reads through a pipe gets what it can take, and is told what is missing.
func TestNotATerminal(t *testing.T) {
	t.Parallel()
	server, err := dnstest.Start(world(t).DNS)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	file, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	invoke(t.Context(), strings.Fields("198.51.100.0/25 -v -l better.example --resolver "+server.Addr.String()), nil, file)
	text, err := os.ReadFile(file.Name())
	if err != nil || len(text) > 4096 || !strings.Contains(string(text), " more lines, which a terminal shows\n") {
		t.Errorf("%v, %d bytes:\n%s", err, len(text), text)
	}
}

// A broken is a context that panics when it is asked for its deadline.
type broken struct {
	context.Context
	reason string
}

func (b broken) Deadline() (time.Time, bool) { panic(b.reason) }

// A panic is one line, without keys.
func TestPanic(t *testing.T) {
	for reason, want := range map[string]string{
		"broken":                      "broken",
		"at 1.example.D4TAKEYOFOURS.": "at 1.example.KEY.",
	} {
		var out bytes.Buffer
		args, environ := strings.Fields("192.0.2.25 --resolver 127.0.0.1"), []string{"CHECK_DNSBL_KEY_SPAMHAUS=d4taKeyOfOurs"}
		status := invoke(broken{t.Context(), reason}, args, environ, &out)
		if status != nagiosplugin.UNKNOWN || out.String() != "UNKNOWN: internal error: "+want+"\n" {
			t.Errorf("%v: %s", status, out.String())
		}
	}
}

// --self-test asks the lists of one operator no faster than he wants: of Spam Eating Monkey 5 questions a second.
func TestSelfTestKeepsPace(t *testing.T) {
	t.Parallel()
	var world dnstest.World
	var zones []string
	for _, name := range []string{"bl", "netbl", "backscatter", "uribl", "urired"} {
		zone := name + ".spameatingmonkey.net"
		zones = append(zones, zone)
		known, _ := catalog.Find(zone)
		list := dnstest.List{Zone: zone, Entries: map[string][]string{}}
		for _, test := range known.PositiveTests(dnsbl.Subject{Domain: "example.com"}) {
			list.Entries[test.String()] = []string{"127.0.0.2"}
		}
		world.Lists = append(world.Lists, list)
	}
	server, err := dnstest.Start(world)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	var out bytes.Buffer
	start := time.Now()
	args := []string{"--self-test", "-l", strings.Join(zones, ","), "--direct", "never", "-t", "30", "--resolver", server.Addr.String()}
	state := invoke(t.Context(), args, nil, &out)
	took := time.Since(start)
	// The first of five queries does not wait. The second query to each list counts when the list is
	// tested, which may be too late for those that come next.
	const least = 4 * time.Second / 5
	if state != nagiosplugin.OK || !strings.HasPrefix(out.String(), "OK: 5 of 5 lists healthy |") || took < least {
		t.Errorf("%v after %v: %s", state, took, out.String())
	}
}
