//go:build linux

package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"check_dnsbl/internal/check"
	"check_dnsbl/internal/dnstest"

	"github.com/miekg/dns"
)

// A pty is a pty: what is written to it, and the end that programs have.
type pty struct {
	program, screen *os.File
	lock            sync.Mutex // of text
	text            bytes.Buffer
	read            sync.WaitGroup
}

// Write adds what was written to the screen.
func (term *pty) Write(p []byte) (int, error) {
	term.lock.Lock()
	defer term.lock.Unlock()
	return term.text.Write(p)
}

// await waits until a pattern is on the screen, but not forever.
func (term *pty) await(pattern string) {
	wanted, found := regexp.MustCompile(pattern), false
	for begin := time.Now(); !found && time.Since(begin) < 30*time.Second; {
		time.Sleep(10 * time.Millisecond)
		term.lock.Lock()
		found = wanted.Match(term.text.Bytes())
		term.lock.Unlock()
	}
}

func newTerminal(t *testing.T) *pty {
	screen, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skip("this machine has no pty:", err)
	}
	var number, unlock int32
	for request, at := range map[uintptr]*int32{syscall.TIOCGPTN: &number, syscall.TIOCSPTLCK: &unlock} {
		if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, screen.Fd(), request, uintptr(unsafe.Pointer(at))); errno != 0 {
			t.Fatal(errno)
		}
	}
	program, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	term := &pty{program: program, screen: screen}
	term.read.Go(func() { _, _ = io.Copy(term, screen) }) // ends with an error when the other end is closed
	return term
}

// shown closes the terminal and returns all that was written to it.
func (term *pty) shown() string {
	_ = term.program.Close()
	term.read.Wait()
	_ = term.screen.Close()
	return term.text.String()
}

// left returns what stands on a line after all that was written to it.
func left(text string) string {
	line, at := []byte{}, 0
	for _, c := range []byte(text) {
		switch {
		case c == '\r':
			at = 0
			continue
		case at == len(line):
			line = append(line, c)
		}
		line[at] = c
		at++
	}
	return string(bytes.TrimRight(line, " "))
}

// halfSilent returns the address of a resolver with a list that answers at once and one that never
// does.
func halfSilent(t *testing.T) string {
	server, err := dnstest.Start(dnstest.World{Lists: []dnstest.List{{Zone: "quick.example"},
		{Zone: "silent.example", Fault: dnstest.Silent}, {Zone: "in-addr.arpa", Fault: dnstest.Silent}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	return server.Addr.String()
}

// On a terminal a progress line shows how far a long run is, and disappears at its end.
func TestProgress(t *testing.T) {
	t.Parallel()
	term := newTerminal(t)
	const shows = `checked [1-9]\d* of 512, 1 listed, [1-9]\d*/s, `
	held := func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		term.await(shows)
		dnstest.Healthy(w, q, healthy)
	}
	server, err := dnstest.Start(dnstest.World{Lists: []dnstest.List{{
		Zone:    "a.example",
		Entries: map[string][]string{"198.51.100.7": {"127.0.0.2"}},
		FaultAt: map[string]dnstest.Fault{"198.51.101.200": held},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	var stdout bytes.Buffer
	args := []string{"198.51.100.0/23", "-l", "a.example", "-t", "60", "--resolver", server.Addr.String()}
	state := run(t.Context(), args, nil, console{out: &stdout, progress: terminal(term.program)})
	if state != 1 || !strings.HasPrefix(stdout.String(), "WARNING: 1 of 512 addresses listed") {
		t.Errorf("%v: %s", state, stdout.String())
	}
	text := term.shown()
	if !regexp.MustCompile(`^(\rchecked \d+ of 512, [01] listed(, \d+/s, (\d+ \w+ left|needs \d+ \w+, has \d+ \w+))? *)+\r +\r$`).MatchString(text) ||
		!regexp.MustCompile(shows).MatchString(text) {
		t.Errorf("%q", text)
	}
	if line := left(text); line != "" {
		t.Errorf("%q is left", line)
	}
}

// A short run shows no progress line. On a busy machine none may be short.
func TestShortRun(t *testing.T) {
	resolver := halfSilent(t)
	for range 10 {
		term := newTerminal(t)
		var out bytes.Buffer
		start := time.Now()
		state := run(t.Context(), []string{"198.51.100.7", "-l", "quick.example", "--resolver", resolver}, nil, console{out: &out, progress: terminal(term.program)})
		took, text := time.Since(start), term.shown()
		if state != 0 || text != "" && took < showAfter {
			t.Errorf("%v after %v: %s%q", state, took, out.String(), text)
		}
		if took < showAfter {
			return
		}
	}
	t.Error("no run was short")
}

// Without a terminal nothing is written, however long the run takes; the null device is not a
// terminal.
func TestNoTerminal(t *testing.T) {
	t.Parallel()
	file, err := os.Create(filepath.Join(t.TempDir(), "stderr"))
	if err != nil {
		t.Fatal(err)
	}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	resolver := halfSilent(t)
	var both sync.WaitGroup
	for _, stderr := range []*os.File{file, w} {
		both.Go(func() {
			var out bytes.Buffer
			start := time.Now()
			run(t.Context(), []string{"198.51.100.7", "-t", "1.5", "-l", "silent.example", "--resolver", resolver}, nil, console{out: &out, progress: terminal(stderr)})
			if took := time.Since(start); took < showAfter+showEvery {
				t.Errorf("over after %v", took)
			}
			_ = stderr.Close()
		})
	}
	both.Wait()
	written, err := os.ReadFile(file.Name())
	piped, errPipe := io.ReadAll(r)
	if err != nil || errPipe != nil || len(written)+len(piped) > 0 {
		t.Errorf("%v, %v, %q, %q", err, errPipe, written, piped)
	}
	if terminal(null) != nil {
		t.Error("the null device is taken for a terminal")
	}
}

// The line of a network shows how many are done, how fast, and how long the rest takes, or that -t
// is too short for it.
func TestProgressOfMany(t *testing.T) {
	tests := []struct {
		done, listed, total int
		after, limit        time.Duration
		want                string
	}{
		{0, 0, 9, time.Second, 10 * time.Second, "checked 0 of 9, 0 listed"},
		{512, 3, 1024, 2 * time.Second, 10 * time.Second, "checked 512 of 1024, 3 listed, 256/s, 2 s left"},
		{1000, 0, 65536, 2 * time.Second, 300 * time.Second, "checked 1000 of 65536, 0 listed, 500/s, 3 min left"},
		{1000, 0, 65536, 2 * time.Second, 10 * time.Second, "checked 1000 of 65536, 0 listed, 500/s, needs 3 min, has 8 s"},
		{9, 9, 9, 3 * time.Second, 2 * time.Second, "checked 9 of 9, 9 listed, 3/s, needs 0 s, has 0 s"},
		{9999999, 9999999, 16777216, 86399 * time.Second, 86400 * time.Second, "checked 9999999 of 16777216, 9999999 listed, 116/s, needs 17 h, has 1 s"},
	}
	for _, tt := range tests {
		c := check.Progress{Subjects: tt.total, Done: tt.done, Listed: tt.listed, Waiting: []string{"a.example"}}
		if got := progressLine(c, tt.after, tt.limit); got != tt.want {
			t.Errorf("got  %s\nwant %s", got, tt.want)
		}
	}
}

// The line of a few subjects, or of a self-test, shows the names that are awaited.
func TestProgressOfFew(t *testing.T) {
	long := strings.Fields(strings.Repeat("a-list-of-some-length.example ", 20))
	tests := []struct {
		c    check.Progress
		want string
	}{
		{check.Progress{LookUps: []string{"mail.example.com", "mx:example.com"}}, "looking up mail.example.com, mx:example.com"},
		{check.Progress{LookUps: long}, "looking up a-list-of-some-length.example and 19 more"},
		{check.Progress{LookUps: []string{strings.Repeat("a", 80)}}, "looking up " + strings.Repeat("a", 68)},
		{check.Progress{Subjects: 1, Lists: 25, Waiting: []string{"a.example", "b.example"}},
			"awaiting 2 of 25 lists, 8 s left: a.example, b.example"},
		{check.Progress{Lists: 100, Waiting: long}, "awaiting 20 of 100 lists, 8 s left: a-list-of-some-length.example and 19 more"},
		{check.Progress{Subjects: 8, Done: 8, Lists: 1, Servers: 3}, "looking up reverse DNS, 3 to go"},
		{check.Progress{Subjects: 1, Done: 1, Lists: 1}, "finishing"},
	}
	for _, tt := range tests {
		if got := progressLine(tt.c, 2*time.Second, 10*time.Second); got != tt.want || len(got) > maxLine {
			t.Errorf("got  %s\nwant %s", got, tt.want)
		}
	}
}

// progressLine returns the line so long after the start of a run with this limit.
func progressLine(c check.Progress, after, limit time.Duration) string {
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	p := progress{start: start, deadline: start.Add(limit), count: func() check.Progress { return c }}
	return p.line(start.Add(after))
}

// Whatever takes more than a second has its line: a look-up, a slow list, reverse DNS, a self-test.
func TestProgressOfAll(t *testing.T) {
	t.Parallel()
	resolver := halfSilent(t)
	tests := map[string]string{
		"mail.silent.example -l quick.example":                   `looking up mail\.silent\.example`,
		"mx:silent.example -l quick.example":                     `looking up mx:silent\.example`,
		"198.51.100.7 -l quick.example,silent.example":           `awaiting 1 of 2 lists, \d+ s left: silent\.example`,
		"--self-test -l quick.example,silent.example":            `awaiting 1 of 2 lists, \d+ s left: silent\.example`,
		"198.51.100.7 -l quick.example --fcrdns --direct never ": `looking up reverse DNS, 1 to go`,
	}
	var all sync.WaitGroup
	defer all.Wait()
	for line, want := range tests {
		all.Go(func() {
			term := newTerminal(t)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			go func() {
				term.await(want)
				cancel()
			}()
			var stdout bytes.Buffer
			args := append(strings.Fields(line), "-t", "60", "--resolver", resolver)
			run(ctx, args, nil, console{out: &stdout, progress: terminal(term.program)})
			text := term.shown()
			if !regexp.MustCompile(want).MatchString(text) || left(text) != "" {
				t.Errorf("%s: %q\n%s", line, text, stdout.String())
			}
		})
	}
}

// A person who pastes a bounce on a terminal is told how to end it. A pipe is read in silence.
func TestPrompt(t *testing.T) {
	for _, keyboard := range []bool{false, true} {
		term := newTerminal(t)
		c := console{progress: term.program, keyboard: keyboard}
		c.prompt()
		want := ""
		if keyboard {
			want = "Paste the bounce, then press Enter and Ctrl-D.\r\n"
		}
		if text := term.shown(); text != want {
			t.Errorf("keyboard %v: %q", keyboard, text)
		}
	}
}

// The time to type a bounce does not count: the run begins after it.
func TestTyping(t *testing.T) {
	t.Parallel()
	term, keyboard := newTerminal(t), newTerminal(t)
	time.AfterFunc(3500*time.Millisecond, func() { _, _ = keyboard.screen.WriteString("550 client 192.0.2.25 blocked\n\x04") })
	var out bytes.Buffer
	args := []string{"--bounce", "-", "-t", "3", "-l", "bl.spamcop.net", "--resolver", bounceWorld(t)}
	status := run(t.Context(), args, nil, console{in: keyboard.program, out: &out, progress: term.program, keyboard: true})
	if status != 2 { // found, although -t is shorter than the typing took
		t.Errorf("%v: %s", status, out.String())
	}
	term.shown()
	keyboard.shown()
}

// A terminal shows the whole output, although all of it goes through the mask of keys.
func TestMaskedTerminal(t *testing.T) {
	t.Parallel()
	term := newTerminal(t)
	args := []string{"198.51.100.0/25", "-v", "-l", "better.example", "--resolver", bounceWorld(t)}
	c := console{out: term.program, screen: term.program}
	run(t.Context(), args, []string{"CHECK_DNSBL_KEY_SPAMHAUS=d4taKeyOfOurs"}, c)
	text := term.shown()
	if lines := strings.Count(text, "\n"); lines < 100 || strings.Contains(text, "which a terminal shows") {
		t.Errorf("%d lines:\n%s", lines, text)
	}
}
