package report

import (
	"net/netip"
	"testing"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/verdict"
)

// Lines on few addresses are in the order of the addresses, not of the groups.
func TestOrderOfFew(t *testing.T) {
	lists := many(0, 3)
	resolvers := []netip.AddrPort{
		netip.MustParseAddrPort("192.0.2.53:53"),
		netip.MustParseAddrPort("192.0.2.54:53"),
	}
	tallier := verdict.NewTallier(usualRules())
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
				f.Outcome, f.Cause, f.Codes = dnsbl.Listed, "", []dnsbl.Reading{
					reading(2, "listed", dnsbl.Listing),
				}
			}
			if j == 0 && i == 3 || j > 0 && f.Cause != "" || i == 3 {
				f.Outcome, f.Cause, f.Codes = dnsbl.NotListed, "", nil
			}
			findings = append(findings, f)
		}
		tallier.Add(tallier.Count(findings))
	}
	v := tallier.Verdict(nil, verdict.ReverseDNS{})
	const want = "failed: a.example for 192.0.2.0, 192.0.2.1, 192.0.2.2: timeout. " +
		`If only this list keeps failing, skip it with -x
not counted: 192.0.2.0 is on c.example (informational): 127.0.0.2 = listed
not counted: 192.0.2.1 is on b.example (informational): 127.0.0.2 = listed
not counted: 192.0.2.1 is on c.example (informational): 127.0.0.2 = listed
not counted: 192.0.2.2 is on b.example (informational): 127.0.0.2 = listed
not counted: 192.0.2.2 is on c.example (informational): 127.0.0.2 = listed
`
	page := checkPage(&v, Info{})
	if got := sectionNamed(page, "FAILED") + sectionNamed(page, "NOT COUNTED"); got != want {
		t.Errorf("got:\n%s", got)
	}
}

func TestNotCountedReason(t *testing.T) {
	for want, list := range map[string]dnsbl.List{
		"allow list":    {Kind: dnsbl.Allow},
		"score list":    {Kind: dnsbl.Score},
		"informational": {Kind: dnsbl.Block, Tier: dnsbl.Info},
		"members only":  {Kind: dnsbl.Block, Tier: dnsbl.Minor, Access: dnsbl.Closed},
		"part of zen":   {Kind: dnsbl.Block, Tier: dnsbl.Minor},
	} {
		g := verdict.Group{
			Finding:   dnsbl.Finding{List: &list, Weight: 1},
			CountedBy: &dnsbl.List{Zone: "zen"},
		}
		if got := notCountedReason(&g); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	g := verdict.Group{Finding: dnsbl.Finding{List: &dnsbl.List{Kind: dnsbl.Block}}}
	if got := notCountedReason(&g); got != "weight 0" {
		t.Error(got)
	}
}
