package main

import (
	"regexp"
	"strconv"
	"testing"
	"time"
)

// Each command line of the NRPE example is one that the program takes, and ends before check_nrpe loses its patience, which it does before
// nrpe and the monitor.
func TestNRPEExample(t *testing.T) {
	text := example(t, "nrpe.cfg")
	patience := regexp.MustCompile(`check_nrpe .* -c (\w+) -u -t (\d+):UNKNOWN`).FindStringSubmatch(text)
	if patience == nil {
		t.Fatal("no command line of check_nrpe")
	}
	seconds, err := strconv.Atoi(patience[2])
	if err != nil || time.Duration(seconds)*time.Second >= serviceCheckTimeout {
		t.Errorf("check_nrpe waits %s s", patience[2])
	}
	commands := nrpeCommands(text)
	if commands[patience[1]] == "" || len(commands) < 5 {
		t.Errorf("want %s among the commands %v", patience[1], commands)
	}
	for _, line := range commands {
		checkCommandLine(t, line)
		opts, err := optionsOf(words(t, line)[1:])
		if err != nil || opts.timeout >= time.Duration(seconds-5)*time.Second {
			t.Errorf("%s: %v, -t is not well below %d s", line, err, seconds)
		}
	}
}

// nrpeCommands returns the command lines of a configuration by their names.
func nrpeCommands(text string) map[string]string {
	commands := map[string]string{}
	for _, match := range regexp.MustCompile(`(?m)^command\[(\w+)\]=(.*)$`).FindAllStringSubmatch(text, -1) {
		commands[match[1]] = match[2]
	}
	return commands
}
