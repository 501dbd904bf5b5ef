// Package dnsbl holds the rules of DNS blocklists (RFC 5782): the names to query, what the answers
// mean, and whether they prove a verdict. It does no I/O.
//
// A List describes one blocklist and a Subject an address or a domain. List.Question returns the
// query for a subject, PositiveTests and NegativeTests return the test entries. The Answers make up
// an Evidence, from which List.Judge makes a Finding: listed, not listed, or failed for a Cause.
// Question, Answer and Type are those of the DNS in general and serve other queries too.
package dnsbl

import "strings"

// A List is one blocklist: its zone, what is known about it, and how the user wants it counted. A
// zone that is not in the catalog has only Zone, Kind, Subjects, Tier, Status and Access.
type List struct {
	Zone     string // lower case, without a final dot; KeyMark stands for the user's key
	Name     string // "" for a list that is not in the catalog
	Operator string
	Kind     Kind
	Subjects Subjects
	Tier     Tier
	Status   Status
	Access   Access

	Codes    []Code   // what its return codes mean; without any, each code is a listing
	Tests    Tests    // its test entries, where they differ from RFC 5782 section 5
	Contains []string // zones of lists whose entries are all in this list too

	Recommended bool   // it is in the catalog's recommended set
	PaidRemoval bool   // the operator sells removal
	Scope       string // what one entry covers: a single address, a network, ...
	Delisting   string // how entries are removed
	Ways        Ways   // the same, for programs
	URL         string // lookup page; {ip} or {domain} stands for the subject
	Removal     string // removal page, if it is not the same one
	Answered    string // newest day on which it was seen to answer: YYYY, YYYY-MM or YYYY-MM-DD
	Default     string // newest day on which a widely used mail filter had it in its defaults
	Fate        string // of a retired list: when and how it ended
	Note        string // what else its users should know

	// Of the operator, for all of its lists together.
	Limit   Limit
	FreeKey string // the key that the operator gives away, e.g. "DQS key"; "" if that is not known
	Refuses string // the hosts that it refuses whatever resolver they use, "" if that is not known

	Choices []Choice // the user's filters and weights; without any, every listing counts 1
	KeyOf   string   // the operator's name in --key, if a key opens the list or its keyed form
	Key     string   // the user's key, a secret: see Mask
}

// A Limit is how many queries an operator accepts from one client; 0 if nothing is published.
type Limit struct {
	PerSecond float64
	PerDay    int
}

// Unknown returns the list for a zone that is not in the catalog.
func Unknown(zone string) List {
	return List{
		Zone: zone, Kind: Block, Subjects: IPv4 | IPv6 | Domain,
		Tier: Minor, Status: Active, Access: Open,
	}
}

// Origin returns the zone to query, with the user's key in it. It must not be printed.
func (l *List) Origin() string { return strings.Replace(l.Zone, KeyMark, l.Key, 1) }

// Mask returns s with KeyMark instead of the list's key, so that it can be printed.
func (l *List) Mask(s string) string { return maskKey(s, l.Key) }

// Row returns the row of the list's table of codes with this meaning, or an empty one.
func (l *List) Row(meaning string) Code {
	for _, c := range l.Codes {
		if c.Meaning == meaning {
			return c
		}
	}
	return Code{}
}

// Kind is what a listing means.
type Kind string

const (
	Block  Kind = "block"  // seen sending spam or abuse
	Policy Kind = "policy" // should not send mail directly, or is worth noting: not proof of abuse
	Allow  Kind = "allow"  // trusted
	Score  Kind = "score"  // a measurement or a remark, not a listing
)

// Tier is how much a listing matters.
type Tier string

const (
	Major Tier = "major" // many receivers reject mail because of it
	Minor Tier = "minor"
	Info  Tier = "informational" // shown, never counted
)

// Status is whether the list is alive.
type Status string

const (
	Active  Status = "active"
	Unsure  Status = "unsure"  // it may be dead
	Retired Status = "retired" // never queried
)

// Access is which clients get answers.
type Access string

const (
	Open Access = "open" // all, within the operator's limits
	// Those registered with the operator: by the address of their resolver or, if KeyOf is set, by
	// a key. Others may get answers too, but cannot rely on it.
	Registration Access = "registration"
	Keyed        Access = "key"    // users with a key, which is part of the zone
	Closed       Access = "closed" // members or licensees of the operator only
)

// Subjects is a set of kinds of subjects: those that a list covers.
type Subjects uint8

const (
	IPv4 Subjects = 1 << iota
	IPv6
	Domain
)

// Names returns the kinds in s, in the words given for each.
func (s Subjects) Names(ipv4, ipv6, domain string) []string {
	var names []string
	for i, name := range [...]string{ipv4, ipv6, domain} {
		if s&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return names
}

// Tests names the test entries of a list where they differ from RFC 5782 section 5
// (listed: 127.0.0.2, ::ffff:127.0.0.2, TEST; not listed: 127.0.0.1, ::ffff:127.0.0.1, INVALID).
type Tests struct {
	None      bool   // the list has no test entry
	IPv4      string // the listed address, e.g. "127.0.0.3"
	NotIPv4   string // the address that is not listed
	Domain    string // the listed name, e.g. "dbltest.com"
	NotDomain string // the name that is not listed
}
