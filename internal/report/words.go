package report

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"
)

// plural counts a noun: "1 list", "3 lists", "2 addresses".
func plural(n int, noun string) string {
	switch {
	case n == 1:
	case strings.HasSuffix(noun, "address"):
		noun += "es"
	default:
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

// countSubjects counts what was checked: "3 addresses", or "3 targets" if domains are among them.
func countSubjects(v *verdict.Verdict, n int) string {
	if v.HasDomains {
		return plural(n, "target")
	}
	return plural(n, "address")
}

// subjectText names a subject and the host that it was found for: "192.0.2.25 (mail.example.com)".
func subjectText(s dnsbl.Subject) string {
	if s.Host != "" {
		return fmt.Sprintf("%s (%s)", s, s.Host)
	}
	return s.String()
}

// zones returns the zone of each finding, in their order. A zone may appear more than once.
func zones(findings []dnsbl.Finding) []string {
	names := make([]string, len(findings))
	for i, f := range findings {
		names[i] = f.List.Zone
	}
	return names
}

// distinctZones returns the zones of groups in their order, each once.
func distinctZones(groups []verdict.Group) []string {
	zones, _ := groupBy(groups, func(g *verdict.Group) string { return g.List.Zone })
	return zones
}

// coveredText names the kinds of subjects that a list covers: "IPv4 addresses, domains".
func coveredText(l *dnsbl.List) string {
	return strings.Join(covered(l, "IPv4 addresses", "IPv6 addresses", "domains"), ", ")
}

// covered names the kinds of subjects that a list covers, in the words given. A list without any
// lists hashes.
func covered(l *dnsbl.List, ipv4, ipv6, domain string) []string {
	if l.Subjects == 0 {
		return []string{"hashes"}
	}
	return l.Subjects.Names(ipv4, ipv6, domain)
}

// listNames names the lists of listings, each with the meaning of its return codes:
// "zen.spamhaus.org (SBL, CSS)", "bl.example (unconfirmed)", "uribl.example (as example.com)".
func listNames(listed []dnsbl.Finding, weighted bool) []string {
	names := make([]string, len(listed))
	for i := range listed {
		names[i] = listName(&listed[i], weighted, true)
	}
	return names
}

// listName names the list of a listing, with its meanings if wanted and with what must be told at
// once.
func listName(f *dnsbl.Finding, weighted, withMeanings bool) string {
	var words []string
	if f.Parent != "" {
		words = append(words, "as "+f.Parent)
	}
	if withMeanings {
		for _, meaning := range meanings(f.Matched) {
			words = appendNew(words, bareMeaning(meaning))
		}
	}
	if f.PolicyOnly() {
		words = append(words, "policy only")
	}
	if f.Unconfirmed {
		words = append(words, "unconfirmed")
	}
	if weighted {
		words = append(words, fmt.Sprintf("weight %d", f.Weight))
	}
	if len(words) == 0 {
		return f.List.Zone
	}
	return fmt.Sprintf("%s (%s)", f.List.Zone, text.Clip(strings.Join(words, ", "), maxWords))
}

// meanings returns the distinct meanings of return codes. "listed" adds nothing and is left out.
func meanings(codes []dnsbl.Reading) []string {
	var words []string
	for _, r := range codes {
		if r.Meaning != "" && r.Meaning != "listed" {
			words = appendNew(words, r.Meaning)
		}
	}
	return words
}

// bareMeaning returns a meaning without what it has in parentheses: "PBL" for "PBL (ISP)".
func bareMeaning(meaning string) string {
	bare, _, _ := strings.Cut(meaning, " (")
	return bare
}

// appendNew appends a word that is not there yet.
func appendNew(words []string, word string) []string {
	if slices.Contains(words, word) {
		return words
	}
	return append(words, word)
}

// foreign makes text from the DNS about a list fit to be shown, within max bytes. Its key is masked
// after the text is cleaned and before it is cut: a part of a key would not be recognized.
func foreign(l *dnsbl.List, s string, max int) string {
	return text.Clip(l.Mask(text.Clean(s)), max)
}

// testsEntry reports whether the only subject is the test entry of address lists, 127.0.0.2, and is
// listed. It is never delisted.
func testsEntry(v *verdict.Verdict) bool {
	entry := netip.AddrFrom4([4]byte{127, 0, 0, 2}) // RFC 5782, section 5
	return v.Subjects == 1 && v.Worst.Subject.Addr == entry && len(v.Worst.Listed) > 0
}

// cleanNames returns names from the DNS fit to be shown, none so long that there is no room for
// others. The root, which is "", is shown as ".".
func cleanNames(names []string) []string {
	shown := make([]string, len(names))
	for i, name := range names {
		if shown[i] = text.Short(name, maxWords); name == "" {
			shown[i] = "."
		}
	}
	return shown
}

// milliseconds writes a duration as "12 ms".
func milliseconds(d time.Duration) string { return fmt.Sprintf("%d ms", d.Milliseconds()) }

// isOf returns a function that reports whether a finding is of a list.
func isOf(l *dnsbl.List) func(dnsbl.Finding) bool {
	return func(f dnsbl.Finding) bool { return f.List == l }
}

// groupBy groups items that have the same key. The keys are in the order of their first items.
func groupBy[T any](items []T, key func(*T) string) (keys []string, groups map[string][]T) {
	groups = map[string][]T{}
	for i := range items {
		k := key(&items[i])
		if groups[k] == nil {
			keys = append(keys, k)
		}
		groups[k] = append(groups[k], items[i])
	}
	return keys, groups
}
