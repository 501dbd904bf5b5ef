package survey

import (
	"cmp"
	"time"

	"golang.org/x/time/rate"

	"check_dnsbl/internal/dnsbl"
)

const (
	day         = 24 * 60 * 60 // seconds
	mostSeconds = 9e9          // 285 years, which a time.Duration has room for
)

// A pace is how fast the lists of one operator are asked, as he wants it; or one list, as Client.Rate wants it.
type pace struct {
	limiter *rate.Limiter
	byDay   bool // it is what is taken in a day that it keeps to
	slowed  bool
}

// pacer returns who wants a list to be asked not too fast.
func (s *Survey) pacer(l *dnsbl.List) string {
	if s.client.Rate > 0 {
		return l.Zone
	}
	return cmp.Or(l.Operator, l.Zone)
}

// perSecond returns how many questions a second a pacer takes of so many, 0 if any number, and whether that is because of how many he
// takes in a day: as many as these may come at once.
func (s *Survey) perSecond(l *dnsbl.List, questions int) (perSecond float64, byDay bool) {
	switch {
	case s.client.Rate > 0:
		return s.client.Rate, false
	case l.Limit.PerDay > 0 && questions > l.Limit.PerDay:
		return float64(l.Limit.PerDay) / day, true
	}
	return l.Limit.PerSecond, false
}

// Expect prepares for a run over so many subjects of each kind. It returns how long that takes at least, as no list is asked faster than
// its operator, or Client.Rate, wants it, and one of the lists that it takes so long for.
func (s *Survey) Expect(counts map[dnsbl.Subjects]int) (time.Duration, *dnsbl.List) {
	questions := map[string]int{}
	for i := range s.lists {
		for kind, n := range counts {
			if s.lists[i].Subjects&kind != 0 && n > 0 {
				questions[s.pacer(&s.lists[i])] += n + 1 // the test entry
			}
		}
	}
	var longest time.Duration
	var slowest *dnsbl.List
	byPacer := map[string]*pace{}
	for i := range s.lists {
		l := &s.lists[i]
		pacer := s.pacer(l)
		n := questions[pacer]
		perSecond, byDay := s.perSecond(l, n)
		if perSecond == 0 {
			continue
		}
		if byPacer[pacer] == nil {
			byPacer[pacer] = &pace{limiter: rate.NewLimiter(rate.Limit(perSecond), 1), byDay: byDay}
		}
		s.paces[l] = byPacer[pacer]
		if takes := time.Duration(min(float64(n-1)/perSecond, mostSeconds) * float64(time.Second)); takes > longest {
			longest, slowest = takes, l
		}
	}
	return longest, slowest
}

// ask takes one question at the pace, or returns after what time it will.
func (p *pace) ask(now time.Time) time.Duration {
	if p == nil {
		return 0
	}
	turn := p.limiter.ReserveN(now, 1)
	delay := turn.DelayFrom(now)
	if delay > 0 {
		turn.CancelAt(now)
		p.slowed = true
	}
	return delay
}

// owe makes those who come next wait for questions that did not.
func (p *pace) owe(now time.Time, questions int) {
	for range questions {
		if p != nil {
			p.limiter.ReserveN(now, 1)
		}
	}
}

// unpaced returns how many questions the list's own name servers were asked that no pace was kept for: the question, where the resolvers were
// asked it too, and those that prove and explain a listing.
func (p *pair) unpaced() int {
	n := 0
	for _, f := range [...]*dnsbl.Finding{p.found, p.found.Other} {
		if f == nil || !f.Direct {
			continue
		}
		if p.asking != nil {
			n++
		}
		if f.Evidence.Reason.Question.Name != "" {
			n += 2
		}
	}
	return n
}

// ByDay says whether it is what its operator takes in a day that a list is asked no faster for.
func (s *Survey) ByDay(l *dnsbl.List) bool { return s.paces[l] != nil && s.paces[l].byDay }

// Slowed returns the lists that were asked more slowly than they could have been.
func (s *Survey) Slowed() []*dnsbl.List {
	var lists []*dnsbl.List
	for i := range s.lists {
		if p := s.paces[&s.lists[i]]; p != nil && p.slowed {
			lists = append(lists, &s.lists[i])
		}
	}
	return lists
}
