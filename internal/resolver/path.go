package resolver

import "time"

const (
	// A query is sent again as soon as its answer is overdue, which takes some replies to know.
	// That is in addition to the tries of an exchange, which are made whatever is known.
	leastOverdue = 300 * time.Millisecond // floor, as in TCP; most answers come from a cache
	fewOverdue   = time.Second            // the same while few replies are known (RFC 6298, 2.1)
	fewReplies   = 8
	lastOverdue  = 1500 * time.Millisecond // then it is time for the next try
	maxCopies    = 3

	// Loss is rare. If more than one in so many queries is overdue, the answers are slow, and more
	// queries would only make them slower.
	repliesPerCopy = 16

	recentReplies = 256

	// A port that stays closed for long is not tried again: no program will listen there soon.
	longClosed = 500 * time.Millisecond

	fewRetries = 8 // of queries to a server that refuses most of them, in a run
)

// A path is what a run has seen of the way to one server.
type path struct {
	replies int
	refused int // of the replies
	copies  int // that were sent as an answer was overdue
	retries int // after a reply that refused the query

	answered   bool // a query
	passedOver bool // another server answered a query that was sent here too

	noEDNS  bool // the first reply that ever came was to a query without EDNS, after others with it
	onlyTCP bool // it answered over TCP, and nothing over UDP before

	closed time.Time // when the network first reported it unreachable, since the last reply

	// The longest times to a reply: of the last up to 256, and of the 256 before them.
	longest, before time.Duration
}

// report takes in that the network reports the server unreachable.
func (p *path) report(now time.Time) {
	if p.closed.IsZero() {
		p.closed = now
	}
}

// mayOpen reports whether a server that is unreachable may be there soon, as after a restart.
func (p *path) mayOpen(now time.Time) bool {
	return p.closed.IsZero() || now.Sub(p.closed) < longClosed
}

// retry reports whether a query that the server refused may be sent again, and counts it. If it
// refuses most queries, it has a limit that more of them would only exceed again.
func (p *path) retry() bool {
	p.retries++
	return 2*p.refused <= p.replies || p.retries <= fewRetries
}

// slowest returns the longest time that a recent reply took.
func (p *path) slowest() time.Duration { return max(p.longest, p.before) }

// observe takes in a reply. Times are since its query was sent first and last. If these differ, the
// reply may be to either packet (RFC 6298 section 3). If it would be the slowest so far as a reply
// to the last, it counts as a late one to the first. Otherwise it shows only that a packet was
// lost.
func (p *path) observe(first, last time.Duration) {
	p.closed = time.Time{}
	if p.replies++; p.replies%recentReplies == 0 {
		p.longest, p.before = 0, p.longest
	}
	if slowest := p.slowest(); first == last || slowest > 0 && last > slowest {
		p.longest = max(p.longest, first)
	}
}

// overdue returns how long a reply must be missing for its query to be sent again: twice as long as
// the slowest took. The mean and deviation of TCP would not do, since many answers come from a
// cache, and the others take much longer. ok is false if too little is known, or if too many
// queries were overdue already.
func (p *path) overdue() (after time.Duration, ok bool) {
	after = max(leastOverdue, 2*p.slowest())
	if p.replies < fewReplies {
		after = max(after, fewOverdue)
	}
	return after, p.replies > 0 && p.copies <= p.replies/repliesPerCopy
}

// due reports whether a query that was sent so many times, first so long ago, is to be sent again.
func (p *path) due(copies int, age time.Duration) bool {
	after, ok := p.overdue()
	after *= 1<<copies - 1 // grows exponentially
	return ok && copies < maxCopies && after <= age && after <= lastOverdue
}
