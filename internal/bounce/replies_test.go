package bounce

import (
	"os"
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

// Without its list a word stands for nothing.
func TestOtherLists(t *testing.T) {
	b, err := Read(strings.NewReader("550 192.0.2.25 is listed by Spamhaus, SpamCop, https://psbl.org/listing?ip=192.0.2.25"), []dnsbl.List{{Zone: "bl.spamcop.net", Operator: "Cisco"}})
	if got := short(b); err != nil || got != "192.0.2.25 bl.spamcop.net" {
		t.Error(got, err)
	}
}
