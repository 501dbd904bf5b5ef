//go:build linux

package acceptance

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"check_dnsbl/internal/checktest"
)

// Icinga itself takes the example and the README, and finds a service for each host and address
// that should have one.
func TestIcingaAccepts(t *testing.T) {
	const hosts = `
include <itl>
include <plugins>
const PluginDir = "/usr/lib/nagios/plugins"
const PluginContribDir = PluginDir
const ManubulonPluginDir = PluginDir
const NodeName = "test"
const ZoneName = NodeName
object Host "mail1" { check_command = "dummy", address = "192.0.2.25", vars.mail_server = true }
object Host "mail2" { check_command = "dummy", address6 = "2001:db8::26", vars.mail_addresses = [ "192.0.2.26", "domain:example.com" ], vars.mail_names = "mail2.example.com", vars.mail_lists = true }
object Host "mail3" { check_command = "dummy", address = "192.0.2.27", vars.dnsbl_lists = [ "zen.spamhaus.org" ] }
object Host "other" { check_command = "dummy", address = "192.0.2.28" }
include "example"
`
	dir := accepts(t, "main.conf", hosts, example(t, "icinga2-command.conf")+example(t, "icinga2-services.conf")+
		readmeBlock(t, "apply"))
	name, group := self(t)
	args := []string{"daemon", "-C", "-c", dir + "/main.conf"}
	for _, at := range []string{"ConfigDir", "DataDir", "LogDir", "CacheDir", "SpoolDir", "InitRunDir"} {
		args = append(args, "-D", "Configuration."+at+"="+dir)
	}
	out := runMonitor(t, "icinga2", append(args, "-D", "Configuration.RunAsUser="+name, "-D", "Configuration.RunAsGroup="+group)...)
	if !strings.Contains(out, "Instantiated 8 Services.") || strings.Contains(out, "warning/") {
		t.Error(out)
	}
}

// Nagios itself takes the examples and the README, with the templates that it comes with.
func TestNagiosAccepts(t *testing.T) {
	name, group := self(t)
	main := "nagios_user=" + name + "\nnagios_group=" + group + "\nlog_file=DIR/log\nlock_file=DIR/lock\ncheck_result_path=DIR\ncfg_file=DIR/example\ncfg_file=/etc/nagios4/objects/templates.cfg\n" +
		"cfg_file=/etc/nagios4/objects/commands.cfg\ncfg_file=/etc/nagios4/objects/contacts.cfg\ncfg_file=/etc/nagios4/objects/timeperiods.cfg\n" +
		"illegal_object_name_chars=`~!$%^&*|'\"<>?,()=\n"
	dir := accepts(t, "main.cfg", main, example(t, "nagios-commands.cfg")+example(t, "nagios-services.cfg")+nrpeObjects(t, "define")+
		readmeBlock(t, "define", "mail.example.com", "mail1.example.com", "DNSBL", "DNSBL of the README"))
	out := runMonitor(t, "nagios4", "-v", dir+"/main.cfg")
	if !strings.Contains(out, "Checked 18 services.") || strings.Contains(out, "Warning: Service") || strings.Contains(out, "Warning: Host") {
		t.Error(out)
	}
}

// accepts returns a directory with a configuration, in which DIR stands for the directory, and the
// text that it includes as example.
func accepts(t *testing.T, name, text, included string) string {
	dir := t.TempDir()
	for file, text := range map[string]string{name: strings.ReplaceAll(text, "DIR", dir), "example": included} {
		if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// runMonitor runs a monitor and returns what it prints.
func runMonitor(t *testing.T, monitor string, args ...string) string {
	t.Helper()
	out, err := exec.Command(checktest.Installed(t, monitor), args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", monitor, err, out)
	}
	return string(out)
}
