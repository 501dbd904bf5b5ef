//go:build linux

package acceptance

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"check_dnsbl/internal/checktest"
)

// A result is what Icinga has of a check.
type result struct {
	State          float64 `json:"state"`
	Output         string  `json:"output"`
	Perfdata       []any   `json:"performance_data"`
	Command        any     `json:"command"` // a list of words, if it is a program
	Source         string  `json:"check_source"`
	ExecutionStart float64 `json:"execution_start"`
}

// TestRealIcinga lets Icinga run the CheckCommand of the example, and reads from its API what it
// made of it: the command line of each variable, the state, all that was printed, and the perfdata,
// also as the numbers that it hands on to what draws graphs.
func TestRealIcinga(t *testing.T) {
	t.Parallel()
	ic := startIcinga(t)
	for _, tt := range []struct {
		service, state, args string // args are those of the program, as Icinga orders them
		first                string
	}{
		{"ok!dnsbl", "0", "-H 198.51.100.7 -t 30", "OK: 198.51.100.7 is not on any of "},
		{"warning!dnsbl", "1", "-H 192.0.2.26 -t 30", "WARNING: 192.0.2.26 on 1 of "},
		{"critical!dnsbl", "2", "-H 192.0.2.25 -t 30", "CRITICAL: 192.0.2.25 on 2 of "},
		{"unknown!dnsbl", "3", "-H 192.0.2.27 -t 30", "UNKNOWN: 1 major list failed for 192.0.2.27: refuses this resolver (zen.spamhaus.org)"},
		{"six!dnsbl", "0", "-H 2001:db8::26 -t 30", "OK: 2001:db8::26 is not on any of "},
		{"several!dnsbl 192.0.2.25", "2", "-H 192.0.2.25 -t 30", "CRITICAL: 192.0.2.25 on 2 of "},
		{"several!dnsbl domain:example.com", "0", "-H domain:example.com -t 30", "OK: example.com is not on any of "},
		{"ok!dnsbl lists", "0", "--self-test -t 30 -w 5", "OK: "},
		{"ok!dnsbl names", "0", "--fcrdns -H mail.example.com -c 2 -l bl.spamcop.net -t 30 -w 2", "OK: 198.51.100.7 is not "},
		{"several!dnsbl lists", "0", "--self-test -t 30 -w 5", "OK: "}, // of a host without an address
		{"ok!all", "2", "--critical-on zen.spamhaus.org --direct never --extra-opts=@DIR/options.ini --extra-opts=more@DIR/options.ini --fcrdns --known bl.spamcop.net@2099-12-31 --known zen.spamhaus.org=127.0.0.10 --max-failed 50 --no-test own.example --rate 50 --set major -H 192.0.2.25 -H 198.51.100.7 -c 9 -l own.example -l bl.spamcop.net -t 20 -v -w 2 -x psbl.surriel.com",
			"CRITICAL: 1 of 2 addresses listed"},
		{"ok!keyed", "3", "-H 198.51.100.7 -l zen.spamhaus.org -t 30", "UNKNOWN: 1 list failed for 198.51.100.7: test entry missing (KEY.zen.dq.spamhaus.net)"},
		{"remote!dnsbl by nrpe", "0", "-H 192.0.2.25 -c check_dnsbl -t 40:UNKNOWN -u", "OK: 198.51.100.7 is not on any of "}, // as what stands for check_nrpe says
		{"critical!migrated", "2", "-H 192.0.2.25 -c 1 -s bl.spamcop.net -s dnsbl.sorbs.net -t 15 -w 1", "CRITICAL: 192.0.2.25 on 1 of 1 list: bl.spamcop.net"},
	} {
		t.Run(tt.service, func(t *testing.T) {
			got := ic.force(t, tt.service)
			if state := fmt.Sprint(got.State); state != tt.state || !strings.HasPrefix(got.Output, tt.first) {
				t.Errorf("state %s, want %s: %s", state, tt.state, got.Output)
			}
			if args := strings.ReplaceAll(arguments(got.argv()), ic.dir, "DIR"); args != tt.args {
				t.Errorf("arguments %s\nwant      %s", args, tt.args)
			}
			ic.compare(t, got)
		})
	}
	t.Run("a service per list", ic.perList) // the last one: its worlds end with it
	log, err := os.ReadFile(ic.dir + "/log/icinga2.log")
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(log, []byte("is not defined")) {
		t.Errorf("Icinga misses variables:\n%s", log)
	}
}

// argv returns the command line of a program.
func (r *result) argv() []string {
	words, _ := r.Command.([]any)
	argv := make([]string, len(words))
	for i, word := range words {
		argv[i] = fmt.Sprint(word)
	}
	return argv
}

// arguments returns what the program was called with, the options in order of their names.
func arguments(argv []string) string {
	var groups []string
	for _, text := range argv[1:] {
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
	argv := got.argv()
	cmd := exec.Command(argv[0], argv[1:]...)
	cmd.Env = os.Environ()
	if strings.Contains(got.Output, "KEY.") { // a list with a key
		cmd.Env = append(os.Environ(), "CHECK_DNSBL_KEY_SPAMHAUS="+testKey, "CHECK_DNSBL_KEY_SPAMRATS="+testKey)
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
	for _, datum := range have {
		if read := ic.reads(t, datum); read.String() != datum {
			t.Errorf("Icinga reads %v from the perfdata %q", read, datum)
		}
	}
	if strings.Join(have, " ") == "" || steady(strings.Join(have, " ")) != steady(strings.TrimSpace(perfdata)) {
		t.Errorf("Icinga has the perfdata %q, printed was %q", have, perfdata)
	}
}

// A datum is perfdata as numbers; what is not there is nil.
type datum struct {
	Label, Unit                 string
	Value, Warn, Crit, Min, Max *float64
}

// String returns the datum as a plugin prints it.
func (d datum) String() string {
	var numbers [5]string
	for i, number := range []*float64{d.Value, d.Warn, d.Crit, d.Min, d.Max} {
		if number != nil {
			numbers[i] = strconv.FormatFloat(*number, 'f', -1, 64)
		}
	}
	unit := map[string]string{"seconds": "s"}[d.Unit] // the only one that there is
	return d.Label + "=" + numbers[0] + unit + ";" + strings.Join(numbers[1:], ";")
}

// reads returns the numbers that Icinga reads from perfdata.
func (ic *icinga) reads(t *testing.T, text string) datum {
	var answer struct {
		Results []struct{ Result datum }
	}
	status, body := ic.ask("POST", "/v1/console/execute-script", map[string]string{"command": fmt.Sprintf("parse_performance_data(%q)", text)})
	if err := json.Unmarshal(body, &answer); status != http.StatusOK || err != nil || len(answer.Results) != 1 {
		t.Fatalf("%d %s", status, body)
	}
	return answer.Results[0].Result
}

// steady takes out what differs from run to run.
func steady(text string) string {
	return regexp.MustCompile(`time=[0-9.]+s|queries=[0-9]+|\b\d+ ms\b`).ReplaceAllString(checktest.Clockless(text), "T")
}
