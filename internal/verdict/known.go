package verdict

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"check_dnsbl/internal/dnsbl"
)

// A Known is a value of --known: listings that the user knows of, and that do not count.
type Known struct {
	Zone  string
	Codes dnsbl.Pattern // only listings with these return codes; "" for all
	Until string        // the last day on which they do not count, YYYY-MM-DD; "" without an end
}

// ParseKnown reads "ZONE[=CODES][@YYYY-MM-DD]". Codes are a filter as in postscreen_dnsbl_sites.
func ParseKnown(s string) (Known, error) {
	entry, until, dated := strings.Cut(s, "@")
	if _, err := time.Parse(time.DateOnly, until); dated && err != nil {
		return Known{}, fmt.Errorf("%q: the part after @ must be a day, such as 2026-12-31", s)
	}
	if strings.Contains(entry, "*") {
		return Known{}, fmt.Errorf("%q: must not have a weight, which is for -l", s)
	}
	choice, err := dnsbl.ParseChoice(entry)
	if err != nil {
		return Known{}, err
	}
	return Known{choice.Zone, choice.Filter, until}, nil
}

// Ended reports whether the listings count again on a day, YYYY-MM-DD.
func (k Known) Ended(day string) bool { return k.Until != "" && k.Until < day }

// String returns the value without its day, as the user gave it.
func (k Known) String() string {
	if k.Codes == "" {
		return k.Zone
	}
	return k.Zone + "=" + string(k.Codes)
}

// KnownListings are all values of --known that have not ended.
type KnownListings []Known

// Cover reports whether the user knows all that a list says of a subject, and until which day; ""
// means without an end. With one code more, the listing counts in full. For a domain that holds for
// the parent domains too, and none of them may have failed.
func (all KnownListings) Cover(f *dnsbl.Finding) (until string, known bool) {
	if f.Outcome != dnsbl.Listed {
		return "", false
	}
	matched := f.Matched
	for i := range f.Rest {
		if f.Rest[i].Outcome == dnsbl.Failed {
			return "", false
		}
		matched = append(slices.Clip(matched), f.Rest[i].Matched...)
	}
	for _, reading := range matched {
		last, ok := all.coverCode(f.List.Zone, reading)
		if !ok {
			return "", false
		}
		until = earlier(until, last)
	}
	return until, len(matched) > 0
}

// unknownInFront returns the finding on a domain with that on a parent in front if the user knows
// only the former: the listing to get rid of is the one that counts.
func (all KnownListings) unknownInFront(f dnsbl.Finding) dnsbl.Finding {
	front := f
	front.Rest = nil
	if _, known := all.Cover(&front); !known {
		return f
	}
	for i := range f.Rest {
		_, known := all.Cover(&f.Rest[i])
		if f.Rest[i].Outcome == dnsbl.Listed && !known {
			return f.InFront(i)
		}
	}
	return f
}

// coverCode reports whether the user knows one code of a list, and until which day. Of several
// values of --known for the same code, the last day counts.
func (all KnownListings) coverCode(zone string, reading dnsbl.Reading) (until string, known bool) {
	for _, k := range all {
		switch {
		case k.Zone != zone || !k.Codes.Matches(reading.Code):
		case k.Until == "":
			return "", true
		default:
			until, known = max(until, k.Until), true
		}
	}
	return until, known
}

// earlier returns the earlier of two days. "" never comes.
func earlier(a, b string) string {
	if a == "" || b != "" && b < a {
		return b
	}
	return a
}

// A need is whether a value of --known is still needed.
type need int

const (
	unseen need = iota // its list was not queried about the subject
	gone               // the list proved that the subject has no such listing
	needed             // there is such a listing, or nothing is proved
)

// needs returns how much the findings on one subject need each value.
func (all KnownListings) needs(findings []dnsbl.Finding) []need {
	needs := make([]need, len(all))
	for i, k := range all {
		for j := range findings {
			if findings[j].List.Zone == k.Zone {
				needs[i] = max(needs[i], k.needFor(&findings[j]))
			}
		}
	}
	return needs
}

// needFor returns how much a finding on the list of k needs it.
func (k Known) needFor(f *dnsbl.Finding) need {
	matches := func(r dnsbl.Reading) bool { return k.Codes.Matches(r.Code) }
	// A code that -l filters out is still there.
	filtered := func(r dnsbl.Reading) bool {
		return matches(r) && (r.Effect == dnsbl.Listing || r.Effect == dnsbl.PolicyOnly)
	}
	unproved := f.Outcome == dnsbl.Failed || f.Untested || f.Unconfirmed
	if unproved || slices.ContainsFunc(f.Matched, matches) ||
		slices.ContainsFunc(f.Codes, filtered) {
		return needed
	}
	for i := range f.Rest {
		if k.needFor(&f.Rest[i]) == needed {
			return needed
		}
	}
	return gone
}
