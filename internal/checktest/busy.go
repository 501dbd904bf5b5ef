package checktest

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A busy machine may explain that something comes late, and never anything else.

// Patiently runs a test in which something may come too late if the machine is busy. try calls
// wrong, as t.Errorf, with what is wrong. If the machine had time to spare, that decides; else the
// test is tried once more, at most four times.
func Patiently(t *testing.T, try func(wrong func(format string, args ...any))) {
	t.Helper()
	for tries := 1; ; tries++ {
		var all []string
		wrong := func(format string, args ...any) {
			all = append(all, fmt.Sprintf(format, args...))
		}
		calm := Undisturbed(func() { try(wrong) })
		if len(all) == 0 {
			return
		}
		if calm || tries == 5 {
			t.Errorf("at try %d: %s", tries, strings.Join(all, "\n"))
			return
		}
		t.Logf("tried again: %s", strings.Join(all, "\n"))
	}
}

// Undisturbed runs f. It reports whether this machine had time to spare meanwhile: its processors
// were idle for at least half of it, and this process was never kept from running.
func Undisturbed(f func()) bool {
	over, late := make(chan struct{}), make(chan time.Duration)
	go func() { late <- mostLate(over) }()
	idle, working := processors()
	f()
	idleNow, workingNow := processors()
	close(over)
	return <-late < 100*time.Millisecond && idleNow-idle >= workingNow-working
}

// mostLate returns by how much a goroutine that sleeps briefly many times woke too late.
func mostLate(over <-chan struct{}) time.Duration {
	const nap = 10 * time.Millisecond
	most := time.Duration(0)
	for {
		asleep := time.Now()
		select {
		case <-over:
			return most
		case <-time.After(nap):
			most = max(most, time.Since(asleep)-nap)
		}
	}
}

// processors returns how long the processors of this machine have been idle and at work, in ticks
// of the kernel. Without /proc/stat both are 0.
func processors() (idle, working int) {
	text, _ := os.ReadFile("/proc/stat")
	first, _, _ := strings.Cut(string(text), "\n")
	for i, field := range strings.Fields(first) { // cpu user nice system idle iowait irq ...
		ticks, _ := strconv.Atoi(field)
		if i == 4 || i == 5 {
			idle += ticks
		} else {
			working += ticks
		}
	}
	return idle, working
}
