package dnsbl

import (
	"net/netip"
	"strings"
	"testing"
)

func TestParents(t *testing.T) {
	block, allow := List{Name: "a", Kind: Block}, List{Name: "b", Kind: Allow}
	for _, tt := range []struct {
		list *List
		name string
		want string
	}{
		{&block, "pills.example", ""},
		{&block, "mail.pills.example", "pills.example"},
		{&block, "c.b.a.pills.example", "b.a.pills.example a.pills.example pills.example"},
		{&block, "www.shop.co.uk", "shop.co.uk co.uk"},
		{&block, "mail.net.de", "net.de"},
		{&block, "test", ""},
		{&List{Name: "c", Kind: Policy}, "mail.pills.example", "pills.example"},
		{&List{Name: "d", Kind: Score}, "mail.pills.example", ""},
		{&List{Kind: Block}, "mail.pills.example", ""}, // not in the catalog
		{&allow, "mail.pills.example", ""},
	} {
		var got []string
		for _, parent := range tt.list.Parents(Subject{Domain: tt.name}) {
			got = append(got, parent.Domain)
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s on a %s list: %q, want %q", tt.name, tt.list.Kind, got, tt.want)
		}
	}
	if got := block.Parents(Subject{Addr: netip.MustParseAddr("192.0.2.25")}); got != nil {
		t.Errorf("parents of an address: %v", got)
	}
}

func TestOrParent(t *testing.T) {
	l := List{Kind: Block}
	reading := func(e Effect) []Reading { return []Reading{{Effect: e}} }
	findings := map[string]Finding{
		"clean":  {Outcome: NotListed},
		"remark": {Outcome: NotListed, Codes: reading(Informational)},
		"failed": {Outcome: Failed},
		"policy": {Outcome: Listed, Matched: reading(PolicyOnly)},
		"abuse":  {Outcome: Listed, Matched: reading(Listing)},
	}
	for _, tt := range []struct{ name, parent, want string }{
		{"clean", "clean", "name"},
		{"clean", "remark", "parent"},
		{"clean", "failed", "parent"},
		{"clean", "policy", "parent"},
		{"clean", "abuse", "parent"},
		{"remark", "failed", "parent"},
		{"failed", "clean", "name"},
		{"failed", "failed", "name"},
		{"failed", "policy", "parent"},
		{"policy", "failed", "name"},
		{"policy", "policy", "name"},
		{"policy", "abuse", "parent"},
		{"abuse", "clean", "name"},
		{"abuse", "abuse", "name"},
	} {
		name, parent := findings[tt.name], findings[tt.parent]
		name.List, name.Subject = &l, Subject{Domain: "mail.pills.example"}
		parent.List, parent.Subject = &l, Subject{Domain: "pills.example"}
		got := name.OrParent(parent)
		about := map[string]string{"": "name", "pills.example": "parent"}[got.Parent]
		if got.Subject != name.Subject || about != tt.want {
			t.Errorf("%s, its parent %s: %s on %s, want that on the %s",
				tt.name, tt.parent, got.Parent, got.Subject, tt.want)
		}
	}
}
