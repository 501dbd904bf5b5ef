// Package catalog holds what is known of the DNS lists: those that are worth asking, those that nobody should count,
// and those that died, which old configurations still name. What is not known of a list is left empty.
package catalog

import (
	"slices"
	"strings"
	"sync"

	"check_dnsbl/internal/dnsbl"
)

// groups holds every list, most important first.
var groups = [...][]dnsbl.List{
	major, addresses, domains, parts, unsure, shown, closed, hashes,
	policy, networks, backscatter, novelty, proxies, names,
	allow, score, retired,
}

// All returns every list of the catalog, most important first and the retired ones last.
func All() []dnsbl.List { return pick(func(*dnsbl.List) bool { return true }) }

// ActiveZones returns the zones of the lists that live, most important first.
func ActiveZones() []string {
	var zones []string
	for l := range lists {
		if l.Status == dnsbl.Active {
			zones = append(zones, l.Zone)
		}
	}
	return zones
}

// Find returns the list of a zone, whatever its case. The zone of a list that needs a key is known by its own name,
// "zen.dq.spamhaus.net", and with a key before it, which becomes the list's Key.
func Find(zone string) (dnsbl.List, bool) {
	name := strings.ToLower(zone)
	for _, known := range []string{name, dnsbl.KeyMark + "." + name} {
		if l := find(known); l != nil {
			return copyOf(l), true
		}
	}
	return findKeyed(zone)
}

// Set returns the lists of a set, most important first; see SetNames.
func Set(name string) ([]dnsbl.List, bool) {
	switch name {
	case "recommended":
		return pick(func(l *dnsbl.List) bool { return l.Recommended }), true
	case "all":
		parts := covered()
		return pick(func(l *dnsbl.List) bool { return askable(l) && !slices.Contains(parts, l.Zone) }), true
	case "major":
		return pick(func(l *dnsbl.List) bool { return l.Recommended && l.Tier == dnsbl.Major }), true
	}
	return nil, false
}

// SetNames returns the names that Set knows, the default first.
func SetNames() []string { return []string{"recommended", "all", "major"} }

// askable says whether a list can tell a stranger that an address or domain is listed, for whatever reason. Operators
// that sell removal are left out: nobody should be led to them who did not ask for them by name.
func askable(l *dnsbl.List) bool {
	return (l.Kind == dnsbl.Block || l.Kind == dnsbl.Policy) && l.Status != dnsbl.Retired && !l.PaidRemoval &&
		(l.Access == dnsbl.Open || l.Access == dnsbl.Registration) && l.Subjects != 0
}

// covered returns the zones that are part of another list, one that may be alive and needs no key: asking both would
// count an entry twice.
func covered() []string {
	var zones []string
	for l := range lists {
		if l.Status != dnsbl.Retired && l.Access != dnsbl.Keyed {
			zones = append(zones, l.Contains...)
		}
	}
	return zones
}

// lists yields every list, in place: it must not be changed.
func lists(yield func(*dnsbl.List) bool) {
	for _, group := range groups {
		for i := range group {
			if !yield(&group[i]) {
				return
			}
		}
	}
}

// byZone finds lists by their zones. It is made when somebody names one.
var byZone = sync.OnceValue(func() map[string]*dnsbl.List {
	zones := make(map[string]*dnsbl.List, 512)
	for l := range lists {
		zones[l.Zone] = l
	}
	return zones
})

func find(zone string) *dnsbl.List { return byZone()[zone] }

// pick returns copies of the lists that want agrees to.
func pick(want func(*dnsbl.List) bool) []dnsbl.List {
	var picked []dnsbl.List
	for l := range lists {
		if want(l) {
			picked = append(picked, copyOf(l))
		}
	}
	return picked
}

// copyOf returns a copy that shares nothing with the catalog.
func copyOf(l *dnsbl.List) dnsbl.List {
	own := *l
	own.Codes, own.Contains = slices.Clone(l.Codes), slices.Clone(l.Contains)
	own.KeyOf, own.Limit = keyOf(l.Zone), limitOf(l.Operator)
	return own
}

// limitOf returns the limit that an operator has published.
func limitOf(operator string) dnsbl.Limit {
	switch operator {
	case "Spamhaus":
		return dnsbl.Limit{PerDay: 300_000}
	case "dnswl.org", "Mailspike":
		return dnsbl.Limit{PerDay: 100_000}
	case "Spam Eating Monkey":
		return dnsbl.Limit{PerSecond: 5, PerDay: 100_000}
	case "SPFBL.net":
		return dnsbl.Limit{PerSecond: 10}
	}
	return dnsbl.Limit{}
}
