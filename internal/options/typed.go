package options

import (
	"strings"

	"github.com/spf13/pflag"
)

// Typed is the values of all options, as typed.
type Typed struct {
	Hosts, Lists, Sets, Excluded, NoTest     []string
	CriticalOn, Known                        []string
	Resolvers, Keys, Bounces                 []string
	FileKeys                                 []string // keys of option files
	Warning, Critical, MaxFailed             string
	Direct, Rate, Timeout, Output            string
	Verbose                                  int
	SelfTest, Catalog, FCrDNS, Version, Help bool
	OnlyIPv4, OnlyIPv6                       bool

	// flags parsed the values above. It also knows which options were given, and the arguments
	// without an option.
	flags *pflag.FlagSet
}

// Given reports whether an option was typed, whatever its value.
func (t *Typed) Given(name string) bool { return t.flags.Changed(name) }

// FirstGiven returns the first of these options that was typed, or "".
func (t *Typed) FirstGiven(names ...string) string {
	for _, name := range names {
		if t.Given(name) {
			return name
		}
	}
	return ""
}

// Args returns the arguments without an option, which are taken apart like those of -H.
func (t *Typed) Args() []string { return atCommas(t.flags.Args()) }

// atCommas takes values such as "a,b" apart. One with nothing but commas stays, as it is an error.
func atCommas(values []string) []string {
	var all []string
	for _, value := range values {
		parts := strings.FieldsFunc(value, func(r rune) bool { return r == ',' })
		if len(parts) == 0 {
			parts = []string{value}
		}
		for _, part := range parts {
			all = append(all, strings.TrimSpace(part))
		}
	}
	return all
}

// defaultFormat is the value of -o if it is not given.
const defaultFormat = "nagios"
