package bounce

import (
	"os"
	"slices"
	"strings"
	"testing"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/dnsbl"
)

// Each reply names the addresses and lists that stand behind it.
func TestReplies(t *testing.T) {
	for _, line := range lines(t, "testdata/replies.txt") {
		reply, want, ok := strings.Cut(line, " =>")
		if !ok {
			t.Errorf("no => in %q", line)
			continue
		}
		b, err := Read(strings.NewReader(reply+"\n"), catalog.All())
		if got := short(b); err != nil || got != strings.TrimSpace(want) {
			t.Errorf("%s\n got %s\nwant %s (%v)", reply, got, strings.TrimSpace(want), err)
		}
	}
}

// short writes what was read on one line.
func short(b Bounce) string {
	var words []string
	for _, addr := range b.Rejected {
		words = append(words, addr.String())
	}
	if len(b.Ambiguous) > 0 {
		words = append(words, "which?")
	}
	if b.InboundRefused > 0 {
		words = append(words, "strangers")
	}
	words = append(words, b.Zones...)
	for _, name := range operatorNames(b) {
		words = append(words, `"`+name+`"`)
	}
	for _, zone := range b.UnknownZones {
		words = append(words, "?"+zone)
	}
	if b.ResolverRefused {
		words = append(words, "refusal")
	}
	return strings.Join(words, " ")
}

// lines returns the lines of a file that are no comment.
func lines(t *testing.T, file string) []string {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSuffix(line, "\n"); line != "" && line[0] != '#' {
			all = append(all, line)
		}
	}
	return all
}

// Each word stands for a list of the catalog, or for a name of its own, and the tests have a bounce with it.
func TestWords(t *testing.T) {
	var all strings.Builder
	for _, line := range lines(t, "testdata/replies.txt") {
		all.WriteString(line + "\n")
	}
	for _, file := range corpus(t) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all.WriteString(strings.Join(strings.Fields(string(text)), " ") + "\n")
	}
	for _, w := range wordTable() {
		l, known := catalog.Find(w.zone)
		if (w.zone == "") == (w.operator.ID == "") || w.zone != "" && (!known || l.Name == "" || l.Zone != w.zone) {
			t.Errorf("%q stands for %q", w.zone, w.operator.ID)
		}
		for _, says := range slices.Concat(w.sure, w.general, w.sites) {
			if says != lowered(says) || !strings.Contains(lowered(all.String()), says) {
				t.Errorf("no bounce says %q", says)
			}
			if slices.Contains(w.sites, says) {
				says = "https://www." + says + "/x"
			}
			b, err := Read(strings.NewReader("550 5.7.1 no, "+says), catalog.All())
			if err != nil || !slices.Contains(append(b.Zones, operatorNames(b)...), w.zone+w.operator.Name) {
				t.Errorf("%q names %v, %v", says, b.Zones, b.Operators)
			}
		}
	}
}

// Without its list a word stands for nothing.
func TestOtherLists(t *testing.T) {
	b, err := Read(strings.NewReader("550 192.0.2.25 is listed by Spamhaus, SpamCop, https://psbl.org/listing?ip=192.0.2.25"), []dnsbl.List{{Zone: "bl.spamcop.net", Operator: "Cisco"}})
	if got := short(b); err != nil || got != "192.0.2.25 bl.spamcop.net" {
		t.Error(got, err)
	}
}
