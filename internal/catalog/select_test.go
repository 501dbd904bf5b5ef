package catalog

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// No zone that a key stands before is suggested.
func TestClosestOpen(t *testing.T) {
	tests := []struct{ word, known, want string }{
		{"key.zen.example.org", "KEY.zen.example.org", ""},
		{"<kye>.zen.dq.spamhaus.net", "KEY.zen.dq.spamhaus.net", ""},
		{"all.spamrat.com", "KEY.all.spamrats.com all.spamrats.com", "all.spamrats.com"},
	}
	for _, tt := range tests {
		if got := closestOpen(tt.word, strings.Fields(tt.known)); got != tt.want {
			t.Errorf("closestOpen(%q, %q) = %q, want %q", tt.word, tt.known, got, tt.want)
		}
	}
}

// Only active lists are suggested, never one that has ended.
func TestClosestIsActive(t *testing.T) {
	s, err := Select(Request{})
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range All() {
		zone := "x" + l.Zone
		if _, known := Find(zone); known {
			continue
		}
		if near := s.closest(zone); near != "" && !slices.Contains(activeZones(), near) {
			t.Errorf("%s: %s is suggested", zone, near)
		}
	}
	if near := s.closest("dnsbl.sorbs.nte"); near != "" {
		t.Errorf("a retired list is suggested: %s", near)
	}
}

// Several sets in one string are those sets, each list once, whatever stands between the names.
func TestSelectSets(t *testing.T) {
	zones := func(sets ...string) []string {
		s, err := Select(Request{Sets: sets})
		if err != nil {
			t.Fatal(err)
		}
		var zones []string
		for _, l := range s.Lists {
			zones = append(zones, l.Zone)
		}
		return zones
	}
	want := zones("major", "all")
	for _, text := range []string{"major,all", "major, all", ",major,all,major,", "major\tall\n"} {
		if got := zones(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if major := zones("major"); len(major) == 0 || len(major) >= len(want) {
		t.Errorf("%d lists in major, %d in major,all", len(major), len(want))
	}
}

// Each unknown list that may be misspelt is named, and none that is the user's own or known.
func TestMisspelt(t *testing.T) {
	c := Request{
		Lists: []string{
			"bl.spamcop.nte,lists.example,psbl.suriel.com,a.b,bl.spamcop.net,bl.spamcop.ent",
		},
		NoTest: []string{"bl.spamcop.ent"},
	}
	s, err := Select(c)
	want := []Misspelling{
		{"bl.spamcop.nte", "bl.spamcop.net"},
		{"psbl.suriel.com", "psbl.surriel.com"},
	}
	if got := s.Misspelt(); err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, want %v; %v", got, want, err)
	}
	for i := range maxUnknown - 2 { // too many to be misspelt
		c.Lists = append(c.Lists, fmt.Sprintf("own%d.bl.spamcop.nte", i))
	}
	if s, err = Select(c); err != nil || s.Misspelt() != nil {
		t.Errorf("of %d lists: %v; %v", len(s.Lists), s.Misspelt(), err)
	}
}

// A list is queried as the options leave it: with filters and weights, behind those that a bounce
// names, unless it is excluded, has ended, lacks its key or has hashes only.
func TestSelect(t *testing.T) {
	c := Request{
		Lists: []string{"bl.spamcop.net=127.0.0.2*2, own.example", "ix.dnsbl.manitu.net",
			"zen.dq.spamhaus.net", "BL.spamcop.net", "psbl.surriel.com"},
		NoTest:   []string{"own.example"},
		Excluded: []string{"psbl.surriel.com", "b.barracudacentral.org"},
		First:    []string{"zen.spamhaus.org"},
	}
	s, err := Select(c)
	if err != nil {
		t.Fatal(err)
	}
	var zones, skipped []string
	for _, l := range s.Lists {
		zones = append(zones, l.Zone)
	}
	for _, k := range s.Skipped {
		skipped = append(skipped, fmt.Sprint(k.List.Zone, " ", k.Reason))
	}
	if want := "[zen.spamhaus.org bl.spamcop.net own.example]"; fmt.Sprint(zones) != want {
		t.Errorf("queried %q, want %q", zones, want)
	}
	want := []string{
		fmt.Sprint("ix.dnsbl.manitu.net ", Retired),
		fmt.Sprint("KEY.zen.dq.spamhaus.net ", KeyMissing),
	}
	if !slices.Equal(skipped, want) {
		t.Errorf("skipped %q, want %q", skipped, want)
	}
	l := s.List("bl.spamcop.net")
	if len(l.Choices) != 2 || l.Choices[0].Weight != 2 ||
		!s.Weighted() {
		t.Errorf("%+v", l.Choices)
	}
	if !s.List("own.example").Tests.None || s.OnlyOwnLists || !s.Skips("ix.dnsbl.manitu.net") {
		t.Errorf("%+v", s)
	}
}
