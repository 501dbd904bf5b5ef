package lookup

import (
	"time"

	"check_dnsbl/internal/dnsbl"
)

// giveUp is after how many failures more than verdicts a list is not asked any more, and as many as are under way at first: failures take
// longer, so that they come together.
const giveUp = 16

// A queue has the pairs of one list and one kind of subjects, in the order in which they are asked about.
type queue struct {
	pairs []*pair // not begun
	late  []*pair // begun, and to be waited for as soon as there is room

	pace    *pace
	window  throttle // of its questions in flight
	flying  int
	waiting int  // goroutines
	heard   bool // the list has answered

	failures int           // that were not made up for by verdicts
	enough   int           // of them, to ask no more
	last     dnsbl.Finding // that failed
}

// broken says whether the list failed so often that it is not asked any more.
func (q *queue) broken() bool { return q.failures >= q.enough }

// note counts failures, but for those that are no fault of the list.
func (q *queue) note(f *dnsbl.Finding) {
	switch {
	case f.Outcome != dnsbl.Failed:
		q.failures = max(0, q.failures-1)
	case f.Cause != dnsbl.NoSockets && f.Cause != dnsbl.Internal && f.Cause != dnsbl.Unaskable:
		q.failures++
		q.last = *f
	}
}

// A throttle bounds how much is under way. It opens as answers come, and closes by half when they do not: at most once in the time that
// one waits for an answer, as what was sent together is lost together.
type throttle struct {
	size, least, most int
	closed            time.Time
}

func (t *throttle) open() { t.size = min(t.most, t.size+1) }

func (t *throttle) close(now time.Time, wait time.Duration) {
	if now.Sub(t.closed) >= wait {
		t.size, t.closed = max(t.least, t.size/2), now
	}
}
