package survey

import (
	"time"

	"golang.org/x/time/rate"
)

// A limiter keeps to the limit of an operator for all of its lists together, or of a single list if
// the user gave a rate.
type limiter struct {
	bucket *rate.Limiter
	byDay  bool // the limit is one of queries a day
	brief  bool // it slows the run by less than a second, which need not be told
	slowed bool // a query had to wait
}

// take lets one query through, or returns after what time it will.
func (l *limiter) take(now time.Time) time.Duration {
	if l == nil {
		return 0
	}
	turn := l.bucket.ReserveN(now, 1)
	delay := turn.DelayFrom(now)
	if delay > 0 {
		turn.CancelAt(now)
		l.slowed = true
	}
	return delay
}

// charge accounts for queries that were sent without take: the next ones wait for them.
func (l *limiter) charge(now time.Time, queries int) {
	for range queries {
		if l != nil {
			l.bucket.ReserveN(now, 1)
		}
	}
}
