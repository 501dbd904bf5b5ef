// Package catalog knows the public DNS lists: which are worth querying, which exist but should not
// count, and which have ended but are still in old configurations.
//
// The lists are plain data, one variable a group of lists, in the order in which they are shown
// (groups). Facts that several lists share are written once: return codes in codes.go, an
// operator's limit, keyed zones and refusals in operators.go. index.go finds a list by its zone,
// catalog.go has the sets, keys.go does the same for a user with keys, and select.go turns the
// options of a user into the lists to query.
//
// Facts come from the operators' pages, from the default settings of widely used filters (rspamd,
// SpamAssassin, Stalwart, Haraka, mailcow) and from people who queried the test entries and
// published the result, as of Date. Where sources contradict each other the operator wins, and the
// row has a comment. A field is empty where nothing reliable is known, so an empty Delisting does
// not mean that entries stay forever.
//
// The status rests on Answered and Default: the newest day on which somebody saw the list answer,
// and on which a filter had it in its defaults. A list is Active if there is one of the two, if it
// is part of such a list, or if its operator documents it today. It is Unsure if there is neither,
// only that the zone exists, or word that it may be dead.
package catalog

import (
	"slices"
	"time"

	"check_dnsbl/internal/dnsbl"
)

// Date is the day of the newest facts, YYYY-MM-DD.
const Date = "2026-11-29"

// Age returns how many full months old the facts are. Its days are those of UTC, which needs no
// file of the local time zone.
func Age(now time.Time) int {
	now = now.UTC()
	day, _ := time.Parse(time.DateOnly, Date) // a test reads it
	months := 12*(now.Year()-day.Year()) + int(now.Month()-day.Month())
	if now.Day() < day.Day() {
		months--
	}
	return months
}

// All returns every list, most important first and the retired ones last. Like all functions of
// the package it returns copies, which the caller may change.
func All() []dnsbl.List { return pick(func(*dnsbl.List) bool { return true }) }

// activeZones returns the zones of the active lists, most important first.
func activeZones() []string {
	var zones []string
	for l := range lists {
		if l.Status == dnsbl.Active {
			zones = append(zones, l.Zone)
		}
	}
	return zones
}

// Find returns the list of a zone, in upper or lower case, and whether there is one. A list that
// needs a key is found by its own name, such as zen.dq.spamhaus.net, and by that name with a key
// before it. The key is then in the list's Key.
func Find(zone string) (dnsbl.List, bool) {
	name := dnsbl.LowerZone(zone)
	for _, known := range []string{name, dnsbl.KeyMark + "." + name} {
		if l := find(known); l != nil {
			return copyOf(l), true
		}
	}
	return findKeyed(zone)
}

// findKeyed returns the list of a zone that begins with a key, or with KeyMark for a key that is
// given elsewhere. It may be unknown to the catalog: the key is cut off all the same, as it must
// not be shown.
func findKeyed(zone string) (dnsbl.List, bool) {
	key, rest := cutKey(zone)
	if key == "" {
		return dnsbl.List{}, false
	}
	found := dnsbl.Unknown("")
	if l := find(dnsbl.KeyMark + "." + rest); l != nil {
		found = copyOf(l)
	} else if l := find(rest); l != nil { // open to some without a key
		found = copyOf(l)
		for _, part := range l.Contains {
			found.Contains = append(found.Contains, dnsbl.KeyMark+"."+part)
		}
		found.Contains = append(found.Contains, rest)
	}
	found.Zone, found.Access, found.Key = dnsbl.KeyMark+"."+rest, dnsbl.Keyed, key
	found.KeyOf = operatorOfKey(rest)
	if key == dnsbl.KeyMark {
		found.Key = ""
	}
	return found, true
}

// Set returns the lists of a set, most important first, and whether there is such a set.
// SetNames has the names.
func Set(name string) ([]dnsbl.List, bool) {
	switch name {
	case defaultSet:
		return pick(func(l *dnsbl.List) bool { return l.Recommended }), true
	case "all":
		parts := partsOfOthers()
		return pick(func(l *dnsbl.List) bool {
			return l.Recommended || openBlocklist(l) && !slices.Contains(parts, l.Zone)
		}), true
	case "major":
		return pick(func(l *dnsbl.List) bool {
			return l.Recommended && l.Tier == dnsbl.Major
		}), true
	case "minor":
		return pick(func(l *dnsbl.List) bool {
			return l.Recommended && l.Tier != dnsbl.Major
		}), true
	}
	return nil, false
}

// defaultSet is the set that is queried unless the user names lists or sets.
const defaultSet = "recommended"

// SetNames returns the names of the sets.
func SetNames() []string { return []string{defaultSet, "all", "major", "minor"} }

// openBlocklist reports whether a block or policy list may be alive and answers without a key or
// membership. It leaves out operators that sell removal: no user should come to them through a set.
func openBlocklist(l *dnsbl.List) bool {
	return (l.Kind == dnsbl.Block || l.Kind == dnsbl.Policy) &&
		(l.Access == dnsbl.Open || l.Access == dnsbl.Registration) &&
		l.Status != dnsbl.Retired && !l.PaidRemoval && l.Subjects != 0
}

// partsOfOthers returns the zones that another list contains: with both in a set one entry would
// count twice. A list that is retired or needs a key does not stand in for its parts.
func partsOfOthers() []string {
	var zones []string
	for l := range lists {
		if l.Status != dnsbl.Retired && l.Access != dnsbl.Keyed {
			zones = append(zones, l.Contains...)
		}
	}
	return zones
}

// pick returns copies of the lists for which want returns true.
func pick(want func(*dnsbl.List) bool) []dnsbl.List {
	var picked []dnsbl.List
	for l := range lists {
		if want(l) {
			picked = append(picked, copyOf(l))
		}
	}
	return picked
}

// copyOf returns a deep copy of a list, completed by what its operator has in common for all lists.
func copyOf(l *dnsbl.List) dnsbl.List {
	operator := operatorOf(l)
	own := *l
	own.Codes, own.Contains = operator.codesOf(l), slices.Clone(l.Contains)
	own.KeyOf, own.Limit = keyOf(l.Zone), operator.limit
	own.FreeKey = operator.freeKey
	if l.Access != dnsbl.Keyed {
		own.Refuses = operator.refuses
	}
	return own
}
