package main

import (
	"flag"
	"os"
	"os/exec"
	"runtime/debug"
	"strconv"
	"testing"

	"check_dnsbl/internal/checktest"
)

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
	}
	debug.SetGCPercent(400) // most of the memory is used once
	flag.Parse()
	if err := flag.Set("test.parallel", strconv.Itoa(2*atOnce())); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// asProgram is a variable of the environment. With it the tests are the program itself.
const asProgram = "CHECK_DNSBL_IS_TESTED"

// program returns the command that runs the program in a process of its own.
func program(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, args...)
	cmd.Env = append(os.Environ(), asProgram+"=1")
	return cmd
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

// writeFile writes a file that everyone may read.
func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
