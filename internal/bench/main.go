// Command bench measures check_dnsbl against the floor, which is a bare program that sends the same
// queries (see floor). Both query a simulated resolver on loopback, in turn, many times. The ratios
// count, not the times. It needs neither a network nor privileges.
//
//	go run ./internal/bench [-run REGEXP] [-n TURNS] [-program PATH] [-old PATH]
//
// For each scenario it prints a table such as
//
//	fast: 100 lists that answer at once
//	               wall  late wall      CPU  peak RSS  queries  per second  ...
//	      floor   6.1 ms     7.4 ms   5.3 ms  < 7.9 MB      200       32839
//	check_dnsbl  11.6 ms    15.2 ms  12.3 ms  < 7.9 MB      200       17275
//
// with the ratios to the floor of the wall, of the late wall (the 95th percentile) and of the CPU,
// and at the end which targets are met. With -old, both versions run in the same turns, so that a
// difference of a few percent shows even on a busy machine.
//
// It exits with 1 if a verdict of check_dnsbl is wrong. It does not if check_dnsbl is slow, as that
// may be due to other work on the machine.
//
// build.go builds the programs, scenario.go has the worlds and networks, contenders.go lets the
// programs run in them, run.go measures a run, check.go checks its output and table.go prints the
// result. The simulated resolver is a process of its own: world.go has its lists, packet.go makes
// the answers, responder.go receives and sends.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"regexp"
	"runtime/debug"
)

func main() {
	var err error
	if len(os.Args) == 2 && os.Args[1] == worldMode {
		err = serveWorlds(os.Stdin, os.Stdout)
	} else {
		debug.SetGCPercent(10) // the peak RSS of a child process starts with that of this one
		err = bench(os.Args[1:], os.Stdout)
	}
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// bench runs the scenarios that the arguments choose and writes the tables. It returns an error if
// a verdict was wrong.
func bench(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	chosen := flags.String("run", "", "only the scenarios whose names match this `REGEXP`")
	turns := flags.Int("n", 15, "how often each program runs; "+
		"the long scenarios take fewer turns, start-up takes more")
	program := flags.String("program", "", "a check_dnsbl that is built already, at `PATH`; "+
		"by default it is built as it is released")
	old := flags.String("old", "", "another check_dnsbl to compare with, at `PATH`")
	if err := flags.Parse(args); err != nil {
		return err
	}
	matches, err := regexp.Compile(*chosen)
	if err != nil {
		return fmt.Errorf("-run: %w", err)
	}
	if *turns < 1 || flags.NArg() > 0 {
		return errors.New("want -n of 1 or more, and nothing but options: see -h")
	}
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	tools, err := build(dir, *program, *old)
	if err != nil {
		return err
	}
	server, err := startWorld()
	if err != nil {
		return err
	}
	defer server.close()
	return measure(out, server, tools, matches, *turns)
}

// measure runs the scenarios that match and writes a table for each, then the targets.
func measure(
	out io.Writer, server *worldProcess, tools tools, chosen *regexp.Regexp, turns int,
) error {
	fmt.Fprintln(out, "Medians of all turns; ratios to the first program of each scenario "+
		"are medians of the turns' own ratios.")
	fmt.Fprintln(out, "The late wall is the 95th percentile; "+
		"its ratio is to the median of the first program.")
	fmt.Fprintln(out, "A peak RSS below that of this program, which starts the others, "+
		"does not show: it is given as \"<\".")
	rows := map[string]row{}
	var wrong []error
	for _, s := range scenarios() {
		if !chosen.MatchString(s.name) {
			continue
		}
		measured, err := s.run(server, tools, turns)
		if err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %w", s.name, err))
		}
		for _, r := range measured {
			rows[s.name+" "+r.program] = r
		}
		empty, err := runOnce([]string{tools.empty})
		if err != nil {
			return err
		}
		printRows(out, s, measured, empty.rss)
	}
	if len(rows) == 0 && len(wrong) == 0 {
		return errors.New("-run: no scenario of this name")
	}
	printTargets(out, rows)
	return errors.Join(wrong...)
}
