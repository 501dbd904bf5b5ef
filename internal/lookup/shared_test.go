package lookup

import (
	"context"
	"testing"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
)

// A panic in the background comes to who waits for its result; left to its goroutine it would end the program without a word.
func TestPanicInBackground(t *testing.T) {
	survey := (&Client{}).Survey(nil)
	survey.ctx = t.Context()
	v := newShared[int]()
	for range 2 {
		func() {
			defer func() {
				if reason := recover(); reason != "no good" {
					t.Errorf("recovered %v", reason)
				}
			}()
			get(t.Context(), survey, v, func(context.Context) int { panic("no good") })
		}()
	}
	survey.background.Wait()
}

// So a list whose name servers cannot be looked for because of a fault of ours fails by both paths, and the others do not.
func TestSurveySurvivesPanicsOnTheWay(t *testing.T) {
	client, _ := tree(t, dnstest.World{Lists: []dnstest.List{{Zone: "a.example", Fault: refuses}, {Zone: "bl.example", Fault: refuses}}}, nil)
	survey := client.Survey(unknowns("a.example", "bl.example"))
	survey.direct[&survey.lists[0]] = &direct{survey: &Survey{ctx: t.Context(), finding: make(chan struct{}, 1)}, zone: "a.example", start: newShared[delegation]()} // has no client
	findings := found(t.Context(), survey, addresses("192.0.2.1"))
	if got := findings[0]; got.Outcome != dnsbl.Failed || got.Other.Cause != dnsbl.Internal {
		t.Errorf("%s", inFull(got))
	}
	if got := findings[1]; got.Other.Cause != dnsbl.NoNameServers {
		t.Errorf("%s", inFull(got))
	}
}
