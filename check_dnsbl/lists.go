package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/suggest"
	"check_dnsbl/internal/text"
)

// mostLists is more than there are.
const mostLists = 1000

// chooseLists fills in which lists are asked: those named, then those of the sets, without the excluded ones.
func (o *options) chooseLists(t *typed) error {
	if len(t.lists) == 0 && len(t.sets) == 0 {
		t.sets = []string{"recommended"}
	}
	o.private = len(t.sets) == 0
	for _, text := range t.lists {
		if err := o.addNamed(text); err != nil {
			return err
		}
		if len(o.lists) > mostLists {
			return fmt.Errorf("-l: more than %d lists: there are not that many", mostLists)
		}
	}
	for _, text := range t.sets {
		if err := o.addSets(text); err != nil {
			return err
		}
	}
	if err := o.askFirst(o.named); err != nil {
		return err
	}
	if err := o.adjust(t); err != nil {
		return err
	}
	notes := append(unaskedNotes(o.unasked, o.verbose > 0), strangerNotes(o.lists)...)
	if len(o.lists) == 0 {
		return errors.New(strings.Join(append([]string{"no list is left to ask"}, notes...), "; "))
	}
	o.notes = append(o.notes, notes...)
	return nil
}

// addNamed adds the lists of one -l, or says why one of them is not asked.
func (o *options) addNamed(text string) error {
	choices, err := dnsbl.ParseChoices(text)
	if err != nil {
		return fmt.Errorf("-l: %w", err)
	}
	for _, choice := range choices {
		l, known := o.keys.Find(choice.Zone)
		if !known {
			l = dnsbl.Unknown(choice.Zone)
		}
		o.private = o.private && !known
		choice.Zone = l.Zone
		if u := unaskable(&l); u.why != "" {
			o.unasked = append(o.unasked, u)
			continue
		}
		if o.list(l.Zone) == nil {
			o.lists = append(o.lists, l)
		}
		at := o.list(l.Zone)
		at.Choices = append(at.Choices, choice)
	}
	return nil
}

// addSets adds the lists of one --set, which names one set or, as -l does, several.
func (o *options) addSets(text string) error {
	names := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(", \t\r\n", r) })
	if len(names) == 0 {
		names = []string{text}
	}
	for _, name := range names {
		set, ok := o.keys.Set(name)
		if !ok {
			near := meant(name, catalog.SetNames())
			return fmt.Errorf("--set %q: want one of %s%s", name, strings.Join(catalog.SetNames(), ", "), suggest.DidYouMean(near))
		}
		for _, l := range set {
			if o.list(l.Zone) == nil {
				o.lists = append(o.lists, l)
			}
		}
	}
	return nil
}

// An unasked is a list that is not asked.
type unasked struct {
	zone   string
	why    string // continues "not asked: ZONE, "
	shared string // what many such lists have in common, continues "as they "; or ""
}

// unaskable says why a list of the catalog cannot be asked, if so.
func unaskable(l *dnsbl.List) unasked {
	switch {
	case l.Status == dnsbl.Retired:
		return unasked{l.Zone, "retired (" + l.Fate + ")", "have ended"}
	case strings.Contains(l.Zone, dnsbl.KeyMark) && l.Key == "":
		return unasked{l.Zone, "which needs a key from its operator: " + keyOption(l), ""}
	case l.Subjects == 0:
		return unasked{l.Zone, "which is made of hashes, not of addresses or domains", ""}
	}
	return unasked{}
}

// unaskedNotes are the lines of the long output on lists that are not asked: one each, or one for all that have it in common
// where these are many, as in old configurations, unless every list is to be shown.
func unaskedNotes(lists []unasked, every bool) []string {
	alike := map[string][]string{}
	for _, u := range lists {
		if !slices.Contains(alike[u.shared], u.zone) {
			alike[u.shared] = append(alike[u.shared], u.zone)
		}
	}
	var lines []string
	for _, u := range lists {
		line := fmt.Sprintf("not asked: %s, %s", u.zone, u.why)
		if zones := alike[u.shared]; u.shared != "" && !every && len(zones) > text.Few {
			line = fmt.Sprintf("not asked, as they %s: %s (-v names all)", u.shared, text.Some(zones))
		}
		if !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return lines
}

// adjust applies what the user says of single lists.
func (o *options) adjust(t *typed) error {
	for _, name := range t.untested {
		zone := o.canonical(name)
		switch l := o.list(zone); {
		case retired(zone):
		case l == nil:
			return fmt.Errorf("--no-test %q: want one of the lists that are asked%s", name, suggest.DidYouMean(o.meantZone(zone)))
		case l.Name != "" && !l.Tests.None:
			return fmt.Errorf("--no-test %q: this list has test entries; this option is for lists of your own that have none", name)
		default:
			l.Tests.None = true
		}
	}
	for _, name := range t.excluded {
		zone := o.canonical(name)
		if _, known := catalog.Find(zone); !known && o.list(zone) == nil {
			return fmt.Errorf("-x %q: want one of the lists that are asked%s", name, suggest.DidYouMean(o.meantZone(zone)))
		}
		o.lists = slices.DeleteFunc(o.lists, func(l dnsbl.List) bool { return l.Zone == zone })
	}
	return nil
}

// list returns the list of a zone among those that are asked, or nil.
func (o *options) list(zone string) *dnsbl.List {
	for i := range o.lists {
		if o.lists[i].Zone == zone {
			return &o.lists[i]
		}
	}
	return nil
}

// retired says whether a zone is known to have ended: old configurations still name such zones, which is no error.
func retired(zone string) bool {
	l, known := catalog.Find(zone)
	return known && l.Status == dnsbl.Retired
}

// canonical returns a zone as the lists that are asked have it.
func (o *options) canonical(name string) string {
	zone := strings.ToLower(strings.TrimSuffix(name, "."))
	if l, known := o.keys.Find(zone); known {
		return l.Zone
	}
	return zone
}
