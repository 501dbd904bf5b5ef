package catalog

import (
	"slices"
	"strings"
	"testing"

	"check_dnsbl/internal/dnsbl"
)

func TestFind(t *testing.T) {
	const zen = dnsbl.KeyMark + ".zen.dq.spamhaus.net"
	tests := []struct {
		zone, want, key string
	}{
		{"zen.spamhaus.org", "zen.spamhaus.org", ""},
		{"ZEN.Spamhaus.ORG", "zen.spamhaus.org", ""},
		{"dnsbl.sorbs.net", "dnsbl.sorbs.net", ""},
		{
			"combined-HIB.dnsiplists.completewhois.com",
			"combined-hib.dnsiplists.completewhois.com",
			"",
		},
		{"abc123.zen.dq.spamhaus.net", zen, "abc123"},
		{"aBc123.ZEN.dq.spamhaus.net", zen, "aBc123"},
		{"zen.dq.spamhaus.net", zen, ""},
		{zen, zen, ""},
		{
			"abc123.combined.mail.abusix.zone",
			dnsbl.KeyMark + ".combined.mail.abusix.zone",
			"abc123",
		},
		{"combined.mail.abusix.zone", dnsbl.KeyMark + ".combined.mail.abusix.zone", ""},
		{"abc123.bl.reportedip.de", dnsbl.KeyMark + ".bl.reportedip.de", "abc123"},
		{"bl.reportedip.de", dnsbl.KeyMark + ".bl.reportedip.de", ""},
		{"two.labels.zen.dq.spamhaus.net", zen, "two.labels"},
		{
			strings.Repeat("\u0130", 40) + ".zen.dq.spamhaus.net",
			zen,
			strings.Repeat("\u0130", 40),
		}, // longer in lower case
		{".zen.dq.spamhaus.net", "", ""},
		{"abc123.zen.spamhaus.org", "", ""},
		{"dq.spamhaus.net", "", ""},
		{"x.spamrats.com", "", ""},
		{"spamhaus.org", "", ""},
		{"zen.spamhaus.org.", "", ""},
		{"", "", ""},
	}
	for _, tt := range tests {
		l, ok := Find(tt.zone)
		if l.Zone != tt.want || l.Key != tt.key || ok != (tt.want != "") {
			t.Errorf("Find(%q) = %q with key %q, %v, want %q with key %q",
				tt.zone, l.Zone, l.Key, ok, tt.want, tt.key)
		}
	}
}

func TestAllFindsEveryList(t *testing.T) {
	for _, l := range All() {
		if got, ok := Find(l.Zone); !ok || got.Zone != l.Zone || got.Name != l.Name {
			t.Errorf("Find(%q) = %q (%s), %v, want %s", l.Zone, got.Zone, got.Name, ok, l.Name)
		}
	}
}

// A caller that changes a list does not change it for the next caller.
func TestResultsAreCopies(t *testing.T) {
	sources := map[string]func() dnsbl.List{
		"All":  func() dnsbl.List { return All()[0] },
		"Find": func() dnsbl.List { l, _ := Find("zen.spamhaus.org"); return l },
		"Set":  func() dnsbl.List { s, _ := Set("major"); return s[0] },
	}
	for name, get := range sources {
		l := get()
		l.Zone, l.Codes[0].Meaning, l.Contains[0] = "changed", "changed", "changed"
		if l := get(); l.Zone != "zen.spamhaus.org" || l.Codes[0].Meaning != "SBL" ||
			l.Contains[0] != "sbl.spamhaus.org" {
			t.Errorf("%s gives what a caller changed: %s, %s, %s",
				name, l.Zone, l.Codes[0].Meaning, l.Contains[0])
		}
	}
}

func TestSets(t *testing.T) {
	tests := []struct {
		name                     string
		size, ipv4, ipv6, domain int
	}{
		{"recommended", 22, 16, 5, 5},
		{"all", 147, 112, 12, 32},
		{"major", 8, 5, 1, 3},
		{"minor", 14, 11, 4, 2},
	}
	for _, tt := range tests {
		set, ok := Set(tt.name)
		ipv4, ipv6 := count(set, dnsbl.IPv4), count(set, dnsbl.IPv6)
		domain := count(set, dnsbl.Domain)
		if !ok || len(set) != tt.size || ipv4 != tt.ipv4 || ipv6 != tt.ipv6 || domain != tt.domain {
			t.Errorf("Set(%q) = %d lists (IPv4 %d, IPv6 %d, domain %d), %v, want %d (%d, %d, %d)",
				tt.name, len(set), ipv4, ipv6, domain, ok, tt.size, tt.ipv4, tt.ipv6, tt.domain)
		}
		first := []string{"zen.spamhaus.org", "b.barracudacentral.org", "bl.spamcop.net"}
		if tt.name == "minor" {
			first = []string{"bl.blocklist.de"}
		}
		if got := zonesOf(set); !slices.Equal(got[:len(first)], first) {
			t.Errorf("Set(%q) begins with %v, want %v", tt.name, got[:len(first)], first)
		}
	}
	if names := SetNames(); !slices.Equal(names, []string{"recommended", "all", "major", "minor"}) {
		t.Errorf("SetNames() = %v", names)
	}
	if set, ok := Set("everything"); ok || set != nil {
		t.Errorf("Set of an unknown name = %d lists, %v", len(set), ok)
	}
}

// The major and the minor set together are the recommended set, which is part of "all".
func TestSetsWithinSets(t *testing.T) {
	recommended, _ := Set("recommended")
	all, _ := Set("all")
	major, _ := Set("major")
	for _, l := range major {
		if l.Tier != dnsbl.Major || !slices.Contains(zonesOf(recommended), l.Zone) {
			t.Errorf("%s is in major, but its tier is %s or it is not recommended", l.Zone, l.Tier)
		}
	}
	minor, _ := Set("minor")
	both := zonesOf(slices.Concat(major, minor))
	slices.Sort(both)
	if !slices.Equal(both, slices.Sorted(slices.Values(zonesOf(recommended)))) {
		t.Errorf("major and minor are %v", both)
	}
	missing := slices.DeleteFunc(
		zonesOf(recommended),
		func(zone string) bool { return slices.Contains(zonesOf(all), zone) },
	)
	if len(missing) > 0 {
		t.Errorf("recommended but not in all: %v", missing)
	}
	for _, l := range all {
		if l.Status == dnsbl.Retired || l.Kind == dnsbl.Allow || l.Kind == dnsbl.Score ||
			l.PaidRemoval ||
			l.Subjects == 0 ||
			l.Access == dnsbl.Keyed ||
			l.Access == dnsbl.Closed {
			t.Errorf("all has %s: %s, %s, %s, paid removal %v",
				l.Zone, l.Status, l.Kind, l.Access, l.PaidRemoval)
		}
	}
	checkNoParts(t, all)
}

// checkNoParts reports lists that another list of the set contains: their entries would be queried
// twice. A recommended list stays in "all" beside the whole.
func checkNoParts(t *testing.T, set []dnsbl.List) {
	t.Helper()
	zones := zonesOf(set)
	for _, l := range set {
		for _, part := range l.Contains {
			if slices.Contains(zones, part) && !recommended(part) {
				t.Errorf("%s is part of %s and in the same set", part, l.Zone)
			}
		}
	}
}

func recommended(zone string) bool {
	l, _ := Find(zone)
	return l.Recommended
}

func count(set []dnsbl.List, subject dnsbl.Subjects) int {
	n := 0
	for _, l := range set {
		if l.Subjects&subject != 0 {
			n++
		}
	}
	return n
}

func zonesOf(set []dnsbl.List) []string {
	zones := make([]string, len(set))
	for i, l := range set {
		zones[i] = l.Zone
	}
	return zones
}

func TestMask(t *testing.T) {
	tests := []struct{ text, want string }{
		{
			`bad weight in "k3y-X.zen.dq.spamhaus.net*x"`,
			`bad weight in "KEY.zen.dq.spamhaus.net*x"`,
		},
		{
			`"k3y!.zen.dq.spamhaus.net" in "k3y!.zen.dq.spamhaus.net": bad`,
			`"KEY.zen.dq.spamhaus.net" in "KEY.zen.dq.spamhaus.net": bad`,
		},
		{"no such host: k3y.hbl.dq.spamhaus.net", "no such host: KEY.hbl.dq.spamhaus.net"},
		{
			"a.ZEN.dq.spamhaus.ORG,b_2.dblack.mail.abusix.zone",
			"KEY.ZEN.dq.spamhaus.ORG,KEY.dblack.mail.abusix.zone",
		},
		{"k3y.spam.spamrats.com", "KEY.spam.spamrats.com"},
		{
			"zen.dq.spamhaus.net spam.spamrats.com zen.spamhaus.org",
			"zen.dq.spamhaus.net spam.spamrats.com zen.spamhaus.org",
		},
		{"x.k3y.zen.dq.spamhaus.net", "KEY.zen.dq.spamhaus.net"},
		{"KEY.zen.dq.spamhaus.net", "KEY.zen.dq.spamhaus.net"},
		{"\u0130.zen.dq.spamhaus.net", "KEY.zen.dq.spamhaus.net"},
	}
	for _, tt := range tests {
		if got := Mask(tt.text); got != tt.want {
			t.Errorf("Mask(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

// A key is never part of the zone of a list, whether the catalog knows the list or not.
func TestFindWithKey(t *testing.T) {
	tests := []struct{ zone, want, name string }{
		{"k3y.zen.dq.spamhaus.net", "KEY.zen.dq.spamhaus.net", "Spamhaus ZEN over DQS"},
		{"k3y.hbl.dq.spamhaus.net", "KEY.hbl.dq.spamhaus.net", ""},
		{
			"k3y.zen.dq.spamhaus.org",
			"KEY.zen.dq.spamhaus.org",
			"",
		}, // a common mix-up of .net and .org
		{"k3y.white.mail.abusix.zone", "KEY.white.mail.abusix.zone", ""},
		{"k3y.spam.spamrats.com", "KEY.spam.spamrats.com", "SpamRATS Spam"},
	}
	for _, tt := range tests {
		l, ok := Find(tt.zone)
		if !ok || l.Zone != tt.want || l.Key != "k3y" || l.Access != dnsbl.Keyed ||
			tt.name != "" && l.Name == "" ||
			l.Origin() != tt.zone {
			t.Errorf("Find(%q) = %q (%s), %s, %v", tt.zone, l.Zone, l.Name, l.Access, ok)
		}
	}
	for _, zone := range []string{"spam.spamrats.com", "zen.dq.spamhaus.net", "k3y.zen.spamhaus.org", "dq.spamhaus.net", "x.spamrats.com"} {
		if l, _ := Find(zone); l.Key != "" {
			t.Errorf("Find(%q) takes %q for a key", zone, l.Key)
		}
	}
}
