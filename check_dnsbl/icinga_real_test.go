//go:build linux

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A result is what Icinga has of a check.
type result struct {
	State          float64 `json:"state"`
	Output         string  `json:"output"`
	Perfdata       []any   `json:"performance_data"`
	Command        []any   `json:"command"`
	ExecutionStart float64 `json:"execution_start"`
}

// TestRealIcinga lets Icinga run the CheckCommand of the example, and reads from its API what it made of it: the command line of each
// variable, the state, all that was printed, and the perfdata.
func TestRealIcinga(t *testing.T) {
	ic := startIcinga(t)
	for _, tt := range []struct {
		service, state, args string // args are those of the program, as Icinga orders them
		first                string
	}{
		{"ok!dnsbl", "0", "-H 198.51.100.7 -t 30", "OK: 198.51.100.7 is on 0 of "},
		{"warning!dnsbl", "1", "-H 192.0.2.26 -t 30", "WARNING: 192.0.2.26 is on 1 of "},
		{"critical!dnsbl", "2", "-H 192.0.2.25 -t 30", "CRITICAL: 192.0.2.25 is on 2 of "},
		{"unknown!dnsbl", "3", "-H 192.0.2.27 -t 30", "UNKNOWN: 192.0.2.27 is on 0 of "},
		{"six!dnsbl", "0", "-H 2001:db8::26 -t 30", "OK: 2001:db8::26 is on 0 of "},
		{"several!dnsbl 192.0.2.25", "2", "-H 192.0.2.25 -t 30", "CRITICAL: 192.0.2.25 is on 2 of "},
		{"several!dnsbl domain:example.com", "0", "-H domain:example.com -t 30", "OK: example.com is on 0 of "},
		{"ok!dnsbl lists", "0", "--self-test -t 30 -w 5", "OK: "},
		{"ok!all", "2", "--critical-on zen.spamhaus.org --direct never --max-failed 50 --no-test own.example --set major -H 192.0.2.25 -H 198.51.100.7 -c 9 -l own.example -l bl.spamcop.net -t 20 -v -w 2 -x psbl.surriel.com",
			"CRITICAL: 1 of 2 addresses listed"},
		{"ok!keyed", "3", "-H 198.51.100.7 -l zen.spamhaus.org -t 30", "UNKNOWN: 198.51.100.7: no list gave a verdict; 1 list failed: does not list its test entry, NXDOMAIN (<key>.zen.dq.spamhaus.net)"},
	} {
		t.Run(tt.service, func(t *testing.T) {
			got := ic.force(t, tt.service)
			if state := fmt.Sprint(got.State); state != tt.state || !strings.HasPrefix(got.Output, tt.first) {
				t.Errorf("state %s, want %s: %s", state, tt.state, got.Output)
			}
			if args := arguments(got.Command); args != tt.args {
				t.Errorf("arguments %s\nwant      %s", args, tt.args)
			}
			ic.compare(t, got)
		})
	}
	log, err := os.ReadFile(ic.dir + "/log/icinga2.log")
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(log, []byte("is not defined")) {
		t.Errorf("Icinga misses variables:\n%s", log)
	}
}

// arguments returns what the program was called with, the options in order of their names.
func arguments(command []any) string {
	var groups []string
	for _, word := range command[1:] {
		text := fmt.Sprint(word)
		if strings.HasPrefix(text, "-") || len(groups) == 0 {
			groups = append(groups, text)
			continue
		}
		groups[len(groups)-1] += " " + text
	}
	slices.SortStableFunc(groups, func(a, b string) int {
		return strings.Compare(strings.Fields(a)[0], strings.Fields(b)[0])
	})
	return strings.Join(groups, " ")
}

// compare holds what Icinga has of a check against what the same command prints.
func (ic *icinga) compare(t *testing.T, got result) {
	var argv []string
	for _, word := range got.Command {
		argv = append(argv, fmt.Sprint(word))
	}
	cmd := exec.Command(argv[0], argv[1:]...)
	cmd.Env = append(os.Environ(), "CHECK_DNSBL_KEY_SPAMHAUS=")
	if strings.Contains(got.Output, "<key>") {
		cmd.Env = append(os.Environ(), "CHECK_DNSBL_KEY_SPAMHAUS="+mixKey)
	}
	printed, _ := cmd.Output() // what counts is what it prints
	first, long, _ := strings.Cut(string(printed), "\n")
	text, perfdata, _ := strings.Cut(first, "|")
	if want := steady(strings.TrimSuffix(text+"\n"+long, "\n")); steady(strings.TrimSuffix(got.Output, "\n")) != want {
		t.Errorf("Icinga has\n%s\nprinted was\n%s", got.Output, want)
	}
	var have []string
	for _, datum := range got.Perfdata {
		have = append(have, fmt.Sprint(datum))
	}
	if strings.Join(have, " ") == "" || steady(strings.Join(have, " ")) != steady(strings.TrimSpace(perfdata)) {
		t.Errorf("Icinga has the perfdata %q, printed was %q", have, perfdata)
	}
}

// steady takes out what differs from run to run.
func steady(text string) string {
	return regexp.MustCompile(`time=[0-9.]+s|\b\d+ ms\b`).ReplaceAllString(text, "T")
}
