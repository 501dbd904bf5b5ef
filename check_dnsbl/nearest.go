package main

import (
	"errors"
	"slices"
	"strings"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/suggest"

	"github.com/spf13/pflag"
)

// shortZone is the length below which two zones are alike by chance.
const shortZone = 8

// meant returns the known word that another was meant to be, or "". Nothing is said of what may hold a key, nor with it.
func meant(word string, known []string) string {
	if mayHoldKey(word) {
		return ""
	}
	return suggest.Closest(word, slices.DeleteFunc(slices.Clone(known), mayHoldKey))
}

// mayHoldKey says whether a word is not to be shown as it is, or is the name of a list that a key stands before.
func mayHoldKey(word string) bool {
	return catalog.Mask(word) != word || strings.Contains(word, dnsbl.KeyMark)
}

// meantOption returns the option that was meant by one that nobody knows, if that is what is wrong, or "".
func meantOption(err error) string {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) || unknown.GetSpecifiedShortnames() != "" {
		return ""
	}
	var names []string
	for _, group := range groups(&typed{}) {
		group.Options.VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	}
	if name := meant(unknown.GetSpecifiedName(), names); name != "" {
		return "--" + name
	}
	return ""
}

// meantZone returns the zone that was meant by one that no list has: one of those that are asked, or else of the catalog; or "".
func (o *options) meantZone(zone string) string {
	if _, known := o.keys.Find(zone); known || len(zone) < shortZone {
		return ""
	}
	var zones []string
	for i := range o.lists {
		zones = append(zones, o.lists[i].Zone)
	}
	return meant(zone, append(zones, catalog.ActiveZones()...))
}

// mostStrangers is how many lists that nobody knows may be misspelt: who names more has lists of his own.
const mostStrangers = 12

// strangerNotes are the lines of the long output on lists that may be misspelt. They are asked all the same: they may be the user's
// own, which is what --no-test says.
func strangerNotes(lists []dnsbl.List) []string {
	var strangers, lines []string
	for i := range lists {
		if l := &lists[i]; l.Name == "" && !l.Tests.None && len(l.Zone) >= shortZone {
			strangers = append(strangers, l.Zone)
		}
	}
	if len(strangers) == 0 || len(strangers) > mostStrangers {
		return nil
	}
	zones := catalog.ActiveZones()
	for _, stranger := range strangers {
		if zone := meant(stranger, zones); zone != "" {
			lines = append(lines, stranger+" is no list of the catalog: did you mean "+zone+"?")
		}
	}
	return lines
}
