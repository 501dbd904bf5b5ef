package options

import "github.com/spf13/pflag"

// Typed is the values of all options, as typed.
type Typed struct {
	Hosts, Lists, Sets, Excluded, NoTest, CriticalOn []string
	Resolvers, Keys, Bounces                         []string
	FileKeys                                         []string // keys of option files
	Warning, Critical, MaxFailed                     string
	Direct, Rate, Timeout, Output                    string
	Verbose                                          int
	SelfTest, Catalog, FCrDNS, Version, Help         bool

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

// Args returns the arguments that belong to no option.
func (t *Typed) Args() []string { return t.flags.Args() }

// defaultFormat is the value of -o if it is not given.
const defaultFormat = "nagios"
