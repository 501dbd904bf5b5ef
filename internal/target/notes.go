package target

import (
	"fmt"
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
)

// note returns a note with the text of fmt.Sprintf.
func note(code dnsbl.NoteCode, format string, args ...any) dnsbl.Note {
	return dnsbl.Note{Code: code, Text: fmt.Sprintf(format, args...)}
}

// gap returns what is found if there is nothing but a gap.
func gap(n dnsbl.Note) Found { return Found{Gaps: []dnsbl.Note{n}} }

// noRecords is the note for a name without records of a kind, or that does not exist. what is what
// the name should be, such as "host".
func noRecords(name, what, records string, answer dnsbl.Answer) dnsbl.Note {
	if answer.NXDomain {
		const text = "no such %s: %s (NXDOMAIN from %s)"
		return note(dnsbl.NameNotFound, text, what, name, answer.Server)
	}
	return note(dnsbl.NameNotFound, "%s has no %s (NODATA from %s)", name, records, answer.Server)
}

// failed is the note for a query that got no answer.
func failed(name string, kind dnsbl.Type, a dnsbl.Answer) dnsbl.Note {
	reason := fmt.Sprintf("%s from %s", a.Cause.Text(), a.Server)
	if a.Detail != "" {
		reason = fmt.Sprintf("%s, %s (resolver %s)", a.Cause.Text(), a.Detail, a.Server)
	}
	return note(dnsbl.LookupFailed, "cannot look up %s (%s): %s", name, kind, reason)
}

// panicked is what is found where looking it up panicked.
func panicked(name string, reason any) Found {
	return gap(note(dnsbl.InternalError, "%s: internal error: %v", name, reason))
}

// nat64Note is the note for an IPv4 network that is checked instead of the NAT64 network that the
// user or the DNS named.
func nat64Note(part *Part, named string) dnsbl.Note {
	const text = "checked %s instead of its NAT64 form %s (RFC 6052)"
	return note(dnsbl.FromNAT64, text, part, named)
}

// unique returns values without repetitions, in the same order.
func unique[T comparable](all []T) []T {
	seen := map[T]bool{}
	return slices.DeleteFunc(all, func(one T) bool {
		again := seen[one]
		seen[one] = true
		return again
	})
}

// quote returns text from the DNS in quotes, in ASCII without markup, cut to 60 characters.
func quote(s string) string {
	const most = 60
	harmless := func(r rune) rune {
		if r < ' ' || r > '~' || strings.ContainsRune("|<>\"", r) {
			return '?'
		}
		return r
	}
	if len(s) > most {
		s = s[:most-3] + "..."
	}
	return `"` + strings.Map(harmless, s) + `"`
}

// skipped holds the networks of a name that are not checked, by reason.
type skipped []skip

type skip struct {
	reason   string
	networks []string
}

func (s *skipped) add(network, reason string) {
	i := slices.IndexFunc(*s, func(other skip) bool { return other.reason == reason })
	if i < 0 {
		i = len(*s)
		*s = append(*s, skip{reason: reason})
	}
	if networks := &(*s)[i].networks; !slices.Contains(*networks, network) {
		*networks = append(*networks, network)
	}
}

// notes returns a note for each reason, such as "skipped: 10.0.0.1 of mail.example.com, a
// private address (RFC 1918)".
func (s skipped) notes(name string) []dnsbl.Note {
	var notes []dnsbl.Note
	for _, skip := range s {
		notes = append(notes, note(dnsbl.Skipped, "skipped: %s of %s, %s",
			text.Some(skip.networks), name, skip.reason))
	}
	return notes
}

// String returns every network with its reason, such as "10.0.0.1 is a private address (RFC 1918)".
func (s skipped) String() string {
	var all []string
	for _, skip := range s {
		for _, network := range skip.networks {
			all = append(all, network+" is "+skip.reason)
		}
	}
	return strings.Join(all, ", ")
}
