package verdict

import (
	"fmt"
	"slices"
	"testing"

	"check_dnsbl/internal/dnsbl"
)

func TestAlike(t *testing.T) {
	type failure struct {
		cause  dnsbl.Cause
		detail string
	}
	silent := failure{dnsbl.Timeout, ""}
	tests := []struct {
		failures []failure
		want     dnsbl.Cause
	}{
		{nil, ""},
		{[]failure{silent}, ""}, // of one list nothing can be said
		{[]failure{silent, silent}, dnsbl.Timeout},
		{[]failure{silent, {dnsbl.ServFail, ""}}, ""},
		{[]failure{silent, {dnsbl.ServFail, ""}, {dnsbl.ServFail, ""}}, dnsbl.ServFail},
		{[]failure{silent, silent, {dnsbl.ServFail, ""}, {dnsbl.ServFail, ""}}, ""},
		{[]failure{{dnsbl.StrippedTest, "NODATA"}, {dnsbl.StrippedTest, "NODATA"}}, dnsbl.StrippedTest},
		{[]failure{{dnsbl.RefusesUs, "127.255.255.254 = public resolver"}, {dnsbl.RefusesUs, "127.0.0.1 = resolver refused"}}, dnsbl.RefusesUs},
		{[]failure{{dnsbl.Malformed, "cut short"}, {dnsbl.Malformed, "cannot be read"}}, dnsbl.Malformed},
		{[]failure{{dnsbl.Lame, ""}, {dnsbl.Lame, ""}}, ""},
		// one address for all names
		{[]failure{{dnsbl.OutsideLoop, "203.0.113.9"}, {dnsbl.OutsideLoop, "203.0.113.9"}}, dnsbl.OutsideLoop},
		{[]failure{{dnsbl.OutsideLoop, "203.0.113.9"}, {dnsbl.OutsideLoop, "203.0.113.8"}}, ""}, // two parked domains
		{[]failure{{dnsbl.ListsAll, "test entry that must not be listed is 127.0.0.2 = SBL"}, {dnsbl.ListsAll, "test entry that must not be listed is 127.0.0.2 = spam wave"}, {dnsbl.Undocumented, "127.0.0.2"}}, dnsbl.OutsideLoop},
		{[]failure{{dnsbl.Undocumented, "127.0.0.1"}, {dnsbl.RefusesUs, "127.0.0.1 = resolver refused"}}, dnsbl.OutsideLoop},
		{[]failure{{dnsbl.Undocumented, "127.0.0.99"}, {dnsbl.RefusesUs, "127.255.255.254 = public resolver"}}, ""},
	}
	for _, tt := range tests {
		var findings []dnsbl.Finding
		for i, f := range tt.failures {
			l := dnsbl.Unknown(fmt.Sprintf("%d.example", i))
			findings = append(findings, dnsbl.Finding{List: &l, Outcome: dnsbl.Failed, Cause: f.cause, Detail: f.detail})
		}
		if got := Alike(Grouped(findings)); got != tt.want {
			t.Errorf("%v: %q, want %q", tt.failures, got, tt.want)
		}
	}
}

// A list that is silent on most of the addresses is not silent here and there.
func TestAlikeOfMany(t *testing.T) {
	lists := findings("", "!m !m !m")
	lists[1].Cause, lists[2].Cause = dnsbl.ServFail, dnsbl.ServFail
	for silent, want := range map[int]dnsbl.Cause{1: dnsbl.ServFail, 2: "", 8: ""} {
		failed := slices.Clone(lists)
		for range silent - 1 {
			failed = append(failed, lists[0])
		}
		if got := Alike(Grouped(failed)); got != want {
			t.Errorf("%d silent: %q, want %q", silent, got, want)
		}
	}
}

// That lists of nothing known have no test entry says nothing of the resolver; that those of the catalog have none does.
func TestAlikeWithoutTestEntry(t *testing.T) {
	for _, name := range []string{"", "Some List"} {
		a, b := dnsbl.Unknown("a.example"), dnsbl.Unknown("b.example")
		b.Name = name
		findings := []dnsbl.Finding{{List: &a, Outcome: dnsbl.Failed, Cause: dnsbl.NoTestEntry}, {List: &b, Outcome: dnsbl.Failed, Cause: dnsbl.NoTestEntry}}
		if got := Alike(Grouped(findings)); (got == dnsbl.NoTestEntry) != (name != "") {
			t.Errorf("%q: %q", name, got)
		}
	}
}

// Where the lists' own name servers say the same, or anything, it is the lists.
func TestAlikeOfLists(t *testing.T) {
	for cause, want := range map[dnsbl.Cause]dnsbl.Cause{
		dnsbl.OutsideLoop: "", dnsbl.Refused: "", dnsbl.NoTestEntry: "", "": "",
		dnsbl.NoServers: dnsbl.OutsideLoop, dnsbl.Timeout: dnsbl.OutsideLoop, dnsbl.Inside: dnsbl.OutsideLoop,
	} {
		a, b := dnsbl.Unknown("a.example"), dnsbl.Unknown("b.example")
		parked := dnsbl.Finding{List: &a, Outcome: dnsbl.Failed, Cause: dnsbl.OutsideLoop, Detail: "203.0.113.9"}
		other := parked
		other.List, other.Other = &b, &dnsbl.Finding{List: &b, Outcome: dnsbl.Failed, Cause: cause, Direct: true}
		if got := Alike(Grouped([]dnsbl.Finding{parked, other})); got != want {
			t.Errorf("directly %q: %q, want %q", cause, got, want)
		}
	}
}

// Nor is it the resolver's fault that a list was tested in half, unless it has an address for what does not exist.
func TestAlikeHalfTested(t *testing.T) {
	for cause, want := range map[dnsbl.Cause]dnsbl.Cause{dnsbl.ServFail: "", dnsbl.Timeout: "", dnsbl.OutsideLoop: dnsbl.OutsideLoop} {
		a, b := dnsbl.Unknown("a.example"), dnsbl.Unknown("b.example")
		half := dnsbl.Finding{List: &a, Outcome: dnsbl.Listed, Unconfirmed: true, Cause: cause, Detail: "203.0.113.9"}
		other := half
		other.List = &b
		if got := Alike(Grouped([]dnsbl.Finding{half, other})); got != want {
			t.Errorf("%s: %q, want %q", cause, got, want)
		}
	}
}
