package main

import (
	"errors"
	"slices"
	"strings"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/dnsbl"

	"github.com/spf13/pflag"
)

// shortZone is the length below which two zones are alike by chance.
const shortZone = 8

// nearest returns the known word, in lower case, that another was meant to be: at most two letters are wrong, missing, too many or
// swapped with the next, and fewer than half of all. Of words as near the first is taken; it returns "" if there is none.
func nearest(word string, known []string) string {
	word = strings.ToLower(word)
	best, limit := "", min(3, (len(word)+1)/2)
	for _, k := range known {
		if len(k)-len(word) >= limit || len(word)-len(k) >= limit {
			continue
		}
		if d := distance(word, k, limit); d < limit {
			best, limit = k, d
		}
	}
	return best
}

// longest is how many letters a word has at most that may be misspelt: zones have fewer.
const longest = 64

// distance returns how many letters are to be changed, added, left out or swapped with the next to make b of a, none of them twice; or
// any number from limit on if it is no less.
func distance(a, b string, limit int) int {
	if max(len(a), len(b)) > longest {
		return limit
	}
	var rows [3][longest + 1]int // as many words are compared
	before, row, next := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		row[j] = j
	}
	for i := range len(a) {
		next[0] = i + 1
		least := next[0]
		for j := range len(b) {
			changed := row[j]
			if a[i] != b[j] {
				changed++
			}
			next[j+1] = min(changed, row[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
			least = min(least, next[j+1])
		}
		if least > limit { // a swap may yet go back by one
			return limit
		}
		before, row, next = row, next, before
	}
	return row[len(b)]
}

// didYouMean is what an error ends in if there is a word that may have been meant.
func didYouMean(near string) string {
	if near == "" {
		return ""
	}
	return "; did you mean " + near + "?"
}

// meant returns the known word that another was meant to be, or "". Nothing is said of what may hold a key, nor with it.
func meant(word string, known []string) string {
	if mayHoldKey(word) {
		return ""
	}
	return nearest(word, slices.DeleteFunc(slices.Clone(known), mayHoldKey))
}

// mayHoldKey says whether a word is not to be shown as it is, or is the name of a list that a key stands before.
func mayHoldKey(word string) bool {
	return withoutKeys(word) != word || catalog.Mask(word) != word || strings.Contains(word, dnsbl.KeyMark)
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
