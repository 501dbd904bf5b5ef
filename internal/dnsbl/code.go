package dnsbl

import (
	"net/netip"
	"slices"
	"strings"
)

// A Code is a row of a list's table of return codes. It is about the codes that Match or, for lists
// that add up bits in the last octet, about those in 127.0.0.0/24 with Bit set.
type Code struct {
	Match     Pattern
	Bit       byte
	Effect    Effect
	Meaning   string // short, as the operator calls it, e.g. "SBL"
	Plain     string // the Meaning in plain words, if it is a name
	Scope     string // what an entry with this code covers, if the list's entries differ in that
	Delisting string // how it is removed, likewise
	Ways      Ways   // the same, for programs
}

// Effect is what a return code says about the subject.
type Effect uint8

const (
	Listing       Effect = iota // it is listed
	PolicyOnly                  // it is listed as a matter of policy, not for abuse
	Allowed                     // it is on an allow list
	Informational               // it is neither listed nor allowed
	Refusal                     // the operator refuses to answer

	// Effects that List.Read gives to codes which are not in the list's table.
	Undocumented // in 127.0.0.0/8
	NotLoopback  // outside 127.0.0.0/8: a parked domain, or a resolver that rewrites answers
)

// A Reading is one return code of an answer and what it means on the list.
type Reading struct {
	Code    netip.Addr
	Effect  Effect
	Meaning string // "" if nothing is known
}

// has reports whether one of the readings has the effect.
func has(readings []Reading, e Effect) bool {
	return slices.ContainsFunc(readings, func(r Reading) bool { return r.Effect == e })
}

// only returns the readings that have the effect.
func only(readings []Reading, e Effect) []Reading {
	other := func(r Reading) bool { return r.Effect != e }
	return slices.DeleteFunc(slices.Clone(readings), other)
}

// describe formats readings as "127.0.0.2 = SBL, 127.0.0.9".
func describe(readings []Reading) string {
	words := make([]string, len(readings))
	for i, r := range readings {
		words[i] = r.Code.String()
		if r.Meaning != "" {
			words[i] += " = " + r.Meaning
		}
	}
	return strings.Join(words, ", ")
}
