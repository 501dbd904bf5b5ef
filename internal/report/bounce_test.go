package report

import (
	"net/netip"
	"slices"
	"strings"
	"testing"

	"check_dnsbl/internal/bounce"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/verdict"
)

// The line on a bounce stays short however much the bounce names, and shows no key.
func TestBounceLine(t *testing.T) {
	rejected := []netip.Addr{netip.MustParseAddr("192.0.2.25"), netip.MustParseAddr("192.0.2.26")}
	nine := []string{
		"zen.spamhaus.org", "bl.spamcop.net", "psbl.surriel.com", "bl.blocklist.de",
		"dnsbl.sorbs.net", "b.barracudacentral.org", "bl.mailspike.net", "truncate.gbudb.net",
		"dbl.spamhaus.org",
	}
	tests := []struct {
		bounce bounce.Bounce
		want   string // a part of the line
	}{
		{bounce.Bounce{Form: bounce.Log, Rejected: rejected},
			"bounce: a log: 192.0.2.25, 192.0.2.26 were rejected, the log names no list"},
		{bounce.Bounce{Rejected: rejected, MoreRejected: 7}, "192.0.2.26 and 7 more were rejected"},
		{bounce.Bounce{Form: bounce.Text, InboundRefused: 3}, "refused 3 addresses itself"},
		{bounce.Bounce{Zones: nine, MoreZones: 2}, ", and 3 more"},
		{bounce.Bounce{UnknownZones: []string{dnsbl.KeyMark + ".bl.example"}},
			"names KEY.bl.example (no list of the catalog)"},
		{bounce.Bounce{UnknownZones: []string{"echoedkey1234567890.zen.dq.spamhaus.net"}},
			"names KEY.zen.dq.spamhaus.net (no list"},
		{bounce.Bounce{UnknownZones: []string{strings.Repeat("very-long.", 200)}}, "..."},
	}
	for _, tt := range tests {
		got := BounceLine(&tt.bounce, false)
		if !strings.Contains(got, tt.want) || len(got) > maxBounce {
			t.Errorf("got  %s\nwant %s", got, tt.want)
		}
	}
}

// All that a bounce names beyond what is read of one is a gap; addresses only without -H.
func TestBounceGaps(t *testing.T) {
	b := bounce.Bounce{MoreRejected: 1, MoreZones: 2, MoreMails: 3}
	if got := BounceGaps(&b, false); len(got) != 3 {
		t.Errorf("%q", got)
	}
	if got := BounceGaps(&b, true); len(got) != 2 {
		t.Errorf("with -H: %q", got)
	}
}

// Lists that a bounce names have a line each unless the verdict shows them.
func TestBounceLines(t *testing.T) {
	findings := many(1, 1)
	findings[1].List.Zone, findings[1].List.URL = "failed.example", "https://failed.example/{ip}"
	clean, filtered := dnsbl.Unknown("clean.example"), dnsbl.Unknown("filtered.example")
	filtered.Choices = []dnsbl.Choice{{Zone: filtered.Zone, Weight: 2}}
	v := judge(findings)
	got := BounceLines("bounce: ...", []NamedList{
		{Zone: "listed.example", List: findings[0].List},
		{Zone: "failed.example", List: findings[1].List},
		{Zone: "clean.example", List: &clean},
		{Zone: "filtered.example", List: &filtered},
		{Zone: "excluded.example", Excluded: true},
		{Zone: "retired.example"},
	}, &v)
	want := []string{
		"bounce: ...",
		"failed.example gave no verdict; look yourself: delisting " + findings[1].List.Delisting +
			", lookup page https://failed.example/192.0.2.25",
		"not asked: excluded.example, which -x leaves out",
		"not on clean.example now: it has left since, " +
			"or the receiver asked about another address, or keeps what it heard for a while",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	several := verdict.Verdict{Subjects: 2}
	named := []NamedList{{Zone: "clean.example"}}
	if got := BounceLines("bounce: ...", named, &several); len(got) != 1 {
		t.Errorf("of several subjects: %q", got)
	}
}
