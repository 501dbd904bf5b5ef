package survey

import (
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/resolver"
)

const (
	// giveUp is after how many failures in a row a list is given up, beyond those that were in
	// flight: failures take longer than verdicts, so that they come together.
	giveUp = 16

	leastInQueue = 2 // in flight: a check and the test entry
	never        = 1 << 20 * time.Hour
)

// A row is a subject on all lists.
type row struct {
	checks   []check
	findings []dnsbl.Finding
	left     int  // checks that are not settled
	answered bool // a list gave a verdict
}

// A check is one subject on one list.
type check struct {
	subject           dnsbl.Subject
	test              bool // the list is tested: the subject only stands for its kind
	list              *dnsbl.List
	row               *row
	queue             *queue
	resolvers, direct *proof             // by the two paths; direct only if it may be queried
	begun             *resolver.Exchange // through the resolvers, if the sweep made the first try
	found             *dnsbl.Finding     // by the goroutine that went on with it
	finding           *dnsbl.Finding     // where it belongs
}

// crashed returns the finding after a panic.
func (c *check) crashed(reason any) dnsbl.Finding {
	return c.list.Judge(c.subject, &dnsbl.Evidence{Question: crashed(reason)})
}

// A try is the first try of a query: of a check or, if check is nil, of the first positive test
// entry of a proof.
type try struct {
	exchange resolver.Exchange
	proof    *proof
	queue    *queue
	check    *check
	held     []*check // whose answers are known, but not yet this proof
	over     bool
}

// A queue has the checks of one list and one kind of subjects.
type queue struct {
	checks  []*check // not begun
	blocked []*check // begun, but for a goroutine to go on with

	resolvers, direct *proof // by the two paths, nil until they are needed
	test              *try   // of the first positive test entry, through the resolvers
	limiter           *limiter
	window            window
	tries             int           // in flight
	running           int           // goroutines
	heard             bool          // the list has answered
	fastest           time.Duration // of its answers

	failures    int         // of the list, in a row
	maxFailures int         // before it is given up
	last        dnsbl.Cause // of the failures
	unasked     *dnsbl.Evidence
}

// testing reports whether the first positive test entry is being queried by the sweep.
func (q *queue) testing() bool { return q.test != nil && !q.test.over }

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
	case f.Cause.GivesUp(q.resolvers != nil && q.resolvers.listed()):
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
