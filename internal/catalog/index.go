package catalog

import (
	"sync"

	"check_dnsbl/internal/dnsbl"
)

// groups holds every list, most important first.
var groups = [...][]dnsbl.List{
	major, addresses, domains, parts, unsure, notCounted, membersOnly, hashes,
	policy, networks, backscatter, newDomains, proxies, domainPolicy,
	allow, score, retired,
}

// lists yields every list, not as a copy: it must not be changed, and it lacks what copyOf adds.
func lists(yield func(*dnsbl.List) bool) {
	for _, group := range groups {
		for i := range group {
			if !yield(&group[i]) {
				return
			}
		}
	}
}

// byZone maps zones to lists. It is built on first use, as a run with the default set needs no map.
var byZone = sync.OnceValue(func() map[string]*dnsbl.List {
	zones := make(map[string]*dnsbl.List, 512)
	for l := range lists {
		zones[l.Zone] = l
	}
	return zones
})

// find returns the list of a zone in lower case, not as a copy, or nil.
func find(zone string) *dnsbl.List { return byZone()[zone] }
