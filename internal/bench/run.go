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

// A usage is what one run of a program took, and what it said.
type usage struct {
	wall, cpu time.Duration
	rss       int64 // at its peak, in bytes; 0 where that is not known
	questions int   // as the world counted them
	exit      int
	out       string
}

// runOnce runs a program to its end, whatever its exit status.
func runOnce(args []string) (usage, error) {
	var out bytes.Buffer
	command := exec.Command(args[0], args[1:]...)
	command.Stdout, command.Stderr = &out, &out
	start := time.Now()
	err := command.Run()
	u := usage{wall: time.Since(start), out: out.String()}
	if command.ProcessState == nil {
		return u, err
	}
	u.exit = command.ProcessState.ExitCode()
	u.cpu = command.ProcessState.UserTime() + command.ProcessState.SystemTime()
	u.rss = peakRSS(command.ProcessState)
	return u, nil
}

// A server is the world in a process of its own, so that its work is in nobody's figures.
type server struct {
	places
	process *exec.Cmd
	worlds  *json.Encoder
	replies *json.Decoder
	end     func() error
}

// startWorld starts this program again, to be the world.
func startWorld() (*server, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	s := &server{process: exec.Command(self, worldMode)}
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
	if err := s.replies.Decode(&s.places); err != nil {
		s.close()
		return nil, fmt.Errorf("the world did not start: %w", err)
	}
	return s, nil
}

// close ends the world, which ends when it is told of no more.
func (s *server) close() {
	_ = s.end()
	_ = s.process.Wait()
}

// become begins a world, and returns how many questions came to the last one.
func (s *server) become(w world) (asked int, err error) {
	if err := s.worlds.Encode(w); err != nil {
		return 0, err
	}
	return asked, s.replies.Decode(&asked)
}

// run runs a program in a world.
func (s *server) run(w world, args []string) (usage, error) {
	if _, err := s.become(w); err != nil {
		return usage{}, err
	}
	u, err := runOnce(args)
	if err != nil {
		return u, err
	}
	u.questions, err = s.become(world{})
	return u, err
}

// A row is what came of a program in a scenario: medians.
type row struct {
	program             string
	usage               // of which out and exit mean nothing
	wallRatio, cpuRatio float64
}

// newRow takes the medians of a program's runs, and of their ratios to those of the first program in the same turns.
func newRow(program string, runs, first []usage) row {
	r := row{program: program}
	r.wall = median(runs, func(u usage) time.Duration { return u.wall })
	r.cpu = median(runs, func(u usage) time.Duration { return u.cpu })
	r.rss = median(runs, func(u usage) int64 { return u.rss })
	r.questions = median(runs, func(u usage) int { return u.questions })
	ratios := func(of func(usage) time.Duration) float64 {
		all := make([]float64, len(runs))
		for i := range runs {
			all[i] = float64(of(runs[i])) / float64(max(1, of(first[i])))
		}
		return median(all, func(ratio float64) float64 { return ratio })
	}
	r.wallRatio = ratios(func(u usage) time.Duration { return u.wall })
	r.cpuRatio = ratios(func(u usage) time.Duration { return u.cpu })
	return r
}

// median returns the median of a property, the lower one of two.
func median[E any, T cmp.Ordered](all []E, of func(E) T) T {
	values := make([]T, len(all))
	for i := range all {
		values[i] = of(all[i])
	}
	slices.Sort(values)
	return values[(len(values)-1)/2]
}
