package verdict

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"check_dnsbl/internal/dnsbl"

	"github.com/olorin/nagiosplugin"
)

func TestParseKnown(t *testing.T) {
	tests := []struct {
		text, want string // the fields of the value, or the error
	}{
		{"bl.spamcop.net", "{bl.spamcop.net  }"},
		{"BL.SpamCop.net@2026-12-10", "{bl.spamcop.net  2026-12-10}"},
		{"zen.spamhaus.org=127.0.0.[10..11]", "{zen.spamhaus.org 127.0.0.[10..11] }"},
		{"zen.spamhaus.org=127.0.0.10@2026-12-10", "{zen.spamhaus.org 127.0.0.10 2026-12-10}"},
		{"bl.spamcop.net@", `"bl.spamcop.net@": the part after @ must be a day, such as 2026-12-31`},
		{"bl.spamcop.net@10.12.2026", `"bl.spamcop.net@10.12.2026": the part after @ must be a day, such as 2026-12-31`},
		{"bl.spamcop.net@2026-02-30", `"bl.spamcop.net@2026-02-30": the part after @ must be a day, such as 2026-12-31`},
		{"bl.spamcop.net*2", `"bl.spamcop.net*2": must not have a weight, which is for -l`},
		{"zen.spamhaus.org=127.0.0@2026-12-10", `"zen.spamhaus.org=127.0.0": bad filter, need "." at "127.0.0><"`},
		{"zen.spamhaus.org=1.2.3.4", `"zen.spamhaus.org=1.2.3.4": filter must begin with 127, like every return code`},
		{"", `"": zone is empty`},
	}
	for _, tt := range tests {
		known, err := ParseKnown(tt.text)
		got := fmt.Sprintf("{%s %s %s}", known.Zone, known.Codes, known.Until)
		if err != nil {
			got = err.Error()
		}
		if got != tt.want {
			t.Errorf("ParseKnown(%q) = %s, want %s", tt.text, got, tt.want)
		}
	}
}

// The last day still counts, so that "until Friday" covers Friday.
func TestKnownEnded(t *testing.T) {
	for until, want := range map[string]bool{"": false, "2026-12-09": true, "2026-12-10": false, "2027-01-01": false} {
		if got := (Known{Until: until}).Ended("2026-12-10"); got != want {
			t.Errorf("until %q: ended %v on 2026-12-10", until, got)
		}
	}
}

// listing returns a listing on a major list, with these return codes.
func listing(zone string, codes ...string) dnsbl.Finding {
	l := dnsbl.Unknown(zone)
	l.Tier = dnsbl.Major
	f := dnsbl.Finding{Subject: dnsbl.Subject{Domain: "a"}, List: &l, Outcome: dnsbl.Listed, Weight: 1}
	for _, code := range codes {
		f.Matched = append(f.Matched, dnsbl.Reading{Code: netip.MustParseAddr(code)})
	}
	return f
}

// known returns values of --known, separated by blanks.
func known(t *testing.T, texts string) KnownListings {
	t.Helper()
	var all KnownListings
	for text := range strings.FieldsSeq(texts) {
		k, err := ParseKnown(text)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, k)
	}
	return all
}

// A listing is known only if all of its codes are. The day is that of the code that ends first.
func TestKnown(t *testing.T) {
	const pbl, sbl = "127.0.0.10", "127.0.0.2"
	tests := []struct {
		known string
		codes string
		want  string // until when, "counts" if the listing is not known
	}{
		{"a.example", pbl, ""},
		{"b.example", pbl, "counts"},
		{"a.example@2026-12-10", pbl + " " + sbl, "2026-12-10"},
		{"a.example=127.0.0.10", pbl, ""},
		{"a.example=127.0.0.10", sbl, "counts"},
		{"a.example=127.0.0.10", pbl + " " + sbl, "counts"},
		{"a.example=127.0.0.[2..11]@2026-12-10", pbl + " " + sbl, "2026-12-10"},
		{"a.example=127.0.0.10@2026-12-10 a.example=127.0.0.2@2026-12-24", pbl + " " + sbl, "2026-12-10"},
		{"a.example=127.0.0.10 a.example=127.0.0.2@2026-12-24", pbl + " " + sbl, "2026-12-24"},
		{"a.example=127.0.0.10@2026-12-10 a.example=127.0.0.10@2026-12-24", pbl, "2026-12-24"},
		{"a.example=127.0.0.10 a.example@2026-12-24", pbl, ""},
	}
	for _, tt := range tests {
		f := listing("a.example", strings.Fields(tt.codes)...)
		got, ok := known(t, tt.known).Cover(&f)
		if !ok {
			got = "counts"
		}
		if got != tt.want {
			t.Errorf("--known %s, %s: %q, want %q", tt.known, tt.codes, got, tt.want)
		}
	}
}

// For a domain and its parents, a listing that is not known or a failure decides.
func TestKnownParents(t *testing.T) {
	values := known(t, "a.example=127.0.0.10")
	failed := listing("a.example")
	failed.Outcome = dnsbl.Failed
	for _, tt := range []struct {
		parent dnsbl.Finding
		known  bool
	}{
		{dnsbl.Finding{Outcome: dnsbl.NotListed}, true},
		{listing("a.example", "127.0.0.10"), true},
		{listing("a.example", "127.0.0.2"), false},
		{failed, false},
	} {
		f := listing("a.example", "127.0.0.10")
		f.Rest = []dnsbl.Finding{tt.parent}
		f.Rest[0].Subject.Domain = "pills.example"
		inFront := values.unknownInFront(f)
		if want := tt.parent.Outcome == dnsbl.Listed && !tt.known; (inFront.Parent != "") != want {
			t.Errorf("parent %v: %q in front", tt.parent.Matched, inFront.Parent)
		}
		if _, got := values.Cover(&f); got != tt.known {
			t.Errorf("parent %v %v: known %v", tt.parent.Outcome, tt.parent.Matched, got)
		}
	}
}

// A known listing is a verdict that alerts on nothing: not by count, by weight or by --critical-on.
// Without a verdict, its list fails like any other.
func TestKnownState(t *testing.T) {
	tests := []struct{ rules, known, findings, want string }{
		{"", "M0.example", "+M", "OK, 0 of 1 listed, 1 known, score 0"},
		{"", "M0.example", "+M -m", "OK, 0 of 2 listed, 1 known, score 0"},
		{"", "M0.example", "+M +m", "WARNING, 1 of 2 listed, 1 known, score 1"},
		{"", "m1.example", "+M +m", "CRITICAL, 1 of 2 listed, 1 known, score 1"},
		{"on:M0.example", "M0.example", "+M", "OK, 0 of 1 listed, 1 known, score 0"},
		{"on:major", "M0.example", "pM", "OK, 0 of 1 listed, 1 known, score 0"},
		{"weighted -w 2 -c 5", "M0.example", "+M*5 +m*2", "WARNING, 1 of 2 listed, 1 known, score 2"},
		{"weighted -w 2 -c 5", "m1.example", "+m*2 +m*-2", "WARNING, 1 of 2 listed, 1 known, score 2"},
		{"", "M0.example", "!M -m", "UNKNOWN, 0 of 1 listed, 0 known, score 0"},
		{"", "i0.example", "+i -m", "OK, 0 of 1 listed, 0 known, score 0"}, // it would not count anyway
	}
	for _, tt := range tests {
		r := rules(t, tt.rules)
		r.Known = KnownListings{{Zone: tt.known}}
		tallier := NewTallier(r)
		tallier.Add(tallier.Count(findings("a", tt.findings)))
		v := tallier.Verdict(nil, ReverseDNS{})
		got := fmt.Sprintf("%s, %d of %d listed, %d known, score %d", v.State,
			len(v.Worst.Listed), v.Worst.Answered, len(v.Worst.Known), v.HighestScore)
		if got != tt.want || v.MostKnown != len(v.Worst.Known) || len(v.Known) != v.MostKnown {
			t.Errorf("%s --known %s, %q: %s, want %s", tt.rules, tt.known, tt.findings, got, tt.want)
		}
	}
}

// A list whose listing is known does not let its parts count: they have the same entry.
func TestKnownParts(t *testing.T) {
	all := findings("a", "+M +m")
	all[0].List.Contains = []string{all[1].List.Zone}
	r := usualRules()
	r.Known = KnownListings{{Zone: "M0.example"}}
	tallier := NewTallier(r)
	tallier.Add(tallier.Count(all))
	v := tallier.Verdict(nil, ReverseDNS{})
	if v.State != nagiosplugin.OK || len(v.NotCounted) != 1 || v.NotCounted[0].CountedBy != all[0].List {
		t.Errorf("%v, %+v", v.State, v.NotCounted)
	}
}

// A value of --known can go if its list proves for every subject that there is no such listing.
func TestKnownGone(t *testing.T) {
	notListed := listing("a.example")
	notListed.Outcome = dnsbl.NotListed
	untested, failed, unconfirmed := notListed, notListed, listing("a.example", "127.0.0.2")
	untested.Untested, failed.Outcome, unconfirmed.Unconfirmed = true, dnsbl.Failed, true
	pbl, sbl := listing("a.example", "127.0.0.10"), listing("a.example", "127.0.0.2")
	tests := []struct {
		name     string
		subjects []dnsbl.Finding
		gaps     []string
		want     bool
	}{
		{"not listed", []dnsbl.Finding{notListed}, nil, true},
		{"none is listed", []dnsbl.Finding{notListed, notListed}, nil, true},
		{"another code", []dnsbl.Finding{sbl}, nil, true},
		{"one is listed", []dnsbl.Finding{notListed, pbl}, nil, false},
		{"not proved", []dnsbl.Finding{untested}, nil, false},
		{"failed", []dnsbl.Finding{notListed, failed}, nil, false},
		{"unconfirmed", []dnsbl.Finding{unconfirmed}, nil, false},
		{"not all was checked", []dnsbl.Finding{notListed}, []string{"no time"}, false},
		{"not queried", []dnsbl.Finding{listing("b.example", "127.0.0.2")}, nil, false},
	}
	for _, tt := range tests {
		r := usualRules()
		r.Known = known(t, "a.example=127.0.0.10")
		tallier := NewTallier(r)
		for _, f := range tt.subjects {
			tallier.Add(tallier.Count([]dnsbl.Finding{f}))
		}
		v := tallier.Verdict(dnsbl.Notes("x", tt.gaps...), ReverseDNS{})
		if got := slices.Equal(v.KnownGone, r.Known); got != tt.want {
			t.Errorf("%s: gone %v, want %v", tt.name, v.KnownGone, tt.want)
		}
	}
}
