package text

import (
	"fmt"
	"time"
)

// Duration writes a duration for people, rounded up, in a unit that it has at least two of: "51 s",
// "100 s", "4 min", "32 h", "54 years".
func Duration(d time.Duration) string {
	const day = 24 * time.Hour
	unit, name := time.Second, "s"
	for _, u := range [...]struct {
		length time.Duration
		name   string
	}{{time.Minute, "min"}, {time.Hour, "h"}, {day, "days"}, {365 * day, "years"}} {
		if d >= 2*u.length {
			unit, name = u.length, u.name
		}
	}
	return fmt.Sprintf("%d %s", (max(d, 0)+unit-1)/unit, name)
}
