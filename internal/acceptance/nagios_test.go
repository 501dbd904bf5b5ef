//go:build linux

package acceptance

import (
	"fmt"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/checktest"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
)

// nagiosTimeout is after how many seconds this Nagios kills a plugin.
const nagiosTimeout = 6

// TestRealNagios lets Nagios run the commands and services of the example, and some more for each
// state, and compares what it records with what the program prints.
func TestRealNagios(t *testing.T) {
	t.Parallel()
	n := startNagios(t)
	for _, tt := range []struct{ service, host, command, state string }{
		{"state OK", "clean", "check_dnsbl", "OK"},
		{"state WARNING", "home", "check_dnsbl", "WARNING"},
		{"state CRITICAL", "mail1.example.com", "check_dnsbl", "CRITICAL"},
		{"state UNKNOWN", "refused", "check_dnsbl", "UNKNOWN"},
		{"own deadline", "clean", "silent", "UNKNOWN"}, // not "(Service check timed out ...)", with nothing else
		{"DNSBL", "mail1.example.com", "check_dnsbl", "CRITICAL"},
		{"DNSBL by count", "mail1.example.com", "check_dnsbl_at!2!4", "WARNING"},
		{"DNSBL by count or major list", "mail1.example.com", "check_dnsbl_at_major!2!4", "CRITICAL"},
		{"DNSBL by weight", "mail1.example.com", "check_dnsbl_postscreen!zen.spamhaus.org=127.0.0.[2..11]*3 bl.spamcop.net*2 b.barracudacentral.org!2!4", "CRITICAL"},
		{"DNSBL of the domain", "mail1.example.com", "check_dnsbl_domain!example.com", "OK"},
		{"DNSBL with keys", "mail1.example.com", "check_dnsbl_keyed!" + n.dir + "/options.ini", "WARNING"},
		{"DNSBL name", "mail1.example.com", "check_dnsbl_name!mail1.example.com", "OK"},
		{"DNSBL lists", "mail1.example.com", "check_dnsbl_lists!5", "OK"},
	} {
		t.Run(tt.service, func(t *testing.T) {
			want := n.prints(t, tt.host, tt.command)
			want.state = tt.state
			if got := n.force(t, tt.host, tt.service); got != want {
				t.Errorf("recorded\n%v\nprinted\n%v", got, want)
			}
			n.status(t, tt.host, tt.service, want)
		})
	}
	t.Run("mail", n.mail)
	t.Run("nothing is cut", func(t *testing.T) { // 4,096 bytes are what Nagios reads at once
		want := n.prints(t, "everywhere", "check_dnsbl")
		want.state = "CRITICAL"
		if size := len(want.output + want.perfdata + want.long); size < 3850 {
			t.Fatalf("only %d bytes to be cut", size)
		}
		for i := range 50 {
			if got := n.force(t, "everywhere", "much to say"); got != want {
				t.Fatalf("of 50 times, the time %d:\n%v\nwant\n%v", i, got, want)
			}
		}
	})
	t.Run("a service per list", n.perList) // the last one: its worlds end with it
}

// mail has Nagios send the mail of the example, which has the first line of the output and, further
// down, the pages of each listing.
func (n *nagios) mail(t *testing.T) {
	if got := n.force(t, "mail1.example.com", "DNSBL"); got.state != "CRITICAL" {
		t.Fatal(got)
	}
	n.command(t, "SEND_CUSTOM_SVC_NOTIFICATION;mail1.example.com;DNSBL;2;test;test")
	const file = "/mail/CUSTOM__mail1_example_com_DNSBL_is_CRITICAL"
	var text string
	for deadline := time.Now().Add(time.Minute); text == "" && time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		read, _ := os.ReadFile(n.dir + file) // until it is there
		text = string(read)
	}
	for _, want := range []string{"CUSTOM: mail1.example.com/DNSBL is CRITICAL, ", "\nCRITICAL: 192.0.2.25 ", "https://www.spamcop.net/bl.shtml?192.0.2.25\n", "https://check.spamhaus.org/results/?query=192.0.2.25\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in the mail:\n%s", want, text)
		}
	}
}

// nagiosWorld has all lists in health, and an address for each state.
func nagiosWorld() dnstest.World {
	const listed, home, refused, everywhere = "192.0.2.25", "192.0.2.26", "192.0.2.27", "192.0.2.28"
	world := dnstest.World{
		Lists: []dnstest.List{{Zone: "silent.example", Fault: dnstest.Silent}},
		Records: []string{"in-addr.arpa. NS a.in-addr-servers.arpa.", reverse("198.51.100.7") + " PTR mail.example.com.", "mail.example.com. A 198.51.100.7",
			reverse("192.0.2.25") + " PTR mail1.example.com.", "mail1.example.com. A 192.0.2.25"},
	}
	set, _ := catalog.Set("all")
	for _, l := range set {
		list := dnstest.List{Zone: l.Zone, Entries: map[string][]string{everywhere: {"127.0.0.2"}}, Texts: map[string][]string{everywhere: {strings.Repeat("why it is listed, ", 12)}}}
		for _, test := range l.PositiveTests(dnsbl.Subject{Domain: "example.com"}) {
			list.Entries[test.String()] = []string{"127.0.0.14"}
		}
		switch l.Zone {
		case "zen.spamhaus.org":
			list.Entries[listed], list.Entries[home], list.Entries[refused] = []string{"127.0.0.2"}, []string{"127.0.0.10"}, []string{"127.255.255.254"}
			list.Texts[listed] = []string{"Listed; see https://check.spamhaus.org/?a=1&b=2 | <b>now</b>"}
		case "bl.spamcop.net":
			list.Entries[listed] = []string{"127.0.0.2"}
		}
		world.Lists = append(world.Lists, list)
	}
	return world
}

// startNagios starts a Nagios with the example and the services of the test.
func startNagios(t *testing.T) *nagios {
	program := checktest.Installed(t, "nagios4")
	n := &nagios{t.TempDir()}
	installPlugin(t, n.dir)
	writeIn(t, n.dir, "bin/mail", `#!/bin/sh
mail=`+n.dir+`/mail/$(printf %s "$2" | tr -c 'A-Za-z0-9\n' _)
cat >"$mail.part" && mv "$mail.part" "$mail"
`, 0o755)
	writeIn(t, n.dir, "nagios.cfg", n.configuration(t), 0o644)
	writeIn(t, n.dir, "resource.cfg", "$USER1$="+n.dir+"/plugins\n", 0o644)
	writeIn(t, n.dir, "options.ini", "[check_dnsbl]\nwarning=2\ncritical=4\n", 0o600)
	example := replaced(t, withOptions(t, n.dir+"/options.ini"), "    max_check_attempts  3\n    contacts", "    max_check_attempts  1\n    contacts")
	writeIn(t, n.dir, "example.cfg", example, 0o644)
	writeIn(t, n.dir, "objects.cfg", nagiosServices(), 0o644)
	for _, dir := range []string{"var", "spool", "mail"} {
		if err := os.Mkdir(filepath.Join(n.dir, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	log, err := os.Create(n.dir + "/out")
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	daemon := exec.Command(program, n.dir+"/nagios.cfg")
	daemon.Stdout, daemon.Stderr = log, log
	daemon.Env = append(os.Environ(), "PATH="+n.dir+"/bin:"+os.Getenv("PATH"))
	daemon.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := daemon.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = daemon.Process.Signal(syscall.SIGTERM)
		_ = daemon.Wait()
	})
	return n
}

// installPlugin puts a check_dnsbl that asks the world of the test into plugins below dir.
func installPlugin(t *testing.T, dir string) {
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	playWorld(t, dir, nagiosWorld())
	writeIn(t, dir, "plugins/check_dnsbl", fmt.Sprintf("#!/bin/sh\nexec %s/check_dnsbl \"$@\" --resolver $(cat %s/resolver)\n", programDir, dir), 0o755)
}

// playWorld has the plugin below dir ask a world from now on.
func playWorld(t *testing.T, dir string, world dnstest.World) {
	server, err := dnstest.Start(world)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	writeIn(t, dir, "resolver.new", server.Addr.String(), 0o644)
	if err := os.Rename(dir+"/resolver.new", dir+"/resolver"); err != nil {
		t.Fatal(err)
	}
}

// writeIn writes a file below dir.
func writeIn(t *testing.T, dir, name, text string, mode os.FileMode) {
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}

// configuration is the main configuration. Nothing is checked unless it is forced.
func (n *nagios) configuration(t *testing.T) string {
	user, group := self(t)
	form, err := os.ReadFile("testdata/nagios.cfg")
	if err != nil {
		t.Fatal(err)
	}
	return strings.NewReplacer("${DIR}", n.dir, "${USER}", user, "${GROUP}", group, "${TIMEOUT}", fmt.Sprint(nagiosTimeout)).Replace(string(form))
}

// nagiosServices are the hosts and services beside those of the example.
func nagiosServices() string {
	var text strings.Builder
	for name, addr := range nagiosHosts() {
		fmt.Fprintf(&text, "define host {\n use generic-host\n host_name %s\n address %s\n max_check_attempts 1\n}\n", name, addr)
	}
	text.WriteString("define command {\n command_name silent\n command_line $USER1$/check_dnsbl -H '$HOSTADDRESS$' -l silent.example -t 2\n}\n")
	for _, s := range [][3]string{{"state OK", "clean", "check_dnsbl"}, {"state WARNING", "home", "check_dnsbl"}, {"state CRITICAL", "mail1.example.com", "check_dnsbl"},
		{"state UNKNOWN", "refused", "check_dnsbl"}, {"own deadline", "clean", "silent"}, {"much to say", "everywhere", "check_dnsbl"}, {"all lists", "mail1.example.com", "check_dnsbl"}} {
		fmt.Fprintf(&text, "define service {\n use dnsbl-service\n service_description %s\n host_name %s\n check_command %s\n}\n", s[0], s[1], s[2])
	}
	return text.String()
}

func nagiosHosts() map[string]netip.Addr {
	return map[string]netip.Addr{"clean": netip.MustParseAddr("198.51.100.7"), "home": netip.MustParseAddr("192.0.2.26"),
		"refused": netip.MustParseAddr("192.0.2.27"), "everywhere": netip.MustParseAddr("192.0.2.28")}
}
