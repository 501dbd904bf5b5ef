//go:build linux

package acceptance

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"

	"check_dnsbl/internal/checktest"
)

// dpkgInstalls installs the .deb into an empty directory, runs what is there, and takes it away
// again.
func (b *built) dpkgInstalls(t *testing.T) {
	root := emptyRoot(t)
	for _, dir := range []string{"info", "updates", "triggers"} {
		if err := os.MkdirAll(filepath.Join(root, "var/lib/dpkg", dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	writeIn(t, root, "var/lib/dpkg/status", "", 0o644)
	dpkg := func(args ...string) {
		output(t, "dpkg", append([]string{"--root=" + root, "--log=" + root + "/var/log"}, args...)...)
	}
	dpkg("--install", b.deb(runtime.GOARCH))
	checkRuns(t, root, "/usr/lib/nagios/plugins/check_dnsbl", b.version)
	dpkg("--remove", "check-dnsbl")
	if left := below(t, root); left != "/etc /etc/nagios-plugins /etc/nagios-plugins/config /etc/nagios-plugins/config/dnsbl.cfg" {
		t.Errorf("removed, but there is still: %s", left)
	}
	dpkg("--purge", "check-dnsbl")
	if left := below(t, root); left != "" {
		t.Errorf("purged, but there is still: %s", left)
	}
}

// rpmInstalls does the same with the .rpm. Debian's rpm wants to be told that this is meant. Unlike
// dpkg, rpm leaves the directories that the package shares with others.
func (b *built) rpmInstalls(t *testing.T) {
	root := emptyRoot(t)
	rpm := func(args ...string) {
		output(t, "rpm", append([]string{"--root=" + root, "--dbpath=/var/lib/rpm", "--force-debian"}, args...)...)
	}
	rpm("--install", b.rpm(runtime.GOARCH))
	checkRuns(t, root, "/usr/lib64/nagios/plugins/check_dnsbl", b.version)
	rpm("--erase", "check-dnsbl")
	const shared = "/etc /etc/nagios /etc/nagios/conf.d /usr /usr/bin /usr/lib64 /usr/lib64/nagios /usr/lib64/nagios/plugins /usr/share /usr/share/bash-completion " +
		"/usr/share/bash-completion/completions /usr/share/doc /usr/share/fish /usr/share/fish/vendor_completions.d /usr/share/icinga2 /usr/share/icinga2/include " +
		"/usr/share/icinga2/include/plugins-contrib.d /usr/share/licenses /usr/share/man /usr/share/man/man8 /usr/share/zsh /usr/share/zsh/site-functions"
	if left := below(t, root); left != shared {
		t.Errorf("erased, but there is still: %s", left)
	}
}

// emptyRoot returns a directory to install a system in, which only root may do.
func emptyRoot(t *testing.T) string {
	if os.Getuid() != 0 {
		t.Skip("only root may install packages and change roots")
	}
	return t.TempDir()
}

// below returns what is below a root, without what dpkg and rpm themselves keep there.
func below(t *testing.T, root string) string {
	var left []string
	err := fs.WalkDir(os.DirFS(root), ".", func(path string, _ fs.DirEntry, err error) error {
		if path == "var" {
			return fs.SkipDir
		}
		if path != "." {
			left = append(left, "/"+path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(left, " ")
}

// blind is a pattern for the output without a network.
func blind(resolver string) string {
	return `UNKNOWN: resolver ` + resolver + ` cannot be reached \(network is unreachable\): [^|\n]* \| listed=0;0;2;0;0 failed=[^\n]*\nfix: [^\n]*--resolver[^\n]*\n`
}

// checkRuns runs the program where there is nothing but what the package installed, and a resolver
// without a network to reach it.
func checkRuns(t *testing.T, root, program, version string) {
	writeIn(t, root, "etc/resolv.conf", "nameserver 192.0.2.53\n", 0o644)
	for _, tt := range []struct{ option, value, want string }{
		{"-V", "", `check_dnsbl ` + regexp.QuoteMeta(version) + `\ncatalog of [0-9-]{10}[^\n]*\n`},
		{"-H", "127.0.0.2", blind(`192\.0\.2\.53:53`)},
		{"-H", "127.0.0.2", blind(`127\.0\.0\.1:53`) + `/etc/resolv\.conf has no resolver[^\n]*127\.0\.0\.1:53\n`},
	} {
		if strings.Contains(tt.want, "has no resolver") {
			if err := os.Remove(root + "/etc/resolv.conf"); err != nil {
				t.Fatal(err)
			}
		}
		cmd := exec.Command(program, slices.DeleteFunc([]string{tt.option, tt.value}, func(s string) bool { return s == "" })...)
		cmd.Dir, cmd.Env = "/", []string{}
		cmd.SysProcAttr = &syscall.SysProcAttr{Chroot: root, Cloneflags: syscall.CLONE_NEWNET}
		out, err := cmd.CombinedOutput()
		if cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != 3 || !regexp.MustCompile(`\A`+tt.want+`\z`).Match(out) {
			t.Errorf("%s %s: %v\n%s\nwant exit status 3 and\n%s", tt.option, tt.value, err, out, tt.want)
		}
	}
}

// checkInstalledExamples checks that what the monitors read is what the other tests are about.
func checkInstalledExamples(t *testing.T, root string) {
	for file, of := range map[string]string{"etc/nagios-plugins/config/dnsbl.cfg": "nagios-commands.cfg", "usr/share/icinga2/include/plugins-contrib.d/dnsbl.conf": "icinga2-command.conf"} {
		if got := string(readFile(t, filepath.Join(root, file))); got != example(t, of) {
			t.Errorf("%s is not examples/%s:\n%s", file, of, got)
		}
	}
}

// nagiosReads has Nagios read the commands from the directory that Debian's nagios.cfg names, and
// services that need them.
func nagiosReads(t *testing.T, root string) {
	program := checktest.Installed(t, "nagios4")
	if !strings.Contains(string(readFile(t, "/etc/nagios4/nagios.cfg")), "\ncfg_dir=/etc/nagios-plugins/config\n") {
		t.Error("Nagios does not read /etc/nagios-plugins/config")
	}
	name, group := self(t)
	main := "nagios_user=NAME\nnagios_group=GROUP\nlog_file=DIR/log\nlock_file=DIR/lock\ncheck_result_path=DIR\ncfg_dir=DIR/etc/nagios-plugins/config\n" +
		"cfg_file=DIR/usr/share/doc/check-dnsbl/examples/nagios-services.cfg\ncfg_file=/etc/nagios4/objects/templates.cfg\n" +
		"cfg_file=/etc/nagios4/objects/commands.cfg\ncfg_file=/etc/nagios4/objects/contacts.cfg\ncfg_file=/etc/nagios4/objects/timeperiods.cfg\nillegal_object_name_chars=`~!$%^&*|'\"<>?,()=\n"
	writeIn(t, root, "main.cfg", strings.NewReplacer("DIR", root, "NAME", name, "GROUP", group).Replace(main), 0o644)
	if out := output(t, program, "-v", root+"/main.cfg"); !regexp.MustCompile(`Checked [1-9][0-9]* services\.`).MatchString(out) || !strings.Contains(out, "Total Errors:   0\n") {
		t.Error(out)
	}
}

// icingaReads has Icinga read the CheckCommand among those of its ITL, and services that need it.
func icingaReads(t *testing.T, root string) {
	const itl = "/usr/share/icinga2/include"
	own := readFile(t, root+itl+"/plugins-contrib.d/dnsbl.conf")
	dir := t.TempDir()
	if err := os.CopyFS(dir+"/include", os.DirFS(itl)); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(dir+"/cache", 0o755); err != nil {
		t.Fatal(err)
	}
	writeIn(t, dir, "include/plugins-contrib.d/dnsbl.conf", string(own), 0o644)
	writeIn(t, dir, "main.conf", `include <itl>
include <plugins>
include "include/plugins-contrib"
const PluginDir = "/usr/lib/nagios/plugins"
const PluginContribDir = PluginDir
const NodeName = "test"
const ZoneName = NodeName
object Host "mail1" { check_command = "dummy", address = "192.0.2.25", vars.mail_server = true, vars.mail_names = "mail1.example.com", vars.mail_lists = true }
include "`+root+`/usr/share/doc/check-dnsbl/examples/icinga2-services.conf"
`, 0o644)
	ic := icinga{dir: dir, program: checktest.Installed(t, "icinga2")}
	out, err := ic.command(t, "daemon", "-C", "-c", dir+"/main.conf").CombinedOutput()
	if err != nil || !strings.Contains(string(out), "Instantiated 3 Services.") {
		t.Errorf("%v\n%s", err, out)
	}
}

// checkPages checks that the man page can be read, and that each shell that is there can read its
// completions.
func checkPages(t *testing.T, root string) {
	output(t, "man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", root+"/usr/share/man/man8/check_dnsbl.8.gz")
	for shell, file := range map[string]string{"bash": "bash-completion/completions/check_dnsbl", "zsh": "zsh/vendor-completions/_check_dnsbl",
		"fish": "fish/vendor_completions.d/check_dnsbl.fish"} {
		if _, err := exec.LookPath(shell); err == nil {
			output(t, shell, "-n", filepath.Join(root, "usr/share", file))
		}
	}
}
