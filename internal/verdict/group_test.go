package verdict

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"check_dnsbl/internal/dnsbl"
)

// Failures that differ in their subjects only are kept once, with their number and the first few
// subjects.
func TestGroups(t *testing.T) {
	tallier := NewTallier(usualRules())
	lists := findings("", "!m !r -m +i +a")
	for i := range 5 {
		f := slices.Clone(lists)
		for j := range f {
			f[j].Subject = dnsbl.Subject{Domain: fmt.Sprint(i)}
		}
		if i == 2 {
			f[0].Cause = dnsbl.ServFail
		}
		tallier.Add(tallier.Count(f))
	}
	v := tallier.Verdict(nil, ReverseDNS{})
	got := words(v.Failed) + "; " + words(v.Tolerated) + "; " + words(v.NotCounted)
	const want = "m0.example timeout 4 of 0 1 3, m0.example SERVFAIL 1 of 2; " +
		"r1.example timeout 5 of 0 1 2; i3.example  5 of 0 1 2, a4.example  5 of 0 1 2"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// Subjects that a list was not queried about any more count with those that it failed for.
func TestGivenUp(t *testing.T) {
	list, other := dnsbl.Unknown("a.example"), dnsbl.Unknown("b.example")
	failed := []dnsbl.Finding{
		{List: &list, Outcome: dnsbl.Failed, Cause: dnsbl.RefusesResolver, Detail: "127.0.0.1"},
		{List: &list, Outcome: dnsbl.Failed, Cause: dnsbl.Timeout},
		{List: &list, Outcome: dnsbl.Failed, Cause: dnsbl.RefusesResolver, Detail: dnsbl.GivenUp},
		{List: &list, Outcome: dnsbl.Failed, Cause: dnsbl.RefusesResolver, Detail: dnsbl.GivenUp},
		{List: &other, Outcome: dnsbl.Failed, Cause: dnsbl.RefusesResolver, Detail: dnsbl.GivenUp},
	}
	var got []string
	for _, g := range Grouped(failed) {
		got = append(got, fmt.Sprintf("%s %s %q %d", g.List.Zone, g.Cause, g.Detail, g.Count))
	}
	want := []string{
		`a.example refuses_resolver "127.0.0.1" 3`, `a.example timeout "" 1`,
		fmt.Sprintf("b.example refuses_resolver %q 1", dnsbl.GivenUp),
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// It makes no difference which of its name servers answered for a list, unless that server cannot be
// reached. It does make a difference which resolver did. A group has no evidence.
func TestWhoSpoke(t *testing.T) {
	list := dnsbl.Unknown("a.example")
	one, two := netip.MustParseAddrPort("192.0.2.1:53"), netip.MustParseAddrPort("192.0.2.2:53")
	for _, tt := range []struct {
		cause  dnsbl.Cause
		direct bool
		want   int
	}{{dnsbl.Timeout, false, 2}, {dnsbl.Timeout, true, 1}, {dnsbl.Unreachable, true, 2}} {
		var failed []dnsbl.Finding
		for _, server := range []netip.AddrPort{one, two} {
			other := dnsbl.Finding{List: &list, Outcome: dnsbl.Failed, Evidence: &dnsbl.Evidence{}}
			f := other
			f.Cause, f.Direct, f.Server, f.Other = tt.cause, tt.direct, server, &other
			failed = append(failed, f)
		}
		got := Grouped(failed)
		if len(got) != tt.want || got[0].Evidence != nil || got[0].Other.Evidence != nil ||
			failed[0].Evidence == nil || failed[0].Other.Evidence == nil {
			t.Errorf("%s, directly %v: %+v", tt.cause, tt.direct, got)
		}
	}
}

// A listing on a part of another list names that list.
func TestCountedByIsTold(t *testing.T) {
	tallier := NewTallier(usualRules())
	f := findings("a", "+M +m")
	f[0].List.Contains = []string{f[1].List.Zone}
	tallier.Add(tallier.Count(f))
	v := tallier.Verdict(nil, ReverseDNS{})
	if got := v.NotCounted; len(got) != 1 || got[0].CountedBy != f[0].List {
		t.Errorf("%+v", got)
	}
}

func words(groups []Group) string {
	var all []string
	for _, g := range groups {
		word := fmt.Sprintf("%s %s %d of", g.List.Zone, g.Cause.Text(), g.Count)
		for _, m := range g.Subjects {
			word += " " + m.Subject.String()
		}
		all = append(all, word)
	}
	return strings.Join(all, ", ")
}

// A broken list may answer something else for each address: with too many groups of one list, the
// details are dropped.
func TestManyWays(t *testing.T) {
	var p grouping
	lists := findings("", "!m !m")
	for i := range 1000 {
		for j := range lists {
			f := lists[j]
			f.Cause, f.Detail = dnsbl.OutsideLoopback, fmt.Sprint(i/500, j*i)
			p.addOne(&f, nil)
		}
	}
	if n := len(p.groups); n != maxPerList+1+2 { // those of the other list say but two different things
		t.Fatalf("%d groups", n)
	}
	last := p.groups[maxPerList+1]
	if last.List != lists[1].List || last.Detail != "" ||
		last.Cause != dnsbl.OutsideLoopback || last.Count != 1000-maxPerList {
		t.Errorf("%+v", last)
	}
}
