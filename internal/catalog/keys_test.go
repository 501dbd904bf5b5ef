package catalog

import (
	"slices"
	"strings"
	"testing"

	"check_dnsbl/internal/dnsbl"
)

func allKeys() Keys {
	return Keys{"spamhaus": "k3yspam", "abusix": "k3yabus", "spamrats": "k3yrats"}
}

func TestKeyOperators(t *testing.T) {
	if got := KeyOperators(); !slices.Equal(got, []string{"spamhaus", "abusix", "spamrats"}) {
		t.Errorf("KeyOperators() = %v", got)
	}
	for _, l := range All() {
		if l.Access == dnsbl.Keyed && l.KeyOf != "" &&
			!slices.Contains(KeyOperators(), strings.ToLower(l.Operator)) {
			t.Errorf("%s takes a key of %s, whom no user can name", l.Zone, l.Operator)
		}
	}
}

func TestKeyLabels(t *testing.T) {
	tests := []struct{ text, want string }{
		{"k3y.zen.dq.spamhaus.net", "k3y"},
		{"k3y.ZEN.dq.spamhaus.NET=127.0.0.2,K4Y.combined.mail.abusix.zone*2", "K4Y k3y"},
		{"--list=k3y.all.spamrats.com", "k3y"},
		{"--list=all.spamrats.com", ""},
		{"k3y:zen.dq.spamhaus.net", "k3y"},
		{"k3y,zen.dq.spamhaus.net", "k3y"},
		{"a.example,k3y,zen.spamhaus.org", "k3y"},
		{"k3y.zen.dq.spamhaus.net,k4y.zen.dq.spamhaus.net", "k3y k4y"},
		{"bl.corp.internal,zen.spamhaus.org", ""},
		{"bl.corp.internal,zen.dq.spamhaus.net", ""},
		{"bl.blocklist.de@2026-12-31,zen.spamhaus.org=127.0.0.10", ""},
		{"k3y.unknown.dq.spamhaus.net", "k3y unknown"},
		{"k3y.dq.spamhaus.net", "k3y"},
		{"k3y.zen.dq.spamhaus.nte", "k3y"},
		{"-lk3y.dq.spamhaus.org", "-lk3y"},
		{"k3y.zen.spamhaus.org", "k3y"},
		{"k3y.unknown.spamhaus.org", ""},
		{"k3y.spamhaus.org", ""},
		{"KEY.zen.dq.spamhaus.net", "KEY"},
		{"zen.dq.spamhaus.net", ""},
		{".dq.spamhaus.net", ""},
		{"\u00e9.zen.dq.spamhaus.net", ""},
		{"bl.spamcop.net=127.0.0.2", ""},
		{"", ""},
	}
	for _, tt := range tests {
		labels := slices.Compact(slices.Sorted(slices.Values(KeyLabels(tt.text))))
		if got := strings.TrimSpace(strings.Join(labels, " ")); got != tt.want {
			t.Errorf("KeyLabels(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

// A user with keys gets the keyed form of a list. Without keys it is the list of the catalog.
func TestKeysFind(t *testing.T) {
	tests := []struct{ zone, without, with, origin string }{
		{
			"zen.spamhaus.org",
			"zen.spamhaus.org",
			"KEY.zen.dq.spamhaus.net",
			"k3yspam.zen.dq.spamhaus.net",
		},
		{
			"SBL.Spamhaus.org",
			"sbl.spamhaus.org",
			"KEY.sbl.dq.spamhaus.net",
			"k3yspam.sbl.dq.spamhaus.net",
		},
		{
			"xbl.spamhaus.org",
			"xbl.spamhaus.org",
			"KEY.xbl.dq.spamhaus.net",
			"k3yspam.xbl.dq.spamhaus.net",
		},
		{
			"pbl.spamhaus.org",
			"pbl.spamhaus.org",
			"KEY.pbl.dq.spamhaus.net",
			"k3yspam.pbl.dq.spamhaus.net",
		},
		{
			"dbl.spamhaus.org",
			"dbl.spamhaus.org",
			"KEY.dbl.dq.spamhaus.net",
			"k3yspam.dbl.dq.spamhaus.net",
		},
		{
			"zrd.spamhaus.org",
			"zrd.spamhaus.org",
			"KEY.zrd.dq.spamhaus.net",
			"k3yspam.zrd.dq.spamhaus.net",
		},
		{
			"all.spamrats.com",
			"all.spamrats.com",
			"KEY.all.spamrats.com",
			"k3yrats.all.spamrats.com",
		},
		{
			"noptr.spamrats.com",
			"noptr.spamrats.com",
			"KEY.noptr.spamrats.com",
			"k3yrats.noptr.spamrats.com",
		},
		// the zone of a list that needs a key, without it
		{
			"zen.dq.spamhaus.net",
			"KEY.zen.dq.spamhaus.net",
			"KEY.zen.dq.spamhaus.net",
			"k3yspam.zen.dq.spamhaus.net",
		},
		{
			"KEY.combined.mail.abusix.zone",
			"KEY.combined.mail.abusix.zone",
			"KEY.combined.mail.abusix.zone",
			"k3yabus.combined.mail.abusix.zone",
		},
		{
			"dblack.mail.abusix.zone",
			"KEY.dblack.mail.abusix.zone",
			"KEY.dblack.mail.abusix.zone",
			"k3yabus.dblack.mail.abusix.zone",
		},
		{
			"KEY.auth.spamrats.com",
			"KEY.auth.spamrats.com",
			"KEY.auth.spamrats.com",
			"k3yrats.auth.spamrats.com",
		},
		{
			"KEY.white.mail.abusix.zone",
			"KEY.white.mail.abusix.zone",
			"KEY.white.mail.abusix.zone",
			"k3yabus.white.mail.abusix.zone",
		},
		// a zone that has its key already
		{
			"0wn.zen.dq.spamhaus.net",
			"KEY.zen.dq.spamhaus.net",
			"KEY.zen.dq.spamhaus.net",
			"0wn.zen.dq.spamhaus.net",
		},
		// what is dead, has no other form or belongs to somebody else
		{"swl.spamhaus.org", "swl.spamhaus.org", "swl.spamhaus.org", "swl.spamhaus.org"},
		{
			"sbl-xbl.spamhaus.org",
			"sbl-xbl.spamhaus.org",
			"sbl-xbl.spamhaus.org",
			"sbl-xbl.spamhaus.org",
		},
		{"bl.spamcop.net", "bl.spamcop.net", "bl.spamcop.net", "bl.spamcop.net"},
		{"spamhaus.org", "", "", ""},
		{"x.spamrats.com", "", "", ""},
		{"", "", "", ""},
	}
	for _, tt := range tests {
		without, _ := Keys{}.Find(tt.zone)
		with, known := allKeys().Find(tt.zone)
		if without.Zone != tt.without || with.Zone != tt.with || with.Origin() != tt.origin ||
			known != (tt.with != "") {
			t.Errorf("Find(%q) = %q, with keys %q, asked as %q, want %q, %q, %q",
				tt.zone, without.Zone, with.Zone, with.Origin(), tt.without, tt.with, tt.origin)
		}
		if with.Key != "" && (with.Access != dnsbl.Keyed || with.KeyOf == "") {
			t.Errorf("Find(%q): access %q, key of %q", tt.zone, with.Access, with.KeyOf)
		}
	}
}

// With a key the sets have the keyed lists in the place of the open ones, and a few that only the
// key opens.
func TestKeysSet(t *testing.T) {
	tests := []struct {
		keys         Keys
		name         string
		gone, gained string
	}{
		{Keys{}, "recommended", "", ""},
		{
			allKeys(),
			"recommended",
			"zen.spamhaus.org dbl.spamhaus.org",
			"KEY.zen.dq.spamhaus.net KEY.dbl.dq.spamhaus.net KEY.combined.mail.abusix.zone KEY.dblack.mail.abusix.zone",
		},
		{allKeys(), "major", "zen.spamhaus.org dbl.spamhaus.org",
			"KEY.zen.dq.spamhaus.net KEY.dbl.dq.spamhaus.net KEY.combined.mail.abusix.zone"},
		{allKeys(), "minor", "", "KEY.dblack.mail.abusix.zone"},
		{
			allKeys(),
			"all",
			"zen.spamhaus.org dbl.spamhaus.org all.spamrats.com",
			"KEY.zen.dq.spamhaus.net KEY.dbl.dq.spamhaus.net KEY.combined.mail.abusix.zone KEY.dblack.mail.abusix.zone KEY.all.spamrats.com",
		},
		{
			Keys{"abusix": "k3yabus"},
			"recommended",
			"",
			"KEY.combined.mail.abusix.zone KEY.dblack.mail.abusix.zone",
		},
		{Keys{"spamrats": "k3yrats"}, "recommended", "", ""},
	}
	for _, tt := range tests {
		open, _ := Set(tt.name)
		set, ok := tt.keys.Set(tt.name)
		gone, gained := missing(open, set), missing(set, open)
		if !ok || gone != sorted(tt.gone) || gained != sorted(tt.gained) {
			t.Errorf("%s with keys of %v: gone %q, gained %q", tt.name, tt.keys, gone, gained)
		}
		for _, l := range set {
			if (l.Access == dnsbl.Keyed) != (l.Key != "") {
				t.Errorf("%s with access %q has the key %q", l.Zone, l.Access, l.Key)
			}
		}
		checkNoParts(t, set)
	}
	if set, _ := allKeys().Set("recommended"); set[0].Zone != "KEY.zen.dq.spamhaus.net" {
		t.Errorf("the most important list comes as %s", set[0].Zone)
	}
	if set, ok := allKeys().Set("everything"); ok || set != nil {
		t.Errorf("Set of an unknown name = %d lists, %v", len(set), ok)
	}
}

// A keyed list contains its open form and its parts.
func TestKeyedContains(t *testing.T) {
	all, _ := allKeys().Find("all.spamrats.com")
	for _, zone := range []string{"all.spamrats.com", "spam.spamrats.com", "KEY.spam.spamrats.com", "KEY.noptr.spamrats.com"} {
		if !slices.Contains(all.Contains, zone) {
			t.Errorf("%s contains %v, but not %s", all.Zone, all.Contains, zone)
		}
	}
	again, _ := allKeys().Find("all.spamrats.com")
	if len(again.Contains) != len(all.Contains) {
		t.Errorf("found again it contains %v", again.Contains)
	}
}

// missing returns the lists of one set that another set lacks.
func missing(set, other []dnsbl.List) string {
	zones := slices.DeleteFunc(
		zonesOf(set),
		func(zone string) bool { return slices.Contains(zonesOf(other), zone) },
	)
	return sorted(strings.Join(zones, " "))
}

func sorted(words string) string {
	return strings.Join(slices.Sorted(strings.FieldsSeq(words)), " ")
}
