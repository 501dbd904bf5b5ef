package main

import (
	"flag"
	"os"
	"testing"

	"check_dnsbl/internal/checktest"
)

// Many tests wait for answers that do not come, so more of them than there are processors run at a
// time.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", "12"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
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
