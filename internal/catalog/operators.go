package catalog

import (
	"slices"

	"check_dnsbl/internal/dnsbl"
)

// An operator is what all lists of one operator have in common.
type operator struct {
	name  string      // as List.Operator has it
	key   string      // as users name it with --key; "" if they write it before the zone, if at all
	limit dnsbl.Limit // of queries from one address, over all of the operator's lists
	zones []keyedZone

	freeKey string // as dnsbl.List has it
	refuses string // likewise

	// Return codes that refuse a query, without a key and with one. They belong to each of the
	// operator's lists that has a code table.
	refusals, keyedRefusals []dnsbl.Code
}

// A keyedZone is a zone whose lists take a key in front of their own label. The zone
// "dq.spamhaus.net" has the list that is queried as KEY.zen.dq.spamhaus.net.
type keyedZone struct {
	zone string
	open string // the zone with the same lists for everyone, or ""
}

// operators holds the operators about whose lists something is known in common. Limits are those
// for free use, from the operators' pages in 2026.
var operators = [...]operator{
	{
		name: "Spamhaus", key: "spamhaus", limit: dnsbl.Limit{PerDay: 300_000},
		// Announced by the operator for DigitalOcean on 2024-02-14, for Vultr on 2024-05-22 and
		// for Azure on 2025-04-09, each time with the advice to use the free key. Users reported
		// it for Hetzner in 2025. The resolvers of Cloudflare (2022-01-17) and of Amazon
		// (2022-09-22) are refused like other public ones.
		freeKey: "DQS key",
		refuses: "hosts of DigitalOcean, Vultr, Azure and Hetzner " +
			"whose reverse DNS doesn't name their user",
		zones: []keyedZone{
			{"dq.spamhaus.net", "spamhaus.org"},
			{"dq.spamhaus.org", ""}, // does not exist, but is a common mix-up
		},
		refusals: []dnsbl.Code{
			{Match: "127.255.255.252", Effect: dnsbl.Refusal,
				Meaning: "typing error in the zone name"},
			{Match: "127.255.255.254", Effect: dnsbl.Refusal,
				Meaning: "public or anonymous resolver"},
			{Match: "127.255.255.255", Effect: dnsbl.Refusal, Meaning: "too many queries"},
		},
		keyedRefusals: []dnsbl.Code{
			{Match: "127.255.255.250", Effect: dnsbl.Refusal, Meaning: "key disabled"},
			{
				Match: "127.255.255.251", Effect: dnsbl.Refusal,
				Meaning: "key rejected or in use by another account",
			},
		},
	},
	{name: "Abusix", key: "abusix", zones: []keyedZone{{"mail.abusix.zone", ""}}},
	{
		name: "SpamRATS", key: "spamrats", zones: []keyedZone{{"spamrats.com", "spamrats.com"}},
		freeKey: "key",
	},
	{
		name: "ReportedIP", limit: dnsbl.Limit{PerDay: 100_000},
		zones: []keyedZone{{"reportedip.de", ""}},
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
	{name: "NordSpam", limit: dnsbl.Limit{PerDay: 10_000}},
	{name: "Mailspike", limit: dnsbl.Limit{PerDay: 100_000}},
	{name: "Spam Eating Monkey", limit: dnsbl.Limit{PerSecond: 5, PerDay: 100_000}},
	{name: "SPFBL.net", limit: dnsbl.Limit{PerSecond: 10}},
}

// keyedZones yields the keyed zones of all operators, each with the operator as users name it.
func keyedZones(yield func(key string, zone keyedZone) bool) {
	for i := range operators {
		for _, zone := range operators[i].zones {
			if !yield(operators[i].key, zone) {
				return
			}
		}
	}
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
