package report

import (
	"fmt"
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
)

// maxLine is how wide the table of the catalog is at most.
const maxLine = 100

// Catalog returns the table of lists: a line for each, the recommended ones first and the retired ones last.
func Catalog(lists []dnsbl.List) string {
	shelves := shelves()
	on := make([][]*dnsbl.List, len(shelves))
	for i := range lists {
		place := slices.IndexFunc(shelves, func(s shelf) bool { return s.holds(&lists[i]) })
		on[place] = append(on[place], &lists[i])
	}
	var out strings.Builder
	fmt.Fprintf(&out, "%s; --catalog ZONE tells more of one\n", plural(len(lists), "list"))
	alive := widest(slices.Concat(on[1:]...))
	out.WriteString("\n" + row(alive, "zone", "kind", "tier", "carries", "access", "last seen alive"))
	for i := range slices.Backward(on) {
		if len(on[i]) == 0 {
			continue
		}
		fmt.Fprintf(&out, "\n%s (%d)\n", shelves[i].title, len(on[i]))
		for _, l := range on[i] {
			out.WriteString(entry(l, alive, widest(on[0])))
		}
	}
	return out.String()
}

// A shelf is a part of the table of the catalog.
type shelf struct {
	title string
	holds func(*dnsbl.List) bool
}

// shelves are the parts of the table, its last one first: a list stands on the first that holds it.
func shelves() []shelf {
	return []shelf{
		{"retired: never asked", func(l *dnsbl.List) bool { return l.Status == dnsbl.Retired }},
		{"closed: for members or licensees of the operator", func(l *dnsbl.List) bool { return l.Access == dnsbl.Closed }},
		{"keyed: for users with a key from the operator", func(l *dnsbl.List) bool { return l.Access == dnsbl.Keyed }},
		{"shown only: never counted", func(l *dnsbl.List) bool {
			return l.Tier == dnsbl.Info || l.Kind == dnsbl.Allow || l.Kind == dnsbl.Score
		}},
		{"unsure: may be dead", func(l *dnsbl.List) bool { return l.Status == dnsbl.Unsure }},
		{"other active lists", func(l *dnsbl.List) bool { return !l.Recommended }},
		{"recommended: asked unless -l or --set names others", func(*dnsbl.List) bool { return true }},
	}
}

// entry is the line of a list, with the widths of zones that are alive and of those that ended.
func entry(l *dnsbl.List, alive, ended int) string {
	if l.Status == dnsbl.Retired {
		return text.Clip(fmt.Sprintf("%-*s  %s", ended, l.Zone, l.Fate), maxLine) + "\n"
	}
	return row(alive, l.Zone, string(l.Kind), string(l.Tier), strings.Join(carried(l, "IPv4", "IPv6", "domain"), " "), string(l.Access), l.Evidence)
}

// row aligns the columns of a line.
func row(width int, zone, kind, tier, carries, access, evidence string) string {
	line := fmt.Sprintf("%-*s  %-6s  %-5s  %-16s  %-12s  %s", width, zone, kind, tier, carries, access, evidence)
	return strings.TrimRight(line, " ") + "\n"
}

// widest returns the length of the longest zone.
func widest(lists []*dnsbl.List) int {
	most := 0
	for _, l := range lists {
		most = max(most, len(l.Zone))
	}
	return most
}

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
	add("how to get off", l.Delisting)
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

// carried names what a list can be asked about, in the words given. Lists that carry none of it are made of hashes.
func carried(l *dnsbl.List, ipv4, ipv6, domain string) []string {
	var words []string
	for i, word := range [...]string{ipv4, ipv6, domain} {
		if l.Subjects&[...]dnsbl.Subjects{dnsbl.IPv4, dnsbl.IPv6, dnsbl.Domain}[i] != 0 {
			words = append(words, word)
		}
	}
	if len(words) == 0 {
		return []string{"hashes"}
	}
	return words
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

// A jsonList is what the catalog knows of a list.
type jsonList struct {
	Zone        string       `json:"zone"`
	Name        string       `json:"name"`
	Operator    string       `json:"operator,omitzero"`
	Kind        dnsbl.Kind   `json:"kind"`
	Tier        dnsbl.Tier   `json:"tier"`
	Status      dnsbl.Status `json:"status"`
	Fate        string       `json:"fate,omitzero"`
	Recommended bool         `json:"recommended"`
	Access      dnsbl.Access `json:"access"`
	KeyOf       string       `json:"key_of,omitzero"`
	PerSecond   float64      `json:"limit_per_second,omitzero"`
	PerDay      int          `json:"limit_per_day,omitzero"`
	Carries     []string     `json:"carries"`
	Codes       []code       `json:"codes,omitzero"`
	Tests       string       `json:"test_entries,omitzero"`
	Contains    []string     `json:"contains,omitzero"`
	PartOf      []string     `json:"part_of,omitzero"`
	Scope       string       `json:"scope,omitzero"`
	Leaves      string       `json:"leaves,omitzero"`
	PaidRemoval bool         `json:"paid_removal,omitzero"`
	Page        string       `json:"page,omitzero"`
	Removal     string       `json:"removal,omitzero"`
	Evidence    string       `json:"last_seen_alive,omitzero"`
}

// CatalogJSON returns what the catalog knows of lists as one JSON object.
func CatalogJSON(program string, lists, catalog []dnsbl.List) string {
	text := append(open(head{jsonVersion, program}), `,"catalog":[`...)
	for i := range lists {
		text = append(append(text, separator(i)...), marshal(entryOf(&lists[i], catalog))...)
	}
	return string(append(text, "\n]}\n"...))
}

func entryOf(l *dnsbl.List, catalog []dnsbl.List) jsonList {
	e := jsonList{Zone: l.Zone, Name: l.Name, Operator: l.Operator, Kind: l.Kind, Tier: l.Tier, Status: l.Status, Fate: l.Fate,
		Recommended: l.Recommended, Access: l.Access, KeyOf: l.KeyOf, PerSecond: l.Limit.PerSecond, PerDay: l.Limit.PerDay,
		Carries: carried(l, "ipv4", "ipv6", "domain"), Tests: testsText(l), Contains: l.Contains, PartOf: wholes(l.Zone, catalog),
		Scope: l.Scope, Leaves: l.Delisting, PaidRemoval: l.PaidRemoval, Page: l.URL, Removal: l.Removal, Evidence: l.Evidence}
	for _, c := range l.Codes {
		e.Codes = append(e.Codes, code{codeText(c), effectText(c.Effect), c.Meaning, c.Plain})
	}
	return e
}
