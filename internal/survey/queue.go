package survey

import (
	"time"

	"check_dnsbl/internal/authority"
	"check_dnsbl/internal/dnsbl"
)

// giveUp is after how many failures in a row a list is given up, and as many as are under way at first: failures take longer than verdicts,
// so that they come together.
const giveUp = 16

// A queue has the pairs of one list and one kind of subjects, in the order in which they are asked about.
type queue struct {
	pairs []*pair // not begun
	late  []*pair // begun, and to be waited for as soon as there is room

	nothing *dnsbl.Evidence // of what was not asked

	pace    *pace
	window  throttle // of its questions in flight
	flying  int
	waiting int           // goroutines
	heard   bool          // the list has answered
	fastest time.Duration // of its answers

	failures int         // in a row
	enough   int         // of them, to give the list up
	last     dnsbl.Cause // of them
}

// shut says whether the list failed so often in a row that it is not asked about the next pair. One question at a time still tries whether
// it is well again, unless it lists everything: then nothing that it says can be a verdict.
func (q *queue) shut() bool {
	underWay := q.flying+len(q.late)+q.waiting > 0
	return q.failures >= q.enough && (underWay || q.last == dnsbl.ListsEverything)
}

// note counts failures that are the list's, whatever it is asked about: it refuses us, lists everything or is silent, or it does not even
// answer for its test entry. That it has no verdict on one subject says nothing of the next.
func (q *queue) note(f *dnsbl.Finding, tested bool) {
	switch {
	case f.Outcome != dnsbl.Failed:
		q.failures = 0
	case f.Cause.GivesUp(tested):
		q.failures++
		q.last = f.Cause
	}
}

// unasked is the finding of a pair that the list was not asked about.
func (q *queue) unasked(p *pair) dnsbl.Finding {
	return dnsbl.Finding{Subject: p.subject, List: p.list, Outcome: dnsbl.Failed, Cause: q.last, Detail: "again and again: not asked about this", Evidence: q.nothing}
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

// inFlight returns how many questions may wait at a time so that the descriptors suffice, even if each of them is sent to all resolvers,
// over TCP, and directly, while name servers are looked for.
func inFlight(descriptors, resolvers int) int {
	const others = 64 // standard output, the poller, ...
	finding := authority.MostLookups * resolvers
	return max(16, min(mostInFlight, (descriptors-others-finding)/(resolvers+3)))
}
