// Package dnsbl knows how DNS lists are asked and what their answers mean (RFC 5782).
// It does no I/O: names, list syntax and return codes go in, verdicts on single lists come out.
package dnsbl

import (
	"strings"

	"check_dnsbl/internal/text"
)

// A List is one DNSBL: the zone its entries live under, what is known of it, and how the user wants it counted.
// A zone of which nothing is known has only Zone, Kind, Subjects, Tier, Status and Access; see Unknown.
type List struct {
	Zone     string // lower case, without a final dot; KeyMark stands for the user's key
	Name     string
	Operator string
	Kind     Kind
	Subjects Subjects
	Tier     Tier
	Status   Status
	Access   Access

	Codes    []Code   // what its return codes mean; without any, each code is a listing
	Tests    Tests    // its test entries, where they differ from RFC 5782 section 5
	Contains []string // zones whose entries this list carries too

	Recommended bool   // a member of the catalog's recommended set
	PaidRemoval bool   // the operator sells removal
	Scope       string // how much one entry covers: a single address, a network, ...
	Delisting   string // how entries leave the list
	URL         string // page about an entry; {ip} or {domain} stands for what is listed
	Removal     string // page to ask for removal, likewise, where that is another
	Evidence    string // date of the newest proof that the list lives, as YYYY, YYYY-MM or YYYY-MM-DD
	Fate        string // of a retired list: when and how it ended

	Limit Limit // how much its operator lets one ask all of his lists

	Choices []Choice // the filters and weights the user gave; none: every listing counts 1
	KeyOf   string   // the operator whose key opens the list or its keyed form, as users name him; or ""
	Key     string   // the user's key, a secret: see Mask
}

// A Limit is how many questions an operator takes from one asker; 0 where nothing is published.
type Limit struct {
	PerSecond float64
	PerDay    int
}

// KeyMark stands in a Zone, and in all output, for the user's key.
const KeyMark = text.KeyMark

// Unknown returns a list for a zone of which nothing is known but its name.
func Unknown(zone string) List {
	return List{Zone: zone, Kind: Block, Subjects: IPv4 | IPv6 | Domain, Tier: Minor, Status: Active, Access: Open}
}

// Origin returns the zone as it is asked, with the user's key in it: not for output.
func (l *List) Origin() string { return strings.Replace(l.Zone, KeyMark, l.Key, 1) }

// Mask returns s without the list's key, in upper or lower case, so that it can be shown.
func (l *List) Mask(s string) string { return MaskKey(s, l.Key) }

// MaskKey returns s with KeyMark wherever the key stands, in upper or lower case.
func MaskKey(s, key string) string {
	if key == "" {
		return s
	}
	var masked strings.Builder
	for len(s) >= len(key) {
		if strings.EqualFold(s[:len(key)], key) {
			masked.WriteString(KeyMark)
			s = s[len(key):]
			continue
		}
		masked.WriteByte(s[0])
		s = s[1:]
	}
	return masked.String() + s
}

// Kind says what an entry in a list means.
type Kind string

const (
	Block  Kind = "block"  // seen sending spam or abuse
	Policy Kind = "policy" // should not send mail directly, or is of note: no proof of abuse
	Allow  Kind = "allow"  // vouched for
	Score  Kind = "score"  // an answer is a measure or a remark, not an entry
)

// Tier says how much a listing matters.
type Tier string

const (
	Major Tier = "major" // many receivers reject because of it
	Minor Tier = "minor"
	Info  Tier = "info" // shown, never counted
)

// Status says whether the list is alive.
type Status string

const (
	Active  Status = "active"
	Unsure  Status = "unsure"
	Retired Status = "retired" // never asked
)

// Access says who gets answers.
type Access string

const (
	Open         Access = "open"         // everyone, within the operator's limits
	Registration Access = "registration" // resolvers that were registered with the operator
	Keyed        Access = "key"          // users with a key, which is part of the zone
	Closed       Access = "closed"       // members or licensees of the operator only
)

// Subjects is the set of what a list can be asked about.
type Subjects uint8

const (
	IPv4 Subjects = 1 << iota
	IPv6
	Domain
)

// Tests names the test entries of a list where they differ from RFC 5782 section 5
// (listed: 127.0.0.2, ::ffff:127.0.0.2, TEST; not listed: 127.0.0.1, ::ffff:127.0.0.1, INVALID).
type Tests struct {
	None      bool   // the list has no test entry
	IPv4      string // the listed address, e.g. "127.0.0.3"
	Domain    string // the listed name, e.g. "dbltest.com"
	NotDomain string // the name that is not listed
}
