package checktest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// The lines of a world become lists, entries, records and resolvers.
func TestParseWorld(t *testing.T) {
	w, err := ParseWorld(`# a comment
a.example   no test entries
  192.0.2.25   127.0.0.2 127.0.0.3 "why" "b"+"c"*3
  192.0.2.26   SERVFAIL
b.example   answers 127.0.0.1 203.0.113.9
mail.test.  A 198.51.100.7
2001:db8::25  PTR mail.test.

$SILENT     silent
`)
	if err != nil {
		t.Fatal(err)
	}
	a, b := w.DNS.Lists[0], w.DNS.Lists[1]
	reverse := strings.TrimSuffix(strings.Repeat("0.", 20), ".")
	want := []string{"mail.test. A 198.51.100.7", "5.2.0.0." + reverse + ".8.b.d.0.1.0.0.2.ip6.arpa. PTR mail.test."}
	switch {
	case a.Zone != "a.example" || !a.NoTests || a.FaultAt["192.0.2.26"] == nil || b.Fault == nil:
		t.Errorf("lists %+v", w.DNS.Lists)
	case fmt.Sprint(a.Entries, a.Texts) != "map[192.0.2.25:[127.0.0.2 127.0.0.3]] map[192.0.2.25:[why bccc]]":
		t.Errorf("entries %v, texts %q", a.Entries, a.Texts)
	case !slices.Equal(w.DNS.Records, want):
		t.Errorf("records %q, want %q", w.DNS.Records, want)
	case len(w.Resolvers) != 1 || w.Resolvers["$SILENT"] != "silent":
		t.Errorf("resolvers %v", w.Resolvers)
	}
}

// A misspelt line is an error, not a world without it.
func TestParseWorldFails(t *testing.T) {
	for _, text := range []string{
		"a.example nonsense", "$SILENT sillent", "  192.0.2.25 127.0.0.2",
		"a.example\n  192.0.2.25 127.0.0.2 \"why", "a.example\n  192.0.2.25 127.0.0.2 \"why\"*x",
	} {
		if _, err := ParseWorld(text); err == nil {
			t.Errorf("%q is a world", text)
		}
	}
}

// A difference is shown without what is the same before and behind it.
func TestDifference(t *testing.T) {
	const want = "line 2\nwant b\n got x\n got y\n"
	if got := Difference("a\nb\nc\n", "a\nx\ny\nc\n"); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
