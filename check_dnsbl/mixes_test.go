package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
	"check_dnsbl/internal/lookup"
	"check_dnsbl/internal/report"
	"check_dnsbl/internal/verdict"

	"github.com/olorin/nagiosplugin"
	"go.uber.org/goleak"
)

var (
	mixRuns = flag.Int("mix-runs", 200, "runs of TestHostileMixes")
	mixSeed = flag.Uint64("mix-seed", 1, "seed of its first run; the next has the next")
)

const (
	mixSize    = 100 // lists in a run
	mixAtOnce  = 5   // runs at a time: they mostly wait
	mixTimeout = time.Second
	mixGrace   = 100 * time.Millisecond
	mixTries   = 4 // of a run on a busy machine
)

// What a run did that it must not.
type misdeeds struct {
	wrong []string // whatever the machine does
	late  []string // a machine too busy to answer, or to go on, in time would explain it
	busy  bool     // it was: for less than half of the run's time was a processor idle
}

// TestHostileMixes asks 100 lists at a time, of which every question may meet any behaviour of the fault table, and holds
// what must hold in every run: no listing that the world did not hold, none called clean without proof, every listing reported
// that was answered, an end in time, and output that a monitor can read. go test -run TestHostileMixes -mix-seed N -mix-runs 1
// repeats one run.
//
// What a busy machine would explain, an answer or an end that comes late, is tried again alone. If the machine has time to
// spare then, there is no excuse; if not, the run is tried a few times more and then left undecided, and the log says so.
func TestHostileMixes(t *testing.T) {
	runs := *mixRuns
	if testing.Short() {
		runs = min(runs, 20)
	}
	warm, err := dnstest.Start(dnstest.World{}) // what the runtime opens once is no leak
	if err != nil {
		t.Fatal(err)
	}
	warm.Close()
	leaks, files, start := goleak.IgnoreCurrent(), openFiles(), time.Now()
	done := make([]misdeeds, runs)
	lookup.Each(runs, mixAtOnce, func(i int) {
		if i < mixAtOnce { // so that they do not all begin and end together
			time.Sleep(time.Duration(i) * mixTimeout / mixAtOnce)
		}
		done[i] = hostileRun(*mixSeed + uint64(i))
	}, func(i int, reason any) { done[i].wrong = []string{fmt.Sprint("panic: ", reason)} })
	repeated, undecided := settle(t, done)
	t.Logf("%d mixes in %d runs, %.1f s; %d runs repeated, %d undecided", runs*mixSize, runs, time.Since(start).Seconds(), repeated, undecided)
	goleak.VerifyNone(t, leaks)
	for range 50 {
		if openFiles() <= files {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Errorf("%d open files, %d before", openFiles(), files)
}

// settle reports what was wrong, and tries again what was late.
func settle(t *testing.T, done []misdeeds) (repeated, undecided int) {
	for i, run := range done {
		seed := *mixSeed + uint64(i)
		run.busy = true // other runs were at work
		for try := 1; try < mixTries && run.busy && len(run.late) > 0 && len(run.wrong) == 0; try++ {
			if try == 1 {
				repeated++
			}
			t.Logf("seed %d is repeated: %.200s", seed, strings.Join(run.late, "; "))
			run = hostileRun(seed)
		}
		for _, what := range run.wrong {
			t.Errorf("seed %d: %s", seed, what)
		}
		switch late := strings.Join(run.late, "\n  "); {
		case late != "" && run.busy:
			undecided++
			t.Logf("seed %d is undecided, the machine is too busy: %s", seed, late)
		case late != "":
			t.Errorf("seed %d: %s", seed, late)
		}
	}
	return repeated, undecided
}

// processors returns how long the processors of this machine have been idle and at work, in the kernel's ticks; where it
// does not tell, they are never at work.
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

// openFiles counts the descriptors of this process, 0 where the system does not tell.
func openFiles() int {
	entries, _ := os.ReadDir("/proc/self/fd")
	return len(entries)
}

// hostileRun makes one check of one mix, as run does, and returns what is wrong with it.
func hostileRun(seed uint64) misdeeds {
	m := newMix(rand.New(rand.NewPCG(seed, 0)), mixSize)
	server, err := dnstest.Start(m.world())
	if err != nil {
		return misdeeds{wrong: []string{err.Error()}}
	}
	defer server.Close()
	idle, working := processors()
	start := time.Now()
	opts, err := parseOptions(m.command(server.Addr.String()))
	if err != nil {
		return misdeeds{wrong: []string{err.Error()}}
	}
	ctx, cancel := context.WithDeadline(context.Background(), start.Add(opts.timeout))
	defer cancel()
	found := find(ctx, &opts)
	tallies, left := survey(ctx, &opts, found.Subjects)
	v := verdict.Judge(tallies, append(found.Gaps, left...), opts.rules)
	out := printed(v, opts, start)
	took := time.Since(start)
	idleNow, workingNow := processors()

	faults := m.compare(v.Tallies[0].All)
	faults.busy = idleNow-idle < workingNow-working
	if took > opts.timeout+mixGrace {
		faults.late = append(faults.late, fmt.Sprintf("took %v", took))
	}
	if want := stateOf(v.Tallies[0].All); v.State != want {
		faults.wrong = append(faults.wrong, fmt.Sprintf("%v, want %v: %s", v.State, want, out))
	}
	v.Tallies[0].All = nil
	for _, text := range []string{out, printed(v, opts, start)} {
		if why := unreadable(text, v.State); why != "" {
			faults.wrong = append(faults.wrong, why+":\n"+text)
		}
	}
	return faults
}

func printed(v verdict.Verdict, opts options, start time.Time) string {
	var out bytes.Buffer
	_ = report.Nagios(&out, v, report.Run{Took: time.Since(start), Timeout: opts.timeout, Verbose: 2})
	return out.String()
}

// compare holds the findings against what may be said of each list.
func (m mix) compare(findings []dnsbl.Finding) misdeeds {
	var faults misdeeds
	if len(findings) != len(m) {
		faults.wrong = append(faults.wrong, fmt.Sprintf("%d findings on %d lists", len(findings), len(m)))
		return faults
	}
	for i := range m {
		got := verdictOf(&findings[i])
		slow := m[i].verdicts(func(b *behaviour, isQuestion bool) bool { return b != nil && b.slow && !isQuestion })
		if slices.Contains(slow, kindOf(got)) {
			continue
		}
		what := fmt.Sprintf("%s: %s (%s), want %s", &m[i], got, findings[i].Detail, slow[0])
		switch busy := m[i].verdicts(func(*behaviour, bool) bool { return true }); {
		case slices.Contains(busy, kindOf(got)):
			faults.late = append(faults.late, what)
		default:
			faults.wrong = append(faults.wrong, what)
		}
	}
	return faults
}

// stateOf is the state that findings on unweighted lists call for without thresholds of the user's, in plain words.
func stateOf(findings []dnsbl.Finding) nagiosplugin.Status {
	listings, failures, major, blind := 0, 0, false, false
	for i := range findings {
		f := &findings[i]
		isMajor := f.List.Tier == dnsbl.Major
		switch {
		case f.Outcome == dnsbl.Listed:
			listings++
			major = major || isMajor
		case f.Outcome == dnsbl.Failed:
			failures++
			blind = blind || isMajor
		}
	}
	switch {
	case major || listings >= 3:
		return nagiosplugin.CRITICAL
	case listings > 0:
		return nagiosplugin.WARNING
	case blind || failures*4 > len(findings):
		return nagiosplugin.UNKNOWN
	}
	return nagiosplugin.OK
}

// unreadable says what a monitor could not take in the output (Promise 6), or what must never be in it, or "".
func unreadable(out string, state nagiosplugin.Status) string {
	first, long, _ := strings.Cut(out, "\n")
	whole := regexp.MustCompile(`^` + state.String() + `: [^|]+ \| listed=\d+;0;2;0;\d+ failed=\d+;;;0;\d+ time=\d+(\.\d+)?s;;1;0;$`)
	switch {
	case state > nagiosplugin.UNKNOWN:
		return "no state"
	case len(first) > 1000 || len(out) > 4096:
		return "too long"
	case !whole.MatchString(first):
		return "a first line of its own kind"
	case strings.Contains(long, "|"):
		return "perfdata in the long output"
	case strings.Contains(out, mixKey):
		return "the key"
	case regexp.MustCompile(`<[^k]`).MatchString(out): // <key> is ours
		return "markup"
	case regexp.MustCompile(`[^ -~\n]`).MatchString(out):
		return "not only printable ASCII"
	}
	return ""
}
