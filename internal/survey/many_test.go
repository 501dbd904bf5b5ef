package survey

import (
	"maps"
	"net/netip"
	"strings"
	"testing"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
)

// Over many subjects a list that never answers has only its share of the queries in flight, and is
// given up as soon as its test entry is: the others lose nothing.
func TestSurveyManySubjects(t *testing.T) {
	t.Parallel()
	const last = "198.51.100.255"
	server, client := surveyWorld(
		t,
		dnstest.List{Zone: "silent.example", Fault: dnstest.Silent},
		dnstest.List{Zone: "mute.example", Fault: dnstest.Silent},
		dnstest.List{Zone: "a.example", Entries: map[string][]string{last: {"127.0.0.2"}}},
	)
	client.Wait = testWait / 2
	var subjects []dnsbl.Subject
	for addr := netip.MustParseAddr("198.51.100.0"); addr.String() != "198.51.101.0"; addr = addr.Next() {
		subjects = append(subjects, dnsbl.Subject{Addr: addr})
	}
	survey := New(client, unknowns("silent.example", "mute.example", "a.example"))
	outcomes := map[string]int{}
	for _, words := range short(found(t.Context(), survey, subjects)) {
		zone, rest, _ := strings.Cut(words, " ")
		_, outcome, _ := strings.Cut(rest, " ")
		outcomes[zone+" "+outcome]++
	}
	want := map[string]int{
		"silent.example failed timeout": 256,
		"mute.example failed timeout":   256,
		"a.example not listed":          255,
		"a.example listed":              1,
	}
	if !maps.Equal(outcomes, want) {
		t.Errorf("outcomes %v, want %v", outcomes, want)
	}
	for _, zone := range []string{"silent.example", "mute.example"} {
		if n := server.Count("A 255.100.51.198." + zone); n != 0 {
			t.Errorf("%s, which is known to be silent, was queried %d times about the last subject", zone, n)
		}
	}
}

// A test entry that one resolver answered proves nothing about another. The answer of a resolver
// that knows nothing is not a verdict, whoever answered for the test entry.
func TestSurveyProvesByServer(t *testing.T) {
	one, client := surveyWorld(t, dnstest.List{Zone: "a.example"})
	two, _ := surveyWorld(t, dnstest.List{Zone: "a.example", Fault: dnstest.NXDomain})
	client.Resolvers, client.Rotate = []netip.AddrPort{one.Addr, two.Addr}, true
	proved, unproved, taken := 0, 0, 0
	for findings := range New(client, unknowns("a.example")).Ask(t.Context(), network(60, &taken)) {
		switch f := findings[0]; {
		case f.Outcome == dnsbl.NotListed && f.Server == one.Addr:
			proved++
		case f.Outcome == dnsbl.Failed && f.Server == two.Addr:
			unproved++
		default:
			t.Errorf("%s %s by %s", f.Outcome, f.Cause, f.Server)
		}
	}
	if proved == 0 || unproved == 0 {
		t.Errorf("%d proved, %d not", proved, unproved)
	}
}
