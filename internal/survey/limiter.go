package survey

import (
	"cmp"
	"time"

	"golang.org/x/time/rate"

	"check_dnsbl/internal/dnsbl"
)

const (
	day        = 24 * 60 * 60 // seconds
	maxSeconds = 9e9          // 285 years, which a time.Duration has room for
)

// A limiter keeps to the limit of an operator for all of its lists together, or of a single list if
// the user gave a rate.
type limiter struct {
	bucket *rate.Limiter
	byDay  bool // the limit is one of queries a day
	slowed bool // a query had to wait
}

// limitKey returns what the lists that share a limiter have in common.
func (s *Survey) limitKey(l *dnsbl.List) string {
	if s.client.Rate > 0 {
		return l.Zone
	}
	return cmp.Or(l.Operator, l.Zone)
}

// perSecond returns how many queries a second a limiter lets through if there will be so many, 0 if
// any number, and whether that follows from a limit of queries a day. A run that stays below that
// is not slowed.
func (s *Survey) perSecond(l *dnsbl.List, queries int) (perSecond float64, byDay bool) {
	switch {
	case s.client.Rate > 0:
		return s.client.Rate, false
	case l.Limit.PerDay > 0 && queries > l.Limit.PerDay:
		return float64(l.Limit.PerDay) / day, true
	}
	return l.Limit.PerSecond, false
}

// Plan sets the limits for a run over so many subjects of each kind. It returns how long the run
// takes at least, and a list that it takes so long for; nil if no list is limited.
func (s *Survey) Plan(counts map[dnsbl.Subjects]int) (time.Duration, *dnsbl.List) {
	queries := map[string]int{}
	for i := range s.lists {
		for kind, n := range counts {
			if s.lists[i].Subjects&kind != 0 && n > 0 {
				queries[s.limitKey(&s.lists[i])] += n + 1 // the test entry
			}
		}
	}
	var longest time.Duration
	var slowest *dnsbl.List
	byKey := map[string]*limiter{}
	for i := range s.lists {
		l := &s.lists[i]
		key := s.limitKey(l)
		n := queries[key]
		perSecond, byDay := s.perSecond(l, n)
		if perSecond == 0 {
			continue
		}
		if byKey[key] == nil {
			byKey[key] = &limiter{bucket: rate.NewLimiter(rate.Limit(perSecond), 1), byDay: byDay}
		}
		s.limiters[l] = byKey[key]
		seconds := min(float64(n-1)/perSecond, maxSeconds)
		if takes := time.Duration(seconds * float64(time.Second)); takes > longest {
			longest, slowest = takes, l
		}
	}
	return longest, slowest
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

// ByDay reports whether a list is slowed to keep to a limit of queries a day.
func (s *Survey) ByDay(l *dnsbl.List) bool { return s.limiters[l] != nil && s.limiters[l].byDay }

// Slowed returns the lists that were queried more slowly than they could have been.
func (s *Survey) Slowed() []*dnsbl.List {
	var lists []*dnsbl.List
	for i := range s.lists {
		if l := s.limiters[&s.lists[i]]; l != nil && l.slowed {
			lists = append(lists, &s.lists[i])
		}
	}
	return lists
}
