package acceptance

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"check_dnsbl/internal/checktest"

	"github.com/olorin/nagiosplugin"
)

// TestRealMonitoringPlugin reads the perfdata of all transcripts with the Perl module
// Monitoring::Plugin. All values arrive, and none of their thresholds alerts if the state is OK.
func TestRealMonitoringPlugin(t *testing.T) {
	t.Parallel()
	perl := checktest.Installed(t, "perl")
	states, perfdata := printedPerfdata(t)
	read := exec.Command(perl, "testdata/perfdata.pl")
	read.Stdin = strings.NewReader(strings.Join(perfdata, "\n") + "\n")
	out, err := read.CombinedOutput()
	if err != nil {
		t.Fatalf("%v; .ci/run installs libmonitoring-plugin-perl\n%s", err, out)
	}
	lines := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
	if len(lines) != len(perfdata) {
		t.Fatalf("%d lines from %d:\n%s", len(lines), len(perfdata), out)
	}
	for i, line := range lines {
		want, worst := readPerfdata(t, perfdata[i])
		if line != want {
			t.Errorf("%s\nis  %s\nnot %s", perfdata[i], line, want)
		}
		if states[i] == "OK" && worst != 0 {
			t.Errorf("OK, but a threshold alerts: %s", perfdata[i])
		}
	}
	t.Logf("%d lines, %d kinds of them", len(lines), len(kinds(perfdata)))
}

// printedPerfdata returns the states and perfdata of all first lines in the transcripts, each once.
func printedPerfdata(t *testing.T) (states, perfdata []string) {
	files, _ := filepath.Glob("../../check_dnsbl/testdata/*.txt")
	seen := map[string]bool{}
	for _, file := range files {
		_, text := checktest.ReadTranscript(t, file)
		for line := range strings.Lines(text) {
			first, data, found := strings.Cut(strings.TrimSpace(line), " | ")
			state, _, _ := strings.Cut(first, ":")
			if !found || seen[state+data] || !strings.Contains(data, " time=T") {
				continue
			}
			seen[state+data] = true
			data = strings.NewReplacer("time=Ts", "time=0.25s", "queries=N", "queries=7").Replace(data)
			states, perfdata = append(states, state), append(perfdata, data)
		}
	}
	if len(perfdata) < 80 {
		t.Fatalf("only %d first lines with perfdata", len(perfdata))
	}
	return states, perfdata
}

// readPerfdata returns perfdata as perfdata.pl prints it, read with the library that the program
// parses ranges with, and the worst state. It leaves out that of "affected", whose threshold is for
// graphs: -w may allow a listing.
func readPerfdata(t *testing.T, perfdata string) (text string, worst int) {
	var words []string
	for datum := range strings.FieldsSeq(perfdata) {
		label, rest, _ := strings.Cut(datum, "=")
		fields := strings.Split(rest, ";")
		var value float64
		if _, err := fmt.Sscanf(fields[0], "%g", &value); err != nil || len(fields) != 5 {
			t.Fatalf("%q: %v", datum, err)
		}
		state := 0
		for i, limit := range fields[1:3] {
			if limit == "" {
				continue
			}
			limits, err := nagiosplugin.ParseRange(limit)
			if err != nil {
				t.Fatalf("%q: %v", datum, err)
			}
			if limits.Check(value) {
				state = i + 1
			}
		}
		if label != "affected" {
			worst = max(worst, state)
		}
		words = append(words, fmt.Sprintf("%s:%s:%d", label, fields[0], state))
	}
	return strings.Join(words, " "), worst
}

// kinds returns the sets of labels that perfdata have.
func kinds(perfdata []string) []string {
	var sets []string
	for _, data := range perfdata {
		var labels []string
		for datum := range strings.FieldsSeq(data) {
			label, _, _ := strings.Cut(datum, "=")
			labels = append(labels, label)
		}
		sets = append(sets, strings.Join(labels, " "))
	}
	slices.Sort(sets)
	return slices.Compact(sets)
}
