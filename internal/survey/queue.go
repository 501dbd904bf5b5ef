package survey

import (
	"net/netip"
	"sync/atomic"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/resolver"
)

const (
	// A list is given up after giveUp failures in a row. Checks under way at the first failure are
	// not counted: failures take longer than verdicts, so they come together. After that, one check
	// in giveUp tries whether the list is back.
	giveUp = 16

	leastInQueue = 2 // in flight: a check and the test entry
	never        = 1 << 20 * time.Hour
)

// A row is a subject on all lists.
type row struct {
	checks   []check
	left     int  // checks that are not settled
	unproved int  // absences that wait for a proof
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
	exchange          *resolver.Exchange // through the resolvers, if the sweep made the first try
	finding           *dnsbl.Finding     // nil if absent has it
	absent            *absences          // that the check belongs to, if it is settled so
	again             bool               // it was begun once more, as a proof did not hold
}

// crashed returns the finding after a panic.
func (c *check) crashed(reason any) dnsbl.Finding {
	return c.list.Judge(c.subject, &dnsbl.Evidence{Question: resolver.Crashed(reason)})
}

// result returns the finding of a check that is settled. That of an absence is made only now, as
// many wait for their proof.
func (c *check) result() dnsbl.Finding {
	if c.finding != nil {
		return *c.finding
	}
	return dnsbl.Finding{
		Subject: c.subject, List: c.list, Outcome: dnsbl.NotListed,
		Server: c.absent.server, Direct: c.absent.direct,
	}
}

// A try is the first try of a query: of a check or, if check is nil, of the first positive test
// entry of a queue, which proves the answers to its checks.
type try struct {
	question dnsbl.Question
	exchange resolver.Exchange
	queue    *queue
	check    *check
	over     bool // its exchange is settled, or went on without it
}

// sent reports whether the try was made, even if its query could not be sent.
func (t *try) sent() bool { return !t.exchange.Begun.IsZero() }

// A queue has the checks of one list and one kind of subjects.
type queue struct {
	checks  []*check // not begun
	held    []*check // answered, but the test entry is not yet
	blocked []*check // begun, but for a goroutine to go on with

	resolvers, direct *proof        // by the two paths, nil until they are needed
	test              *try          // the first query for the test entry, if the sweep sends it
	waiting           *atomic.Int64 // checks of the list that are not settled
	limiter           *limiter
	window            window
	tries             int           // in flight
	running           int           // goroutines
	hasAnswered       bool          // the list has answered
	refuses           bool          // it refused a query before
	fastest           time.Duration // of its answers

	absences []*absences // of each server

	failing     bool            // the last check failed: the next one must not take long
	failures    int             // of the list, in a row
	maxFailures int             // before it is given up
	leftOut     int             // checks, since the last that was begun
	last        dnsbl.Cause     // of the failures
	lastDirect  bool            // it came from the list's own name servers
	unasked     *dnsbl.Evidence // of all checks that are left out
}

// add makes a check wait for its turn.
func (q *queue) add(c *check) {
	q.waiting.Add(1)
	q.checks = append(q.checks, c)
}

// testing reports whether the first positive test entry is, or will be, queried by the sweep.
func (q *queue) testing() bool { return q.test != nil && !q.test.over }

// underWay returns how many checks are begun and not settled.
func (q *queue) underWay() int {
	return q.tries + len(q.held) + len(q.blocked) + q.running
}

// idle reports whether no check waits or is under way.
func (q *queue) idle() bool { return len(q.checks) == 0 && q.underWay() == 0 && !q.testing() }

// skips reports whether the next check is left out because the list is given up, like a circuit
// breaker that is open. One check at a time still tries whether the list is back, unless it lists
// everything: then nothing that it says can be a verdict. Failures of names do not count any more
// once the test entry is listed.
func (q *queue) skips() bool {
	return q.failures >= q.maxFailures && q.last.GivesUp(q.tested(q.lastDirect)) &&
		(q.underWay() > 0 || q.leftOut < giveUp-1 || q.last == dnsbl.ListsEverything)
}

// tested reports whether the list is known to list its test entry, by one of the paths.
func (q *queue) tested(direct bool) bool {
	p := q.resolvers
	if direct {
		p = q.direct
	}
	return p != nil && p.listed()
}

// record counts failures of the list itself. A failure about a single subject does not count.
func (q *queue) record(f *dnsbl.Finding) {
	q.failing = f.Outcome == dnsbl.Failed
	switch {
	case f.Outcome != dnsbl.Failed:
		q.failures = 0
	case f.Cause.GivesUp(q.tested(f.Direct)):
		if q.failures++; q.failures == 1 {
			q.maxFailures = max(q.maxFailures, giveUp+q.underWay())
		}
		q.last, q.lastDirect = f.Cause, f.Direct
	}
}

// skipped returns the finding of a check on a list that is given up.
func (q *queue) skipped(c *check) dnsbl.Finding {
	if q.unasked == nil {
		q.unasked = new(dnsbl.Evidence)
	}
	return dnsbl.Finding{
		Subject: c.subject, List: c.list, Outcome: dnsbl.Failed, Cause: q.last,
		Detail: dnsbl.GivenUp, Direct: q.lastDirect, Evidence: q.unasked,
	}
}

// absences are checks of a queue whose answer was "not listed", all from one server by one path.
type absences struct {
	direct bool
	server netip.AddrPort
	proof  *proof
	total  int       // in the run
	last   time.Time // when the last one was answered

	checks  []*check       // that no proof is under way for
	asked   []*check       // that a proof is under way for
	begun   time.Time      // when that was
	proved  time.Time      // when the last proof that holds was begun
	answers []dnsbl.Answer // of the last proof

	refuted    time.Time      // when the last proof that did not hold ended
	refutation []dnsbl.Answer // why an absence does not count
}
