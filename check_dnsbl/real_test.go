//go:build linux

package main

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/olorin/nagiosplugin"
)

// The daemons have a loopback address of their own: no other test can take a port between its being found free and its use.
const (
	realLoopback = "127.0.0.53"
	closedAddr   = "127.0.0.54:9" // where nobody listens
)

// realZones is what rbldnsd serves, as ZONE:TYPE:FILE. Datasets of one zone add up.
var realZones = [...]string{
	"ip4.bl.test:ip4set:ip4.zone", "mute.bl.test:ip4set:mute.zone", "trie4.bl.test:ip4trie:trie4.zone",
	"sum.bl.test:ip4set:ip4.zone", "sum.bl.test:ip4set:mute.zone", "sum.bl.test:ip4trie:trie4.zone",
	"six.bl.test:ip6trie:six.zone", "names.bl.test:dnset:names.zone", "combined.bl.test:combined:combined.zone",
	"untested.bl.test:ip4set:untested.zone", "world.bl.test:ip4trie:world.zone", "own.bl.test:ip4set:own.zone",
	"hostile.bl.test:ip4set:hostile.zone", "long.bl.test:ip4set:long.zone", "zen.spamhaus.org:ip4set:zen.zone",
}

// A realWorld is rbldnsd behind two unbounds, and the program as it is built for release.
type realWorld struct {
	program string            // its directory
	names   map[string]string // what stands for the addresses in the transcripts
	log     string            // file to which rbldnsd writes each question
}

// TestReal runs the program as a process against rbldnsd and unbound. The transcripts in testdata/real have for each
// command the state, exit status and exact output that follow, and every question that reached rbldnsd, as often as it did.
// In them $DNS is an unbound, $STRIPPING one that protects from DNS rebinding, $RBLDNSD is asked without a resolver in
// between, $SILENT never answers and behind $CLOSED is nobody.
func TestReal(t *testing.T) {
	world := startReal(t)
	files, err := filepath.Glob("testdata/real/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no transcripts", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			blocks := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n\n")
			for i := range blocks {
				blocks[i] = world.replay(t, blocks[i])
			}
			got := strings.Join(blocks, "\n\n") + "\n"
			switch {
			case *update:
				err = os.WriteFile(file, []byte(got), 0o644)
			case got != string(text):
				t.Errorf("%s differs:\n%s", file, difference(string(text), got))
			}
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

// replay runs the command of a block and returns the block as it should read. One without a command is returned as it is.
func (w *realWorld) replay(t *testing.T, block string) string {
	comment, rest, isCommand := strings.Cut("\n"+block, "\n$ ")
	if !isCommand {
		return block
	}
	command, _, _ := strings.Cut(rest, "\n")
	before := len(w.questions(t))
	status, out := w.run(t, command)
	keepsPromises(t, command, status, out)
	for name, addr := range w.names {
		out = strings.ReplaceAll(out, addr, "$"+name)
	}
	text := fmt.Sprintf("%s\n$ %s\n--> %v %d\n%s", comment, command, status, status, timeless(out, w.names["DNS"]))
	asked := w.questions(t)[before:]
	slices.Sort(asked) // they are asked at the same time
	if len(asked) == 0 {
		asked = []string{"nothing"}
	}
	return strings.TrimPrefix(text+"rbldnsd was asked:\n  "+strings.Join(asked, "\n  "), "\n")
}

// run runs a command line as a monitor does, by a shell.
func (w *realWorld) run(t *testing.T, command string) (nagiosplugin.Status, string) {
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, "sh", "-c", "exec "+command)
	cmd.Env = []string{"PATH=" + w.program + ":/usr/bin:/bin"}
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

// questions returns all questions that rbldnsd was asked so far, as "NAME TYPE". It logs each before it answers.
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

// startReal builds the program and starts the daemons, which end with the test.
func startReal(t *testing.T) *realWorld {
	rbldnsd, unbound := installed(t, "rbldnsd"), installed(t, "unbound")
	dir := t.TempDir()
	build := exec.Command("go", "build", "-trimpath", "-o", dir, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	if err := os.CopyFS(dir, os.DirFS("testdata/real/zones")); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Dir(dir), 0o755); err != nil { // rbldnsd is somebody else, and reads its zones here
		t.Fatal(err)
	}
	silent, err := net.ListenPacket("udp", realLoopback+":0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = silent.Close() })
	w := &realWorld{program: dir, log: filepath.Join(dir, "rbldnsd.log"), names: map[string]string{"SILENT": silent.LocalAddr().String()}}
	for _, name := range []string{"RBLDNSD", "DNS", "STRIPPING"} {
		w.names[name] = freeAddr(t, w.names)
	}
	w.names["CLOSED"] = closedAddr
	w.start(t, "RBLDNSD", rbldnsd, append([]string{"-n", "-w", dir, "-b", strings.Replace(w.names["RBLDNSD"], ":", "/", 1), "-l", "+-"}, realZones[:]...)...)
	w.start(t, "DNS", unbound, "-d", "-p", "-c", w.configure(t, "DNS", ""))
	w.start(t, "STRIPPING", unbound, "-d", "-p", "-c", w.configure(t, "STRIPPING", "private-address: 127.0.0.0/8"))
	return w
}

// installed returns the path of a daemon. Where it must be there, its absence is a failure.
func installed(t *testing.T, daemon string) string {
	for _, name := range []string{daemon, "/usr/sbin/" + daemon} { // which is not in everybody's PATH
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("CHECK_DNSBL_REAL") == "1" {
		t.Fatalf("%s is not installed", daemon)
	}
	t.Skipf("%s is not installed", daemon)
	return ""
}

// freeAddr returns an address at which nobody listens, neither by UDP nor by TCP, and which is not taken yet.
func freeAddr(t *testing.T, taken map[string]string) string {
	for range 50 {
		udp, err := net.ListenPacket("udp", realLoopback+":0")
		if err != nil {
			t.Fatal(err)
		}
		addr := udp.LocalAddr().String()
		tcp, err := net.Listen("tcp", addr)
		_ = udp.Close()
		if err == nil {
			_ = tcp.Close()
		}
		if err == nil && !slices.Contains(slices.Collect(maps.Values(taken)), addr) {
			return addr
		}
	}
	t.Fatal("no port is free for UDP and TCP")
	return ""
}

// configure writes the configuration of an unbound and returns its path.
func (w *realWorld) configure(t *testing.T, name, extra string) string {
	form, err := os.ReadFile("testdata/real/unbound.conf")
	if err != nil {
		t.Fatal(err)
	}
	at := func(name string) string { return strings.Replace(w.names[name], ":", "@", 1) }
	fill := strings.NewReplacer("${LISTEN}", at(name), "${RBLDNSD}", at("RBLDNSD"), "${SILENT}", at("SILENT"), "${EXTRA}", extra)
	path := filepath.Join(w.program, name+".conf")
	if err := os.WriteFile(path, []byte(fill.Replace(string(form))), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// start starts a daemon and waits until it answers. It dies with the test, however that ends.
func (w *realWorld) start(t *testing.T, name, path string, args ...string) {
	logPath := filepath.Join(w.program, strings.ToLower(filepath.Base(path))+".log")
	log, err := os.OpenFile(logPath, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	cmd := exec.Command(path, args...)
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if os.Getuid() == 0 && name == "RBLDNSD" { // which refuses to be root, and forgets the signal if it changes users itself
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: 65534, Gid: 65534}
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // it was killed, and says so
	})
	awaitAnswer(t, w.names[name], logPath)
}

// awaitAnswer waits until a server gives the reason of the test entry.
func awaitAnswer(t *testing.T, addr, logPath string) {
	resolver := net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "udp", addr)
	}}
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
		_, err := resolver.LookupTXT(ctx, "2.0.0.127.ip4.bl.test.")
		cancel()
		if err == nil {
			return
		}
	}
	log, _ := os.ReadFile(logPath)
	t.Fatalf("no answer from %s:\n%s", addr, log)
}
