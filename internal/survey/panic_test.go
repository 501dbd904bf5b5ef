package survey

import (
	"testing"

	"check_dnsbl/internal/authority"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
)

// So a list whose name servers cannot be looked for because of a fault of ours fails by both paths, and the others do not.
func TestSurveySurvivesPanicsOnTheWay(t *testing.T) {
	client, _ := tree(t, dnstest.World{Lists: []dnstest.List{{Zone: "a.example", Fault: refuses}, {Zone: "bl.example", Fault: refuses}}}, nil)
	survey := New(client, unknowns("a.example", "bl.example"))
	survey.direct[&survey.lists[0]] = authority.NewFinder(nil, survey.background).Zone("a.example") // has no client
	findings := found(t.Context(), survey, addresses("192.0.2.1"))
	if got := findings[0]; got.Outcome != dnsbl.Failed || got.Other.Cause != dnsbl.Internal {
		t.Errorf("%s", inFull(got))
	}
	if got := findings[1]; got.Other.Cause != dnsbl.NoNameServers {
		t.Errorf("%s", inFull(got))
	}
}
