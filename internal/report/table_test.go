package report

import (
	"testing"

	"check_dnsbl/internal/verdict"
)

// Only subjects that a list gave a verdict on are counted as clean.
func TestNotListedText(t *testing.T) {
	v := verdict.Verdict{
		Subjects: 4,
		Listed:   1,
		Clean:    2,
		Worst:    &verdict.Tally{Answered: 3, Clean: 1},
	}
	const several = "ON NO LIST: 2 of 4 addresses, 0.00 s; -v shows every list"
	if got := notListedText(&v, Info{}); got != several {
		t.Errorf("%s, want %s", got, several)
	}
	v.Subjects = 1
	const one = "CLEAN: 1 of 3 lists, 0.00 s"
	if got := notListedText(&v, Info{Verbose: 1}); got != one {
		t.Errorf("%s, want %s", got, one)
	}
}
