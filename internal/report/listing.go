package report

import (
	"fmt"
	"strings"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"
)

// listings tells of what is listed, within max bytes: a block for each listing. Where many subjects are listed and there is
// no room for that, all but the worst have a line each.
func listings(v *verdict.Verdict, began time.Time, max int) string {
	many := len(v.Listings) > verdict.MaxNamed
	var lines []string
	size := 0
	for _, t := range v.Listings {
		for _, line := range blocks(t, began) {
			lines = append(lines, line)
			size += len(line) + 1
		}
		if many && size > max {
			return shortListings(v, began, max)
		}
	}
	return fit(lines, max)
}

// shortListings tells of the worst subject in full, as far as half of max bytes go, and of each other in a line.
func shortListings(v *verdict.Verdict, began time.Time, max int) string {
	worst := fit(blocks(v.Listings[0], began), max/2)
	var lines []string
	for _, t := range v.Listings[1:] {
		lists := text.Join(listNames(t.Listed, v.Rules.Weighted), maxReason)
		lines = append(lines, fmt.Sprintf("%s is on %s: %s", subjectText(t.Subject), plural(len(t.Listed), "list"), lists))
	}
	return worst + fit(lines, max-len(worst))
}

// blocks are the lines on each listing of a subject.
func blocks(t *verdict.Tally, began time.Time) []string {
	var lines []string
	for i := range t.Listed {
		lines = append(lines, listing(&t.Listed[i], began)...)
	}
	return lines
}

// listing is the block of one listing: what it means, why, how to get off.
func listing(f *dnsbl.Finding, began time.Time) []string {
	l := f.List
	head := fmt.Sprintf("%s is on %s", subjectText(f.Subject), l.Zone)
	if l.Name != "" {
		head += fmt.Sprintf(" (%s, %s)", l.Name, l.Tier)
	}
	if grounds := groundsText(f); grounds != "" {
		head += ", " + grounds
	}
	if f.Unconfirmed {
		head += ", " + unconfirmedText(f)
	}
	lines := []string{head}
	for _, fact := range facts(f, began) {
		lines = append(lines, "  "+fact.label+": "+fact.text)
	}
	return lines
}

// codes writes each return code with its meanings: "127.0.0.2 = SBL, 127.0.0.80 = malware + abuse".
func codes(f *dnsbl.Finding) string {
	var words []string
	for i := 0; i < len(f.Codes); {
		r := f.Codes[i]
		word, next := r.Code.String(), i+1
		for next < len(f.Codes) && f.Codes[next].Code == r.Code {
			next++
		}
		means := make([]string, 0, next-i)
		for _, same := range f.Codes[i:next] {
			means = append(means, same.Meaning)
		}
		switch {
		case r.Meaning != "":
			word += " = " + strings.Join(means, " + ")
		case r.Effect == dnsbl.Undefined:
			word += " (undocumented)"
		case r.Effect == dnsbl.Stray:
			word += " (no return code)"
		}
		words = append(words, word)
		i = next
	}
	return text.Join(words, maxReason)
}
