package verdict

import (
	"fmt"
	"testing"
)

func TestCount(t *testing.T) {
	all := findings("a", "+m pM +m*0 -m !m !r !u !i +i +a -i !k")
	tally := count(all, usualRules())
	got := fmt.Sprintf("listed %d, failed %d, shown %d, silent %d, excused %d, answered %d, asked %d, score %d",
		len(tally.Listed), len(tally.Failed), len(tally.NotCounted), tally.NoEntry,
		len(tally.Tolerated), tally.Answered, tally.Asked(), tally.Score)
	const want = "listed 2, failed 2, shown 3, silent 1, excused 3, answered 4, asked 6, score 2"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// One event counts once: a listing does not count if another list contains this one and lists the
// subject too, unless the user gave weights or named this list in --critical-on.
func TestParts(t *testing.T) {
	tests := []struct {
		rules, findings string
		listed, shown   int
	}{
		{"", "+M +m", 1, 1},
		{"", "-M +m", 1, 0},
		{"", "pM pm", 1, 1},
		{"", "pM +m", 2, 0}, // a policy listing does not stand for one for abuse
		{"", "!M +m", 1, 0},
		{"", "+i +m", 1, 1}, // a list that never counts takes nothing away
		{"weighted", "+M*2 +m", 2, 0},
		{"on:m1.example", "+M +m", 2, 0},
	}
	for _, tt := range tests {
		all := findings("a", tt.findings)
		all[0].List.Contains = []string{all[1].List.Zone}
		tally := count(all, rules(t, tt.rules))
		if len(tally.Listed) != tt.listed || len(tally.NotCounted) != tt.shown {
			t.Errorf("%s %q: %d listed, %d shown, want %d, %d", tt.rules, tt.findings,
				len(tally.Listed), len(tally.NotCounted), tt.listed, tt.shown)
		}
	}
}
