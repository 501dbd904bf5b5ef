package report

import (
	"fmt"
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
)

// maxCatalogLine is the width of the catalog's table in columns.
const maxCatalogLine = 100

// catalogLegend explains the columns of the catalog's table.
const catalogLegend = `
kind: block (abuse seen), policy (should not send mail directly), allow (trusted), score
tier: major (many receivers reject because of it), minor, - (informational, not counted)
access: open, registration (of your resolver, or for a key), key (in the zone), closed (members)
last answer: when it was last seen answering; default: when a mail filter last used it by default
`

// A catalogSection is a part of the catalog's table.
type catalogSection struct {
	title string
	match func(*dnsbl.List) bool
}

// catalogSections are the parts of the table, the last one first. A list belongs to the first that
// matches it.
var catalogSections = [...]catalogSection{
	{"retired: never queried", func(l *dnsbl.List) bool { return l.Status == dnsbl.Retired }},
	{
		"closed: for members or licensees of the operator",
		func(l *dnsbl.List) bool { return l.Access == dnsbl.Closed },
	},
	{
		"keyed: for users with a key from the operator",
		func(l *dnsbl.List) bool { return l.Access == dnsbl.Keyed },
	},
	{"informational: not counted", func(l *dnsbl.List) bool {
		return l.Tier == dnsbl.Info || l.Kind == dnsbl.Allow || l.Kind == dnsbl.Score
	}},
	{"unsure: may be dead", func(l *dnsbl.List) bool { return l.Status == dnsbl.Unsure }},
	{"other active lists", func(l *dnsbl.List) bool { return !l.Recommended }},
	{
		"recommended: queried unless -l or --set names others",
		func(*dnsbl.List) bool { return true },
	},
}

// Catalog returns the table of lists: a line for each, the recommended ones first and the retired
// ones last. Date is the day of the facts:
//
//	3 lists, as of 2026-11-29 (--catalog ZONE shows one)
//	kind: ... (see catalogLegend)
//
//	zone              kind    tier   covers            access        last answer
//
//	recommended: queried unless -l or --set names others (1)
//	zen.spamhaus.org  block   major  IPv4 IPv6         open          2026-10-08
func Catalog(lists []dnsbl.List, date string) string {
	var members [len(catalogSections)][]*dnsbl.List
	for i := range lists {
		l := &lists[i]
		matches := func(s catalogSection) bool { return s.match(l) }
		section := slices.IndexFunc(catalogSections[:], matches)
		members[section] = append(members[section], l)
	}
	var out strings.Builder
	fmt.Fprintf(&out, "%s, as of %s (--catalog ZONE shows one)%s",
		plural(len(lists), "list"), date, catalogLegend)
	alive, retired := zoneWidth(slices.Concat(members[1:]...)), zoneWidth(members[0])
	titles := catalogRow(alive, "zone", "kind", "tier", "covers", "access", "last answer")
	out.WriteString("\n" + titles)
	for i := range slices.Backward(members[:]) {
		if len(members[i]) == 0 {
			continue
		}
		fmt.Fprintf(&out, "\n%s (%d)\n", catalogSections[i].title, len(members[i]))
		for _, l := range members[i] {
			out.WriteString(catalogLine(l, alive, retired))
		}
	}
	return out.String()
}

// catalogLine returns the line of a list. Alive and retired are the widths of the column of zones.
func catalogLine(l *dnsbl.List, alive, retired int) string {
	if l.Status == dnsbl.Retired {
		return text.Clip(fmt.Sprintf("%-*s  %s", retired, l.Zone, l.Fate), maxCatalogLine) + "\n"
	}
	subjects := strings.Join(covered(l, "IPv4", "IPv6", "domain"), " ")
	tier := string(l.Tier)
	if l.Tier == dnsbl.Info {
		tier = "-"
	}
	return catalogRow(alive,
		l.Zone, string(l.Kind), tier, subjects, string(l.Access), lastAnswer(l))
}

// lastAnswer returns the newest sign that a list is alive: an answer or, if none was seen in that
// year or later, its place in the defaults of a mail filter. It is "" if there is neither.
func lastAnswer(l *dnsbl.List) string {
	year := func(date string) string { return date[:min(4, len(date))] }
	if year(l.Default) > year(l.Answered) {
		return "default " + l.Default
	}
	return l.Answered
}

// catalogRow aligns the columns of a line.
func catalogRow(width int, zone, kind, tier, subjects, access, answer string) string {
	line := fmt.Sprintf("%-*s  %-6s  %-5s  %-16s  %-12s  %s",
		width, zone, kind, tier, subjects, access, answer)
	return strings.TrimRight(line, " ") + "\n"
}

// zoneWidth returns the length of the longest zone.
func zoneWidth(lists []*dnsbl.List) int {
	width := 0
	for _, l := range lists {
		width = max(width, len(l.Zone))
	}
	return width
}

// CatalogPage returns all that the catalog knows of a list, a line for each fact and none for what
// is unknown. A retired list has only its end. Catalog is all lists: those that contain this one
// are named.
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
		add("covered", coveredText(l))
		add("retired, never queried", l.Fate)
		add("part of", strings.Join(containedIn(l.Zone, catalog), ", "))
		return strings.Join(lines, "\n") + "\n"
	}
	add("tier", tierText(l.Tier))
	add("status", statusText(l))
	add("covers", coveredText(l))
	add("access", accessText(l))
	add("limit", limitText(l))
	add("also refuses", l.Refuses)
	if len(l.Codes) > 0 {
		lines = append(append(lines, "  codes:"), codeTable(l.Codes)...)
	}
	add("test entries", testsText(l))
	add("contains", strings.Join(l.Contains, ", "))
	add("part of", strings.Join(containedIn(l.Zone, catalog), ", "))
	add("delisting", l.Delisting)
	if l.PaidRemoval {
		add("paid removal", paidRemoval)
	}
	add("removal page", l.Removal)
	add("lookup page", l.URL)
	add("scope", l.Scope)
	add("last answer", l.Answered)
	add("in a mail filter's defaults", l.Default)
	add("note", l.Note)
	return strings.Join(lines, "\n") + "\n"
}

// kindText describes what a list of a kind lists.
func kindText(k dnsbl.Kind) string {
	switch k {
	case dnsbl.Block:
		return "block, lists sources of spam or abuse"
	case dnsbl.Policy:
		return "policy, lists what should not send mail directly or is notable, not abuse"
	case dnsbl.Allow:
		return "allow, lists trusted senders"
	}
	return "score, an answer is a measurement or a remark, not a listing"
}

// tierText describes how much a listing matters.
func tierText(t dnsbl.Tier) string {
	switch t {
	case dnsbl.Major:
		return "major, many receivers reject because of it"
	case dnsbl.Minor:
		return "minor"
	}
	return "informational, not counted"
}

// statusText describes whether a list is alive. The list is not retired.
func statusText(l *dnsbl.List) string {
	switch {
	case l.Status == dnsbl.Unsure:
		return "unsure, it may be dead"
	case l.Recommended:
		return "active, one of the recommended lists"
	}
	return "active"
}

// accessText describes who may query a list, and what a key changes.
func accessText(l *dnsbl.List) string {
	switch l.Access {
	case dnsbl.Registration:
		if l.KeyOf != "" {
			return fmt.Sprintf("requires the operator's free key, --key %s=KEY. "+
				"Without one the list may not answer", l.KeyOf)
		}
		return "requires registration of the resolver with the operator"
	case dnsbl.Keyed:
		if l.KeyOf == "" {
			return "requires a key from the operator: -l " + l.Zone
		}
		return "requires a key from the operator: --key " + l.KeyOf + "=KEY"
	case dnsbl.Closed:
		return "members or licensees of the operator only"
	}
	if l.KeyOf != "" {
		const keyed = "open to everyone. With --key %s=KEY its keyed form is queried instead"
		return fmt.Sprintf(keyed, l.KeyOf)
	}
	return "open to everyone"
}

// limitText returns the operator's limits, "" if none is published.
func limitText(l *dnsbl.List) string {
	var parts []string
	if n := l.Limit.PerSecond; n > 0 {
		parts = append(parts, fmt.Sprintf("%g queries/s", n))
	}
	if n := l.Limit.PerDay; n > 0 {
		parts = append(parts, fmt.Sprintf("%d queries/day", n))
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, " and ") + ", to all lists of " + l.Operator
}

// effectNames are the words for the effects of return codes.
var effectNames = [...]string{
	dnsbl.Listing:       "listed",
	dnsbl.PolicyOnly:    "policy",
	dnsbl.Allowed:       "allowed",
	dnsbl.Informational: "remark",
	dnsbl.Refusal:       "refusal",
	dnsbl.Undocumented:  "undocumented",
	dnsbl.NotLoopback:   "stray",
}

// codeTable returns a line for each return code: the code, its effect and its meaning.
func codeTable(codes []dnsbl.Code) []string {
	width := 0
	for _, c := range codes {
		width = max(width, len(codeText(c)))
	}
	lines := make([]string, len(codes))
	for i, c := range codes {
		line := fmt.Sprintf("    %-*s  %-7s  %s",
			width, codeText(c), effectNames[c.Effect], meaningText(c))
		lines[i] = strings.TrimRight(line, " ")
	}
	return lines
}

// meaningText returns the operator's name for a return code and, where that needs one, an
// explanation.
func meaningText(c dnsbl.Code) string {
	if c.Plain == "" {
		return c.Meaning
	}
	return c.Meaning + ": " + c.Plain
}

// codeText returns the pattern of a return code, or the bit of a list that adds up bits in the last
// octet.
func codeText(c dnsbl.Code) string {
	if c.Bit != 0 {
		return fmt.Sprintf("127.0.0.x with bit %d", c.Bit)
	}
	return string(c.Match)
}

// testsText names the test entries that differ from those of RFC 5782.
func testsText(l *dnsbl.List) string {
	if l.Tests.None {
		return "none"
	}
	var parts []string
	for _, test := range [...]struct{ name, is string }{
		{l.Tests.IPv4, "is listed"},
		{l.Tests.Domain, "is listed"},
		{l.Tests.NotIPv4, "is not listed"},
		{l.Tests.NotDomain, "is not"},
	} {
		if test.name != "" {
			parts = append(parts, test.name+" "+test.is)
		}
	}
	return strings.Join(parts, ", ")
}

// containedIn returns the zones of the lists that contain the listings of a zone.
func containedIn(zone string, catalog []dnsbl.List) []string {
	var zones []string
	for i := range catalog {
		if slices.Contains(catalog[i].Contains, zone) {
			zones = append(zones, catalog[i].Zone)
		}
	}
	return zones
}
