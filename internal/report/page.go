package report

import (
	"fmt"
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
)

// CatalogPage returns all that the catalog knows of a list. What is not known has no line.
func CatalogPage(l *dnsbl.List, catalog []dnsbl.List) string {
	lines := []string{l.Zone}
	add := func(label, text string) {
		if text != "" {
			lines = append(lines, "  "+label+": "+text)
		}
	}
	add("name", l.Name)
	add("operator", l.Operator)
	add("kind", kindText(l.Kind))
	if l.Status == dnsbl.Retired {
		add("carried", carriedText(l))
		add("retired, never asked", l.Fate)
		add("part of", strings.Join(wholes(l.Zone, catalog), ", "))
		return strings.Join(lines, "\n") + "\n"
	}
	add("tier", tierText(l))
	add("status", statusText(l))
	add("carries", carriedText(l))
	add("access", accessText(l))
	add("limit", limitText(l))
	if len(l.Codes) > 0 {
		lines = append(append(lines, "  codes:"), codeTable(l.Codes)...)
	}
	add("test entries", testsText(l))
	add("contains", strings.Join(l.Contains, ", "))
	add("part of", strings.Join(wholes(l.Zone, catalog), ", "))
	add("an entry covers", l.Scope)
	add("how to get off", l.Leaves)
	if l.PaidRemoval {
		lines = append(lines, "  the operator sells removal: do not pay")
	}
	add("page", l.URL)
	add("removal", l.Removal)
	add("last seen alive", l.Evidence)
	return strings.Join(lines, "\n") + "\n"
}

func kindText(k dnsbl.Kind) string {
	switch k {
	case dnsbl.Block:
		return "block, of what was seen sending spam or abuse"
	case dnsbl.Policy:
		return "policy, of what should not send mail directly or is of note: no proof of abuse"
	case dnsbl.Allow:
		return "allow, of what is vouched for"
	}
	return "score, an answer is a measure or a remark, not an entry"
}

func tierText(l *dnsbl.List) string {
	switch l.Tier {
	case dnsbl.Major:
		return "major, many receivers reject because of it"
	case dnsbl.Minor:
		return "minor"
	}
	return "info, shown but never counted"
}

func statusText(l *dnsbl.List) string {
	switch {
	case l.Status == dnsbl.Unsure:
		return "unsure, it may be dead"
	case l.Recommended:
		return "active, one of the recommended lists"
	}
	return "active"
}

func carriedText(l *dnsbl.List) string {
	return strings.Join(carried(l, "IPv4 addresses", "IPv6 addresses", "domains"), ", ")
}

// accessText says who gets answers, and what a key would change.
func accessText(l *dnsbl.List) string {
	switch l.Access {
	case dnsbl.Registration:
		return "resolvers that are registered with the operator"
	case dnsbl.Keyed:
		if l.KeyOf == "" {
			return "users with a key from the operator"
		}
		return "users with a key from the operator: --key " + l.KeyOf + "=KEY"
	case dnsbl.Closed:
		return "members or licensees of the operator only"
	}
	if l.KeyOf != "" {
		return "open to everyone; with --key " + l.KeyOf + "=KEY its keyed form is asked in its place"
	}
	return "open to everyone"
}

// limitText says how much the operator takes, or "" where nothing is published.
func limitText(l *dnsbl.List) string {
	var parts []string
	if n := l.Limit.PerSecond; n > 0 {
		parts = append(parts, fmt.Sprintf("%g questions a second", n))
	}
	if n := l.Limit.PerDay; n > 0 {
		parts = append(parts, fmt.Sprintf("%d questions a day", n))
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, " and ") + ", to all lists of " + l.Operator
}

// codeTable has a line for each return code: the code, its effect and its meaning.
func codeTable(codes []dnsbl.Code) []string {
	width := 0
	for _, c := range codes {
		width = max(width, len(codeText(c)))
	}
	lines := make([]string, len(codes))
	for i, c := range codes {
		lines[i] = strings.TrimRight(fmt.Sprintf("    %-*s  %-7s  %s", width, codeText(c), effectText(c.Effect), meaningText(c)), " ")
	}
	return lines
}

func meaningText(c dnsbl.Code) string {
	if c.Plain == "" {
		return c.Meaning
	}
	return c.Meaning + ": " + c.Plain
}

// codeText writes a code, or the bit that adds to the last octet of one.
func codeText(c dnsbl.Code) string {
	if c.Bit != 0 {
		return fmt.Sprintf("127.0.0.x with bit %d", c.Bit)
	}
	return string(c.Match)
}

func effectText(e dnsbl.Effect) string {
	switch e {
	case dnsbl.Listing:
		return "listed"
	case dnsbl.Mere:
		return "policy"
	case dnsbl.Vouched:
		return "allowed"
	case dnsbl.Refusal:
		return "refusal"
	case dnsbl.Undefined:
		return "undocumented"
	case dnsbl.Stray:
		return "stray"
	}
	return "remark"
}

// testsText names the test entries that differ from RFC 5782.
func testsText(l *dnsbl.List) string {
	if l.Tests.None {
		return "none"
	}
	var parts []string
	for _, name := range []string{l.Tests.IPv4, l.Tests.Domain} {
		if name != "" {
			parts = append(parts, name+" is listed")
		}
	}
	if name := l.Tests.NotDomain; name != "" {
		parts = append(parts, name+" is not")
	}
	return strings.Join(parts, ", ")
}

// wholes returns the zones of the lists that carry the entries of a zone too.
func wholes(zone string, catalog []dnsbl.List) []string {
	var zones []string
	for i := range catalog {
		if slices.Contains(catalog[i].Contains, zone) {
			zones = append(zones, catalog[i].Zone)
		}
	}
	return zones
}
