package catalog

import (
	"slices"

	"check_dnsbl/internal/dnsbl"
)

// An operator is what all lists of one operator have in common.
type operator struct {
	name  string      // as List.Operator has it
	limit dnsbl.Limit // of queries from one address, over all of the operator's lists

	// Return codes by which it refuses a query, with and without a key. They belong to each of its
	// lists that has a code table.
	refusals, keyedRefusals []dnsbl.Code
}

// operators holds the operators that have published something that holds for all of their lists.
// Limits are as of 2026, from the operators' pages on usage.
var operators = [...]operator{
	{
		name: "Spamhaus", limit: dnsbl.Limit{PerDay: 300_000},
		refusals: []dnsbl.Code{
			{Match: "127.255.255.252", Effect: dnsbl.Refusal, Meaning: "typing error in the zone name"},
			{Match: "127.255.255.254", Effect: dnsbl.Refusal, Meaning: "public or anonymous resolver"},
			{Match: "127.255.255.255", Effect: dnsbl.Refusal, Meaning: "too many queries"},
		},
		keyedRefusals: []dnsbl.Code{
			{Match: "127.255.255.250", Effect: dnsbl.Refusal, Meaning: "key disabled"},
			{Match: "127.255.255.251", Effect: dnsbl.Refusal, Meaning: "key rejected or in use by another account"},
		},
	},
	{
		name: "Validity",
		refusals: []dnsbl.Code{
			{Match: "127.255.255.255", Effect: dnsbl.Refusal, Meaning: "resolver not registered"},
		},
	},
	{
		name: "fmb.la",
		refusals: []dnsbl.Code{
			{Match: "127.255.255.255", Effect: dnsbl.Refusal, Meaning: "our address is blocked"},
		},
	},
	{name: "dnswl.org", limit: dnsbl.Limit{PerDay: 100_000}},
	{name: "Mailspike", limit: dnsbl.Limit{PerDay: 100_000}},
	{name: "Spam Eating Monkey", limit: dnsbl.Limit{PerSecond: 5, PerDay: 100_000}},
	{name: "SPFBL.net", limit: dnsbl.Limit{PerSecond: 10}},
}

// operatorOf returns the operator of a list, with its name alone if nothing else is known of it.
func operatorOf(l *dnsbl.List) operator {
	for _, o := range operators {
		if o.name == l.Operator {
			return o
		}
	}
	return operator{name: l.Operator}
}

// codesOf returns the code table of a list, with the refusals of its operator.
func (o operator) codesOf(l *dnsbl.List) []dnsbl.Code {
	switch {
	case len(l.Codes) == 0: // every code is a listing
		return nil
	case l.Access == dnsbl.Keyed:
		return slices.Concat(l.Codes, o.keyedRefusals)
	}
	return slices.Concat(l.Codes, o.refusals)
}
