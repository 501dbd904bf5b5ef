package main

import (
	"bytes"
	"cmp"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"check_dnsbl/internal/check"
	"check_dnsbl/internal/checktest"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
	"check_dnsbl/internal/parallel"
	"check_dnsbl/internal/report"
	"check_dnsbl/internal/secret"
	"check_dnsbl/internal/verdict"

	"go.uber.org/goleak"
)

var (
	mixRuns = flag.Int("mix-runs", 0, "runs of TestHostileMixes and TestHostilePaths; 0: as many as there is time for")
	mixSeed = flag.Uint64("mix-seed", 1, "seed of its first run; the next has the next")
)

const (
	mixSize    = 100 // lists in a run
	mixAtOnce  = 5   // runs at a time: they mostly wait
	mixTimeout = time.Second
	mixGrace   = 100 * time.Millisecond
	mixRepeats = 20                     // late runs that are repeated, which takes seconds each
	mixTries   = 4                      // to repeat a late run on a busy machine
	mixTooLate = 500 * time.Millisecond // even there, in all of them
)

// misdeeds are the broken promises of a run.
type misdeeds struct {
	wrong []string      // whatever the machine does
	late  []string      // a machine too busy to answer in time would explain it
	over  time.Duration // by how much it passed its deadline; likewise
	busy  bool          // it was
}

// TestHostileMixes queries 100 lists at a time, and every query may meet any behaviour of the
// fault table, and holds what must hold in every run: no listing that the world did not hold, none
// called clean without proof, every listing reported that was answered, an end in time, and output
// that a monitor can read. go test -run TestHostileMixes -mix-seed N -mix-runs 1 repeats one run.
//
// A busy machine may explain an answer or an end that comes late. Such a run is tried again alone.
// If the machine has time to spare then, it is a fault. If it has not, the run is tried a few
// times more: whatever was late each time is a fault, and the log names the rest as undecided.
func TestHostileMixes(t *testing.T) {
	runs := cmp.Or(*mixRuns, runs(5, 100))
	warm, err := dnstest.Start(dnstest.World{}) // the runtime opens some files once
	if err != nil {
		t.Fatal(err)
	}
	warm.Close()
	leaks, files, start := goleak.IgnoreCurrent(), openFiles(), time.Now()
	done := make([]misdeeds, runs)
	parallel.Each(runs, mixAtOnce, func(i int) {
		if i < mixAtOnce { // so that they do not all begin and end together
			time.Sleep(time.Duration(i) * mixTimeout / mixAtOnce)
		}
		done[i] = hostileRun(*mixSeed + uint64(i))
	}, func(i int, reason any) { done[i].wrong = []string{fmt.Sprint("panic: ", reason)} })
	repeated, undecided := settle(t, done, hostileRun)
	t.Logf("%d mixes in %d runs, %.1f s; %d runs repeated, of %d of them the end is undecided", runs*mixSize, runs, time.Since(start).Seconds(), repeated, undecided)
	goleak.VerifyNone(t, leaks)
	closed(t, files)
}

// A mix closes its descriptors itself: without garbage collection none is closed for it.
func TestHostileMixCloses(t *testing.T) {
	if !checktest.Real() {
		t.Skip("set CHECK_DNSBL_REAL=1; it takes 2 s in which no other test may run")
	}
	hostileRun(*mixSeed) // the runtime opens some files once
	runtime.GC()
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	files := openFiles()
	hostileRun(*mixSeed)
	closed(t, files)
}

// closed waits until at most so many files are open.
func closed(t *testing.T, files int) {
	for range 50 {
		if openFiles() <= files {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Errorf("%d open files, %d before", openFiles(), files)
}

// settle reports what was wrong, and repeats the runs that were late. The run of a seed is
// done[seed-*mixSeed].
func settle(t *testing.T, done []misdeeds, rerun func(seed uint64) misdeeds) (repeated, undecided int) {
	for i, run := range done {
		if checktest.Race() { // every machine is too busy to be in time then
			run.late, run.over = nil, 0
		}
		if len(run.wrong) == 0 && (len(run.late) > 0 || run.over > 0) {
			if repeated++; repeated > mixRepeats {
				t.Fatalf("more than %d of %d runs were late: the machine is too busy for so many", mixRepeats, len(done))
			}
			run = again(t, *mixSeed+uint64(i), run, rerun)
		}
		for _, what := range append(run.wrong, run.late...) {
			t.Errorf("seed %d: %s", *mixSeed+uint64(i), what)
		}
		switch {
		case run.over > 0 && (!run.busy || run.over > mixTooLate):
			t.Errorf("seed %d: passed its deadline by %v", *mixSeed+uint64(i), run.over)
		case run.over > 0:
			undecided++
		}
	}
	return repeated, undecided
}

// again repeats a late run alone and returns what was late every time: on an idle machine one run
// decides.
func again(t *testing.T, seed uint64, first misdeeds, rerun func(seed uint64) misdeeds) misdeeds {
	t.Logf("seed %d is repeated, %v over: %.200s", seed, first.over, strings.Join(first.late, "; "))
	left := first
	for range mixTries {
		run := rerun(seed)
		if !run.busy || len(run.wrong) > 0 {
			return run
		}
		left.late = slices.DeleteFunc(left.late, func(what string) bool { return !slices.Contains(run.late, what) })
		left.over, left.busy = min(left.over, run.over), true
		if len(left.late) == 0 && left.over == 0 {
			break
		}
	}
	return left
}

// openFiles counts the descriptors of this process, 0 where the system does not tell.
func openFiles() int {
	entries, _ := os.ReadDir("/proc/self/fd")
	return len(entries)
}

// hostileRun makes one check of one mix, as the program does, and returns the promises that it
// broke.
func hostileRun(seed uint64) misdeeds {
	m := newMix(rand.New(rand.NewPCG(seed, 0)), mixSize)
	server, err := dnstest.Start(m.world())
	if err != nil {
		return misdeeds{wrong: []string{err.Error()}}
	}
	defer server.Close()
	start := time.Now()
	cfg, err := readConfig(m.command(server.Addr.String()))
	if err != nil {
		return misdeeds{wrong: []string{err.Error()}}
	}
	ctx, cancel := context.WithDeadline(context.Background(), start.Add(cfg.plan.Timeout))
	defer cancel()
	var v verdict.Verdict
	var out string
	calm := checktest.Undisturbed(func() {
		var outcome check.Outcome
		if outcome, err = check.New(cfg.plan).Check(ctx, nil); err == nil {
			v = outcome.Verdict
			out = printed(v, cfg.plan.Timeout, start)
		}
	})
	if err != nil {
		return misdeeds{wrong: []string{err.Error()}}
	}
	took := time.Since(start)

	faults := m.compare(v.AllFindings[0])
	faults.busy = !calm
	if took > cfg.plan.Timeout+mixGrace {
		faults.over = took - cfg.plan.Timeout
	}
	if want := stateOf(v.AllFindings[0]); v.State != want {
		faults.wrong = append(faults.wrong, fmt.Sprintf("%v, want %v: %s", v.State, want, out))
	}
	v.AllFindings = nil
	for _, text := range []string{out, printed(v, cfg.plan.Timeout, start)} {
		if why := unreadable(text, v.State); why != "" {
			faults.wrong = append(faults.wrong, why+":\n"+text)
		}
	}
	return faults
}

func printed(v verdict.Verdict, timeout time.Duration, start time.Time) string {
	var out bytes.Buffer
	p := report.NewPrinter(
		context.Background(), &out, new(secret.Mask), report.ForNagios, programName)
	p.Verdict(&v, report.Info{Took: time.Since(start), Timeout: timeout, Verbose: 2})
	if err := p.Close(); err != nil {
		panic(err)
	}
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
		what := fmt.Sprintf("%s: %s, want %s", &m[i], got, slow[0])
		switch busy := m[i].verdicts(func(*behaviour, bool) bool { return true }); {
		case slices.Contains(busy, kindOf(got)):
			faults.late = append(faults.late, what)
		default:
			faults.wrong = append(faults.wrong, what)
		}
	}
	return faults
}
