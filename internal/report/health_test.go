package report

import (
	"testing"

	"check_dnsbl/internal/dnsbl"
)

// The states of failed lists distinguish faults of the list, of the network and of this host.
func TestHealthState(t *testing.T) {
	for cause, want := range map[dnsbl.Cause]string{
		dnsbl.RefusesKey:      "key refused",
		dnsbl.RefusesResolver: "refusing",
		dnsbl.Refused:         "refusing",
		dnsbl.ListsEverything: "lists everything",
		dnsbl.NoTestEntry:     "dead",
		dnsbl.OutsideLoopback: "dead",
		dnsbl.Lame:            "dead",
		dnsbl.Timeout:         "no answer",
		dnsbl.ServFail:        "no answer",
		dnsbl.Malformed:       "spoilt",
		dnsbl.Filtered:        "spoilt",
		dnsbl.Truncated:       "spoilt",
		dnsbl.EmptyTestEntry:  "spoilt",
		dnsbl.NoSockets:       "not tested",
		dnsbl.Internal:        "not tested",
		dnsbl.NameTooLong:     "not tested",
	} {
		l := dnsbl.List{Name: "A list"}
		f := dnsbl.Finding{List: &l, Outcome: dnsbl.Failed, Cause: cause}
		if got := healthState(&f); got != want {
			t.Errorf("%s: %s, want %s", cause, got, want)
		}
	}
}
