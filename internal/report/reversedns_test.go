package report

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/fcrdns"
	"check_dnsbl/internal/verdict"
)

// presented returns the verdict on several addresses with their reverse DNS. The first has the
// listings and failures.
func presented(listed, failed int, all []fcrdns.Result, gaps ...string) verdict.Verdict {
	tallier := verdict.NewTallier(usualRules())
	tallier.Add(tallier.Count(many(listed, failed)))
	v := tallier.Verdict(nil, verdict.ReverseDNS{
		Results: all, Gaps: dnsbl.Notes(dnsbl.ReverseDNSFailed, gaps...),
	})
	v.Subjects = len(all)
	return v
}

// hostile returns the reverse DNS of 256 addresses, each with every problem, and with names of a
// length in bytes.
func hostile(length int) []fcrdns.Result {
	all := make([]fcrdns.Result, 256)
	for i := range all {
		var names []string
		for j := range 30 {
			names = append(
				names,
				fmt.Sprintf("%d-%d|<b>\x1b\n\xff%s", i, j, strings.Repeat("x", length)),
			)
		}
		p := fcrdns.Result{
			Addr:      netip.AddrFrom4([4]byte{192, 0, 2, byte(i)}),
			Hosts:     []string{"mail.example.com"},
			Names:     names,
			Confirmed: names[:3],
		}
		for _, kind := range problemKinds {
			p.Problems = append(
				p.Problems,
				fcrdns.Problem{Kind: kind, Name: names[0], Hint: fcrdns.AddressDigits},
			)
		}
		all[i] = p
	}
	return all
}

// With many problems and hostile names, the limits hold, nothing harmful gets through, and listings
// and failures keep their place.
func TestReverseDNSLimits(t *testing.T) {
	for _, tt := range []struct{ listed, failed, verbose, length int }{
		{0, 1, 0, 1},
		{0, 1, 1, 4000},
		{3, 0, 0, 100},
		{100, 0, 1, 100},
		{0, 100, 0, 250},
		{60, 60, 2, 250},
	} {
		v := presented(tt.listed, tt.failed, hostile(tt.length), strings.Repeat("a gap ", 100))
		info := Info{Verbose: tt.verbose, Warnings: dnsbl.Notes(dnsbl.KeyExposed, "a warning"), ReverseDNS: true}
		out := nagios(&v, info)
		first, rest, _ := strings.Cut(out, "\n")
		if len(first) > maxFirst || len(out) > maxOutput ||
			!strings.Contains(first, " fcrdns=256;0;;0;256") {
			t.Errorf("%+v: first line %d bytes, in all %d:\n%s", tt, len(first), len(out), first)
		}
		for i := range len(out) {
			if c := out[i]; c != '\n' && (c < ' ' || c > '~') || c == '<' ||
				c == '|' && i >= len(first) {
				t.Fatalf("%+v: byte %#x in the output", tt, c)
			}
		}
		for part, want := range map[string]bool{
			"a warning\n":              true,
			"reverse DNS of 192.0.2.0": true,
			"  - delisting: ":          tt.listed > 0,
			"\nfailed: ":               tt.failed > 0 && tt.listed == 0,
		} {
			if want && !strings.Contains(rest, part) {
				t.Errorf("%+v: no %q in\n%s", tt, part, rest)
			}
		}
		if strings.Count(first, "|") != 1 {
			t.Errorf("%+v: %s", tt, first)
		}
	}
}

// Addresses with the same problem share a line. Of many different problems, only a few have one.
func TestReverseDNSLines(t *testing.T) {
	var all []fcrdns.Result
	add := func(n int, kind fcrdns.Kind, name string) {
		for range n {
			p := fcrdns.Result{
				Addr:     netip.AddrFrom4([4]byte{192, 0, 2, byte(len(all))}),
				Problems: []fcrdns.Problem{{Kind: kind, Name: name, Hint: `the word "dsl"`}},
			}
			if name != "" {
				p.Names = []string{name}
			}
			all = append(all, p)
		}
	}
	add(20, fcrdns.NoName, "")
	for _, host := range []string{"a", "b", "c", "d", "e"} {
		name := host + ".dsl.example.com"
		add(1, fcrdns.Generic, name)
	}
	all = append(
		all,
		fcrdns.Result{
			Addr:      netip.MustParseAddr("2001:db8::1"),
			Names:     []string{"well.example.com"},
			Confirmed: []string{"well.example.com"},
		},
		fcrdns.Result{
			Addr:        netip.MustParseAddr("2001:db8::2"),
			LookupError: dnsbl.Answer{Cause: dnsbl.Timeout},
		},
		fcrdns.Result{
			Addr:     netip.MustParseAddr("2001:db8::3"),
			Names:    []string{""},
			Problems: []fcrdns.Problem{{Kind: fcrdns.Unconfirmed}},
		},
	)
	const owner = "Ask your provider (the network owner) to set the PTR record to the mail server's name"
	const generic = ` is generic (the word "dsl"), and many receivers distrust it. `
	want := []string{
		"reverse DNS of 192.0.2.0, 192.0.2.1, 192.0.2.2, 192.0.2.3, 192.0.2.4, 192.0.2.5, " +
			"192.0.2.6, 192.0.2.7, 192.0.2.8 and 11 more: no PTR record. " + owner,
		"reverse DNS of 2001:db8::3: the PTR name . does not resolve to the address. " +
			"Give the name an AAAA record with the address, or ask your provider " +
			"(the network owner) to set the PTR record to the mail server's name",
		"reverse DNS of 192.0.2.20: the PTR name a.dsl.example.com" + generic + owner,
		"reverse DNS of 192.0.2.21: the PTR name b.dsl.example.com" + generic + owner,
		"reverse DNS of 192.0.2.22: the PTR name c.dsl.example.com" + generic + owner,
		"reverse DNS of 2 more: generic name (-v names them)",
	}
	v := presented(0, 1, all)
	if got := reverseDNSLines(&v, 0); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	const most = 600
	lines := strings.Join(reverseDNSLines(&v, 0), "\n") + "\n"
	got := clipLines(slices.Collect(strings.Lines(lines)), most)
	if len(got) != 3 || len(strings.Join(got, "")) > most ||
		got[2] != "and 4 more lines, which a terminal shows\n" {
		t.Errorf("in %d bytes: %q", most, got)
	}
	every := allReverseDNSLines(&v, 1)
	if len(every) != len(all) || every[0] != "reverse DNS of 192.0.2.0: no PTR record" ||
		every[24] != "reverse DNS of 192.0.2.24: e.dsl.example.com, generic name" ||
		every[25] != "reverse DNS of 2001:db8::1: well.example.com (forward-confirmed)" ||
		every[26] != "reverse DNS of 2001:db8::2: no verdict: timeout" ||
		every[27] != "reverse DNS of 2001:db8::3: ., not forward-confirmed" {
		t.Errorf("%d lines:\n%s", len(every), strings.Join(every, "\n"))
	}
	if got := reverseDNSLines(&v, 1); got[len(got)-1] != "reverse DNS of 2 more: generic name" {
		t.Error(got)
	}
	if got := reverseDNSText(&v); got != ", reverse DNS problems on 26" {
		t.Error(got)
	}
}

// With -v every address is named, with its names and problems.
func TestEveryReverseDNS(t *testing.T) {
	one, two := []string{"a.test"}, []string{"a.test", "b.test"}
	unconfirmed := []fcrdns.Problem{{Kind: fcrdns.Unconfirmed, Name: "a.test"}}
	several := []fcrdns.Problem{{Kind: fcrdns.SeveralNames, Name: "a.test"}}
	gap := dnsbl.Answer{Cause: dnsbl.Timeout}
	for _, tt := range []struct {
		p    fcrdns.Result
		want string
	}{
		{fcrdns.Result{Names: one, Confirmed: one}, "a.test (forward-confirmed)"},
		{fcrdns.Result{Names: one, LookupError: gap}, "a.test, no verdict: timeout"},
		{fcrdns.Result{Problems: []fcrdns.Problem{{Kind: fcrdns.NoName}}}, "no PTR record"},
		{
			fcrdns.Result{Names: one, Problems: unconfirmed},
			"a.test, not forward-confirmed",
		},
		{
			fcrdns.Result{Names: two, Confirmed: two[1:], Problems: several},
			"a.test, b.test (forward-confirmed), several PTR names",
		},
		{
			fcrdns.Result{Names: two, Problems: several, LookupError: gap},
			"a.test, b.test, several PTR names, no verdict: timeout",
		},
	} {
		tt.p.Addr = netip.MustParseAddr("192.0.2.2")
		v := presented(0, 1, []fcrdns.Result{tt.p})
		want := "reverse DNS of 192.0.2.2: " + tt.want
		if got := strings.Join(allReverseDNSLines(&v, 1), "\n"); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
