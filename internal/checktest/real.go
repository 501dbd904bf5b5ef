package checktest

import (
	"os"
	"os/exec"
	"runtime/debug"
	"slices"
	"testing"
	"time"
)

// Real reports whether all tests are to run, as .ci/run has them: those of real daemons too, and
// those that take minutes.
func Real() bool { return os.Getenv("CHECK_DNSBL_REAL") == "1" }

// Long reports whether tests that take minutes are to run: if all tests are, but not under the race
// detector, which makes them several times as long.
func Long() bool { return Real() && !Race() }

// Race reports whether the race detector is on. The program needs several times as long then.
func Race() bool {
	info, ok := debug.ReadBuildInfo()
	race := debug.BuildSetting{Key: "-race", Value: "true"}
	return ok && slices.Contains(info.Settings, race)
}

// Wait returns how long a test waits for answers that may not come: d, or longer with the race
// detector.
func Wait(d time.Duration) time.Duration {
	if Race() {
		return 2 * d
	}
	return d
}

// Installed returns the path of a daemon or tool that .ci/run installs. If not all tests are to
// run, it skips the test; if they are and the program is missing, the test fails.
func Installed(t *testing.T, name string) string {
	t.Helper()
	if !Real() {
		t.Skipf("set CHECK_DNSBL_REAL=1; it needs %s, which .ci/run installs", name)
	}
	for _, name := range []string{name, "/usr/sbin/" + name} { // not in everyone's PATH
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatalf("%s is not installed; .ci/run installs it", name)
	return ""
}
