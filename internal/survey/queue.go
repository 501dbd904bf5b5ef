package survey

import (
	"time"

	"check_dnsbl/internal/dnsbl"
)

const (
	// giveUp is after how many failures in a row a list is given up, beyond those that were in
	// flight: failures take longer than verdicts, so that they come together.
	giveUp = 16

	leastInQueue = 2 // in flight: a check and the test entry
	never        = 1 << 20 * time.Hour
)

// A queue has the checks of one list and one kind of subjects.
type queue struct {
	checks  []*check // not begun
	blocked []*check // begun, but for a goroutine to go on with

	paths   *paths
	limiter *limiter
	window  window
	tries   int           // in flight
	running int           // goroutines
	heard   bool          // the list has answered
	fastest time.Duration // of its answers

	failures    int         // of the list, in a row
	maxFailures int         // before it is given up
	last        dnsbl.Cause // of the failures
	unasked     *dnsbl.Evidence
}

// underWay returns how many checks are begun and not settled.
func (q *queue) underWay() int { return q.tries + len(q.blocked) + q.running }

// open reports whether the list is given up, like a circuit breaker that is open. One check at a
// time still tries whether the list is back, unless it lists everything: then nothing that it says
// can be a verdict.
func (q *queue) open() bool {
	return q.failures >= q.maxFailures && (q.underWay() > 0 || q.last == dnsbl.ListsEverything)
}

// record counts failures of the list itself. One that is about a single subject does not count.
func (q *queue) record(f *dnsbl.Finding) {
	switch {
	case f.Outcome != dnsbl.Failed:
		q.failures = 0
	case f.Cause.GivesUp(q.paths != nil && q.paths.resolvers.listed()):
		q.failures++
		q.last = f.Cause
	}
}

// skipped returns the finding of a check on a list that is given up.
func (q *queue) skipped(c *check) dnsbl.Finding {
	return dnsbl.Finding{
		Subject: c.subject, List: c.list, Outcome: dnsbl.Failed, Cause: q.last,
		Detail: "again and again: not asked about this", Evidence: q.unasked,
	}
}
