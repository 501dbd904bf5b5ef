package main

import (
	"os"
	"os/user"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"check_dnsbl/internal/catalog"

	"github.com/spf13/pflag"
)

// serviceCheckTimeout is when Nagios, and Icinga, kill a plugin unless they are told otherwise.
const serviceCheckTimeout = 60 * time.Second

func example(t *testing.T, name string) string {
	text, err := os.ReadFile("../examples/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Each command line that the services of the Nagios example lead to is one that the program takes.
func TestNagiosExample(t *testing.T) {
	commands, hosts, unused := map[string]string{}, map[string]map[string]string{}, map[string]bool{}
	objects := nagiosObjects(withOptions(t, optionsIn(t, "[check_dnsbl]\nkey = spamhaus=d4taKeyOfOurs\n", 0o600)))
	for _, o := range objects {
		switch {
		case o["command_line"] != "":
			commands[o["command_name"]] = o["command_line"]
			unused[o["command_name"]] = true
		case o["service_description"] == "":
			hosts[o["host_name"]] = o
		}
	}
	for _, service := range objects {
		if service["service_description"] == "" {
			continue
		}
		call := strings.Split(service["check_command"], "!")
		delete(unused, call[0])
		for name := range strings.SplitSeq(service["host_name"], ", ") {
			checkCommandLine(t, nagiosMacros(commands[call[0]], call[1:], hosts[name]))
		}
	}
	for name := range unused {
		t.Errorf("no service shows the command %s", name)
	}
}

// nagiosObjects returns the objects of a file by their directives.
func nagiosObjects(text string) []map[string]string {
	var objects []map[string]string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		name, value, _ := strings.Cut(line, " ")
		switch {
		case line == "" || line == "}" || line[0] == '#':
		case name == "define":
			objects = append(objects, map[string]string{})
		default:
			objects[len(objects)-1][name] = strings.TrimSpace(value)
		}
	}
	return objects
}

// nagiosMacros fills in a command line as Nagios does.
func nagiosMacros(line string, args []string, host map[string]string) string {
	macros := []string{"$USER1$", "/usr/lib/nagios/plugins", "$HOSTADDRESS$", host["address"], "$_HOSTMAIL_ADDRESSES$", host["_MAIL_ADDRESSES"]}
	for i, arg := range args {
		macros = append(macros, "$ARG"+string(rune('1'+i))+"$", arg)
	}
	return strings.NewReplacer(macros...).Replace(line)
}

// checkCommandLine checks that the program takes a command line, and ends before the monitor loses its patience.
func checkCommandLine(t *testing.T, line string) {
	args := words(t, line)
	if len(args) == 0 || filepath.Base(args[0]) != "check_dnsbl" || strings.Contains(line, "$") {
		t.Errorf("no command line of ours: %q", line)
		return
	}
	opts, err := optionsOf(args[1:])
	if err != nil {
		t.Errorf("%s: %v", line, err)
	}
	if opts.timeout >= serviceCheckTimeout {
		t.Errorf("%s: -t is not below %v", line, serviceCheckTimeout)
	}
}

// Each option has its argument in the CheckCommand, and each argument its option. A variable is named after its option;
// one that is misspelt would be no error to Icinga, just never be heard of.
func TestIcingaExample(t *testing.T) {
	text := example(t, "icinga2-command.conf") + example(t, "icinga2-services.conf")
	arguments := icingaArguments(text)
	variables := map[string]bool{}
	flags(&typed{}).VisitAll(func(f *pflag.Flag) {
		switch {
		case f.Hidden || slices.Contains(strings.Fields("help version catalog bounce output"), f.Name): // no checks, and not for monitors
			return
		case f.Name == "key": // never as an argument, which everyone on the host sees in the list of processes
			for _, operator := range catalog.KeyOperators() {
				variables[checkKeyVariable(t, text, operator)] = true
			}
			return
		}
		option := "--" + f.Name
		if f.Shorthand != "" {
			option = "-" + f.Shorthand
		}
		argument, ok := arguments[option]
		if !ok {
			t.Errorf("no argument for %s", option)
		}
		variable := "dnsbl_" + strings.ReplaceAll(f.Name, "-", "_")
		checkArgument(t, f, variable, argument)
		variables[variable] = true
		delete(arguments, option)
	})
	for option := range arguments {
		t.Errorf("no option for the argument %q", option)
	}
	for _, variable := range regexp.MustCompile(`\bdnsbl_\w+`).FindAllString(text, -1) {
		if !variables[variable] {
			t.Errorf("%s is the variable of no option", variable)
		}
	}
}

// checkKeyVariable checks that the key of an operator goes into the environment, and returns the variable that holds it.
func checkKeyVariable(t *testing.T, text, operator string) string {
	variable := "dnsbl_key_" + operator
	line := keyVariable + strings.ToUpper(operator) + ` = "$` + variable + `$"`
	if !strings.Contains(text, "\n\t\t"+line+"\n") {
		t.Errorf("want %s in env", line)
	}
	return variable
}

// icingaArguments returns the arguments of the CheckCommand by option, each by its attributes.
func icingaArguments(text string) map[string]map[string]string {
	argument := regexp.MustCompile(`(?ms)^\t\t"([^"]*)" = \{\n(.*?)^\t\t\}$`)
	attribute := regexp.MustCompile(`(?m)^\t\t\t(\w+) = (.*)$`)
	arguments := map[string]map[string]string{}
	for _, a := range argument.FindAllStringSubmatch(text, -1) {
		arguments[a[1]] = map[string]string{}
		for _, b := range attribute.FindAllStringSubmatch(a[2], -1) {
			arguments[a[1]][b[1]] = strings.Trim(b[2], `"`)
		}
	}
	return arguments
}

// checkArgument checks that an argument passes its variable on as the option takes it.
func checkArgument(t *testing.T, f *pflag.Flag, variable string, argument map[string]string) {
	key, repeated := "value", ""
	if f.NoOptDefVal != "" { // it takes no value
		key = "set_if"
	}
	if f.Value.Type() == "stringArray" {
		repeated = "true"
	}
	if argument[key] != "$"+variable+"$" || argument["repeat_key"] != repeated || !strings.HasSuffix(argument["description"], ".") {
		t.Errorf("--%s: want %s = $%s$, repeat_key %q and a description; have %v", f.Name, key, variable, repeated, argument)
	}
}

// Icinga itself takes the example and the README, and finds a service for each host and address that should have one.
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
object Host "other" { check_command = "dummy", address = "192.0.2.27" }
include "example"
`
	dir := accepts(t, "main.conf", hosts, example(t, "icinga2-command.conf")+example(t, "icinga2-services.conf")+
		readmeBlock(t, "apply", `Service "dnsbl"`, `Service "of the README"`))
	name, group := self(t)
	args := []string{"daemon", "-C", "-c", dir + "/main.conf"}
	for _, at := range []string{"ConfigDir", "DataDir", "LogDir", "CacheDir", "SpoolDir", "InitRunDir"} {
		args = append(args, "-D", "Configuration."+at+"="+dir)
	}
	out := runIfInstalled(t, "icinga2", append(args, "-D", "Configuration.RunAsUser="+name, "-D", "Configuration.RunAsGroup="+group)...)
	if !strings.Contains(out, "Instantiated 6 Services.") || strings.Contains(out, "warning/") {
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
	out := runIfInstalled(t, "nagios4", "-v", dir+"/main.cfg")
	if !strings.Contains(out, "Checked 11 services.") || strings.Contains(out, "Warning: Service") || strings.Contains(out, "Warning: Host") {
		t.Error(out)
	}
}

// self returns the user and group that the test runs as: monitors may have reasons to become somebody else.
func self(t *testing.T) (name, group string) {
	u, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	g, err := user.LookupGroupId(u.Gid)
	if err != nil {
		t.Fatal(err)
	}
	return u.Username, g.Name
}
