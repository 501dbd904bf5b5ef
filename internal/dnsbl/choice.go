package dnsbl

import (
	"fmt"
	"strconv"
	"strings"
)

// A Choice is one entry of postscreen_dnsbl_sites, "zone[=filter][*weight]": a listing in the zone with a return code
// that passes the filter adds the weight.
type Choice struct {
	Zone   string // lower case; it may begin with KeyMark, for a key that is given elsewhere
	Filter Pattern
	Weight int // 1 unless given; 0 and negative are legal
}

// maxWeight keeps sums of weights far from overflow.
const maxWeight = 1_000_000

// ParseChoices reads entries separated by commas or white space, as postscreen_dnsbl_sites has them.
func ParseChoices(s string) ([]Choice, error) {
	entries := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(", \t\r\n", r) })
	if len(entries) == 0 {
		return nil, fmt.Errorf("no list in %q", s)
	}
	choices := make([]Choice, len(entries))
	for i, entry := range entries {
		var err error
		if choices[i], err = parseChoice(entry); err != nil {
			return nil, err
		}
	}
	return choices, nil
}

// parseChoice cuts at the first "*", then at the first "=", as postscreen does: a filter after the weight is an error.
func parseChoice(entry string) (Choice, error) {
	c := Choice{Weight: 1}
	site, weight, weighted := strings.Cut(entry, "*")
	if weighted {
		n, err := strconv.Atoi(weight)
		if err != nil || n < -maxWeight || n > maxWeight {
			return c, fmt.Errorf("bad DNSBL weight factor %q in %q", weight, entry)
		}
		c.Weight = n
	}
	zone, filter, filtered := strings.Cut(site, "=")
	if filtered {
		var err error
		if c.Filter, err = ParsePattern(filter); err != nil {
			return c, fmt.Errorf("bad DNSBL filter syntax: %w in %q", err, entry)
		}
		if c.Filter.useless() {
			return c, fmt.Errorf("useless DNSBL filter %q in %q: return codes begin with 127", filter, entry)
		}
	}
	if fault := hostnameFault(strings.TrimPrefix(zone, KeyMark+".")); fault != "" {
		return c, fmt.Errorf("bad DNSBL domain name %q in %q: %s", zone, entry, fault)
	}
	c.Zone = strings.ToLower(zone)
	return c, nil
}

// hostnameFault says why name is no host name in the sense of Postfix, or "".
func hostnameFault(name string) string {
	if name == "" {
		return "empty hostname"
	}
	if len(name) > 253 {
		return "hostname too long"
	}
	numeric := true
	for label := range strings.SplitSeq(name, ".") {
		if fault := labelFault(label); fault != "" {
			return fault
		}
		numeric = numeric && strings.Trim(label, "0123456789") == ""
	}
	if numeric {
		return "numeric hostname"
	}
	return ""
}

func labelFault(label string) string {
	switch {
	case label == "":
		return "misplaced delimiter"
	case len(label) > 63:
		return "hostname label too long"
	case label[0] == '-' || label[len(label)-1] == '-':
		return "misplaced hyphen"
	}
	for i := range len(label) {
		c := label[i]
		if c != '-' && c != '_' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			return fmt.Sprintf("invalid character %q", label[i:i+1])
		}
	}
	return ""
}
