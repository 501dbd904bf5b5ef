package report

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/verdict"
)

// All findings of a whole network are too many for memory: -v says where it ends.
func TestVerboseOfMany(t *testing.T) {
	tallier, every := verdict.NewTallier(verdict.Default()), [][]dnsbl.Finding{}
	for i := range 3 {
		findings := slices.Clone(many(0, 2))
		tallier.Add(tallier.Count(findings))
		if i < 2 {
			every = append(every, findings)
		}
	}
	v := tallier.Verdict(nil, verdict.ReverseDNS{})
	v.Every = every
	got := printed(t, v, Run{Verbose: 1, Unlimited: true})
	if !strings.HasSuffix(got, " ms\n-v shows no more than 2 of 3 addresses\n") || strings.Count(got, " ms\n") != 4 {
		t.Errorf("got:\n%s", got)
	}
}

// What is different for each of many addresses is left out.
func TestManyWays(t *testing.T) {
	list, info := dnsbl.Unknown("broken.example"), dnsbl.Unknown("info.example")
	info.Tier = dnsbl.Info
	tallier := verdict.NewTallier(verdict.Default())
	for i := range 200 {
		subject := dnsbl.Subject{Addr: netip.AddrFrom4([4]byte{192, 0, 2, byte(i)})}
		code := []dnsbl.Reading{{Code: netip.AddrFrom4([4]byte{127, 0, 1, byte(i)}), Effect: dnsbl.Listing}}
		tallier.Add(tallier.Count([]dnsbl.Finding{
			{Subject: subject, List: &list, Outcome: dnsbl.Failed, Cause: dnsbl.UndocumentedCode, Detail: fmt.Sprint("127.0.0.", i)},
			{Subject: subject, List: &info, Outcome: dnsbl.Listed, Weight: 1, Codes: code, Matched: code},
		}))
	}
	v := tallier.Verdict(nil, verdict.ReverseDNS{})
	lines := strings.Split(printed(t, v, Run{Unlimited: true}), "\n")
	for _, want := range []string{
		"failed: broken.example for 192.0.2.31: undocumented code, 127.0.0.31; no listing and no proof of the contrary: ask the list's operator what the code means",
		"failed: broken.example for 168 of 200: undocumented code; no listing and no proof of the contrary: ask the list's operator what the code means",
		"not counted: 192.0.2.31 is on info.example (shown only): 127.0.1.31",
		"not counted: 168 of 200 addresses are on info.example (shown only)",
	} {
		if !slices.Contains(lines, want) {
			t.Errorf("missing %q in\n%s", want, strings.Join(lines, "\n"))
		}
	}
	if len(lines) != 1+2*33+1 {
		t.Errorf("%d lines", len(lines))
	}
}

// Of few addresses the lines are in their order, whatever was kept first.
func TestOrderOfFew(t *testing.T) {
	lists := many(0, 3)
	resolvers := []netip.AddrPort{netip.MustParseAddrPort("192.0.2.53:53"), netip.MustParseAddrPort("192.0.2.54:53")}
	tallier := verdict.NewTallier(verdict.Default())
	for i := range 4 {
		var findings []dnsbl.Finding
		for j, f := range lists {
			f.List.Zone = string(rune('a'+j)) + ".example"
			f.Subject.Addr = netip.AddrFrom4([4]byte{192, 0, 2, byte(i)})
			f.Detail, f.Cause, f.Server = "", dnsbl.Timeout, resolvers[i%2]
			if j > 0 {
				f.List.Tier = dnsbl.Info
			}
			if j > 0 && i+j > 1 {
				f.Outcome, f.Cause, f.Codes = dnsbl.Listed, "", []dnsbl.Reading{reading(2, "listed", dnsbl.Listing)}
			}
			if j == 0 && i == 3 || j > 0 && f.Cause != "" || i == 3 {
				f.Outcome, f.Cause, f.Codes = dnsbl.NotListed, "", nil
			}
			findings = append(findings, f)
		}
		tallier.Add(tallier.Count(findings))
	}
	v := tallier.Verdict(nil, verdict.ReverseDNS{})
	const want = `failed: a.example for 192.0.2.0, 192.0.2.1, 192.0.2.2: timeout; no answer in time; if this lasts, leave the list out with -x
not counted: 192.0.2.0 is on c.example (shown only): 127.0.0.2 = listed
not counted: 192.0.2.1 is on b.example (shown only): 127.0.0.2 = listed
not counted: 192.0.2.1 is on c.example (shown only): 127.0.0.2 = listed
not counted: 192.0.2.2 is on b.example (shown only): 127.0.0.2 = listed
not counted: 192.0.2.2 is on c.example (shown only): 127.0.0.2 = listed
shown only: 2 more lists without an entry`
	if got := strings.Join(noteLines(&v), "\n"); got != want {
		t.Errorf("got:\n%s", got)
	}
}
