package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/checktest"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/options"

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
// Its contact sends mail by the command of the example.
func TestNagiosExample(t *testing.T) {
	commands, hosts, unused := map[string]string{}, map[string]map[string]string{}, map[string]bool{}
	objects := checktest.NagiosObjects(withOptions(t, optionsIn(t, "[check_dnsbl]\nkey = spamhaus=d4taKeyOfOurs\n", 0o600)))
	for _, o := range objects {
		switch {
		case o["command_line"] != "":
			commands[o["command_name"]] = o["command_line"]
			unused[o["command_name"]] = true
		case o["contact_name"] != "":
			delete(unused, o["service_notification_commands"])
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
			checkCommandLine(t, checktest.NagiosMacros(commands[call[0]], call[1:], hosts[name]))
		}
	}
	for name := range unused {
		t.Errorf("no service shows the command %s", name)
	}
}

// checkCommandLine checks that the program takes a command line, and ends before the monitor loses
// its patience.
func checkCommandLine(t *testing.T, line string) {
	args := checktest.Words(line)
	if len(args) == 0 || filepath.Base(args[0]) != "check_dnsbl" || strings.Contains(line, "$") {
		t.Errorf("no command line of ours: %q", line)
		return
	}
	cfg, err := readConfig(args[1:])
	if err != nil {
		t.Errorf("%s: %v", line, err)
	}
	if cfg.plan.Timeout >= serviceCheckTimeout {
		t.Errorf("%s: -t is not below %v", line, serviceCheckTimeout)
	}
}

// Each option has its argument in the CheckCommand, and each argument its option. A variable is
// named after its option; one that is misspelt would be no error to Icinga, just never be heard of.
func TestIcingaExample(t *testing.T) {
	text := example(t, "icinga2-command.conf") + example(t, "icinga2-services.conf")
	arguments := icingaArguments(text)
	variables := map[string]bool{"dnsbl_lists": true} // of a host, for a service per list
	options.Flags(&options.Typed{}).VisitAll(func(f *pflag.Flag) {
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

// checkKeyVariable checks that the key of an operator goes into the environment, and returns the
// variable that holds it.
func checkKeyVariable(t *testing.T, text, operator string) string {
	variable := "dnsbl_key_" + operator
	line := "CHECK_DNSBL_KEY_" + strings.ToUpper(operator) + ` = "$` + variable + `$"`
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
		t.Errorf("--%s: must have %s = $%s$, repeat_key %q and a description; have %v", f.Name, key, variable, repeated, argument)
	}
}

// The examples of a service per list have a service for each major list of addresses that answers
// everyone, and one for all other recommended lists.
func TestListExamples(t *testing.T) {
	major, _ := catalog.Set("major")
	var open, others []string
	for _, l := range major {
		switch {
		case l.Subjects&dnsbl.IPv4 == 0:
		case l.Access == dnsbl.Open:
			open = append(open, l.Zone)
		default:
			others = append(others, l.Zone)
		}
	}
	minor := "--set minor -l " + strings.Join(others, ",") + " "
	if text := example(t, "nagios-commands.cfg"); !strings.Contains(text, minor) {
		t.Errorf("no command has %s", minor)
	}
	var services []string
	for _, o := range checktest.NagiosObjects(example(t, "nagios-services.cfg")) {
		if zone, ok := strings.CutPrefix(o["check_command"], "check_dnsbl_list!"); ok {
			services = append(services, zone)
			if o["service_description"] != "DNSBL "+zone {
				t.Errorf("%s is checked by %q", zone, o["service_description"])
			}
		}
	}
	if !slices.Equal(services, open) {
		t.Errorf("services for %q, want %q", services, open)
	}
	array := fmt.Sprintf(`vars.dnsbl_lists = [ "%s" ]`, strings.Join(open, `", "`))
	for _, name := range []string{"icinga2-services.conf", "icinga2-zones/master/zones.d/site-a/hosts.conf"} {
		if !strings.Contains(example(t, name), array) {
			t.Errorf("%s has no %s", name, array)
		}
	}
	group := fmt.Sprintf(`vars.dnsbl_list = "%s"`, strings.Join(others, ","))
	if text := example(t, "icinga2-services.conf"); !strings.Contains(text, "vars.dnsbl_set = \"minor\"\n\t"+group) {
		t.Errorf("no service has %s", group)
	}
}
