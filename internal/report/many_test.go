package report

import (
	"net/netip"
	"strings"
	"testing"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/verdict"
)

// network makes the verdict on n addresses. on returns what the four lists zen, spamcop, dead and info, in this order, gave on the
// i-th address: a reading or a cause, nothing if it is not listed.
func network(n int, gaps []string, on func(i int) [4]any) verdict.Verdict {
	var lists [4]*dnsbl.List
	for i, zone := range []string{"zen.example", "spamcop.example", "dead.example", "info.example"} {
		l := dnsbl.Unknown(zone)
		lists[i] = &l
	}
	lists[0].Tier, lists[3].Tier = dnsbl.Major, dnsbl.Info
	lists[0].Delisting, lists[0].URL = "by itself", "https://zen.example/{ip}"
	tallier := verdict.NewTallier(verdict.Default())
	for i := range n {
		var findings []dnsbl.Finding
		for j, said := range on(i) {
			f := dnsbl.Finding{Subject: dnsbl.Subject{Addr: netip.AddrFrom4([4]byte{192, 0, byte(2 + i>>8), byte(i)})}, List: lists[j], Outcome: dnsbl.NotListed}
			switch said := said.(type) {
			case dnsbl.Reading:
				f.Outcome, f.Weight, f.Codes, f.Matched = dnsbl.Listed, 1, []dnsbl.Reading{said}, []dnsbl.Reading{said}
				f.Evidence = &dnsbl.Evidence{Reason: dnsbl.Answer{Texts: []string{"seen by a trap"}}}
			case dnsbl.Cause:
				f.Outcome, f.Cause = dnsbl.Failed, said
			}
			findings = append(findings, f)
		}
		tallier.Add(tallier.Count(findings))
	}
	return tallier.Verdict(gaps, verdict.ReverseDNS{})
}

func reading(last byte, meaning string, effect dnsbl.Effect) dnsbl.Reading {
	return dnsbl.Reading{Code: netip.AddrFrom4([4]byte{127, 0, 0, last}), Meaning: meaning, Effect: effect}
}

func printed(t testing.TB, v verdict.Verdict, run Run) string {
	var out strings.Builder
	run.Took, run.Timeout = 1500*time.Millisecond, 10*time.Second
	if err := Nagios(&out, &v, run); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// Of a network: first who is listed, the worst in full; then what failed, with the number of addresses. The rest is only counted.
func TestNetwork(t *testing.T) {
	v := network(512, nil, func(i int) [4]any {
		said := [4]any{nil, nil, dnsbl.Timeout, reading(2, "allocation", dnsbl.Listing)}
		switch {
		case i == 77:
			said = [4]any{reading(2, "SBL", dnsbl.Listing), reading(2, "listed", dnsbl.Listing), nil, nil}
		case i == 300:
			said = [4]any{reading(4, "XBL", dnsbl.Listing), dnsbl.ServFail, nil, nil}
		case i%64 == 9:
			said[0] = reading(10, "PBL", dnsbl.PolicyOnly)
		}
		return said
	})
	const want = `CRITICAL: 10 of 512 addresses listed, worst 192.0.2.77 on 2 of 3 lists: zen.example (SBL), spamcop.example; 2 lists failed for others | addresses=512;;;0; addresses_listed=10;;;0;512 listed=2;0;2;0;3 failed=0;;;0;3 questions=5160;;;0; time=1.5s;;10;0;
192.0.2.77 is on zen.example
  code: 127.0.0.2 = SBL
  reason: seen by a trap
  how to get off: by itself
  page: https://zen.example/192.0.2.77
192.0.2.77 is on spamcop.example
  code: 127.0.0.2 = listed
  reason: seen by a trap
192.0.3.44 is on zen.example
  code: 127.0.0.4 = XBL
  reason: seen by a trap
  how to get off: by itself
  page: https://zen.example/192.0.3.44
192.0.2.9 is on zen.example, as a matter of policy, not for abuse
  code: 127.0.0.10 = PBL
  reason: seen by a trap
  how to get off: by itself
  page: https://zen.example/192.0.2.9
`
	const rest = `failed: dead.example for 510 of 512: timeout; no answer in time; if this lasts, leave the list out with -x
failed: spamcop.example for 192.0.3.44: SERVFAIL; the resolver cannot get an answer from the list's name servers; if this lasts, leave the list out with -x, or let the list be asked directly (--direct auto)
not counted: 510 of 512 addresses are on info.example (shown only): 127.0.0.2 = allocation
shown only: 1 more list without an entry
`
	got := printed(t, v, Run{Queries: 5160})
	if !strings.HasPrefix(got, want) || !strings.HasSuffix(got, "\n  page: https://zen.example/192.0.3.201\n"+rest) {
		t.Errorf("got:\n%s", got)
	}
}

// Where there is no room for all of many, each but the worst has a line.
func TestManyListed(t *testing.T) {
	v := network(300, []string{"gave up on 9 more addresses"}, func(i int) [4]any {
		if i == 5 {
			return [4]any{reading(2, "SBL", dnsbl.Listing), reading(2, "listed", dnsbl.Listing)}
		}
		return [4]any{reading(10, "PBL", dnsbl.PolicyOnly)}
	})
	const want = `
192.0.2.5 is on zen.example
  code: 127.0.0.2 = SBL
  reason: seen by a trap
  how to get off: by itself
  page: https://zen.example/192.0.2.5
192.0.2.5 is on spamcop.example
  code: 127.0.0.2 = listed
  reason: seen by a trap
192.0.2.0 is on 1 list: zen.example (PBL, policy)
192.0.2.1 is on 1 list: zen.example (PBL, policy)
192.0.2.2 is on 1 list: zen.example (PBL, policy)
192.0.2.3 is on 1 list: zen.example (PBL, policy)
192.0.2.4 is on 1 list: zen.example (PBL, policy)
192.0.2.6 is on 1 list: zen.example (PBL, policy)
`
	const rest = "\n192.0.2.68 is on 1 list: zen.example (PBL, policy)\nand 231 more lines, which a terminal shows\nnot checked: gave up on 9 more addresses\nshown only: 1 more list without an entry\n"
	got := printed(t, v, Run{})
	if !strings.Contains(got, want) || !strings.HasSuffix(got, rest) || len(got) > maxOutput || strings.Contains(got, "questions=") {
		t.Errorf("got %d bytes:\n%s", len(got), got)
	}
	if all := printed(t, v, Run{Unlimited: true}); strings.Count(all, "\n  code: ") != 301 {
		t.Error("a terminal does not show all")
	}
}

// Of more than are kept, and of a worst one that has more to say than there is room for, there is still a report.
func TestVeryManyListed(t *testing.T) {
	v := network(5000, nil, func(int) [4]any { return [4]any{reading(10, "PBL", dnsbl.PolicyOnly)} })
	got := printed(t, v, Run{})
	const rest = " more lines, which a terminal shows\nlisted, but not shown: 4000 addresses, none of them worse\nshown only: 1 more list without an entry\n"
	if !strings.HasPrefix(got, "WARNING: 5000 of 5000 addresses listed, worst 192.0.2.0 on 1 of 3 lists: zen.example (PBL, policy) |") || !strings.HasSuffix(got, rest) || len(got) > maxOutput {
		t.Errorf("got:\n%s", got)
	}
	tallier := verdict.NewTallier(verdict.Default())
	for i := range 4 {
		findings := many(100, 0)
		for j := range findings {
			findings[j].Subject.Addr = netip.AddrFrom4([4]byte{192, 0, 2, byte(i)})
		}
		tallier.Add(tallier.Count(findings))
	}
	w := tallier.Verdict(nil, verdict.ReverseDNS{})
	if got := printed(t, w, Run{}); len(got) > maxOutput || !strings.Contains(got, "\n192.0.2.3 is on 100 lists: list-number-0") {
		t.Errorf("got %d bytes:\n%s", len(got), got)
	}
}

func BenchmarkListed(b *testing.B) {
	v := network(1000, nil, func(int) [4]any { return [4]any{reading(10, "PBL", dnsbl.PolicyOnly)} })
	for name, run := range map[string]Run{"monitor": {}, "terminal": {Unlimited: true}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				printed(b, v, run)
			}
		})
	}
}
