//go:build linux

package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"check_dnsbl/internal/dnstest"
)

// every is a command line for each kind of output. All but the first three need a server.
var every = []string{
	"-h", "-V", "--catalog -o json", "-H 10.0.0.5", "-H 10.0.0.5 -o json", "--no-such-option",
	"-H 198.51.100.7 -l good.example", "-H 198.51.100.7 -l good.example -o table",
	"-H 198.51.100.7 -l good.example -o json",
	"--self-test -l good.example", "--self-test -l good.example -o json",
}

// goodAndSilent starts a server for the command lines, and returns its address.
func goodAndSilent(t *testing.T) string {
	server, err := dnstest.Start(dnstest.World{Lists: []dnstest.List{
		{Zone: "good.example"}, {Zone: "silent.example", Fault: dnstest.Silent},
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	return server.Addr.String()
}

// finish waits for a program and returns its exit status, or -1 if a signal ended it. It kills a
// program that does not end.
func finish(t *testing.T, cmd *exec.Cmd, within time.Duration) int {
	t.Helper()
	kill := time.AfterFunc(within, func() { _ = cmd.Process.Kill() })
	defer kill.Stop()
	err := cmd.Wait()
	if exit := new(exec.ExitError); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode()
}

// Output that cannot be written is UNKNOWN, in every form, and standard error has the reason.
func TestUnwritten(t *testing.T) {
	t.Parallel()
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip(err)
	}
	defer full.Close()
	server := goodAndSilent(t)
	for _, line := range every {
		cmd := program(t, append(strings.Fields(line), "--resolver", server)...)
		var stderr bytes.Buffer
		cmd.Stdout, cmd.Stderr = full, &stderr
		const want = "check_dnsbl: cannot write to standard output: no space left on device\n"
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if status := finish(t, cmd, time.Minute); status != 3 || stderr.String() != want {
			t.Errorf("%s > /dev/full: %d, %q", line, status, stderr.String())
		}

		const closed = "check_dnsbl: cannot write to standard output: it is closed\n"
		cmd = shell(t, cmd.Args, ">&-")
		stderr.Reset()
		cmd.Stderr = &stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if status := finish(t, cmd, time.Minute); status != 3 || stderr.String() != closed {
			t.Errorf("%s >&-: %d, %q", line, status, stderr.String())
		}
	}
}

// shell returns the command that runs a program with redirections of the shell.
func shell(t *testing.T, args []string, redirect string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command("/bin/sh", append([]string{"-c", `"$@" ` + redirect, "sh"}, args...)...)
	cmd.Env = program(t).Env
	return cmd
}

// Output that is thrown away is written: the exit status is the verdict. Daemons give their
// children the null device for reading and writing.
func TestThrownAway(t *testing.T) {
	t.Parallel()
	args := program(t, "-H", "198.51.100.7", "-l", "good.example", "--resolver", goodAndSilent(t)).Args
	for _, redirect := range []string{">/dev/null", "<>/dev/null >&0 2>&0"} {
		if out, err := shell(t, args, redirect).CombinedOutput(); err != nil || len(out) > 0 {
			t.Errorf("%s: %v, %q", redirect, err, out)
		}
	}
}

// A reader that is gone ends no run by a signal.
func TestReaderIsGone(t *testing.T) {
	t.Parallel()
	server := goodAndSilent(t)
	for _, line := range every {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		_ = r.Close()
		cmd := program(t, append(strings.Fields(line), "--resolver", server)...)
		var stderr bytes.Buffer
		cmd.Stdout, cmd.Stderr = w, &stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		_ = w.Close()
		if status := finish(t, cmd, time.Minute); status != 3 || stderr.Len() > 0 {
			t.Errorf("%s: %d, %q", line, status, stderr.String())
		}
	}
}

// heedSignals has the programs that are started from now on get the signals that end them. They would
// ignore those that the tests were told to ignore, as nohup and shells in the background do.
func heedSignals() {
	for _, sig := range []os.Signal{syscall.SIGHUP, syscall.SIGINT} {
		if signal.Ignored(sig) {
			signal.Notify(make(chan os.Signal, 1), sig)
		}
	}
}

// stalled starts a program whose output is not read. The pipe has room for one page.
func stalled(t *testing.T, args ...string) (cmd *exec.Cmd, unread *os.File, stderr *bytes.Buffer) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	const setSize = 1031 // F_SETPIPE_SZ of fcntl(2)
	_, _, _ = syscall.Syscall(syscall.SYS_FCNTL, w.Fd(), setSize, 4096)
	cmd = program(t, args...)
	stderr = new(bytes.Buffer)
	cmd.Stdout, cmd.Stderr = w, stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = w.Close()
	return cmd, r, stderr
}

// awaitOutput waits until something is in a pipe, but not forever.
func awaitOutput(pipe *os.File) {
	var there int32
	for begin := time.Now(); there == 0 && time.Since(begin) < 30*time.Second; {
		time.Sleep(10 * time.Millisecond)
		const unread = 0x541B // FIONREAD of ioctl(2)
		_, _, _ = syscall.Syscall(syscall.SYS_IOCTL, pipe.Fd(), unread, uintptr(unsafe.Pointer(&there)))
	}
}

// A reader that does not read holds no run beyond its deadline, or beyond a signal.
func TestStalledReader(t *testing.T) {
	t.Parallel()
	heedSignals()
	server := goodAndSilent(t)
	const notRead = "check_dnsbl: cannot write to standard output: it is not read\n"
	tests := []struct {
		line   string
		signal os.Signal // nil if -t is the end
	}{
		{"--self-test --set all -o json -t 2 --resolver " + server, nil},
		{"--self-test --set all -o table -v -t 2 --resolver " + server, nil},
		{"-H 198.51.100.0/24 -l good.example -o json -t 2 --resolver " + server, nil},
		{"--self-test --set all -o json -t 600 --resolver " + server, syscall.SIGTERM},
		{"--self-test --set all -o table -v -t 600 --resolver " + server, syscall.SIGHUP},
		{"--self-test --set all -o table -v -t 600 --resolver " + server, syscall.SIGINT},
		{"--catalog -o json", syscall.SIGTERM},
	}
	var all sync.WaitGroup
	defer all.Wait()
	for _, tt := range tests {
		all.Go(func() {
			cmd, unread, stderr := stalled(t, strings.Fields(tt.line)...)
			if tt.signal != nil {
				awaitOutput(unread)
				_ = cmd.Process.Signal(tt.signal)
			}
			if status := finish(t, cmd, time.Minute); status != 3 || stderr.String() != notRead {
				t.Errorf("%s: %d, %q", tt.line, status, stderr.String())
			}
		})
	}
}

// SIGHUP is treated like SIGTERM: the verdict so far is printed. After nohup it means nothing.
func TestHangup(t *testing.T) {
	t.Parallel()
	heedSignals()
	server := goodAndSilent(t)
	const line = "-H 198.51.100.7 -l good.example,silent.example --max-failed 60 --resolver "
	for shellWord, interrupted := range map[string]bool{"": true, "trap '' HUP; ": false} {
		args := program(t, append(strings.Fields(line+server), "-t", "6")...).Args
		cmd := exec.Command("/bin/sh", append([]string{"-c", shellWord + `exec "$@"`, "sh"}, args...)...)
		cmd.Env = program(t).Env
		term := newTerminal(t)
		var stdout bytes.Buffer
		cmd.Stdout, cmd.Stderr = &stdout, term.program
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		term.await("awaiting 1 of 2 lists, ")
		_ = cmd.Process.Signal(syscall.SIGHUP)
		status, out := finish(t, cmd, time.Minute), stdout.String()
		if status != 0 || strings.Contains(out, "\ninterrupted") != interrupted {
			t.Errorf("%s%s: %d: %s", shellWord, line, status, out)
		}
		term.shown()
	}
}

// A terminal that is stopped by Ctrl-S delays neither the end of the run nor its output.
func TestStoppedTerminal(t *testing.T) {
	t.Parallel()
	term := newTerminal(t)
	const tcxonc, tcooff = 0x540A, 0 // of tcflow(3): the program's writes wait
	_, _, errno := syscall.Syscall(syscall.SYS_IOCTL, term.program.Fd(), tcxonc, tcooff)
	if errno != 0 {
		t.Fatal(errno)
	}
	line := "-H 198.51.100.7 -l good.example,silent.example --max-failed 60 -t 5 --resolver "
	cmd := program(t, strings.Fields(line+goodAndSilent(t))...)
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stdout, cmd.Stderr = w, term.program
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = w.Close()
	status := finish(t, cmd, time.Minute)
	out, err := io.ReadAll(r)
	if status != 0 || err != nil || !strings.HasPrefix(string(out), "OK: 198.51.100.7 ") {
		t.Errorf("%d, %v: %s", status, err, out)
	}
}
