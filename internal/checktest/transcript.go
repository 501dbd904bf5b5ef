// Package checktest helps tests that run the program. A transcript is a page of text with a world
// and commands: world.go reads and starts the world, transcript.go compares the output of the
// commands. examples.go reads the configuration of monitors for the command lines in it. real.go
// decides which tests run: a newcomer needs no daemons and waits half a minute, .ci/run has
// everything. busy.go tells whether a busy machine explains that something came late.
package checktest

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The parts of a transcript. CommandsMark ends the world.
const (
	worldMark    = "-- world --\n"
	CommandsMark = "\n-- commands --\n"
)

// ReadTranscript returns the world of a transcript, and all of its text.
func ReadTranscript(t testing.TB, file string) (World, string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head, _, found := strings.Cut(string(text), CommandsMark)
	head, isWorld := strings.CutPrefix(head, worldMark)
	if !found || !isWorld {
		t.Fatalf("%s: no %q, or no %q behind it", file, worldMark, CommandsMark)
	}
	world, err := ParseWorld(head)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return world, string(text)
}

// Worlds returns one world with all that those of the transcripts have.
func Worlds(t testing.TB, files []string) World {
	t.Helper()
	all := World{Resolvers: map[string]string{}}
	for _, file := range files {
		world, _ := ReadTranscript(t, file)
		all.Merge(world)
	}
	return all
}

// Commands returns the lines of a file of commands, without empty ones and comments. Names in them
// stand for addresses of resolvers.
func Commands(t testing.TB, file string, names map[string]string) []string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var commands []string
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		for name, addr := range names {
			line = strings.ReplaceAll(line, name, addr)
		}
		commands = append(commands, line)
	}
	return commands
}

// Words splits a command line as a shell does, with single quotes only.
func Words(line string) []string {
	var all []string
	for i, part := range strings.Split(line, "'") {
		if i%2 == 1 {
			all = append(all, part)
			continue
		}
		all = append(all, strings.Fields(part)...)
	}
	return all
}

// BrokenPromise returns what a monitor could not take in the output of a command, "" if nothing.
// Pages that no monitor reads, as of -h and -o json, may be longer.
func BrokenPromise(command string, status int, out string) string {
	first, _, _ := strings.Cut(out, "\n")
	page := slices.ContainsFunc([]string{"-h", "--catalog", "-o"}, func(option string) bool {
		return strings.Contains(command, " "+option)
	})
	switch {
	case status < 0 || status > 3:
		return fmt.Sprintf("exit status %d", status)
	case first == "" || len(first) > 1000:
		return fmt.Sprintf("first line of %d bytes", len(first))
	case !page && len(out) > 4096:
		return fmt.Sprintf("output of %d bytes", len(out))
	case !page && strings.Count(out, "|") > 1:
		return "several |"
	}
	for i := range len(out) {
		if c := out[i]; c != '\n' && (c < ' ' || c > '~') {
			return fmt.Sprintf("byte %#x", c)
		}
	}
	return ""
}

// Steady replaces what differs from run to run: times, ports and the number of queries, as one that
// is lost is sent again.
func Steady(out string) string {
	for _, change := range [][2]string{
		{`^check_dnsbl \S+( .*)?\n`, "check_dnsbl VERSION\n"},
		{`time=[0-9.]+s`, "time=Ts"},
		{`queries=[0-9]+`, "queries=N"},
		{`("queries","unit":"","value"):[0-9]+`, "$1:1"},
		{` -p \d+\b`, " -p PORT"},
		{`-t leaves [0-9hms]+`, "-t leaves T"},
		{`"(program|started|recheck_after)":"[^"]*"`, `"$1":"..."`},
		{`("(?:rtt|took)_seconds"|"time","unit":"s","value"):[0-9.]+`, "$1:0.001"},
		{`\b\d+\.\d\d s\b`, "T s"},
		{`\b\d+ ms\b`, "T ms"},
	} {
		out = regexp.MustCompile(change[0]).ReplaceAllString(out, change[1])
	}
	return Clockless(out)
}

// Clockless replaces times of the day.
func Clockless(out string) string {
	clock := regexp.MustCompile(`(\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d [A-Z+0-9]+`)
	return clock.ReplaceAllString(out, "HH:MM:SS UTC")
}

// Difference returns the lines that differ, without those that are the same before and behind them.
func Difference(want, got string) string {
	wants, gots := strings.Split(want, "\n"), strings.Split(got, "\n")
	first := 1
	for len(wants) > 0 && len(gots) > 0 && wants[0] == gots[0] {
		wants, gots, first = wants[1:], gots[1:], first+1
	}
	for len(wants) > 0 && len(gots) > 0 && wants[len(wants)-1] == gots[len(gots)-1] {
		wants, gots = wants[:len(wants)-1], gots[:len(gots)-1]
	}
	var out strings.Builder
	fmt.Fprintf(&out, "line %d\n", first)
	for _, line := range wants {
		fmt.Fprintf(&out, "want %s\n", line)
	}
	for _, line := range gots {
		fmt.Fprintf(&out, " got %s\n", line)
	}
	return out.String()
}
