package main

import (
	"regexp"
	"strings"
	"testing"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/checktest"
)

// The part of a first line that a pager shows, and what a monitor shows before the perfdata.
const (
	pagerBytes    = 100
	headlineBytes = 240
)

// The first lines of all transcripts fit a pager: they begin with what is wrong, the counts are
// there before any names are cut, and no ";" is in the text, which Nagios would make a ":".
func TestHeadlines(t *testing.T) {
	t.Parallel()
	goodNews := regexp.MustCompile(`^[A-Z]+: (\S+ is not |none of |\S+ is on 0 |0 of )`)
	counts := regexp.MustCompile(`\b(\d+ of \d+|all \d+|\d+) (lists?|major lists?|addresses|targets|others?)\b`)
	seen := map[string]int{}
	for _, reply := range replies(t) {
		first, _, _ := strings.Cut(reply, "\n")
		headline, _, hasPerfdata := strings.Cut(first, " | ")
		state, text, isHeadline := strings.Cut(headline, ": ")
		if !isHeadline || !hasPerfdata { // help, JSON, tables, and errors, which quote the user
			continue
		}
		seen[state]++
		switch {
		case strings.Contains(headline, ";"):
			t.Errorf("a semicolon in %q", headline)
		case len(text) > headlineBytes:
			t.Errorf("%d bytes: %q", len(headline), headline)
		case state != "OK" && goodNews.MatchString(headline):
			t.Errorf("begins with good news: %q", headline)
		}
		at := counts.FindStringIndex(headline)
		if state != "UNKNOWN" && at != nil && at[1] > pagerBytes {
			t.Errorf("a pager does not show how many: %q", headline)
		}
		if cause := strings.Index(headline, ": ") + 2; state == "UNKNOWN" && cause > pagerBytes {
			t.Errorf("a pager does not show why: %q", headline)
		}
	}
	for _, state := range []string{"OK", "WARNING", "CRITICAL", "UNKNOWN"} {
		if seen[state] < 10 {
			t.Errorf("only %d headlines with %s", seen[state], state)
		}
	}
}

// Icinga Web 2 takes text with a tag in it for HTML and drops its line breaks, and macros of Nagios
// lose some characters. No output for monitors has the one, and no page of the catalog the other.
func TestFrontEnds(t *testing.T) {
	t.Parallel()
	tag := regexp.MustCompile(`<\w+>`)
	for _, reply := range replies(t) {
		if found := tag.FindString(reply); found != "" {
			t.Errorf("%s in %q", found, reply)
		}
	}
	for _, l := range catalog.All() {
		for _, url := range []string{l.URL, l.Removal} {
			if strings.ContainsAny(url, "`~$&|'\"<>") {
				t.Errorf("%s: macros of Nagios would break %s", l.Zone, url)
			}
		}
	}
}

// replies returns what the commands of all transcripts print.
func replies(t *testing.T) []string {
	var all []string
	for _, file := range transcripts(t) {
		_, text := checktest.ReadTranscript(t, file)
		_, commands, _ := strings.Cut(text, checktest.CommandsMark)
		for _, part := range strings.Split("\n"+commands, "\n$ ")[1:] {
			_, reply, _ := strings.Cut(part, "\n--> ")
			_, reply, _ = strings.Cut(reply, "\n")
			if next := strings.Index(reply, "\n\n# "); next >= 0 {
				reply = reply[:next]
			}
			all = append(all, reply)
		}
	}
	return all
}
