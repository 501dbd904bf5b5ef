//go:build linux

package acceptance

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"check_dnsbl/internal/checktest"

	"github.com/olorin/nagiosplugin"
)

// The daemons have a loopback address of their own: no other test can take a port between its being
// found free and its use.
const (
	realLoopback = "127.0.0.53"
	closedAddr   = "127.0.0.54:9" // where no server listens
)

// realData is what rbldnsd serves.
var realData = [...]dataset{
	{"RBLDNSD", "ip4.bl.test", "ip4set", "ip4.zone"},
	{"RBLDNSD", "mute.bl.test", "ip4set", "mute.zone"},
	{"RBLDNSD", "trie4.bl.test", "ip4trie", "trie4.zone"},
	{"RBLDNSD", "sum.bl.test", "ip4set", "ip4.zone"},
	{"RBLDNSD", "sum.bl.test", "ip4set", "mute.zone"},
	{"RBLDNSD", "sum.bl.test", "ip4trie", "trie4.zone"},
	{"RBLDNSD", "six.bl.test", "ip6trie", "six.zone"},
	{"RBLDNSD", "names.bl.test", "dnset", "names.zone"},
	{"RBLDNSD", "combined.bl.test", "combined", "combined.zone"},
	{"RBLDNSD", "untested.bl.test", "ip4set", "untested.zone"},
	{"RBLDNSD", "world.bl.test", "ip4trie", "world.zone"},
	{"RBLDNSD", "own.bl.test", "ip4set", "own.zone"},
	{"RBLDNSD", "hostile.bl.test", "ip4set", "hostile.zone"},
	{"RBLDNSD", "long.bl.test", "ip4set", "long.zone"},
	{"RBLDNSD", "zen.spamhaus.org", "ip4set", "zen.zone"},
}

// A realWorld is rbldnsd behind unbound.
type realWorld struct {
	dir    string            // what the daemons read and write
	names  map[string]string // what stands for the addresses in the transcripts
	log    string            // file to which rbldnsd writes each question
	served []dataset
	notes  []string // on the servers and zones
}

// TestReal runs the program as a process against rbldnsd and unbound. The transcripts in
// testdata/real have the exact output, the exit status and the set of queries that reached rbldnsd
// for each command. At the top of a transcript stands its world: the data of the zones that it
// names, and how $DNS and the other servers behave.
func TestReal(t *testing.T) {
	startReal(t).replayAll(t, "testdata/real/*.txt")
}

// replayAll replays the transcripts whose paths match a pattern.
func (w *realWorld) replayAll(t *testing.T, pattern string) {
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatal("no transcripts", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			_, commands, found := strings.Cut(string(text), checktest.CommandsMark)
			if !found {
				t.Fatalf("%s: no %q", file, checktest.CommandsMark)
			}
			blocks := strings.Split(strings.TrimSuffix(commands, "\n"), "\n\n")
			for i := range blocks {
				blocks[i] = w.replay(t, blocks[i])
			}
			got := strings.Join(blocks, "\n\n") + "\n"
			got = "-- world --\n" + w.worldOf(t, got) + checktest.CommandsMark + got
			switch {
			case *update:
				err = os.WriteFile(file, []byte(got), 0o644)
			case got != string(text):
				t.Errorf("%s differs:\n%s", file, checktest.Difference(string(text), got))
			}
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

// replay runs the command of a block and returns the block as it should read. One without a command
// is returned as it is.
func (w *realWorld) replay(t *testing.T, block string) string {
	comment, rest, isCommand := strings.Cut("\n"+block, "\n$ ")
	if !isCommand {
		return block
	}
	command, _, _ := strings.Cut(rest, "\n")
	before := len(w.questions(t))
	status, out := w.run(t, command)
	if broken := checktest.BrokenPromise(command, int(status), out); broken != "" {
		t.Errorf("%s: %s in\n%s", command, broken, out)
	}
	for name, addr := range w.names {
		out = strings.ReplaceAll(out, addr, "$"+name)
	}
	text := fmt.Sprintf("%s\n$ %s\n--> %v %d\n%s", comment, command, status, status, checktest.Steady(out))
	asked := slices.DeleteFunc(w.questions(t)[before:], isProbe)
	slices.Sort(asked)            // they are asked at the same time
	asked = slices.Compact(asked) // one whose answer is late or lost is sent again
	if len(asked) == 0 {
		asked = []string{"nothing"}
	}
	return strings.TrimPrefix(text+"rbldnsd was asked:\n  "+strings.Join(asked, "\n  "), "\n")
}

// isProbe reports whether a question, "NAME TYPE", only probes the resolver, at random lists and
// with random names: for IPv6 addresses, or with zeros written as 00 or 000.
func isProbe(question string) bool {
	return strings.HasSuffix(question, " AAAA") || strings.Contains(question, ".00.") ||
		strings.Contains(question, ".000.")
}

// run runs a command line as a monitor does, by a shell.
func (w *realWorld) run(t *testing.T, command string) (nagiosplugin.Status, string) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "sh", "-c", "exec "+command)
	cmd.Env = []string{"PATH=" + programDir + ":/usr/bin:/bin"}
	for name, addr := range w.names {
		cmd.Env = append(cmd.Env, name+"="+addr)
	}
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	_ = cmd.Run() // what counts is the exit status
	status := cmd.ProcessState.ExitCode()
	if status < 0 || status > 3 || stderr.Len() > 0 {
		t.Fatalf("%s: exit status %d, stderr %q", command, status, stderr.String())
	}
	return nagiosplugin.Status(status), stdout.String()
}

// questions returns all questions that rbldnsd was asked so far, as "NAME TYPE". It logs each
// before it answers.
func (w *realWorld) questions(t *testing.T) []string {
	log, err := os.ReadFile(w.log)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for line := range strings.Lines(string(log)) {
		// 1795329120 127.0.0.1 10.2.0.192.ip4.bl.test A IN: NOERROR/1/50
		if words := strings.Fields(line); len(words) == 6 && words[4] == "IN:" {
			all = append(all, words[2]+" "+words[3])
		}
	}
	return all
}

// newRealWorld makes a directory with the zones that the daemons serve.
func newRealWorld(t *testing.T, zones string) *realWorld {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(zones)); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Dir(dir), 0o755); err != nil { // rbldnsd is somebody else, and reads its zones here
		t.Fatal(err)
	}
	return &realWorld{dir: dir, names: map[string]string{}}
}

// startReal starts the daemons, which end with the test.
func startReal(t *testing.T) *realWorld {
	rbldnsd, unbound := checktest.Installed(t, "rbldnsd"), checktest.Installed(t, "unbound")
	w := newRealWorld(t, "testdata/real/zones")
	w.names["SILENT"] = silentAt(t, realLoopback+":0")
	for _, name := range []string{"RBLDNSD", "DNS", "STRIPPING"} {
		w.names[name] = freeAddr(t, w.names)
	}
	w.names["CLOSED"] = closedAddr
	w.log = w.logOf("RBLDNSD")
	w.served = realData[:]
	w.serve(t, "RBLDNSD", rbldnsd)
	const form = "testdata/real/unbound.conf"
	w.notes = notesIn(t, form)
	w.start(t, "DNS", unbound, "-d", "-p", "-c", w.configure(t, "DNS", form, ""))
	w.start(t, "STRIPPING", unbound, "-d", "-p", "-c", w.configure(t, "STRIPPING", form, "private-address: 127.0.0.0/8"))
	return w
}
