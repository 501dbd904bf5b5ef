package lookup

import (
	"maps"
	"net/netip"
	"strings"
	"testing"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
)

// Over many subjects a list that swallows everything has only its share of the questions in flight, and is left alone as
// soon as its test entry is given up: the others lose nothing.
func TestSurveyManySubjects(t *testing.T) {
	const last = "198.51.100.255"
	server, client := surveyWorld(t, dnstest.List{Zone: "silent.example", Fault: dnstest.Silent}, dnstest.List{Zone: "mute.example", Fault: dnstest.Silent},
		dnstest.List{Zone: "a.example", Entries: map[string][]string{last: {"127.0.0.2"}}})
	client.Wait = 50 * time.Millisecond
	var subjects []dnsbl.Subject
	for addr := netip.MustParseAddr("198.51.100.0"); addr.String() != "198.51.101.0"; addr = addr.Next() {
		subjects = append(subjects, dnsbl.Subject{Addr: addr})
	}
	survey := client.Survey(unknowns("silent.example", "mute.example", "a.example"))
	outcomes := map[string]int{}
	for _, words := range short(found(t.Context(), survey, subjects)) {
		zone, rest, _ := strings.Cut(words, " ")
		_, outcome, _ := strings.Cut(rest, " ")
		outcomes[zone+" "+outcome]++
	}
	want := map[string]int{"silent.example failed timeout": 256, "mute.example failed timeout": 256, "a.example not listed": 255, "a.example listed": 1}
	if !maps.Equal(outcomes, want) {
		t.Errorf("outcomes %v, want %v", outcomes, want)
	}
	asked := len(server.Questions())
	found(t.Context(), survey, addresses("192.0.2.1"))
	if n := len(server.Questions()) - asked; n != 1 {
		t.Errorf("%d questions about one more address, want 1, as two of the lists are known to be silent", n)
	}
}
