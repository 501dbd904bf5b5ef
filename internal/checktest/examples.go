package checktest

import (
	"regexp"
	"strings"
)

// NagiosObjects returns the objects of a Nagios configuration, each by its directives.
func NagiosObjects(text string) []map[string]string {
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

// NagiosMacros fills in a command line as Nagios does for a service with these arguments on a host
// with these directives.
func NagiosMacros(line string, args []string, host map[string]string) string {
	macros := []string{
		"$USER1$", "/usr/lib/nagios/plugins",
		"$HOSTADDRESS$", host["address"],
		"$_HOSTMAIL_ADDRESSES$", host["_MAIL_ADDRESSES"],
	}
	for i, arg := range args {
		macros = append(macros, "$ARG"+string(rune('1'+i))+"$", arg)
	}
	return strings.NewReplacer(macros...).Replace(line)
}

// NRPECommands returns the command lines of an NRPE configuration by their names.
func NRPECommands(text string) map[string]string {
	commands := map[string]string{}
	line := regexp.MustCompile(`(?m)^command\[(\w+)\]=(.*)$`)
	for _, match := range line.FindAllStringSubmatch(text, -1) {
		commands[match[1]] = match[2]
	}
	return commands
}
