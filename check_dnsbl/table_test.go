//go:build linux

package main

import (
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"check_dnsbl/internal/dnstest"
)

// resize makes the terminal so many columns wide.
func (term *pty) resize(t *testing.T, columns uint16) {
	size := [4]uint16{10, columns}
	if columns == 0 {
		size[0] = 0 // a terminal that does not know
	}
	if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, term.screen.Fd(), syscall.TIOCSWINSZ, uintptr(unsafe.Pointer(&size))); errno != 0 {
		t.Fatal(errno)
	}
}

// On a terminal a table is as wide as that, and has colours unless they are not wanted.
func TestTableOnTerminal(t *testing.T) {
	t.Parallel()
	server, err := dnstest.Start(world(t).DNS)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	const narrow = "CRITICAL: 192.0.2.25 on 2 of 3 lists:\n  zen.spamhaus.org (SBL, CSS),\n  psbl.surriel.com\n\nLISTED: 192.0.2.25, on 2 lists\n  zen.spamhaus.org  Spamhaus ZEN, major:\n"
	const wide = "CRITICAL: 192.0.2.25 on 2 of 3 lists: zen.spamhaus.org (SBL, CSS), psbl.surriel.com\n\nLISTED: 192.0.2.25, on 2 lists\n  zen.spamhaus.org  Spamhaus ZEN, major: SBL ("
	const colored = "\x1b[1;31mCRITICAL\x1b[0m: 192.0.2.25 on 2 of 3 lists: zen.spamhaus.org (SBL, CSS), psbl.surriel.com\n\n\x1b[1;31mLISTED: 192.0.2.25, on 2 lists\x1b[0m\n  \x1b[1mzen.spamhaus.org\x1b[0m  Spamhaus ZEN, major: SBL ("
	for _, tt := range []struct {
		environ string
		columns uint16
		want    string
	}{
		{"TERM=xterm NO_COLOR=1", 42, narrow},
		{"TERM=dumb", 120, wide},
		{"TERM=xterm", 120, colored},
		{"TERM=xterm NO_COLOR=", 120, colored},
		{"NO_COLOR=1", 0, "CRITICAL: 192.0.2.25 on 2 of 3 lists: zen.spamhaus.org (SBL, CSS),\n  psbl.surriel.com\n\n"},
		{"NO_COLOR=1", 1, "CRITICAL: 192.0.2.25 on 2 of 3 lists:\n  zen.spamhaus.org (SBL, CSS),\n  psbl.surriel.com\n\n"},
	} {
		term := newTerminal(t)
		term.resize(t, tt.columns)
		args := strings.Fields("192.0.2.25 -o table -l zen.spamhaus.org,psbl.surriel.com,better.example --resolver " + server.Addr.String())
		status := invoke(t.Context(), args, strings.Fields(tt.environ), term.program)
		shown := strings.ReplaceAll(term.shown(), "\r\n", "\n")
		again, _, _ := strings.Cut(tt.want, "\n\n") // at the end, as the first line is out of sight
		if tt.columns > 0 && !strings.HasSuffix(shown, "\n\n"+again+"\n") || tt.columns == 0 && strings.Count(shown, "CRITICAL: 192") > 1 {
			t.Errorf("%s, %d columns: ends in %q", tt.environ, tt.columns, shown[max(0, len(shown)-200):])
		}
		if status != 2 || !strings.HasPrefix(shown, tt.want) {
			t.Errorf("%s, %d columns: status %d\n%q\nwant\n%q", tt.environ, tt.columns, status, shown, tt.want)
		}
	}
}
