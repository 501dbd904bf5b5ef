package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"time"
)

// A result is what one run of a program took, and its output.
type result struct {
	wall, cpu time.Duration
	rss       int64 // the peak, in bytes; 0 if unknown
	queries   int   // counted by the simulated resolver
	exit      int
	out       string
}

// runOnce runs a program. An exit status other than 0 is not an error.
func runOnce(args []string) (result, error) {
	var out bytes.Buffer
	command := exec.Command(args[0], args[1:]...)
	command.Stdout, command.Stderr = &out, &out
	start := time.Now()
	err := command.Run()
	u := result{wall: time.Since(start), out: out.String()}
	if command.ProcessState == nil { // it did not start
		return u, err
	}
	u.exit = command.ProcessState.ExitCode()
	u.cpu = command.ProcessState.UserTime() + command.ProcessState.SystemTime()
	u.rss = peakRSS(command.ProcessState)
	return u, nil
}

// worldMode is the argument with which this program starts itself again, as the simulated resolver.
const worldMode = "world"

// A worldProcess is the simulated resolver, in a process of its own so that its work is not
// measured.
type worldProcess struct {
	addresses
	process *exec.Cmd
	worlds  *json.Encoder // to its standard input
	replies *json.Decoder // from its standard output
	end     func() error  // closes its standard input
}

// startWorld starts this program again, as the simulated resolver.
func startWorld() (*worldProcess, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	s := &worldProcess{process: exec.Command(self, worldMode)}
	s.process.Stderr = os.Stderr
	in, err := s.process.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := s.process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	s.worlds, s.replies, s.end = json.NewEncoder(in), json.NewDecoder(out), in.Close
	if err := s.process.Start(); err != nil {
		return nil, err
	}
	if err := s.replies.Decode(&s.addresses); err != nil {
		s.close()
		return nil, fmt.Errorf("the world did not start: %w", err)
	}
	return s, nil
}

// close stops the process, which ends at the end of its input.
func (s *worldProcess) close() {
	_ = s.end()
	_ = s.process.Wait()
}

// replace makes the process serve another world. It returns the number of queries to the last one.
func (s *worldProcess) replace(w world) (queries int, err error) {
	if err := s.worlds.Encode(w); err != nil {
		return 0, err
	}
	return queries, s.replies.Decode(&queries)
}

// run runs a program while the process serves a world.
func (s *worldProcess) run(w world, args []string) (result, error) {
	if _, err := s.replace(w); err != nil {
		return result{}, err
	}
	u, err := runOnce(args)
	if err != nil {
		return u, err
	}
	u.queries, err = s.replace(world{})
	return u, err
}

// A row has the medians of a program in a scenario, and 95th percentiles of the wall.
type row struct {
	program             string
	result              // without out and exit
	wallRatio, cpuRatio float64
	late                time.Duration // the 95th percentile of the wall
	lateRatio           float64       // the same, to the median wall of the first program
}

// medians returns the medians of a program's runs, and of their ratios to the runs of the first
// program in the same turns. Load that changes from turn to turn cancels out in these ratios.
func medians(program string, runs, first []result) row {
	r := row{program: program}
	r.wall = median(runs, func(u result) time.Duration { return u.wall })
	r.cpu = median(runs, func(u result) time.Duration { return u.cpu })
	r.late = percentile(95, runs, func(u result) time.Duration { return u.wall })
	floor := median(first, func(u result) time.Duration { return u.wall })
	r.lateRatio = float64(r.late) / float64(max(1, floor))
	r.rss = median(runs, func(u result) int64 { return u.rss })
	r.queries = median(runs, func(u result) int { return u.queries })
	ratios := func(of func(result) time.Duration) float64 {
		all := make([]float64, len(runs))
		for i := range runs {
			all[i] = float64(of(runs[i])) / float64(max(1, of(first[i])))
		}
		return median(all, func(ratio float64) float64 { return ratio })
	}
	r.wallRatio = ratios(func(u result) time.Duration { return u.wall })
	r.cpuRatio = ratios(func(u result) time.Duration { return u.cpu })
	return r
}

// median returns the median of a property; of an even number the lower of the middle two.
func median[E any, T cmp.Ordered](all []E, of func(E) T) T { return percentile(50, all, of) }

// percentile returns the least value of a property that p percent of all values do not exceed.
func percentile[E any, T cmp.Ordered](p int, all []E, of func(E) T) T {
	values := make([]T, len(all))
	for i := range all {
		values[i] = of(all[i])
	}
	slices.Sort(values)
	return values[max(0, (p*len(values)+99)/100-1)]
}
