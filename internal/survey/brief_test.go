package survey

import (
	"context"
	"testing"

	"check_dnsbl/internal/dnstest"
)

// A resolver may be silent about a list and its name servers, but know those of the zone above.
// There is time to query these even if the deadline leaves none for all tries.
func TestDirectFindsBriefly(t *testing.T) {
	t.Parallel()
	const zone = "x.bl.example"
	list := dnstest.List{Zone: zone, Entries: map[string][]string{"192.0.2.1": {"127.0.0.2"}}}
	unheard := list
	unheard.Fault = dnstest.Silent
	client, _ := tree(
		t,
		dnstest.World{
			Lists:   []dnstest.List{unheard},
			Records: []string{"bl.example NS ns.test", "ns.test A 127.0.1.1"},
		},
		map[string]dnstest.World{"127.0.1.1": {Zones: []string{"bl.example"}, Lists: []dnstest.List{list}}},
	)
	client.Wait = 0 // 2 s
	ctx, cancel := context.WithTimeout(t.Context(), 6*testWait)
	defer cancel()
	got := found(ctx, auto(client, unknowns(zone)), addresses("192.0.2.1"))[0]
	if want := "directly listed; failed: timeout"; inFull(got) != want {
		t.Errorf("%s, want %s", inFull(got), want)
	}
}
