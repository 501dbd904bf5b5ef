// Package catalog holds what is known of the DNS lists: those that are worth asking, those that nobody should count,
// and those that died, which old configurations still name. What is not known of a list is left empty.
package catalog

import (
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
)

// groups holds every list, most important first.
var groups = [...][]dnsbl.List{
	major, addresses, domains, parts, unsure, shown, closed, hashes,
	policy, networks, backscatter, novelty, proxies, names,
	allow, score, retired,
}

// All returns every list of the catalogue, most important first and the retired ones last.
func All() []dnsbl.List { return pick(func(*dnsbl.List) bool { return true }) }

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

// findKeyed returns the list of a zone that begins with a key: one of the catalogue or, as keys must not be shown,
// whatever else lives under the operators' zones for them.
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
	}
	found.Zone, found.Access, found.Key = dnsbl.KeyMark+"."+rest, dnsbl.Keyed, key
	return found, true
}

// keyHomes are the zones below which operators have lists that are asked with a key before their names.
var keyHomes = [...]string{"dq.spamhaus.net", "dq.spamhaus.org", "mail.abusix.zone", "spamrats.com"}

// cutKey cuts a zone below one of keyHomes into the key and the list's own zone.
func cutKey(zone string) (key, rest string) {
	name := strings.ToLower(zone)
	for _, home := range keyHomes {
		before, below := strings.CutSuffix(name, "."+home)
		if at := strings.LastIndex(before, "."); below && at > 0 {
			return zone[:at], name[at+1:]
		}
	}
	return "", ""
}

// Mask returns a line of our own with KeyMark for whatever may be a key in what it quotes: all that stands before the
// list's own label in an operator's zone for lists with keys, from the last quote or blank on.
func Mask(s string) string {
	for _, home := range keyHomes {
		s = maskBefore(s, "."+home)
	}
	return s
}

// maskBefore masks what stands before the label before home, wherever home is in s.
func maskBefore(s, home string) string {
	masked := ""
	for {
		at := strings.Index(asciiLower(s), home)
		if at < 0 {
			return masked + s
		}
		begin := strings.LastIndexAny(s[:at], "\"' \t,") + 1
		if label := strings.LastIndex(s[begin:at], "."); label > 0 {
			masked += s[:begin] + dnsbl.KeyMark + s[begin+label:at+len(home)]
		} else {
			masked += s[:at+len(home)]
		}
		s = s[at+len(home):]
	}
}

// asciiLower lowers ASCII only, so that places in it are places in s.
func asciiLower(s string) string {
	lower := []byte(s)
	for i, c := range lower {
		if c >= 'A' && c <= 'Z' {
			lower[i] = c + 'a' - 'A'
		}
	}
	return string(lower)
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

func find(zone string) *dnsbl.List {
	for l := range lists {
		if l.Zone == zone {
			return l
		}
	}
	return nil
}

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

// copyOf returns a copy that shares nothing with the catalogue.
func copyOf(l *dnsbl.List) dnsbl.List {
	own := *l
	own.Codes, own.Contains = slices.Clone(l.Codes), slices.Clone(l.Contains)
	return own
}
