package main

import (
	"fmt"
	"slices"
	"time"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/verdict"
)

// parseKnown parses the listings that do not count now. A day that is over is a note, not an error:
// a check that worked yesterday must not become UNKNOWN at midnight. Days change in local time, as
// for the people of the monitor. Rules decide which lists count at all.
func parseKnown(
	texts []string, s *catalog.Selection, rules verdict.Rules, now time.Time,
) (known verdict.KnownListings, notes []dnsbl.Note, err error) {
	var ended []verdict.Known
	for _, text := range texts {
		k, err := verdict.ParseKnown(text)
		if err != nil {
			return nil, nil, fmt.Errorf("--known %w", err)
		}
		zones, err := s.Pick("--known", []string{k.Zone})
		if err != nil {
			return nil, nil, err
		}
		k.Zone = zones[0]
		l := s.List(k.Zone)
		if l == nil { // retired: old configurations still name it
			continue
		}
		switch forever := k.Until == "" && k.Codes == ""; {
		case !rules.Counts(l):
			const never = "--known %q: listings on this list never count. Drop it"
			return nil, nil, fmt.Errorf(never, text)
		case !l.HasListing(k.Codes):
			return nil, nil, fmt.Errorf("--known %q: no return code of this list matches. "+
				"See check_dnsbl --catalog %s", text, l.Zone)
		case forever && slices.Contains(rules.CriticalOn, k.Zone):
			return nil, nil, fmt.Errorf("--known %q: --critical-on names this list too. "+
				"Add @DATE or return codes, or drop one of the two", text)
		case k.Ended(now.Format(time.DateOnly)):
			ended = append(ended, k)
			continue
		}
		known = append(known, k)
	}
	return known, endedNotes(ended, known), nil
}

// endedNotes returns a note for each value of --known whose day is over. Another value for the same
// list may still cover its listings.
func endedNotes(ended []verdict.Known, known verdict.KnownListings) []dnsbl.Note {
	var notes []dnsbl.Note
	for _, k := range ended {
		again := ": its listings count again. Drop it, or give a later day"
		if slices.ContainsFunc(known, func(o verdict.Known) bool { return o.Zone == k.Zone }) {
			again = ". Drop it: there is another --known for this list"
		}
		line := fmt.Sprintf("--known %s@%s has ended%s", k, k.Until, again)
		notes = append(notes, dnsbl.Note{Code: dnsbl.KnownEnded, Text: line})
	}
	return notes
}
