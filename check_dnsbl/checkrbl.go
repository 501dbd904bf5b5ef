package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/pflag"
)

// An rblOption is an option of check_rbl that check_dnsbl does not have, or not by that name: its command lines and files work here too.
type rblOption struct {
	name, short string
	ours, value string // the option that means the same, and the value that it has then if not one that is typed
	takes       string // text, number or nothing
	refused     bool   // without it the verdict would mean something else
	says        string // what to do, or why there is nothing to do
}

func rblOptions() []rblOption {
	const allowed = "an allow list that you name with -l is shown, and never counts"
	return []rblOption{
		{name: "host", ours: "hostname"},
		{name: "server", short: "s", ours: "list"},
		{name: "nameserver", short: "n", ours: "resolver"},
		{name: "authoritative", short: "A", ours: "direct", value: "always"},
		{name: "workers", takes: "number", says: "all lists are asked at once"},
		{name: "retry", short: "r", takes: "number", says: "what does not answer is asked again, within -t"},
		{name: "query-timeout", takes: "number", says: "each list may take until -t"},
		{name: "append", short: "a", takes: "text", says: "text of your own has its place in the notes of the service"},
		{name: "force-ipv4-resolver", says: "resolvers that do not answer are passed over"},
		{name: "url", short: "U", takes: "text", refused: true, says: "want -H domain:NAME"},
		{name: "whitelistings", refused: true, says: allowed},
		{name: "wl", refused: true, says: allowed},
		{name: "debug", short: "d", refused: true, says: "want -vv"},
	}
}

// addRBL makes the options of check_rbl known. No page lists them.
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

// refuseRBL says what to do instead of an option of check_rbl that cannot be passed over, or is another one misspelt: -r is no --resolver.
func refuseRBL(flags *pflag.FlagSet) error {
	for _, o := range rblOptions() {
		if !flags.Changed(o.name) {
			continue
		}
		value := flags.Lookup(o.name).Value.String()
		if _, err := strconv.Atoi(value); err != nil && o.takes == "number" {
			return fmt.Errorf("--%s %q: this is an option of check_rbl, which wants a number; the options are in check_dnsbl -h", o.name, value)
		}
		if o.takes == "text" && strings.HasPrefix(value, "-") {
			return fmt.Errorf("--%s %q: this is an option of check_rbl, which takes the next word as its text; the options are in check_dnsbl -h", o.name, value)
		}
		if o.refused {
			return fmt.Errorf("--%s is an option of check_rbl: %s", o.name, o.says)
		}
	}
	return nil
}

// unusedRBL are the lines of the long output on options of check_rbl that are passed over.
func unusedRBL(flags *pflag.FlagSet) []string {
	var lines []string
	for _, o := range rblOptions() {
		if o.ours == "" && flags.Changed(o.name) {
			lines = append(lines, fmt.Sprintf("--%s of check_rbl has no meaning here: %s", o.name, o.says))
		}
	}
	return lines
}
