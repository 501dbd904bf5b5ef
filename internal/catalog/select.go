package catalog

import (
	"fmt"
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/suggest"
	"check_dnsbl/internal/text"
)

// maxLists is how many lists a run may query. There have never been more.
const maxLists = 1000

// A Request is what a user types to choose lists.
type Request struct {
	Lists    []string // values of -l; each may hold several entries separated by commas
	Sets     []string // values of --set, likewise; default: recommended, if Lists is empty too
	NoTest   []string // zones of the user's own lists that have no test entries
	Excluded []string // zones to leave out
	First    []string // zones that a bounce names: queried too, before all others
	Keys     Keys
}

// A Selection is the lists to query, in order, and the lists that were left out.
type Selection struct {
	Lists []dnsbl.List
	// OnlyOwnLists reports whether the catalog knows none of Lists. Then they may list addresses in
	// private space.
	OnlyOwnLists bool
	Skipped      []Skip // named by the user, but not queried
	TwoKeys      []KeyChoice

	keys  Keys
	index map[string]int // of Lists, by zone
}

// A KeyChoice is a list for which the user gave two keys.
type KeyChoice struct {
	Zone  string
	Typed bool // the key that is used is part of -l; else it is that of the Request
}

// A Skip is a list that is named but not queried, and why not.
type Skip struct {
	List   dnsbl.List
	Reason SkipReason
}

// SkipReason is why a list is not queried.
type SkipReason int

const (
	Retired    SkipReason = iota // see Status of the list
	KeyMissing                   // its zone takes a key, and the user gave none
	HashesOnly                   // it lists neither addresses nor domains
	OtherKind                    // it lists none of the kinds of subjects found; see package check
)

// Select returns the lists to query: those named one by one, then those of the sets. Its errors
// name the option and the value that is wrong.
func Select(r Request) (Selection, error) {
	sets := r.Sets
	if len(r.Lists) == 0 && len(sets) == 0 {
		sets = []string{defaultSet}
	}
	s := Selection{OnlyOwnLists: len(sets) == 0, keys: r.Keys, index: map[string]int{}}
	for _, value := range r.Lists {
		if err := s.addNamed(value); err != nil {
			return s, fmt.Errorf("-l %w", err)
		}
	}
	for _, value := range sets {
		if err := s.addSets(value); err != nil {
			return s, err
		}
	}
	if err := s.putFirst(r.First); err != nil {
		return s, err
	}
	if err := s.markNoTest(r.NoTest); err != nil {
		return s, err
	}
	return s, s.exclude(r.Excluded)
}

// List returns the list with this zone if it is queried, or nil.
func (s *Selection) List(zone string) *dnsbl.List {
	if i, ok := s.index[zone]; ok {
		return &s.Lists[i]
	}
	return nil
}

// Skips reports whether a zone is among the Skipped.
func (s *Selection) Skips(zone string) bool {
	return slices.ContainsFunc(s.Skipped, func(k Skip) bool { return k.List.Zone == zone })
}

// Canonical returns a zone as Lists has it: in lower case, without a final dot and, if the user has
// a key, the keyed zone instead of the public one.
func (s *Selection) Canonical(name string) string {
	zone := dnsbl.LowerZone(strings.TrimSuffix(name, "."))
	if l, known := s.keys.Find(zone); known {
		return l.Zone
	}
	return zone
}

// add appends a list unless it is there, and returns it as Lists has it.
func (s *Selection) add(l dnsbl.List) *dnsbl.List {
	if s.List(l.Zone) == nil {
		s.index[l.Zone] = len(s.Lists)
		s.Lists = append(s.Lists, l)
	}
	return s.List(l.Zone)
}

// addNamed adds the lists of one -l, with their filters and weights.
func (s *Selection) addNamed(value string) error {
	choices, err := dnsbl.ParseChoices(value)
	if err != nil {
		return err
	}
	s.Lists = slices.Grow(s.Lists, len(choices))
	for _, choice := range choices {
		if slices.Contains(SetNames(), choice.Zone) {
			return fmt.Errorf("%[1]s: must be a zone, but this is a set of lists. Use --set %[1]s",
				choice.Zone)
		}
		l, known := s.keys.Find(choice.Zone)
		if !known {
			l = dnsbl.Unknown(choice.Zone)
		}
		s.OnlyOwnLists = s.OnlyOwnLists && !known
		if reason, skip := skipReason(&l); skip {
			if !s.Skips(l.Zone) {
				s.Skipped = append(s.Skipped, Skip{l, reason})
			}
			continue
		}
		choice.Zone = l.Zone
		at := s.add(l)
		s.compareKeys(at, l.Key)
		at.Choices = append(at.Choices, choice)
		if len(s.Lists) > maxLists {
			return fmt.Errorf("must be at most %d lists", maxLists)
		}
	}
	return nil
}

// compareKeys notes a list that is queried with one key, if the user gave another one as well.
func (s *Selection) compareKeys(used *dnsbl.List, named string) {
	general := s.keys[used.KeyOf]
	differs := func(key string) bool { return key != "" && !strings.EqualFold(key, used.Key) }
	noted := func(c KeyChoice) bool { return c.Zone == used.Zone }
	if (differs(named) || differs(general)) && !slices.ContainsFunc(s.TwoKeys, noted) {
		s.TwoKeys = append(s.TwoKeys, KeyChoice{used.Zone, differs(general) || general == ""})
	}
}

// skipReason reports whether a list cannot be queried, and why.
func skipReason(l *dnsbl.List) (SkipReason, bool) {
	switch {
	case l.Status == dnsbl.Retired:
		return Retired, true
	case strings.Contains(l.Zone, dnsbl.KeyMark) && l.Key == "":
		return KeyMissing, true
	case l.Subjects == 0:
		return HashesOnly, true
	}
	return 0, false
}

// addSets adds the lists of one --set, which names one set or several.
func (s *Selection) addSets(value string) error {
	separates := func(r rune) bool { return strings.ContainsRune(", \t\r\n", r) }
	names := strings.FieldsFunc(value, separates)
	if len(names) == 0 {
		names = []string{value}
	}
	for _, name := range names {
		set, ok := s.keys.Set(name)
		if !ok {
			near := suggest.Closest(name, SetNames())
			return fmt.Errorf("--set %q: must be %s%s",
				name, text.Or(SetNames()), suggest.DidYouMean(near))
		}
		for _, l := range set {
			s.add(l)
		}
	}
	return nil
}

// putFirst moves the lists of these zones before all others, in that order, adding those that are
// missing.
func (s *Selection) putFirst(zones []string) error {
	place := map[string]int{}
	for i, zone := range zones {
		canonical := s.Canonical(zone)
		if s.List(canonical) == nil {
			if err := s.addNamed(zone); err != nil {
				return fmt.Errorf("--bounce: %w", err)
			}
		}
		place[canonical] = i - len(zones) // negative: all other lists have 0
	}
	byPlace := func(a, b dnsbl.List) int { return place[a.Zone] - place[b.Zone] }
	slices.SortStableFunc(s.Lists, byPlace)
	s.reindex()
	return nil
}

// markNoTest marks the user's own lists that have no test entries. Their "not listed" counts
// without a proof.
func (s *Selection) markNoTest(names []string) error {
	for _, name := range names {
		zone := s.Canonical(name)
		switch l := s.List(zone); {
		case l == nil && isRetired(zone):
		case l == nil:
			return s.notQueried("--no-test", name)
		case l.Name != "" && !l.Tests.None:
			return fmt.Errorf("--no-test %q: must be a private list without test entries, "+
				"but this list has some", name)
		default:
			l.Tests.None = true
		}
	}
	return nil
}

// exclude removes lists. To exclude a list of the catalog is never an error, queried or not.
func (s *Selection) exclude(names []string) error {
	excluded := map[string]bool{}
	for _, name := range names {
		zone := s.Canonical(name)
		if _, known := Find(zone); !known && s.List(zone) == nil {
			return s.notQueried("-x", name)
		}
		excluded[zone] = true
	}
	s.Lists = slices.DeleteFunc(s.Lists, func(l dnsbl.List) bool { return excluded[l.Zone] })
	s.reindex()
	return nil
}

func (s *Selection) reindex() {
	clear(s.index)
	for i := range s.Lists {
		s.index[s.Lists[i].Zone] = i
	}
}

// Pick returns the zones that an option names, as Lists has them. A name may also be one of the
// words that the option takes besides zones. A list that is not queried is an error, unless it is
// retired: old configurations still name those.
func (s *Selection) Pick(option string, names []string, words ...string) ([]string, error) {
	zones := make([]string, len(names))
	for i, name := range names {
		zones[i] = s.Canonical(name)
		if !slices.Contains(words, zones[i]) && !isRetired(zones[i]) && s.List(zones[i]) == nil {
			return nil, s.notQueried(option, name, words...)
		}
	}
	return zones, nil
}

// isRetired reports whether the catalog has a zone as retired.
func isRetired(zone string) bool {
	l, known := Find(zone)
	return known && l.Status == dnsbl.Retired
}

// notQueried returns the error about a name that no queried list has, with a suggestion.
func (s *Selection) notQueried(option, name string, words ...string) error {
	zone := s.Canonical(name)
	near := suggest.Closest(zone, words)
	if near == "" {
		near = s.closest(zone)
	}
	valid := text.Or(append(words, "one of the lists that are queried"))
	return fmt.Errorf("%s %q: must be %s%s", option, name, valid, suggest.DidYouMean(near))
}

// minZone is the length in bytes of the shortest zone that suggestions are made for. Shorter zones
// resemble each other by chance.
const minZone = 8

// closest returns the zone that a misspelt one resembles, among those that are queried and the
// active ones of the catalog; or "".
func (s *Selection) closest(zone string) string {
	if _, known := s.keys.Find(zone); known || len(zone) < minZone {
		return ""
	}
	var zones []string
	for i := range s.Lists {
		zones = append(zones, s.Lists[i].Zone)
	}
	return closestOpen(zone, append(zones, activeZones()...))
}

// closestOpen is suggest.Closest without the zones that begin with a key.
func closestOpen(zone string, zones []string) string {
	return suggest.Closest(zone, slices.DeleteFunc(zones, func(z string) bool {
		return strings.Contains(z, dnsbl.KeyMark)
	}))
}

// A Misspelling is a zone that the catalog does not know, and the zone of the catalog that it
// resembles.
type Misspelling struct{ Zone, Closest string }

// maxUnknown limits suggestions: with more unknown lists than this, none are made, because a user
// who names that many has lists of her own.
const maxUnknown = 12

// Misspelt returns the lists that may be misspelt. They are queried all the same, because they may
// be the user's own. --no-test marks a list as the user's own.
func (s *Selection) Misspelt() []Misspelling {
	var unknown []string
	for i := range s.Lists {
		if l := &s.Lists[i]; l.Name == "" && !l.Tests.None && len(l.Zone) >= minZone {
			unknown = append(unknown, l.Zone)
		}
	}
	if len(unknown) > maxUnknown {
		return nil
	}
	var found []Misspelling
	for _, zone := range unknown {
		if near := closestOpen(zone, activeZones()); near != "" {
			found = append(found, Misspelling{zone, near})
		}
	}
	return found
}

// Weighted reports whether the user gave any list a weight.
func (s *Selection) Weighted() bool {
	return slices.ContainsFunc(s.Lists, func(l dnsbl.List) bool {
		return slices.ContainsFunc(l.Choices, func(c dnsbl.Choice) bool { return c.Weight != 1 })
	})
}

// Lookup returns the list of the catalog with this zone. The error about another name suggests a
// zone that it resembles, or the first few active lists with the word in their names.
func Lookup(zone string) (dnsbl.List, error) {
	l, known := Find(strings.TrimSuffix(zone, "."))
	// Find also returns names under a keyed zone that the catalog does not have (Name is empty).
	if known && l.Name != "" {
		return l, nil
	}
	return l, fmt.Errorf("%q: must be the zone of a known list, such as zen.spamhaus.org "+
		"(--catalog shows all)%s", zone, suggest.DidYouMean(similar(zone)))
}

// similar returns the active lists that a name may stand for, as "a or b", or "".
func similar(name string) string {
	near := closestOpen(name, activeZones())
	switch {
	case Mask(name) != name: // it may hold a key
		return ""
	case near != "" || len(name) < 3:
		return near
	}
	var zones []string
	for _, l := range All() {
		words := strings.ToLower(l.Zone + " " + l.Name + " " + l.Operator)
		open := !strings.Contains(l.Zone, dnsbl.KeyMark)
		if open && l.Status == dnsbl.Active && strings.Contains(words, strings.ToLower(name)) {
			zones = append(zones, l.Zone)
		}
	}
	return strings.Join(zones[:min(3, len(zones))], " or ")
}
