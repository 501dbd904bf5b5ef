package report

import (
	"net/netip"
	"slices"
	"strings"
	"testing"

	"check_dnsbl/internal/bounce"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/verdict"

	"github.com/olorin/nagiosplugin"
)

// The summary of a bounce stays short however much the bounce names, and shows no key.
func TestBounceSummary(t *testing.T) {
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
			"log: 192.0.2.25, 192.0.2.26 were refused. It names no list"},
		{bounce.Bounce{Rejected: rejected, MoreRejected: 7}, "192.0.2.26 and 7 more were refused"},
		{bounce.Bounce{Form: bounce.Log, InboundRefused: 3},
			"log: the server that wrote it refused 3 addresses"},
		{bounce.Bounce{Form: bounce.Log, Inbound: true, Rejected: rejected[:1]},
			"the server that wrote it refused 192.0.2.25"},
		{bounce.Bounce{Zones: nine, MoreZones: 2}, ", and 3 more"},
		{bounce.Bounce{Rejected: rejected[:1], Reasons: []bounce.Reason{bounce.SPF}},
			"bounce: mail from 192.0.2.25 was refused"},
		{bounce.Bounce{Reasons: []bounce.Reason{bounce.MailboxFull}}, "bounce: mail was refused"},
		{bounce.Bounce{Rejected: rejected[:1], Reasons: []bounce.Reason{bounce.UnnamedList}},
			"bounce: 192.0.2.25 was refused"},
		{bounce.Bounce{Form: bounce.Complaint, Rejected: rejected[:1]},
			"complaint: somebody complained about mail from 192.0.2.25. This is not a bounce"},
		{bounce.Bounce{Form: bounce.NotSpam, Rejected: rejected[:1]},
			"not-spam report: somebody marked mail from 192.0.2.25 as not spam. This is not a bounce"},
		{bounce.Bounce{Rejected: rejected[:1],
			Operators: []bounce.Operator{{Name: "Cox", Code: "CXBL1"}}},
			"192.0.2.25 was refused by Cox (CXBL1)"},
		{bounce.Bounce{UnknownZones: []string{dnsbl.KeyMark + ".bl.example"}},
			"because of KEY.bl.example"},
		{bounce.Bounce{UnknownZones: []string{"echoedkey1234567890.zen.dq.spamhaus.net"}},
			"because of KEY.zen.dq.spamhaus.net"},
		{bounce.Bounce{UnknownZones: []string{strings.Repeat("very-long.", 200)}}, "..."},
	}
	for _, tt := range tests {
		got := BounceSummary(&tt.bounce)
		if !strings.Contains(got, tt.want) || len(got) > maxBounce {
			t.Errorf("got  %s\nwant %s", got, tt.want)
		}
	}
}

// A zone is offered for -l only if it can exist in the DNS.
func TestUnknownZones(t *testing.T) {
	for zone, offered := range map[string]bool{
		"rbl.securence.com": true, "bl.office.local": false, dnsbl.KeyMark + ".example.com": false,
	} {
		b := Bounce{Read: &bounce.Bounce{UnknownZones: []string{zone}}}
		v := judge(many(0, 1))
		if got := strings.Join(b.lines(&v), "\n"); strings.Contains(got, "use -l "+zone) != offered {
			t.Errorf("%s: %s", zone, got)
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

// named returns a report on a bounce that names lists in all ways, and a verdict on its address.
func named() (*Bounce, verdict.Verdict) {
	findings := many(1, 1)
	findings[1].List.Zone, findings[1].List.URL = "failed.example", "https://failed.example/{ip}"
	clean, filtered := dnsbl.Unknown("clean.example"), dnsbl.Unknown("filtered.example")
	filtered.Choices = []dnsbl.Choice{{Zone: filtered.Zone, Weight: 2}}
	domains := dnsbl.List{Zone: "domains.example", Subjects: dnsbl.Domain}
	v := judge(findings)
	return &Bounce{
		Read: &bounce.Bounce{Rejected: []netip.Addr{v.Worst.Subject.Addr}},
		Named: []NamedList{
			{Zone: "listed.example", List: findings[0].List},
			{Zone: "failed.example", List: findings[1].List},
			{Zone: "clean.example", List: &clean},
			{Zone: "filtered.example", List: &filtered},
			{Zone: "domains.example", List: &domains},
			{Zone: "excluded.example"},
			{Zone: "dnsbl.sorbs.net", NotQueried: "retired"},
			{Zone: "rf.senderbase.org", NotQueried: "a score, not a list"},
		},
	}, v
}

// Lists that a bounce names have a line each unless the verdict shows them.
func TestBounceLines(t *testing.T) {
	b, v := named()
	got := b.lines(&v)
	want := []string{
		"bounce: 192.0.2.25 was refused. It names no list",
		"failed.example gave no verdict. " +
			strings.TrimSpace(pagesText(b.Named[1].List, v.Worst.Subject)),
		"not queried: excluded.example, which -x leaves out",
		"not queried: rf.senderbase.org (a score, not a list). Lookup page: " +
			"https://talosintelligence.com/reputation_center/lookup?search=192.0.2.25",
		"not on clean.example any more. The listing has expired, " +
			"or the receiver checked another address or still has it cached",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	b.Read.Reasons = []bounce.Reason{bounce.ResolverRefused}
	if got := strings.Join(b.lines(&v), "\n"); strings.Contains(got, "any more") ||
		!strings.Contains(got, "Tell the receiver's postmaster\n") {
		t.Errorf("of a refused resolver:\n%s", got)
	}
	v.Subjects = 2
	b.Read.Reasons = nil
	if got := b.lines(&v); len(got) != 1 {
		t.Errorf("of several subjects: %q", got)
	}
	if got := (*Bounce)(nil).lines(&v); got != nil {
		t.Errorf("without a bounce: %q", got)
	}
}

// A bounce that says nothing but that a list refused a resolver names nothing to check.
func TestOnlyResolverRefused(t *testing.T) {
	b := bounce.Bounce{Reasons: []bounce.Reason{bounce.ResolverRefused}}
	if got := (&BounceError{Read: &b}).Error(); got != resolverRefused {
		t.Errorf("got %q", got)
	}
}

// A refusal is unconfirmed if its list gives no verdict on the address.
func TestUnconfirmed(t *testing.T) {
	b, v := named()
	b.Read.Operators = []bounce.Operator{{Name: "Cox", Code: "CXBL1"}}
	b.Read.UnknownZones = []string{"bl.example"}
	b.Read.Reasons = []bounce.Reason{bounce.UnnamedList}
	var got []string
	for _, u := range b.unconfirmed(&v) {
		got = append(got, u.name)
	}
	want := []string{"Cox (CXBL1)", "failed.example (no verdict)", "domains.example (lists domains)",
		"excluded.example (left out by -x)", "dnsbl.sorbs.net (retired)",
		"rf.senderbase.org (a score, not a list)", "bl.example",
		"a list that the bounce does not name"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	b.Overridden = true
	if !b.Refuses(&v) {
		t.Error("-H names the same address")
	}
	b.Read.Rejected = []netip.Addr{netip.MustParseAddr("192.0.2.99")}
	if b.Refuses(&v) || bounceHeadline(b, &v) != "" {
		t.Error("-H names another address")
	}
	if (*Bounce)(nil).Refuses(&v) {
		t.Error("without a bounce")
	}
}

// A list that failed decides nothing where the state is UNKNOWN anyway.
func TestFailedRefusal(t *testing.T) {
	b, v := named()
	b.Named = b.Named[1:2]
	for state, want := range map[nagiosplugin.Status]bool{
		nagiosplugin.UNKNOWN: false, nagiosplugin.OK: true,
	} {
		if v.State = state; b.Refuses(&v) != want {
			t.Errorf("%v: %v", state, !want)
		}
	}
}
