package catalog

import (
	"slices"

	"check_dnsbl/internal/dnsbl"
)

// keyOnly holds the keyed lists that join the sets of users with the key: block lists that count,
// have no open form, are not part of another list, and have documented test entries.
var keyOnly = [...]string{
	dnsbl.KeyMark + ".combined.mail.abusix.zone",
	dnsbl.KeyMark + ".dblack.mail.abusix.zone",
}

// Keys are a user's keys by operator; see KeyOperators. With a key, the keyed list replaces the
// open one.
type Keys map[string]string

// Find returns the list of a zone as the function Find does, or the keyed list that replaces it,
// with its key.
func (k Keys) Find(zone string) (dnsbl.List, bool) {
	l, known := Find(zone)
	return k.replace(l), known
}

// Set returns the lists of a set as the function Set does, with each keyed list instead of the
// open one, and with those that only the key opens.
func (k Keys) Set(name string) ([]dnsbl.List, bool) {
	open, ok := Set(name)
	if !ok {
		return nil, false
	}
	var set []dnsbl.List
	for l := range lists {
		member := slices.ContainsFunc(open, func(o dnsbl.List) bool { return o.Zone == l.Zone })
		with := k.replace(copyOf(l))
		joins := with.Key != "" && slices.Contains(keyOnly[:], l.Zone)
		if member || joins && ofTier(l, name) {
			set = append(set, with)
		}
	}
	return set, true
}

// ofTier reports whether a list that joins the sets may be in this one.
func ofTier(l *dnsbl.List, set string) bool {
	switch set {
	case "major":
		return l.Tier == dnsbl.Major
	case "minor":
		return l.Tier != dnsbl.Major
	}
	return true
}

// replace returns the list that is queried instead of l, with its key, or else l.
func (k Keys) replace(l dnsbl.List) dnsbl.List {
	if zone := keyedForm(l.Zone); zone != "" && k[operatorOfKey(zone)] != "" {
		l, _ = Find(zone)
	}
	if l.Access == dnsbl.Keyed && l.Key == "" {
		l.Key = k[operatorOfKey(l.Zone)]
	}
	return l
}
