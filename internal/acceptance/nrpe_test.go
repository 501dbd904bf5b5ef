//go:build linux

package acceptance

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/checktest"
	"check_dnsbl/internal/dnsbl"
)

// An nrpe is one that runs, with all that it keeps in one directory.
type nrpe struct{ dir, port, checkNRPE string }

// TestRealNRPE has check_nrpe ask an nrpe for the commands of the example, and for some more. Its
// output and exit status must be what the program does.
func TestRealNRPE(t *testing.T) {
	t.Parallel()
	n := startNRPE(t)
	for _, tt := range []struct {
		command string
		status  int
		first   string
	}{
		{"ok", 0, "OK: 198.51.100.7 is not on any of "},
		{"warning", 1, "WARNING: 192.0.2.26 on 1 of "},
		{"critical", 2, "CRITICAL: 192.0.2.25 on 2 of "},
		{"unknown", 3, "UNKNOWN: 1 major list failed for 192.0.2.27: refuses this resolver (zen.spamhaus.org)"},
		{"silent", 3, "UNKNOWN: 1 list failed for 198.51.100.7: timeout"}, // by its own deadline, which is the first
		{"keyed", 0, "OK: 198.51.100.7 is not listed (1 list answered) | "},
		{"check_dnsbl", 2, "CRITICAL: 192.0.2.25 on 2 of "},
		{"check_dnsbl_all", 1, "WARNING: 1 of 10 addresses listed, worst 192.0.2.26 on 1 of "},
		{"check_dnsbl_domain", 0, "OK: example.com is not on any of "},
		{"check_dnsbl_postscreen", 2, "CRITICAL: 192.0.2.25 on 2 of 2 lists, weight 5: "},
		{"check_dnsbl_name", 0, "OK: 192.0.2.25 on 1 of 1 list (below -w 2): bl.spamcop.net | "},
		{"check_dnsbl_lists", 0, "OK: 22 of 22 lists healthy "},
		{"much", 2, "CRITICAL: 192.0.2.28 on "},
		{"longest", 2, "CRITICAL: 192.0.2.28 on "},
	} {
		t.Run(tt.command, func(t *testing.T) {
			want := steady(n.prints(t, tt.command))
			if status, out := n.ask(t, tt.command); status != tt.status || steady(out) != want || !strings.HasPrefix(out, tt.first) {
				t.Errorf("status %d, want %d; came\n%s\nprinted was\n%s", status, tt.status, out, want)
			}
		})
	}
	if out := n.prints(t, "keyed"); !strings.Contains(out, "unproved") || !strings.Contains(out, " KEY.spam.spamrats.com") {
		t.Errorf("the command for keys asks without one:\n%s", out)
	}
	if size := len(n.prints(t, "much")); size < 3850 {
		t.Errorf("much is only %d bytes", size)
	}
}

// TestRealNRPEOld asks as check_nrpe before version 4 does. No more than 1,024 bytes come, and what
// is left must be of use: the first line.
func TestRealNRPEOld(t *testing.T) {
	t.Parallel()
	n := startNRPE(t)
	for command, status := range map[string]int{"ok": 0, "warning": 1, "critical": 2, "unknown": 3, "much": 2, "longest": 2} {
		want := n.prints(t, command)
		first, _, _ := strings.Cut(want, "\n")
		if command == "longest" && len(first) < 320 {
			t.Errorf("the longest first line is only %d bytes", len(first))
		}
		for _, version := range []string{"-2", "-3"} {
			got, out := n.ask(t, command, version)
			if got != status || !strings.HasPrefix(steady(out), steady(first)) || !strings.HasPrefix(steady(want), steady(out)) {
				t.Errorf("%s %s: status %d, want %d; came\n%s\nprinted was\n%s", command, version, got, status, out, want)
			}
			if len(want) > 1024 && len(out) > 1024 {
				t.Errorf("%s %s: %d bytes came: these packets are not the small ones", command, version, len(out))
			}
		}
	}
}

// ask has check_nrpe ask for a command, and returns its exit status and what it prints.
func (n *nrpe) ask(t *testing.T, command string, options ...string) (int, string) {
	return outcome(t, exec.Command(n.checkNRPE, append(options, "-H", "127.0.0.1", "-p", n.port, "-c", command, "-u", "-t", "30:UNKNOWN")...))
}

// prints returns what a command prints.
func (n *nrpe) prints(t *testing.T, command string) string {
	for _, file := range []string{"nrpe.cfg", "example.cfg"} {
		text, err := os.ReadFile(filepath.Join(n.dir, file))
		if err != nil {
			t.Fatal(err)
		}
		if line := checktest.NRPECommands(string(text))[command]; line != "" {
			cmd := exec.Command("sh", "-c", line)
			cmd.Env = append(os.Environ(), "CHECK_DNSBL_KEY_SPAMRATS="+testKey)
			_, out := outcome(t, cmd)
			return out
		}
	}
	t.Fatalf("no command %s", command)
	return ""
}

// outcome runs a command and returns its exit status and what it prints.
func outcome(t *testing.T, cmd *exec.Cmd) (int, string) {
	out, _ := cmd.Output() // what counts is the exit status
	if cmd.ProcessState == nil {
		t.Fatalf("%s does not run", cmd.Path)
	}
	return cmd.ProcessState.ExitCode(), strings.TrimSuffix(string(out), "\n")
}

// startNRPE starts an nrpe with the example and the commands of the test.
func startNRPE(t *testing.T) *nrpe {
	program := checktest.Installed(t, "nrpe")
	n := &nrpe{t.TempDir(), freePort(t), checktest.Installed(t, "/usr/lib/nagios/plugins/check_nrpe")}
	installPlugin(t, n.dir)
	if err := os.Chmod(filepath.Dir(n.dir), 0o755); err != nil { // nrpe is somebody else
		t.Fatal(err)
	}
	form, err := os.ReadFile("testdata/nrpe.cfg")
	if err != nil {
		t.Fatal(err)
	}
	attributes := &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	name, group := self(t)
	if os.Getuid() == 0 { // whom nrpe refuses to be
		name, group = "nobody", "nogroup"
		attributes.Credential = credential(t, name)
	}
	filled := strings.NewReplacer("${DIR}", n.dir, "${PORT}", n.port, "${USER}", name, "${GROUP}", group, "${WEIGHTED}", manyWeighted()).Replace(string(form))
	writeIn(t, n.dir, "nrpe.cfg", filled, 0o644)
	writeIn(t, n.dir, "example.cfg", replaced(t, example(t, "nrpe.cfg"), "/usr/lib/nagios/plugins/check_dnsbl -", n.dir+"/plugins/check_dnsbl -"), 0o644)
	if err := os.Mkdir(n.dir+"/own", 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(n.dir+"/own", 0o777); err != nil {
		t.Fatal(err)
	}
	daemon := exec.Command(program, "-c", n.dir+"/nrpe.cfg", "-f")
	daemon.Env, daemon.SysProcAttr = append(os.Environ(), "CHECK_DNSBL_KEY_SPAMRATS="+testKey), attributes
	n.run(t, daemon)
	return n
}

// run starts the daemon and waits until it listens.
func (n *nrpe) run(t *testing.T, daemon *exec.Cmd) {
	if err := daemon.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = daemon.Process.Signal(syscall.SIGTERM)
		_ = daemon.Wait()
	})
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		connection, err := net.Dial("tcp", "127.0.0.1:"+n.port)
		if err == nil {
			_ = connection.Close()
			return
		}
	}
	log, _ := os.ReadFile(n.dir + "/own/log")
	t.Fatalf("nrpe does not listen:\n%s", log)
}

// credential returns those of a user.
func credential(t *testing.T, name string) *syscall.Credential {
	u, err := user.Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		t.Fatal(err)
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		t.Fatal(err)
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
}

// manyWeighted names more lists of addresses than a first line has room for, with a weight.
func manyWeighted() string {
	const enough = 30
	var options []string
	set, _ := catalog.Set("all")
	for _, l := range set {
		if l.Subjects&dnsbl.IPv4 != 0 && len(options) < enough {
			options = append(options, fmt.Sprintf("-l '%s*10'", l.Zone))
		}
	}
	return strings.Join(options, " ")
}
