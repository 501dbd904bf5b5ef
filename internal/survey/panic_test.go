package survey

import (
	"testing"

	"check_dnsbl/internal/authority"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
	"check_dnsbl/internal/parallel"
)

// If a panic ends the search for the name servers of a list, that list fails on both paths, and the
// others do not.
func TestSurveySurvivesPanicsOnTheWay(t *testing.T) {
	client, _ := tree(
		t,
		dnstest.World{
			Lists: []dnstest.List{{Zone: "a.example", Fault: refuses}, {Zone: "bl.example", Fault: refuses}},
		},
		nil,
	)
	survey := auto(client, unknowns("a.example", "bl.example"))
	broken := authority.NewFinder(nil, &parallel.Background{Context: t.Context()}) // has no client
	survey.zones[&survey.lists[0]] = broken.Zone("a.example")
	findings := found(t.Context(), survey, addresses("192.0.2.1"))
	if got := findings[0]; got.Outcome != dnsbl.Failed || got.Other.Cause != dnsbl.Internal {
		t.Errorf("%s", inFull(got))
	}
	if got := findings[1]; got.Other.Cause != dnsbl.NoNameServers {
		t.Errorf("%s", inFull(got))
	}
}
