package main

import (
	"bytes"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// Reading ends with the time of the run, even if the pipe is never closed or never written to.
func TestBounceThatNeverEnds(t *testing.T) {
	t.Parallel()
	fifo := filepath.Join(t.TempDir(), "fifo")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Skip("this machine has no FIFO:", err)
	}
	from, to, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	defer to.Close()
	for path, want := range map[string]string{
		"-":  "UNKNOWN: --bounce: cannot read standard input: it has not ended within 100ms (-t). Close it, or use --bounce FILE\n",
		fifo: "UNKNOWN: --bounce: cannot read " + fifo + ": it has not ended within 100ms (-t). Close it, or use --bounce FILE\n",
	} {
		var out bytes.Buffer
		if state := run(t.Context(), []string{"--bounce", path, "-t", "0.1"}, nil, console{in: from, out: &out}); state != 3 || out.String() != want {
			t.Errorf("%v: %s", state, out.String())
		}
	}
	if file, err := os.OpenFile(fifo, os.O_RDWR|syscall.O_NONBLOCK, 0); err == nil { // who waits for it goes on
		file.Close()
	}
}

// SIGTERM ends the reading too, from a pipe and from a keyboard, and the output says so.
func TestBounceInterrupted(t *testing.T) {
	from, to, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	defer to.Close()
	keyboard := newTerminal(t)
	defer func() {
		_, _ = keyboard.screen.WriteString("\x04") // Ctrl-D, for who still reads
		keyboard.shown()
	}()
	for name, c := range map[string]console{"a pipe": {in: from}, "a keyboard": {in: keyboard.program, keyboard: true}} {
		begin := make(chan struct{})
		time.AfterFunc(200*time.Millisecond, func() { close(begin) })
		stop := terminate(begin)
		var out bytes.Buffer
		c.out = &out
		const want = "UNKNOWN: --bounce: cannot read standard input: interrupted before its end\n"
		if state := run(t.Context(), []string{"--bounce", "-", "-t", "60"}, nil, c); state != 3 || out.String() != want {
			t.Errorf("%s: %v: %s", name, state, out.String())
		}
		stop()
	}
}
