package survey

import (
	"time"

	"check_dnsbl/internal/authority"
	"check_dnsbl/internal/resolver"
)

const (
	maxRunning  = 320  // goroutines
	maxInFlight = 128  // at first: dnsmasq forwards 150 queries at a time, and refuses the others
	mostTries   = 2048 // in flight, if they are answered
	leastTries  = 16
	fewRefusing = 3                     // if so many lists refuse all queries, it is the resolver
	quick       = 50 * time.Millisecond // an answer that a resolver hardly had to wait for
)

// A room bounds what is in flight: first tries, and goroutines, which count as one query each. It
// follows how the resolvers cope.
type room struct {
	window     window
	maxRunning int
	verdicts   int
	refusing   int // lists that refused a query before they answered one
}

func newRoom(running int) room {
	most := min(maxInFlight, running)
	return room{maxRunning: running, window: window{
		size: most, least: leastTries, most: min(mostTries, running*resolver.MaxPerSocket/2),
	}}
}

// inFlight returns how many queries may be in flight so that the descriptors suffice, even if each
// is sent to all resolvers, over TCP and directly, while name servers are looked for.
func inFlight(descriptors, resolvers int) int {
	const others = 64 // standard output, the poller, ...
	lookups := authority.MaxLookups * resolvers
	return max(16, min(maxRunning, (descriptors-others-lookups)/(resolvers+3)))
}

// forOne reports whether there is room for one more first try. Goroutines that wait for silent
// lists leave room for others.
func (r *room) forOne(tries, running int) bool {
	return tries < r.window.size/4 || tries+running < r.window.size
}

// running returns how many goroutines may run. Where the resolvers are queried, they have a part of
// the window.
func (r *room) running(direct Direct) int {
	if direct == Always {
		return r.maxRunning
	}
	return min(r.maxRunning, max(maxInFlight, r.window.size)*3/4)
}

// grow lets more queries be in flight after a verdict, unless answers take much longer than they
// must: then they queue up somewhere. It does so slowly if the resolver has to wait for others, and
// only if the room is used.
func (r *room) grow(q *queue, rtt time.Duration, inFlight int) {
	q.fastest = min(q.fastest, rtt)
	if rtt >= 4*q.fastest+10*time.Millisecond {
		return
	}
	q.window.grow()
	r.verdicts++
	if 2*inFlight >= r.window.size && (rtt < quick || r.verdicts%8 == 0) {
		r.window.grow()
	}
}

// refused lets fewer queries be in flight after one was refused, unless it seems to be the list
// that refuses it: one that never answered, while most others did.
func (r *room) refused(t *try) {
	if !t.queue.hasAnswered {
		if t.queue.refuses {
			return
		}
		t.queue.refuses = true
		if r.refusing++; r.refusing < fewRefusing {
			return
		}
	}
	r.window.refuse(time.Now(), t.exchange.Wait())
}

// late lets fewer queries be in flight after a reply did not come in time. A list that does answer
// has lost a packet: it may be that there were too many.
func (r *room) late(t *try, now time.Time) {
	t.queue.window.shrink(now, t.exchange.Wait())
	if t.queue.hasAnswered {
		r.window.shrink(now, t.exchange.Wait())
	}
}
