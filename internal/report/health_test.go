package report

import (
	"testing"

	"check_dnsbl/internal/dnsbl"
)

// The states of failed lists distinguish faults of the list, of the network and of this host.
func TestHealthCode(t *testing.T) {
	for cause, want := range map[dnsbl.Cause]string{
		dnsbl.RefusesKey:      "key_refused",
		dnsbl.RefusesResolver: "refusing",
		dnsbl.Refused:         "refusing",
		dnsbl.ListsEverything: "lists_everything",
		dnsbl.NoTestEntry:     "dead",
		dnsbl.OutsideLoopback: "dead",
		dnsbl.Lame:            "dead",
		dnsbl.Timeout:         "no_answer",
		dnsbl.ServFail:        "no_answer",
		dnsbl.Malformed:       "damaged",
		dnsbl.Filtered:        "damaged",
		dnsbl.Truncated:       "damaged",
		dnsbl.EmptyTestEntry:  "damaged",
		dnsbl.NoSockets:       "not_tested",
		dnsbl.Internal:        "not_tested",
		dnsbl.NameTooLong:     "not_tested",
	} {
		l := dnsbl.List{Name: "A list"}
		f := dnsbl.Finding{List: &l, Outcome: dnsbl.Failed, Cause: cause}
		if got := healthCode(&f); got != want {
			t.Errorf("%s: %s, want %s", cause, got, want)
		}
	}
}
