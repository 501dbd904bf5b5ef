package main

import (
	"bytes"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
)

// catalogOutput returns what --catalog prints, which is ASCII and exits with 3.
func catalogOutput(t *testing.T, zones ...string) string {
	t.Helper()
	var out bytes.Buffer
	if status := invoke(t.Context(), append([]string{"--catalog"}, zones...), nil, &out); status != 3 {
		t.Fatalf("--catalog %s: status %d", zones, status)
	}
	odd := func(r rune) bool { return r != '\n' && (r < ' ' || r > '~') }
	if at := strings.IndexFunc(out.String(), odd); at >= 0 {
		t.Errorf("--catalog %s: no ASCII at %d", zones, at)
	}
	return out.String()
}

// The table has each list on one line that fits, below the title that is true of it, the columns
// below their heads.
func TestCatalogTable(t *testing.T) {
	t.Parallel()
	lines := map[string][]string{} // by zone: the first word of the title, then the line
	title, listed := "", 0
	blocks := strings.Split(strings.TrimSuffix(catalogOutput(t), "\n"), "\n\n")
	for _, block := range blocks[2:] {
		rows := strings.Split(block, "\n")
		title, _, _ = strings.Cut(rows[0], " ")
		for _, row := range rows[1:] {
			zone, _, _ := strings.Cut(row, " ")
			lines[zone] = append(lines[zone], title, row)
			listed++
			if len(row) > 100 || strings.HasSuffix(row, " ") {
				t.Errorf("%d bytes: %q", len(row), row)
			}
		}
	}
	at := strings.Index(blocks[1], "kind")
	for _, l := range catalog.All() {
		line := lines[l.Zone]
		if len(line) != 2 {
			t.Errorf("%s: %q", l.Zone, line)
			continue
		}
		if want := shelfOf(&l); line[0] != want {
			t.Errorf("%s is below %q, not %q", l.Zone, line[0], want)
		}
		seen := strings.HasSuffix(line[1], l.Answered) || strings.HasSuffix(line[1], "default "+l.Default)
		if l.Status != dnsbl.Retired && (!strings.HasPrefix(line[1][at:], string(l.Kind)) || !seen) {
			t.Errorf("want kind %s and %q or %q: %s", l.Kind, l.Answered, l.Default, line[1])
		}
	}
	if listed != len(catalog.All()) {
		t.Errorf("%d lines for %d lists", listed, len(catalog.All()))
	}
}

// shelfOf returns the first word of the title that is true of a list.
func shelfOf(l *dnsbl.List) string {
	switch recommended, _ := catalog.Set("recommended"); {
	case slices.ContainsFunc(recommended, func(r dnsbl.List) bool { return r.Zone == l.Zone }):
		return "recommended:"
	case l.Status == dnsbl.Retired:
		return "retired:"
	case l.Access == dnsbl.Closed:
		return "closed:"
	case strings.Contains(l.Zone, dnsbl.KeyMark):
		return "keyed:"
	case l.Tier == dnsbl.Info:
		return "informational:"
	case l.Status == dnsbl.Unsure:
		return "unsure:"
	}
	return "other"
}

// The page on each list has all that is known of it, and no line without a text.
func TestCatalogPages(t *testing.T) {
	t.Parallel()
	for _, l := range catalog.All() {
		out := catalogOutput(t, l.Zone)
		want := []string{l.Name, l.Operator, string(l.Kind), l.Fate}
		if l.Status != dnsbl.Retired {
			want = append(want, l.Delisting, l.URL, l.Answered, l.Default, l.Note, l.Refuses, l.Tests.IPv4, l.Tests.NotIPv4, l.Tests.Domain, l.Tests.NotDomain, string(l.Tier))
			want = append(want, l.Contains...)
			for _, c := range l.Codes {
				want = append(want, string(c.Match), c.Meaning)
			}
		}
		for _, text := range want {
			if !strings.Contains(out, text) {
				t.Errorf("no %q in\n%s", text, out)
			}
		}
		if first, _, _ := strings.Cut(out, "\n"); first != l.Zone || strings.Contains(out, ": \n") || strings.Contains(out, " \n") {
			t.Errorf("the page on %s is\n%s", l.Zone, out)
		}
		for _, part := range l.Contains {
			whole := regexp.MustCompile(`(?m)^  part of: (.*, )?` + regexp.QuoteMeta(l.Zone) + `(,|$)`)
			if _, known := catalog.Find(part); known && !whole.MatchString(catalogOutput(t, part)) {
				t.Errorf("the page on %s does not say that it is part of %s", part, l.Zone)
			}
		}
	}
}

// The catalog knows every list in the file of check_rbl that is not the user's own, the ones too that
// Debian adds to it.
func TestCatalogKnowsCheckRBL(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/extra-opts/check_rbl.ini")
	if err != nil {
		t.Fatal(err)
	}
	status := map[dnsbl.Status]int{}
	for _, server := range regexp.MustCompile(`(?m)^server=(.*)$`).FindAllStringSubmatch(string(text), -1) {
		l, known := catalog.Find(server[1])
		if !known && !strings.HasSuffix(server[1], ".example") {
			t.Errorf("the catalog does not know %s", server[1])
		}
		status[l.Status]++
	}
	if status[dnsbl.Retired] < 40 || status[dnsbl.Unsure] < 15 {
		t.Errorf("retired or unsure: %v", status)
	}
}

// From 12 months on the program says that its catalog is old, where it tells the catalog's date.
func TestCatalogDate(t *testing.T) {
	t.Parallel()
	server, err := dnstest.Start(dnstest.World{Lists: []dnstest.List{{Zone: "bl.spamcop.net"}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	selfTest := "--self-test -l bl.spamcop.net --resolver " + server.Addr.String()
	const old = ", 12 months old: lists may have ended or changed since. Install a newer check_dnsbl"
	for _, args := range []string{"-V", selfTest, selfTest + " -o json", selfTest + " -o table"} {
		for day, want := range map[string]string{"2027-11-28": "", "2027-11-29": old} {
			now, err := time.Parse(time.DateOnly, day)
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			run(t.Context(), strings.Fields(args), nil, console{out: &out, now: now})
			text := strings.Join(strings.Fields(out.String()), " ") // a table wraps lines
			if !strings.Contains(text, "catalog of "+catalog.Date+want) || (want == "") != !strings.Contains(text, "months old") {
				t.Errorf("%s on %s:\n%s", args, day, out.String())
			}
		}
	}
}
