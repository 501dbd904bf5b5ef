package report

import (
	"math/rand/v2"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/verdict"
)

// The first line with its perfdata never has more than 1,000 bytes, and the whole output never more
// than 4,096. Lines that are left out are counted.
func TestLimits(t *testing.T) {
	for _, tt := range []struct{ listed, failed, verbose int }{
		{1, 0, 0}, {3, 0, 2}, {100, 0, 0}, {0, 100, 0}, {0, 300, 1}, {60, 60, 2}, {370, 0, 1},
	} {
		v := judge(many(tt.listed, tt.failed))
		out := nagios(&v, Info{
			Took:     1234567 * time.Microsecond,
			Timeout:  10 * time.Second,
			Verbose:  tt.verbose,
			Warnings: dnsbl.Notes(dnsbl.KeyExposed, "a warning"),
		})
		first, rest, _ := strings.Cut(out, "\n")
		if len(first) > 1000 || len(out) > 4096 || !strings.HasSuffix(first, "time=1.235s;;10;0;") {
			t.Errorf("%+v: first line %d bytes, in all %d:\n%s", tt, len(first), len(out), first)
		}
		if cut := len(out) > maxOutput*3/4; cut != strings.Contains(rest, " more line") {
			t.Errorf("%+v: %d bytes, and what is missing:\n%s", tt, len(out), rest)
		}
		if tt.listed > 0 && !strings.Contains(rest, "  - delisting: ") ||
			tt.failed > 0 && !strings.Contains(rest, "failed: ") {
			t.Errorf("%+v: no listing, or no failure:\n%s", tt, rest)
		}
		if !strings.Contains("\n"+rest, "\na warning\n") {
			t.Errorf("%d listed, %d failed: the warning is cut:\n%s", tt.listed, tt.failed, rest)
		}
		all := nagios(&v, Info{Verbose: tt.verbose, Unlimited: true})
		if strings.Contains(all, "more line") ||
			tt.listed > 0 && strings.Count(all, "  - delisting:") != tt.listed {
			t.Errorf("%+v: without a limit something is missing", tt)
		}
	}
}

// The output on a network: listings first, then failures with the number of addresses. The rest is
// only counted.
func TestNetwork(t *testing.T) {
	v := network(512, nil, func(i int) [4]any {
		said := [4]any{nil, nil, dnsbl.Timeout, reading(2, "allocation", dnsbl.Listing)}
		switch {
		case i == 77:
			said[0], said[1] = reading(2, "SBL", dnsbl.Listing), reading(2, "listed", dnsbl.Listing)
			said[2], said[3] = nil, nil
		case i == 300:
			said = [4]any{reading(4, "XBL", dnsbl.Listing), dnsbl.ServFail, nil, nil}
		case i%64 == 9:
			said[0] = reading(10, "PBL", dnsbl.PolicyOnly)
		}
		return said
	})
	const first = "CRITICAL: 10 of 512 addresses listed, worst 192.0.2.77 on 2 of 3 lists (" +
		"2 lists failed for other addresses): zen.example (SBL), spamcop.example | " +
		"listed=2;0;2;0;3 failed=1;0;;0;3 queries=5160;;;0; time=1.5s;;10;0; " +
		"addresses=512;;;0; affected=10;0;;0;512\n"
	const want = first + `* 192.0.2.77 is on zen.example: SBL
  - delisting: expires
  - lookup page: https://zen.example/192.0.2.77
  - reason: seen by a trap
* 192.0.2.77 is on spamcop.example
  - reason: seen by a trap
* 192.0.3.44 is on 1 list: zen.example (XBL)
* 192.0.2.9 is on 1 list: zen.example (PBL, policy only)
`
	const rest = `* 192.0.3.201 is on 1 list: zen.example (PBL, policy only)
why CRITICAL: zen.example is a major list
` + runbookLine + `
failed: dead.example for 510 of 512: timeout. If only this list keeps failing, skip it with -x
failed: spamcop.example for 192.0.3.44: SERVFAIL. ` +
		"The resolver gets no answer from the list's name servers. " +
		"If only this list keeps failing, skip it with -x, or allow direct queries (--direct auto)\n" +
		`not counted: 510 of 512 addresses are on info.example (informational): 127.0.0.2 = allocation
`
	got := printed(v, Info{Queries: 5160, Several: true})
	if !strings.HasPrefix(got, want) || !strings.HasSuffix(got, rest) {
		t.Errorf("got:\n%s", got)
	}
}

// Where the time ran out, the first line tells for how many addresses lists failed and that others
// were not checked. A list has one line, also if it was given up.
func TestTimeIsUp(t *testing.T) {
	const gap = "no time was left for 9 more addresses. Raise -t"
	v := network(300, []string{gap}, func(i int) [4]any {
		switch {
		case i > 200:
			return [4]any{nil, dnsbl.Timeout, nil, nil}
		case i == 200:
			return [4]any{nil, nil, dnsbl.Timeout, nil}
		}
		return [4]any{}
	})
	v.Rules.MaxFailed = 0
	const want = "UNKNOWN: 1 of 3 lists failed for 192.0.2.200 and 99 more: timeout (dead.example), " +
		"none of 300 addresses listed, check incomplete | "
	got := printed(v, Info{Timeout: time.Second})
	if !strings.HasPrefix(got, want) {
		t.Errorf("got\n%s", got)
	}
}

// If there is no room for all listings of many addresses, each but the worst has one line.
func TestManyListed(t *testing.T) {
	v := network(300, []string{"gave up on 9 more addresses"}, func(i int) [4]any {
		if i == 5 {
			return [4]any{reading(2, "SBL", dnsbl.Listing), reading(2, "listed", dnsbl.Listing)}
		}
		return onPBL(i)
	})
	const want = `
* 192.0.2.5 is on zen.example: SBL
  - delisting: expires
  - lookup page: https://zen.example/192.0.2.5
  - reason: seen by a trap
* 192.0.2.5 is on spamcop.example
  - reason: seen by a trap
* 192.0.2.0 is on 1 list: zen.example (PBL, policy only)
* 192.0.2.1 is on 1 list: zen.example (PBL, policy only)
`
	const rest = ` more lines, which a terminal shows
why CRITICAL: zen.example is a major list
` + runbookLine + `
not checked: gave up on 9 more addresses
`
	got := printed(v, Info{})
	if !strings.Contains(got, want) || !strings.HasSuffix(got, rest) || len(got) > maxOutput {
		t.Errorf("got %d bytes:\n%s", len(got), got)
	}
	all := printed(v, Info{Unlimited: true})
	if strings.Count(all, " is on 1 list: ") != 299 || strings.Contains(all, "more line") {
		t.Error("a terminal does not show all")
	}
	full := printed(v, Info{Unlimited: true, Verbose: 1})
	if strings.Count(full, "\n  - return code: ") != 301 {
		t.Error("-v does not show all in full")
	}
}

// Where not all of many listings are shown in full, those on major lists are.
func TestMajorListsFirst(t *testing.T) {
	findings := many(12, 0)
	last := findings[11].List
	last.Tier = dnsbl.Major
	first, rest, _ := strings.Cut(printed(judge(findings), Info{}), "\n")
	if !strings.Contains(first, " on 12 of 12 lists: "+last.Zone) ||
		!strings.HasPrefix(rest, "* 192.0.2.25 is on "+last.Zone) {
		t.Errorf("got:\n%s\n%s", first, rest)
	}
	bounced := subjectSection(judge(findings).Worst, Info{Bounce: &Bounce{}})
	if got := bounced.items[0].label; got != findings[0].List.Zone {
		t.Errorf("after a bounce, %s is first", got)
	}
}

// If an address is on many lists, the first listings are shown in full and each other one has a
// line with its page, so that all of them can be acted on.
func TestManyListings(t *testing.T) {
	v := judge(many(22, 3))
	v.AllFindings = nil
	got := printed(v, Info{})
	full := strings.Count(got, "* 192.0.2.25 is on ")
	short := strings.Count(got, "* also on ")
	if full == 0 || full+short != 22 || strings.Count(got, "https://example.com/192.0.2.25") != 22 ||
		strings.Contains(got, " more line") || len(got) > maxOutput {
		t.Errorf("%d in full, %d short, %d bytes:\n%s", full, short, len(got), got)
	}
	head, _, _ := strings.Cut(got, " | ")
	if len(head) > maxHeadline+len("CRITICAL: ") || !strings.HasPrefix(
		head, "CRITICAL: 192.0.2.25 on 22 of 22 lists (3 failed): list-number-0.of.a.long.name") ||
		!strings.HasSuffix(head, " more") {
		t.Errorf("%d bytes: %s", len(head), head)
	}
}

// The limits hold if more listings are found than are kept. Several subjects on many lists are all
// named.
func TestVeryManyListed(t *testing.T) {
	v := network(5000, nil, onPBL)
	got := printed(v, Info{})
	const first = "WARNING: 5000 of 5000 addresses listed, " +
		"worst 192.0.2.0 on 1 of 3 lists: zen.example (PBL, policy only) |"
	const rest = ` more lines, which a terminal shows
why WARNING: on 1 list or more (-w 1)
` + runbookLine + `
4000 addresses more listed but not shown, none of them worse
`
	if !strings.HasPrefix(got, first) || !strings.HasSuffix(got, rest) || len(got) > maxOutput {
		t.Errorf("got:\n%s", got)
	}
	tallier := verdict.NewTallier(usualRules())
	for i := range 4 {
		findings := many(22, 0)
		for j := range findings {
			findings[j].Subject.Addr = netip.AddrFrom4([4]byte{192, 0, 2, byte(i)})
		}
		tallier.Add(tallier.Count(findings))
	}
	w := tallier.Verdict(nil, verdict.ReverseDNS{})
	if got := printed(w, Info{}); len(got) > maxOutput ||
		!strings.Contains(got, "\n* 192.0.2.3 is on 22 lists: list-number-0") {
		t.Errorf("got %d bytes:\n%s", len(got), got)
	}
}

// All findings of a whole network are too many for memory: with -v a line counts them.
func TestVerboseOfMany(t *testing.T) {
	tallier, kept := verdict.NewTallier(usualRules()), [][]dnsbl.Finding{}
	for i := range 3 {
		findings := slices.Clone(many(0, 2))
		tallier.Add(tallier.Count(findings))
		if i < 2 {
			kept = append(kept, findings)
		}
	}
	v := tallier.Verdict(nil, verdict.ReverseDNS{})
	v.AllFindings = kept
	got := printed(v, Info{Verbose: 1, Unlimited: true})
	if !strings.HasSuffix(got, " ms\n-v shows no more than 2 of 3 addresses\n") ||
		strings.Count(got, " ms\n") != 4 {
		t.Errorf("got:\n%s", got)
	}
}

// Foreign text is cleaned wherever it is printed.
func TestForeignTextIsClean(t *testing.T) {
	const hostile = "<b>\x1b[31m|x=1\n\xff"
	findings := many(1, 1)
	findings[0].Evidence.Reason = dnsbl.Answer{
		Question: dnsbl.Question{Name: "a.example", Type: dnsbl.TXT},
		Texts:    []string{hostile},
	}
	findings[1].Detail = hostile
	findings[1].Evidence.Question = dnsbl.Answer{
		Question: dnsbl.Question{Name: "b.example", Type: dnsbl.A},
		Cause:    dnsbl.Malformed,
		Detail:   hostile,
	}
	v := judge(findings)
	out := nagios(&v, Info{Verbose: 2})
	if n := strings.Count(out, "(b)?[31m/x=1 ?"); n != 5 || strings.ContainsAny(out, "\x1b<") ||
		strings.Contains(out, "\xff") ||
		strings.Count(out, "|") != 1 {
		t.Errorf("%d times clean in\n%s", n, out)
	}
}

// No part of a key is printed, even if the operator echoes it and wherever the text is cut.
func TestKeyIsMasked(t *testing.T) {
	for before := range 2 * maxReason {
		findings := many(1, 1)
		for i := range findings {
			l := findings[i].List
			l.Zone, l.Key = dnsbl.KeyMark+".zen.dq.spamhaus.net", "s3cretkey"
			echo := strings.Repeat(".", before) + "s3cretkey S3CRETkey" +
				strings.Repeat(".S3cretKey", 100)
			findings[i].Evidence.Reason = dnsbl.Answer{
				Question: l.Question(findings[i].Subject, dnsbl.TXT),
				Texts:    []string{echo},
			}
			findings[i].Evidence.Question = dnsbl.Answer{
				Question: l.Question(findings[i].Subject, dnsbl.A),
				Cause:    dnsbl.Malformed,
				Detail:   echo,
			}
			if findings[i].Outcome == dnsbl.Failed {
				findings[i].Detail = echo
			}
		}
		v := judge(findings)
		out := nagios(&v, Info{Verbose: 2, Unlimited: true})
		marks := strings.Count(out, dnsbl.KeyMark)
		if strings.Contains(strings.ToLower(out), "s3") || marks < 9 || before == 0 && marks < 100 {
			t.Fatalf("%d times the mark in\n%s", marks, out)
		}
	}
}

// Whatever a page holds, its long output keeps the limit.
func TestLongOutputKeepsTheLimit(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		var p page
		for range random.IntN(9) {
			s := section{priority: random.IntN(important + 1)}
			for range random.IntN(30) {
				it := item{text: strings.Repeat("x", random.IntN(300))}
				if random.IntN(2) == 0 {
					it.brief = "short"
				}
				s.items = append(s.items, it)
			}
			p.add(s)
		}
		max := random.IntN(5000)
		if out := longOutput(p.sections, max); len(out) > max {
			t.Fatalf("%d bytes, at most %d are allowed", len(out), max)
		}
	}
}

// Listings without room are shown in short lines, and what has not even room for these is counted.
func TestFit(t *testing.T) {
	long := strings.Repeat("x", 60) + "\n"
	tests := []struct {
		blocks []block
		max    int
		want   string
	}{
		{[]block{{"one\n", "one\n"}, {"two\n", "two\n"}}, 8, "one\ntwo\n"},
		{[]block{{"one\n", "one\n"}, {"two\n", "two\n"}}, 7, ""},
		{[]block{{long, long}, {long, long}}, 70, "and 2 more lines, which a terminal shows\n"},
		{[]block{{"one\n", "one\n"}, {long, long}, {long, long}}, 120,
			"one\n" + long + "and 1 more line, which a terminal shows\n"},
		{[]block{{long, "a\n"}, {long, "b\n"}}, 122, long + long},
		{[]block{{long, "a\n"}, {long, "b\n"}}, 121, long + "b\n"},
		{[]block{{long, "a\n"}, {long, "b\n"}}, 60, "a\nb\n"},
		{nil, 100, ""},
	}
	for _, tt := range tests {
		if got := fit(tt.blocks, tt.max); got != tt.want {
			t.Errorf("%d blocks in %d bytes = %q, want %q", len(tt.blocks), tt.max, got, tt.want)
		}
	}
}

func BenchmarkNagios(b *testing.B) {
	for _, bb := range []struct {
		name           string
		listed, failed int
	}{{"some", 3, 2}, {"too much", 60, 60}} {
		v := judge(many(bb.listed, bb.failed))
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				nagios(&v, Info{Took: time.Second, Timeout: 10 * time.Second})
			}
		})
	}
}

func BenchmarkListed(b *testing.B) {
	v := network(1000, nil, onPBL)
	for name, info := range map[string]Info{"monitor": {}, "terminal": {Unlimited: true}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				printed(v, info)
			}
		})
	}
}

// The line of a check that could not be made has no semicolons, but quotes the user as typed.
func TestFailureWithoutSemicolons(t *testing.T) {
	const want = "UNKNOWN: -l \"x;y\": wrong, see -h\n"
	if got := nagiosFailureText(`-l "x;y": wrong; see -h`); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
