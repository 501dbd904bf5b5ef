package check

import (
	"fmt"
	"slices"
	"strings"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
)

// SelectionNotes returns notes on the lists that the user named but the run does not query, and on
// those that may be misspelt. With nameAll, each skipped list has a line of its own.
func SelectionNotes(s *catalog.Selection, nameAll bool) []dnsbl.Note {
	notes := skipNotes(s.Skipped, nameAll)
	for _, m := range s.Misspelt() {
		const text = "%s is not a known list. Did you mean %s?"
		notes = append(notes, note(dnsbl.ListMisspelt, text, m.Zone, m.Closest))
	}
	for i := range s.Lists {
		for _, filter := range s.Lists[i].Strangers() {
			const text = "filter %s matches no known return code of %[2]s (see --catalog %[2]s)"
			notes = append(notes, note(dnsbl.FilterUnknown, text, filter, s.Lists[i].Zone))
		}
	}
	for _, two := range s.TwoKeys {
		used := "the one from --key or the environment"
		if two.Typed {
			used = "the first one in -l"
		}
		const text = "two keys for %s: %s is used"
		notes = append(notes, note(dnsbl.TwoKeys, text, two.Zone, used))
	}
	return notes
}

// note returns a note with the text of fmt.Sprintf.
func note(code dnsbl.NoteCode, format string, args ...any) dnsbl.Note {
	return dnsbl.Note{Code: code, Text: fmt.Sprintf(format, args...)}
}

// skipNotes returns a note for each list that is not queried. Many lists with the same reason, as
// old configurations name them, share a line unless nameAll is set.
func skipNotes(skipped []catalog.Skip, nameAll bool) []dnsbl.Note {
	zones := map[string][]string{}
	for i := range skipped {
		_, shared := skipText(&skipped[i])
		zones[shared] = append(zones[shared], skipped[i].List.Zone)
	}
	var notes []dnsbl.Note
	for i := range skipped {
		why, shared := skipText(&skipped[i])
		one := note(dnsbl.ListNotQueried, "not queried: %s, %s", skipped[i].List.Zone, why)
		if shared != "" && !nameAll && len(zones[shared]) > text.Few {
			const all = "not queried, because they %s: %s (-v names all)"
			one = note(dnsbl.ListNotQueried, all, shared, text.Some(zones[shared]))
		}
		if !slices.Contains(notes, one) {
			notes = append(notes, one)
		}
	}
	return notes
}

// skipText returns why a list is not queried, for one list and for many of them. The second is ""
// if the reason differs for each list.
func skipText(s *catalog.Skip) (why, shared string) {
	switch s.Reason {
	case catalog.Retired:
		return "retired (" + s.List.Fate + ")", "are retired"
	case catalog.KeyMissing:
		option := "--key is only for " + strings.Join(catalog.KeyOperators(), ", ")
		switch {
		case s.List.KeyOf != "":
			option = fmt.Sprintf("--key %s=KEY", s.List.KeyOf)
		case s.List.Name != "":
			option = "-l " + s.List.Zone
		}
		return "which requires a key from its operator: " + option, ""
	case catalog.OtherKind:
		kinds := kindNames(s.List.Subjects)
		return "which lists only " + kinds, "list only " + kinds
	}
	return "which lists hashes, not addresses or domains", ""
}

// kindNames names kinds of subjects: "IPv4 addresses and domains".
func kindNames(kinds dnsbl.Subjects) string {
	return strings.Join(kinds.Names("IPv4 addresses", "IPv6 addresses", "domains"), " and ")
}
