package dnsbl

import (
	"fmt"
	"strconv"
	"strings"
)

// A Choice is one entry of Postfix's postscreen_dnsbl_sites, "zone[=filter][*weight]": a listing in
// the zone adds the weight if the filter lets its return code through.
type Choice struct {
	Zone   string // lower case; it may begin with KeyMark, if the key is given elsewhere
	Filter Pattern
	Weight int // 1 unless given; 0 and negative are legal
}

// maxWeight bounds weights, so that their sum cannot overflow.
const maxWeight = 1_000_000

// ParseChoices reads entries separated by commas or white space, as in postscreen_dnsbl_sites.
func ParseChoices(s string) ([]Choice, error) {
	separator := func(r rune) bool { return strings.ContainsRune(", \t\r\n", r) }
	entries := strings.FieldsFunc(s, separator)
	if len(entries) == 0 {
		return nil, fmt.Errorf("%q: must be a zone, such as bl.spamcop.net", s)
	}
	choices := make([]Choice, len(entries))
	for i, entry := range entries {
		var err error
		if choices[i], err = ParseChoice(entry); err != nil {
			return nil, err
		}
	}
	return choices, nil
}

// ParseChoice reads one entry. It cuts at the first "*", then at the first "=", as postscreen does,
// so that a filter after the weight is an error.
func ParseChoice(entry string) (Choice, error) {
	c := Choice{Weight: 1}
	site, weight, weighted := strings.Cut(entry, "*")
	if weighted {
		n, err := strconv.Atoi(weight)
		if err != nil || n < -maxWeight || n > maxWeight {
			return c, fmt.Errorf("%q: weight must be a whole number, at most %d",
				entry, maxWeight)
		}
		c.Weight = n
	}
	zone, filter, filtered := strings.Cut(site, "=")
	if filtered {
		var err error
		if c.Filter, err = ParsePattern(filter); err != nil {
			return c, fmt.Errorf("%q: bad filter, %w", entry, err)
		}
		if c.Filter.useless() {
			return c, fmt.Errorf("%q: filter must begin with 127, like every return code",
				entry)
		}
	}
	if fault := hostnameFault(zone); fault != "" {
		return c, fmt.Errorf("%q: zone %s", entry, fault)
	}
	c.Zone = LowerZone(zone)
	return c, nil
}
