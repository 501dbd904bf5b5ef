package text

import (
	"testing"
	"time"
)

// A duration has one unit that people count in, and is never rounded down.
func TestDuration(t *testing.T) {
	for d, want := range map[time.Duration]string{
		-time.Second:                      "0 s",
		0:                                 "0 s",
		time.Millisecond:                  "1 s",
		51 * time.Second:                  "51 s",
		119 * time.Second:                 "119 s",
		120 * time.Second:                 "2 min",
		200 * time.Second:                 "4 min",
		119 * time.Minute:                 "119 min",
		31*time.Hour + time.Second:        "32 h",
		84 * time.Hour:                    "4 days",
		466033*time.Hour + 46*time.Minute: "54 years",
		time.Duration(9e9) * time.Second:  "286 years",
		729*24*time.Hour + 23*time.Hour:   "730 days",
		2 * 365 * 24 * time.Hour:          "2 years",
	} {
		if got := Duration(d); got != want {
			t.Errorf("%v: %s, want %s", d, got, want)
		}
	}
}
