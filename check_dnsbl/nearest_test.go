package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/dnsbl"
)

// Nothing is said of what may hold a key, nor of a list that a key stands before.
func TestNearestToKeys(t *testing.T) {
	tests := []struct{ word, known, want string }{
		{"key.zen.example.org", "<key>.zen.example.org", ""},
		{"abcdefghijklmnopqrst", "abcdefghijklmnopqrstu", "abcdefghijklmnopqrstu"},
		{"s3cret.zen.dq.spamhaus.net", "s3cre.zen.dq.spamhaus.net", ""},
		{"<kye>.zen.dq.spamhaus.net", "<key>.zen.dq.spamhaus.net", ""},
		{"all.spamrat.com", "<key>.all.spamrats.com all.spamrats.com", "all.spamrats.com"},
	}
	for _, tt := range tests {
		known := strings.Fields(tt.known)
		if got := meant(tt.word, known); got != tt.want {
			t.Errorf("meant(%q, %q) = %q, want %q", tt.word, tt.known, got, tt.want)
		}
		if !slices.Equal(known, strings.Fields(tt.known)) {
			t.Errorf("meant(%q) has changed what is known: %q", tt.word, known)
		}
	}
}

// Only what lives is suggested: no zone that has ended.
func TestNearestZoneLives(t *testing.T) {
	var o options
	for _, l := range catalog.All() {
		zone := "x" + l.Zone
		if _, known := catalog.Find(zone); known {
			continue
		}
		if near := o.meantZone(zone); near != "" && !slices.Contains(catalog.ActiveZones(), near) {
			t.Errorf("%s: %s is suggested", zone, near)
		}
	}
	if near := o.meantZone("dnsbl.sorbs.nte"); near != "" {
		t.Errorf("a retired list is suggested: %s", near)
	}
}

// Several sets in one --set are those sets, each list once, whatever stands between them.
func TestOptionSetWithCommas(t *testing.T) {
	zones := func(args ...string) []string {
		line := commandLine{args: append([]string{"-H", "192.0.2.25", "--resolver", "127.0.0.1"}, args...)}
		opts, err := parseOptions(t.Context, &line, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		var zones []string
		for _, l := range opts.lists {
			zones = append(zones, l.Zone)
		}
		return zones
	}
	want := zones("--set", "major", "--set", "all")
	for _, text := range []string{"major,all", "major, all", ",major,all,major,", "major\tall\n"} {
		if got := zones("--set", text); !slices.Equal(got, want) {
			t.Errorf("--set %q: %q, want %q", text, got, want)
		}
	}
	if major := zones("--set", "major"); len(major) == 0 || len(major) >= len(want) {
		t.Errorf("%d lists with --set major, %d with --set major,all", len(major), len(want))
	}
}

// The notes are short of neither: each list that may be misspelt, and none that is somebody's own or of the catalog.
func TestNearestStrangers(t *testing.T) {
	var lists []dnsbl.List
	for _, zone := range []string{"bl.spamcop.nte", "lists.example", "psbl.suriel.com", "a.b"} {
		lists = append(lists, dnsbl.Unknown(zone))
	}
	known, _ := catalog.Find("bl.spamcop.net")
	own := dnsbl.Unknown("bl.spamcop.ent")
	own.Tests.None = true
	got := fmt.Sprint(strangerNotes(append(lists, known, own)))
	const want = "[bl.spamcop.nte is no list of the catalog: did you mean bl.spamcop.net?" +
		" psbl.suriel.com is no list of the catalog: did you mean psbl.surriel.com?]"
	if got != want {
		t.Errorf("%s, want %s", got, want)
	}
	for i := range mostStrangers - 2 { // too many to be misspelt
		lists = append(lists, dnsbl.Unknown(fmt.Sprintf("own%d.bl.spamcop.nte", i)))
	}
	if notes := strangerNotes(lists); notes != nil {
		t.Errorf("of %d lists: %q", len(lists), notes)
	}
}
