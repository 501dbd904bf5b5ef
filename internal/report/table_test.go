package report

import (
	"testing"

	"check_dnsbl/internal/verdict"
)

// Only subjects that a list gave a verdict on are counted as clean.
func TestNotListedText(t *testing.T) {
	v := verdict.Verdict{Subjects: 4, Listed: 1, Clean: 2, Worst: &verdict.Tally{Answered: 3, Clean: 1}}
	if got, want := notListedText(&v, Info{}), "ON NO LIST: 2 of 4 addresses, 0.00 s; -v shows every list"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	v.Subjects = 1
	if got, want := notListedText(&v, Info{Verbose: 1}), "CLEAN: 1 of 3 lists, 0.00 s"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
