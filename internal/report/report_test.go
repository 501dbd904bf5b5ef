package report

import (
	"fmt"
	"net/netip"
	"strings"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/verdict"
)

// The transcripts of the command show what a check prints. The tests here are on what they cannot
// show: limits, many subjects, and foreign text of any length and bytes.

// many returns findings on one address: listings with long reasons, then failures.
func many(listed, failed int) []dnsbl.Finding {
	subject := dnsbl.Subject{Addr: netip.MustParseAddr("192.0.2.25")}
	var findings []dnsbl.Finding
	for i := range listed + failed {
		l := dnsbl.Unknown(fmt.Sprintf("list-number-%d.of.a.long.name.example", i))
		l.Name, l.URL = "A list", "https://example.com/{ip}"
		l.Delisting = strings.Repeat("somehow ", 10)
		f := dnsbl.Finding{
			Subject:  subject,
			List:     &l,
			Evidence: &dnsbl.Evidence{},
			Outcome:  dnsbl.Failed,
			Cause:    dnsbl.OutsideLoopback,
			Detail:   fmt.Sprintf("203.0.113.%d", i),
		}
		if i < listed {
			f.Outcome, f.Weight, f.Cause = dnsbl.Listed, 1, ""
			f.Codes = []dnsbl.Reading{
				{Code: netip.MustParseAddr("127.0.0.2"), Meaning: strings.Repeat("meaning ", 4)},
			}
			f.Matched = f.Codes
			f.Evidence = &dnsbl.Evidence{
				Reason: dnsbl.Answer{
					Texts: []string{strings.Repeat("reason ", 400), "second", "third"},
				},
			}
		}
		findings = append(findings, f)
	}
	return findings
}

// usualRules returns the rules of a user who gives no options.
func usualRules() verdict.Rules {
	return verdict.Rules{
		Warning:         verdict.AtLeast(1),
		Critical:        verdict.AtLeast(3),
		CriticalOnAbuse: true,
		MaxFailed:       25,
	}
}

// judge returns the verdict on one subject, with all findings kept for -v.
func judge(findings []dnsbl.Finding) verdict.Verdict {
	tallier := verdict.NewTallier(usualRules())
	tallier.Add(tallier.Count(findings))
	v := tallier.Verdict(nil, verdict.ReverseDNS{})
	v.AllFindings = [][]dnsbl.Finding{findings}
	return v
}

// network returns the verdict on n addresses. On returns what the lists zen, spamcop, dead and
// info, in this order, found for the i-th address: a reading, a cause, or nil if it is not listed.
func network(n int, gaps []string, on func(i int) [4]any) verdict.Verdict {
	var lists [4]*dnsbl.List
	for i, name := range []string{"zen", "spamcop", "dead", "info"} {
		l := dnsbl.Unknown(name + ".example")
		lists[i] = &l
	}
	lists[0].Tier, lists[3].Tier = dnsbl.Major, dnsbl.Info
	lists[0].Delisting, lists[0].URL = "expires", "https://zen.example/{ip}"
	tallier := verdict.NewTallier(usualRules())
	for i := range n {
		var findings []dnsbl.Finding
		for j, said := range on(i) {
			f := dnsbl.Finding{
				Subject: dnsbl.Subject{
					Addr: netip.AddrFrom4([4]byte{192, 0, byte(2 + i>>8), byte(i)}),
				},
				List:    lists[j],
				Outcome: dnsbl.NotListed,
			}
			switch said := said.(type) {
			case dnsbl.Reading:
				f.Outcome, f.Weight, f.Codes = dnsbl.Listed, 1, []dnsbl.Reading{said}
				f.Matched = f.Codes
				reason := dnsbl.Answer{Texts: []string{"seen by a trap"}}
				f.Evidence = &dnsbl.Evidence{Reason: reason}
			case dnsbl.Cause:
				f.Outcome, f.Cause = dnsbl.Failed, said
			}
			findings = append(findings, f)
		}
		tallier.Add(tallier.Count(findings))
	}
	return tallier.Verdict(dnsbl.Notes(dnsbl.LookupFailed, gaps...), verdict.ReverseDNS{})
}

// onPBL is a listing on the first list of a network.
func onPBL(int) [4]any { return [4]any{reading(10, "PBL", dnsbl.PolicyOnly)} }

func reading(last byte, meaning string, effect dnsbl.Effect) dnsbl.Reading {
	code := netip.AddrFrom4([4]byte{127, 0, 0, last})
	return dnsbl.Reading{Code: code, Meaning: meaning, Effect: effect}
}

// printed returns what a monitor gets, after a run of 1.5 s.
func printed(v verdict.Verdict, info Info) string {
	info.Took, info.Timeout = 1500*time.Millisecond, 10*time.Second
	return nagios(&v, info)
}

// nagios returns what a monitor gets.
func nagios(v *verdict.Verdict, info Info) string {
	info.details = info.Verbose > 0
	var out strings.Builder
	writeNagios(&out, checkPage(v, info), info.Unlimited)
	return out.String()
}

// sectionNamed returns the text of the sections of a page with a title.
func sectionNamed(p page, title string) string {
	var out strings.Builder
	for i := range p.sections {
		if s := &p.sections[i]; strings.HasPrefix(s.title, title) {
			for _, b := range blocks(s) {
				out.WriteString(b.full)
			}
		}
	}
	return out.String()
}
