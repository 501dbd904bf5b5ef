package main

import (
	"regexp"
	"strconv"
	"testing"
	"time"

	"check_dnsbl/internal/checktest"
)

// Each command line of the NRPE example is one that the program takes, and ends before check_nrpe
// loses its patience, which it does before nrpe and the monitor.
func TestNRPEExample(t *testing.T) {
	text := example(t, "nrpe.cfg")
	patience := regexp.MustCompile(`(?s)check_nrpe [^\n]* -c '\$ARG1\$' -u -t (\d+):UNKNOWN.* check_dnsbl_nrpe!(\w+)\n.* vars.nrpe_command = "(\w+)"\n.* vars.nrpe_timeout = "(\d+):UNKNOWN"`).FindStringSubmatch(text)
	if patience == nil {
		t.Fatal("no command line of check_nrpe")
	}
	seconds, err := strconv.Atoi(patience[1])
	if err != nil || time.Duration(seconds)*time.Second >= serviceCheckTimeout || patience[4] != patience[1] {
		t.Errorf("check_nrpe waits %s s, with Icinga %s s", patience[1], patience[4])
	}
	commands := checktest.NRPECommands(text)
	if commands[patience[2]] == "" || commands[patience[3]] == "" || len(commands) < 5 {
		t.Errorf("want %s and %s among the commands %v", patience[2], patience[3], commands)
	}
	for _, line := range commands {
		checkCommandLine(t, line)
		cfg, err := readConfig(checktest.Words(line)[1:])
		if err != nil || cfg.plan.Timeout >= time.Duration(seconds-5)*time.Second {
			t.Errorf("%s: %v, -t is not well below %d s", line, err, seconds)
		}
	}
}
