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
