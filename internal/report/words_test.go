package report

import (
	"testing"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/verdict"
)

// Nothing is called clean that nobody gave a verdict on.
func TestNotListedText(t *testing.T) {
	v := verdict.Verdict{Subjects: 4, Listed: 1, Clean: 2, Worst: &verdict.Tally{Answered: 3, Clean: 1}}
	if got, want := notListedText(&v, Run{}), "ON NO LIST: 2 of 4 addresses, 0.00 s; -v shows every list"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	v.Subjects = 1
	if got, want := notListedText(&v, Run{Verbose: 1}), "CLEAN: 1 of 3 lists, 0.00 s"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// Why an entry does not count.
func TestNotCountedReason(t *testing.T) {
	for want, list := range map[string]dnsbl.List{
		"allow list":       {Kind: dnsbl.Allow},
		"score list":       {Kind: dnsbl.Score},
		"shown only":       {Kind: dnsbl.Block, Tier: dnsbl.Info},
		"for members only": {Kind: dnsbl.Block, Tier: dnsbl.Minor, Access: dnsbl.Closed},
		"part of zen":      {Kind: dnsbl.Block, Tier: dnsbl.Minor},
	} {
		g := verdict.Group{Finding: dnsbl.Finding{List: &list, Weight: 1}, CountedBy: &dnsbl.List{Zone: "zen"}}
		if got := notCountedReason(&g); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	if got := notCountedReason(&verdict.Group{Finding: dnsbl.Finding{List: &dnsbl.List{Kind: dnsbl.Block}}}); got != "weight 0" {
		t.Error(got)
	}
}

// How a list is that failed a test of the lists: its own faults, those of the way to it, and those of this host are told apart.
func TestHealthWords(t *testing.T) {
	for cause, want := range map[dnsbl.Cause]string{
		dnsbl.RefusesKey: "key refused", dnsbl.RefusesResolver: "refusing", dnsbl.Refused: "refusing", dnsbl.ListsEverything: "lists everything", dnsbl.NoTestEntry: "dead",
		dnsbl.OutsideLoopback: "dead", dnsbl.Lame: "dead", dnsbl.Timeout: "no answer", dnsbl.ServFail: "no answer", dnsbl.Malformed: "spoilt", dnsbl.Truncated: "spoilt",
		dnsbl.EmptyTestEntry: "spoilt", dnsbl.NoSockets: "not tested", dnsbl.Internal: "not tested", dnsbl.NameTooLong: "not tested",
	} {
		if got := healthState(&dnsbl.Finding{List: &dnsbl.List{Name: "A list"}, Outcome: dnsbl.Failed, Cause: cause}); got != want {
			t.Errorf("%s: %s, want %s", cause, got, want)
		}
	}
}
