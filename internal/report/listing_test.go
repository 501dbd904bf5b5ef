package report

import (
	"net/netip"
	"strings"
	"testing"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/verdict"
)

// The command sends the same query to the same server, with the key masked.
func TestDig(t *testing.T) {
	tests := []struct {
		key, server string
		direct      bool
		want        string
	}{
		{"", "192.0.2.53:53", false, "dig +short 25.2.0.192.zen.example @192.0.2.53"},
		{"", "127.0.0.1:5353", false, "dig +short 25.2.0.192.zen.example @127.0.0.1 -p 5353"},
		{
			"",
			"[2001:db8::53]:53",
			true,
			"dig +short +norecurse 25.2.0.192.zen.example @2001:db8::53",
		},
		{"s3cret", "192.0.2.53:53", false, "dig +short 25.2.0.192.KEY.zen.example @192.0.2.53"},
		{"", "", false, ""},
	}
	for _, tt := range tests {
		l := dnsbl.Unknown("zen.example")
		if l.Key = tt.key; tt.key != "" {
			l.Zone = dnsbl.KeyMark + "." + l.Zone
		}
		s := dnsbl.Subject{Addr: netip.MustParseAddr("192.0.2.25")}
		f := dnsbl.Finding{
			Subject:  s,
			List:     &l,
			Direct:   tt.direct,
			Evidence: &dnsbl.Evidence{Question: dnsbl.Answer{Question: l.Question(s, dnsbl.A)}},
		}
		if tt.server != "" {
			f.Server = netip.MustParseAddrPort(tt.server)
		}
		if got := digCommand(&f); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}

// An answer stays in the resolver's cache for its TTL. The list's own name servers cache nothing.
func TestCachedUntil(t *testing.T) {
	began := time.Date(2026, 11, 22, 23, 50, 0, 0, time.UTC)
	const kept = ", when the resolver's cached answer expires"
	tests := []struct {
		began  time.Time
		ttl    time.Duration
		direct bool
		want   string
	}{
		{began, 5 * time.Minute, false, "after 23:55:00 UTC" + kept},
		{began, 15 * time.Minute, false, "after 2026-11-23 00:05:00 UTC" + kept},
		{began, 0, false, ""},
		{began, 5 * time.Minute, true, ""},
		{time.Time{}, 5 * time.Minute, false, ""},
	}
	for _, tt := range tests {
		l := dnsbl.Unknown("zen.example")
		f := dnsbl.Finding{
			List:     &l,
			Direct:   tt.direct,
			Evidence: &dnsbl.Evidence{Question: dnsbl.Answer{TTL: tt.ttl}},
		}
		got := ""
		for _, fact := range listingDetails(&f, tt.began) {
			if fact.label == "recheck" {
				got = fact.text
			}
		}
		if got != tt.want {
			t.Errorf("%v: got %q, want %q", tt, got, tt.want)
		}
	}
}

// If the return codes of a list differ in scope, only those in the answer are described.
func TestByCode(t *testing.T) {
	row := func(match dnsbl.Pattern, meaning, scope string) dnsbl.Code {
		return dnsbl.Code{Match: match, Meaning: meaning, Scope: scope}
	}
	unlike := []dnsbl.Code{
		row("127.0.0.2", "A", "a network"),
		row("127.0.0.3", "B", "an address"),
		row("127.0.0.4", "C", "a network"),
		row("127.0.0.5", "D", ""),
	}
	for _, tt := range []struct {
		table []dnsbl.Code
		codes string
		want  string
	}{
		{unlike, "127.0.0.2", "A: a network"},
		{unlike, "127.0.0.2 127.0.0.3 127.0.0.4 127.0.0.5", "A, C: a network; B: an address"},
		{unlike, "127.0.0.5", ""},
		{[]dnsbl.Code{row("127.0.0.2", "A", "")}, "127.0.0.2", "all of it"},
		{nil, "127.0.0.2", "all of it"},
	} {
		l := dnsbl.Unknown("a.example")
		l.Codes, l.Scope = tt.table, "all of it"
		var codes []netip.Addr
		for code := range strings.FieldsSeq(tt.codes) {
			codes = append(codes, netip.MustParseAddr(code))
		}
		f := dnsbl.Finding{List: &l, Matched: l.Read(codes)}
		if got := scopeText(&f); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.codes, got, tt.want)
		}
	}
}

// All that is known of a listing, in the order in which an admin needs it.
func TestListingItem(t *testing.T) {
	l := dnsbl.List{
		Zone:        "zen.example",
		Name:        "Zen",
		Tier:        dnsbl.Major,
		Codes:       []dnsbl.Code{{Match: "127.0.0.4", Meaning: "XBL", Plain: "infected machine"}},
		Scope:       "single addresses",
		Delisting:   "expires",
		PaidRemoval: true,
		URL:         "https://zen.example/{ip}",
		Removal:     "https://zen.example/out/{ip}",
	}
	s := dnsbl.Subject{Addr: netip.MustParseAddr("192.0.2.25")}
	f := l.Judge(s, &dnsbl.Evidence{
		Question: dnsbl.Answer{
			Question: l.Question(s, dnsbl.A),
			Addrs:    []netip.Addr{netip.MustParseAddr("127.0.0.4")},
			TTL:      time.Minute,
			Server:   netip.MustParseAddrPort("192.0.2.53:53"),
		},
		Negative: []dnsbl.Answer{{NXDomain: true}},
		Reason:   dnsbl.Answer{Texts: []string{"seen\n by a <trap>"}},
	})
	const want = `* 192.0.2.25 is on zen.example (Zen, major): XBL (infected machine)
  - delisting: expires
  - paid removal: the operator sells it. Do not pay
  - removal page: https://zen.example/out/192.0.2.25
  - lookup page: https://zen.example/192.0.2.25
  - reason: seen by a (trap)
  - scope: single addresses
`
	const details = `  - return code: 127.0.0.4 = XBL
  - recheck: after 03:01:00 UTC, when the resolver's cached answer expires
  - query: dig +short 25.2.0.192.zen.example @192.0.2.53
`
	tally := verdict.Tally{Subject: s, Listed: []dnsbl.Finding{f}}
	info := Info{Began: time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)}
	for _, info.details = range []bool{false, true} {
		all := want
		if info.details {
			all += details
		}
		p := page{sections: []section{subjectSection(&tally, info)}}
		if got := sectionNamed(p, "LISTED"); got != all {
			t.Errorf("got\n%s\nwant\n%s", got, all)
		}
	}
}
