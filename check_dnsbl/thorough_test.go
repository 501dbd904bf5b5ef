package main

import (
	"flag"
	"os"
	"testing"
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

// thorough reports whether to run tests that take minutes, as .ci/run does.
func thorough() bool { return os.Getenv("CHECK_DNSBL_REAL") == "1" }

// runs returns how often to repeat a test with random input: few times, or many if there is time.
func runs(few, many int) int {
	if thorough() {
		return many
	}
	return few
}
