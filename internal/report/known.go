package report

import (
	"fmt"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/verdict"
)

// knownUntil returns how long a listing that the user knows of does not count:
// "until 2026-12-10", "no end date".
func knownUntil(v *verdict.Verdict, f *dnsbl.Finding) string {
	if day, _ := v.Rules.Known.Cover(f); day != "" {
		return "until " + day
	}
	return "no end date"
}

// knownNames names the lists with listings that the user knows of, for the first line:
// "bl.blocklist.de (until 2026-12-10)".
func knownNames(v *verdict.Verdict) []string {
	var names []string
	for i := range v.Known {
		g := &v.Known[i]
		name := fmt.Sprintf("%s (%s)", g.List.Zone, knownUntil(v, &g.Finding))
		names = appendNew(names, name)
	}
	return names
}

// knownText counts, in a headline on something worse, the listings of the worst subject that the
// user knows of: ", 1 more known".
func knownText(v *verdict.Verdict) string {
	if n := len(v.Worst.Known); n > 0 {
		return fmt.Sprintf(", %d more known", n)
	}
	return ""
}

// knownLines describes the listings that the user knows of:
//
//	known, until 2026-12-10: 192.0.2.25 is on bl.blocklist.de: 127.0.0.9 = mail
func knownLines(v *verdict.Verdict) []string {
	return groupLines(v, v.Known, func(g *verdict.Group) (label, list string) {
		list = fmt.Sprintf("on %s%s: %s", g.List.Zone, asParent(&g.Finding), codesText(&g.Finding))
		return "known, " + knownUntil(v, &g.Finding), list
	})
}

// knownGoneLines names the values of --known that nothing needs any more.
func knownGoneLines(v *verdict.Verdict) []string {
	var lines []string
	for _, k := range v.KnownGone {
		const gone = "--known %s can go: the listing is gone"
		lines = append(lines, fmt.Sprintf(gone, k))
	}
	return lines
}
