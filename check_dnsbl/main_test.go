package main

import (
	"flag"
	"os"
	"strconv"
	"testing"

	"check_dnsbl/internal/checktest"
)

func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", strconv.Itoa(atOnce())); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// atOnce returns how many tests, or commands of a transcript, may run at a time. There are more than
// processors, because most wait for answers that do not come.
func atOnce() int { return 12 / slowness() }

// slowness returns how many times as long a run may take as without the race detector.
func slowness() int {
	if checktest.Race() {
		return 4
	}
	return 1
}

// runs returns how often to repeat a test with random input: few times, or many if there is time.
func runs(few, many int) int {
	if checktest.Long() {
		return many
	}
	return few
}

// writeFile writes a file that everybody may read.
func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
