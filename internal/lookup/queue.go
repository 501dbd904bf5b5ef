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
	waiting int           // goroutines
	heard   bool          // the list has answered
	fastest time.Duration // of its answers

	failures int         // that were not made up for by verdicts
	enough   int         // of them, to ask no more
	last     dnsbl.Cause // of them
}

// broken says whether the list failed so often that it is not asked any more.
func (q *queue) broken() bool { return q.failures >= q.enough }

// note counts failures that are the list's, whatever it is asked about: it refuses us, lists everything or is silent, or it does not even
// answer for its test entry. That it has no verdict on one subject says nothing of the next.
func (q *queue) note(f *dnsbl.Finding, tested bool) {
	if f.Outcome != dnsbl.Failed {
		q.failures = max(0, q.failures-1)
		return
	}
	switch f.Cause {
	case dnsbl.ListsAll, dnsbl.RefusesUs, dnsbl.RefusesKey, dnsbl.Timeout, dnsbl.Unreachable, dnsbl.NoServers, dnsbl.Inside:
	case dnsbl.ServFail, dnsbl.Refused, dnsbl.Lame, dnsbl.OddRcode:
		if tested {
			return
		}
	default:
		return
	}
	q.failures++
	q.last = f.Cause
}

// unasked is the finding of a pair that is not asked about any more.
func (q *queue) unasked(p *pair) dnsbl.Finding {
	return dnsbl.Finding{Subject: p.subject, List: p.list, Outcome: dnsbl.Failed, Cause: q.last, Detail: "again and again: not asked any more"}
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
	finding := maxFinding * 2 * maxNames * resolvers
	return max(16, min(mostInFlight, (descriptors-others-finding)/(resolvers+3)))
}
