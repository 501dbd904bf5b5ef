package options

import (
	"fmt"
	"strconv"

	"github.com/spf13/pflag"
)

// An rblOption is an option of check_rbl that check_dnsbl does not have, or not by that name: the
// command lines and option files of check_rbl work here too.
type rblOption struct {
	name, short string
	ours, value string // the option that means the same, and its value if none is typed
	takes       string // text, number or nothing
	refused     bool   // as without it the verdict would mean something else
	hint        string // what to do, or why there is nothing to do
}

// rblOptions returns the options of check_rbl, but for those that are the same here.
func rblOptions() []rblOption {
	const allowed = "Allow lists are shown but never counted. Name them with -l"
	return []rblOption{
		{name: "host", ours: "hostname"},
		{name: "server", short: "s", ours: "list"},
		{name: "nameserver", short: "n", ours: "resolver"},
		{name: "authoritative", short: "A", ours: "direct", value: "always"},
		{name: "workers", takes: "number", hint: "all lists are queried in parallel"},
		{name: "retry", short: "r", takes: "number",
			hint: "queries without an answer are repeated until -t"},
		{name: "query-timeout", takes: "number", hint: "each list has until -t"},
		{name: "append", short: "a", takes: "text",
			hint: "put your own text into the notes of the service"},
		{name: "force-ipv4-resolver", hint: "resolvers that do not answer are skipped"},
		{name: "url", short: "U", takes: "text", refused: true, hint: "Use -H domain:NAME"},
		{name: "whitelistings", refused: true, hint: allowed},
		{name: "wl", refused: true, hint: allowed},
		{name: "debug", short: "d", refused: true, hint: "Use -vv"},
	}
}

// addRBL adds the options of check_rbl to flags, hidden from all help.
func addRBL(flags *pflag.FlagSet) {
	for _, o := range rblOptions() {
		switch {
		case o.ours != "":
			flags.VarP(flags.Lookup(o.ours).Value, o.name, o.short, "")
			flags.Lookup(o.name).NoOptDefVal = o.value
		case o.takes != "":
			flags.StringP(o.name, o.short, "", "")
		default:
			flags.BoolP(o.name, o.short, false, "")
		}
		flags.Lookup(o.name).Hidden = true
	}
}

// refuseRBL returns an error about an option of check_rbl that cannot be ignored, or that seems to
// be another option misspelt: -r is not --resolver.
func refuseRBL(flags *pflag.FlagSet) error {
	for _, o := range rblOptions() {
		if !flags.Changed(o.name) {
			continue
		}
		value := flags.Lookup(o.name).Value.String()
		if _, err := strconv.Atoi(value); err != nil && o.takes == "number" {
			return fmt.Errorf("--%s %q: must be a number, as in check_rbl (see check_dnsbl -h)",
				o.name, value)
		}
		if o.refused {
			return fmt.Errorf("--%s is an option of check_rbl. %s", o.name, o.hint)
		}
	}
	return nil
}

// Ignored returns the lines of the long output on options of check_rbl that are ignored.
func (t *Typed) Ignored() []string {
	var lines []string
	for _, o := range rblOptions() {
		if o.ours == "" && t.Given(o.name) {
			const note = "--%s of check_rbl is ignored: %s"
			lines = append(lines, fmt.Sprintf(note, o.name, o.hint))
		}
	}
	return lines
}
