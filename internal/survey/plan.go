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

// limitKey returns what the lists that share a limiter have in common.
func (s *Survey) limitKey(l *dnsbl.List) string {
	if s.Rate > 0 {
		return l.Zone
	}
	return cmp.Or(l.Operator, l.Zone)
}

// perSecond returns the rate of a list's limiter in a run with so many queries, 0 if there is no
// limit. It also reports whether the rate follows from a limit per day, which slows only runs that
// exceed it.
func (s *Survey) perSecond(l *dnsbl.List, queries int) (perSecond float64, byDay bool) {
	switch {
	case s.Rate > 0:
		return s.Rate, false
	case l.Limit.PerDay > 0 && queries > l.Limit.PerDay:
		return float64(l.Limit.PerDay) / day, true
	}
	return l.Limit.PerSecond, false
}

// Plan sets the limits for a run with so many queries to each list about each kind of subjects. It
// returns the least time that the run takes, and the list that takes it; nil if no list is limited.
func (s *Survey) Plan(wanted map[dnsbl.Subjects]int) (time.Duration, *dnsbl.List) {
	queries, planned := map[string]int{}, map[*dnsbl.List]bool{}
	for i := range s.lists {
		l := &s.lists[i]
		for kind, n := range wanted {
			if l.Subjects&kind != 0 && n > 0 {
				queries[s.limitKey(l)] += n + 1 // the test entry
				planned[l] = true
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
		if perSecond == 0 || !planned[l] {
			continue
		}
		seconds := min(float64(n-1)/perSecond, maxSeconds)
		if byKey[key] == nil {
			bucket := rate.NewLimiter(rate.Limit(perSecond), 1)
			byKey[key] = &limiter{bucket: bucket, byDay: byDay, brief: seconds < 1}
		}
		s.limiters[l] = byKey[key]
		if takes := time.Duration(seconds * float64(time.Second)); takes > longest {
			longest, slowest = takes, l
		}
	}
	return longest, slowest
}

// ByDay reports whether a list is slowed to keep to a limit of queries a day.
func (s *Survey) ByDay(l *dnsbl.List) bool { return s.limiters[l] != nil && s.limiters[l].byDay }

// Slowed returns the lists that were queried more slowly than they could have been, by more than a
// moment.
func (s *Survey) Slowed() []*dnsbl.List {
	var lists []*dnsbl.List
	for i := range s.lists {
		if l := s.limiters[&s.lists[i]]; l != nil && l.slowed && !l.brief {
			lists = append(lists, &s.lists[i])
		}
	}
	return lists
}
