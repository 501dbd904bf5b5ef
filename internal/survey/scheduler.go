package survey

import (
	"context"
	"net/netip"
	"slices"
	"time"

	"check_dnsbl/internal/authority"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/parallel"
	"check_dnsbl/internal/resolver"
)

const (
	maxRunning  = 320  // goroutines
	maxInFlight = 128  // at first: dnsmasq forwards 150 queries at a time, and refuses the others
	mostTries   = 2048 // in flight, if they are answered
	leastTries  = 16
	fewRefusing = 3                     // lists that may refuse all queries
	quick       = 50 * time.Millisecond // an answer that a resolver hardly had to wait for

	mostUnsettled = 2048    // checks that are not settled
	mostKept      = 1 << 13 // checks in memory: also settled ones, behind a row that takes longer
)

// A scheduler decides which check starts when, and settles those that need nothing but one answer
// and a proof that is known: most are of that kind, and cost no goroutine. The others continue in
// goroutines. It belongs to the goroutine of Ask.
type scheduler struct {
	survey *Survey
	ctx    context.Context

	fill      func([]check) []check
	onSettled func(*check)

	rows    []*row // begun and not yielded, in order
	unused  []*row // yielded, whose memory is for the next
	started bool   // a row was
	noMore  bool   // subjects are taken; there are no more for now
	kept    int    // checks of rows

	findings  []dnsbl.Finding // of the row that was yielded last
	unsettled int             // checks that are not settled

	queues []*queue
	byKey  map[queueKey]*queue
	turn   int       // the index of the queue that is next
	due    time.Time // when the next limiter lets a query through; zero if none waits

	sweep    *sweep
	window   window
	slow     int // verdicts
	refusing int // lists that refused a query before they answered one
	timer    *time.Timer
	evidence dnsbl.Evidence // of the last check, whose memory is used again

	done       chan *check // from the goroutines
	running    int
	maxRunning int

	proofs   chan *absences // that were renewed
	proving  int
	proofAge time.Duration // after which it is: a fraction of the time that is left
}

type queueKey struct {
	list *dnsbl.List
	kind dnsbl.Subjects
}

func newScheduler(s *Survey) *scheduler {
	running := inFlight(descriptors(), len(s.client.Resolvers))
	most := min(maxInFlight, running)
	return &scheduler{
		survey: s, ctx: s.background.Context, byKey: make(map[queueKey]*queue, len(s.lists)),
		sweep: newSweep(s.client), timer: time.NewTimer(never),
		window: window{
			size: most, least: leastTries, most: min(mostTries, running*resolver.MaxPerSocket/2),
		},
		done: make(chan *check), maxRunning: running, proofs: make(chan *absences),
		proofAge: s.client.Share(s.background.Context, 4),
	}
}

// inFlight returns how many queries may be in flight so that the descriptors suffice, even if each
// is sent to all resolvers, over TCP and directly, while name servers are looked for.
func inFlight(descriptors, resolvers int) int {
	const others = 64 // standard output, the poller, ...
	lookups := authority.MaxLookups * resolvers
	return max(16, min(maxRunning, (descriptors-others-lookups)/(resolvers+3)))
}

// run makes the checks of all rows, and yields the findings of one row after the other.
func (d *scheduler) run(yield func([]dnsbl.Finding) bool) {
	if s := d.survey; s.Direct != Always && len(s.client.Resolvers) > 0 {
		s.probe(s.client.Resolvers[0])
	}
	over := d.ctx.Done()
	for d.fillRows(); len(d.rows) > 0; d.fillRows() {
		d.prove()
		if r := d.rows[0]; r.left+r.unproved == 0 {
			d.findings = d.findings[:0]
			for i := range r.checks {
				d.findings = append(d.findings, r.checks[i].result())
			}
			if !yield(withParents(d.findings)) {
				return
			}
			d.rows, d.unused = d.rows[1:], append(d.unused, r)
			d.kept -= len(r.checks)
			continue
		}
		if d.send(); d.stands() {
			continue
		}
		select {
		case r := <-d.sweep.replies:
			d.receive(r)
		case c := <-d.done:
			d.returned(c)
		case a := <-d.proofs:
			d.renewed(a)
		case <-d.survey.probed:
			d.probed()
		case <-d.wake():
		case <-over:
			over = nil
		}
		d.receiveAll()
		d.expire()
	}
}

// stands reports whether the first row can go on at once: send has settled its checks without a
// query, or they wait for a proof that nothing in flight, no limiter and no probe holds up.
func (d *scheduler) stands() bool {
	r := d.rows[0]
	return r.left+r.unproved == 0 ||
		r.left == 0 && d.idle() && d.due.IsZero() && !d.probing()
}

// probing reports whether absences wait for a probe to end, or to be doubted because it has.
func (d *scheduler) probing() bool {
	return slices.ContainsFunc(d.queues, func(q *queue) bool {
		return slices.ContainsFunc(q.absences, func(a *absences) bool {
			return len(a.checks) > 0 && !d.trusts(a)
		})
	})
}

// idle reports whether nothing is under way.
func (d *scheduler) idle() bool { return len(d.sweep.tries)+d.running+d.proving == 0 }

// fillRows begins rows as long as there is room. After the end of the run none is begun, but the
// first always is: its findings are why nothing was found.
func (d *scheduler) fillRows() {
	d.noMore = d.ctx.Err() != nil
	for d.unsettled < mostUnsettled && d.kept < mostKept && (!d.started || d.ctx.Err() == nil) {
		r := new(row)
		if last := len(d.unused) - 1; last >= 0 {
			r, d.unused = d.unused[last], d.unused[:last]
		}
		if r.checks = d.fill(r.checks[:0]); len(r.checks) == 0 {
			d.unused = append(d.unused, r)
			d.noMore = true
			return
		}
		d.started = true
		r.left, r.unproved, r.answered = len(r.checks), 0, false
		for i := range r.checks {
			c := &r.checks[i]
			c.row, c.queue = r, d.queue(c)
			c.queue.waiting.Add(1)
			c.queue.checks = append(c.queue.checks, c)
		}
		d.rows = append(d.rows, r)
		d.kept += r.left
		d.unsettled += r.left
	}
}

// queue returns the queue of a check. At first each has its share of what may be in flight.
func (d *scheduler) queue(c *check) *queue {
	key := queueKey{c.list, c.subject.Kind()}
	q := d.byKey[key]
	if q == nil {
		lists := len(d.survey.lists)
		share := max(leastInQueue, d.maxRunning/lists)
		q = &queue{
			limiter: d.survey.limiters[c.list], waiting: d.survey.waiting[c.list],
			window: window{
				size: share, least: leastInQueue, most: max(share, d.window.most/lists),
			},
			fastest: never, maxFailures: giveUp + share, unasked: new(dnsbl.Evidence),
			mostAbsences: max(1, min(mostAbsences, mostKept*3/4/lists)),
		}
		d.byKey[key], d.queues = q, append(d.queues, q)
	}
	return q
}

// send begins as many checks as may be in flight, of one queue after the other. The test entry of a
// list comes after the first checks of all lists: if there is no room for both, listings are found
// first.
func (d *scheduler) send() {
	d.due = time.Time{}
	now := time.Now()
	for idle := 0; idle < len(d.queues) && d.hasRoom(); idle++ {
		q := d.queues[d.turn%len(d.queues)]
		d.turn++
		if q.testing() && !q.test.sent {
			q.limiter.charge(now, 1)
			d.start(q.test)
			idle = -1
			continue
		}
		if len(q.checks) == 0 || q.underWay() >= q.window.size {
			continue
		}
		skip := q.skips()
		if !skip && d.mustWait(q, now) {
			continue
		}
		idle = -1
		c := q.checks[0]
		q.checks = q.checks[1:]
		if skip {
			q.leftOut++
			d.settle(c, q.skipped(c))
			continue
		}
		q.leftOut = 0
		d.guard(c, d.begin)
	}
}

// mustWait reports whether a queue's limiter allows no query now. If so, send goes on when it does.
// A list that was given up is not asked, and costs the other lists of its operator nothing.
func (d *scheduler) mustWait(q *queue, now time.Time) bool {
	delay := q.limiter.take(now)
	if delay == 0 || d.ctx.Err() != nil {
		return false
	}
	if due := now.Add(delay); d.due.IsZero() || due.Before(d.due) {
		d.due = due
	}
	return true
}

// hasRoom reports whether there may be one more first try in flight. Each goroutine is taken for
// one query, but those that wait for silent lists leave room for others.
func (d *scheduler) hasRoom() bool {
	tries := len(d.sweep.tries)
	return tries < d.window.size/4 || tries+d.running < d.window.size
}

// mostRunning returns how many goroutines may run. Where the resolvers are queried, they have a
// part of the window.
func (d *scheduler) mostRunning() int {
	if d.survey.Direct == Always {
		return d.maxRunning
	}
	return min(d.maxRunning, max(maxInFlight, d.window.size)*3/4)
}

// guard settles a check with a failure if do panics.
func (d *scheduler) guard(c *check, do func(*check)) {
	parallel.Guard(func() { do(c) }, func(reason any) { d.settle(c, c.crashed(reason)) })
}

// begin sends the query of a check, unless that cannot settle it. After the first check of a list
// comes its first positive test entry.
func (d *scheduler) begin(c *check) {
	q := c.queue
	if q.resolvers == nil {
		q.resolvers = newProof(c.list, c.subject, d.survey.client.Ask, d.survey.client.Only)
	}
	p := q.resolvers
	c.resolvers = p
	switch {
	case c.test || d.survey.Direct == Always || d.ctx.Err() != nil,
		p.unreachable().Cause != "":
		d.handOver(c)
		return
	}
	tests := c.list.PositiveTests(c.subject)
	if q.test == nil && len(tests) > 0 && !p.first.Known() {
		q.test = &try{proof: p, queue: q, question: c.list.Question(tests[0], dnsbl.A)}
	}
	question := c.list.Question(c.subject, dnsbl.A)
	d.start(&try{proof: p, queue: q, check: c, question: question})
}

// start makes a first try.
func (d *scheduler) start(t *try) {
	t.sent = true
	if !d.sweep.start(d.ctx, t) {
		d.onNoAnswer(t)
		return
	}
	t.queue.tries++
}

// receive takes a reply to a first try.
func (d *scheduler) receive(r resolver.Reply) {
	t, settled := d.sweep.receive(r)
	if t == nil {
		return
	}
	t.queue.tries--
	if !settled {
		if r.Refused() {
			d.refused(t)
		}
		d.onNoAnswer(t)
		return
	}
	parallel.Guard(func() { d.onAnswer(t) }, func(any) { d.onNoAnswer(t) })
}

// receiveAll takes the replies that are there.
func (d *scheduler) receiveAll() {
	for len(d.sweep.replies) > 0 {
		d.receive(<-d.sweep.replies)
	}
}

// expire gives up first tries whose replies are late; at the end of the run, all. It comes after
// receiveAll, as no reply is late only because the findings before were read slowly. A list that
// does answer has lost a packet: it may be that there were too many.
func (d *scheduler) expire() {
	now, ended := time.Now(), d.ctx.Err() != nil
	for {
		t := d.sweep.earliest()
		if t == nil || !ended && t.exchange.Deadline.After(now) {
			return
		}
		d.sweep.giveUp(t)
		t.queue.tries--
		t.queue.window.shrink(now, t.exchange.Wait())
		if t.queue.hasAnswered {
			d.window.shrink(now, t.exchange.Wait())
		}
		d.onNoAnswer(t)
	}
}

// wake returns a channel that has a value when the next try is late or the next limiter lets a
// query through; nil if neither will be.
func (d *scheduler) wake() <-chan time.Time {
	next := d.due
	if t := d.sweep.earliest(); t != nil && (next.IsZero() || t.exchange.Deadline.Before(next)) {
		next = t.exchange.Deadline
	}
	if next.IsZero() {
		return nil
	}
	d.timer.Reset(time.Until(next))
	return d.timer.C
}

// onAnswer goes on with a try that has its answer.
func (d *scheduler) onAnswer(t *try) {
	t.queue.hasAnswered = true
	switch {
	case t.check != nil:
		t.check.exchange = &t.exchange
		d.guard(t.check, d.decide)
	case !t.proof.list.Lists(t.exchange.Answer()):
		d.onNoAnswer(t)
	default:
		t.proof.first.Set([]dnsbl.Answer{t.exchange.Answer()})
		for _, c := range t.held {
			d.guard(c, d.decide)
		}
		t.held = nil
	}
}

// decide settles a check whose query is answered, if it needs nothing but a proof that is known or
// will be soon.
func (d *scheduler) decide(c *check) {
	p, answer := c.resolvers, c.exchange.Answer()
	positive, known := p.known()
	switch {
	case c.list.Claims(answer):
		d.handOver(c)
	case c.queue.testing():
		c.queue.test.held = append(c.queue.test.held, c)
	case !known || !isOf(positive, answer.Server):
		d.handOver(c)
	default:
		d.evidence = dnsbl.Evidence{Question: answer, Positive: positive}
		f := c.list.Judge(c.subject, &d.evidence)
		if doubtful(&f) || !d.mayBeAbsent(c, answer.Server) {
			d.handOver(c)
			return
		}
		d.survey.hear(&f)
		if f.Evidence = nil; d.survey.KeepEvidence {
			kept := d.evidence
			f.Evidence = &kept
		}
		d.grow(c.queue, answer.RTT)
		d.settle(c, f)
	}
}

// grow lets more queries be in flight after a verdict, unless answers take much longer than they
// must: then they queue up somewhere. It does so slowly if the resolver has to wait for others, and
// only if the room is used.
func (d *scheduler) grow(q *queue, rtt time.Duration) {
	q.fastest = min(q.fastest, rtt)
	if rtt >= 4*q.fastest+10*time.Millisecond {
		return
	}
	q.window.grow()
	d.slow++
	used := 2*(len(d.sweep.tries)+d.running) >= d.window.size
	if used && (rtt < quick || d.slow%8 == 0) {
		d.window.grow()
	}
}

// refused lets fewer queries be in flight after one was refused, unless it seems to be the list
// that refuses it: one that never answered, while most others did.
func (d *scheduler) refused(t *try) {
	if !t.queue.hasAnswered {
		if t.queue.refuses {
			return
		}
		t.queue.refuses = true
		if d.refusing++; d.refusing < fewRefusing {
			return
		}
	}
	d.window.refuse(time.Now(), t.exchange.Wait())
}

// onNoAnswer goes on with a try that needs more than one reply.
func (d *scheduler) onNoAnswer(t *try) {
	if t.check != nil {
		t.check.exchange = &t.exchange
		d.handOver(t.check)
		return
	}
	d.proveInBackground(t)
	d.admit(t.queue)
}

// proveInBackground lets a proof go on with its try in the background, and the checks that it held
// in goroutines.
func (d *scheduler) proveInBackground(t *try) {
	exchange := &t.exchange
	switch {
	case !t.sent:
		exchange, t.over = nil, true
	case !t.over:
		d.sweep.giveUp(t)
		t.queue.tries--
	}
	t.proof.start(d.survey.background, exchange)
	t.queue.blocked = append(t.queue.blocked, t.held...)
	t.held = nil
}

// handOver lets a goroutine go on with a check.
func (d *scheduler) handOver(c *check) {
	c.queue.blocked = append(c.queue.blocked, c)
	d.admit(c.queue)
}

// admit starts goroutines for checks of a queue, as many as may run. No list has all of them while
// others want some.
func (d *scheduler) admit(q *queue) {
	if len(q.blocked) == 0 {
		return
	}
	most := d.mostRunning()
	share := max(leastInQueue, most/d.busy())
	for len(q.blocked) > 0 && d.running < most && q.running < share {
		c := q.blocked[0]
		q.blocked = q.blocked[1:]
		if q.testing() { // the goroutine would send it again
			d.proveInBackground(q.test)
		}
		if q.direct == nil && d.survey.Direct != Never {
			zone := d.survey.zone(c.list)
			q.direct = newProof(c.list, c.subject, zone.Ask, zone.Only)
		}
		c.direct = q.direct
		if c.exchange != nil {
			c.exchange.Final = q.failing
		}
		d.running++
		q.running++
		go func() {
			var f dnsbl.Finding
			parallel.Guard(
				func() { f = d.survey.find(c) },
				func(reason any) { f = c.crashed(reason) },
			)
			c.found = &f
			d.done <- c
		}()
	}
}

// busy returns how many queues have goroutines, or want some; at least 1.
func (d *scheduler) busy() int {
	n := 0
	for _, q := range d.queues {
		if len(q.blocked)+q.running > 0 {
			n++
		}
	}
	return max(1, n)
}

// returned takes what a goroutine found.
func (d *scheduler) returned(c *check) {
	q := c.queue
	d.running--
	q.running--
	d.survey.hear(c.found)
	q.limiter.charge(time.Now(), c.extraQueries())
	if c.found.Outcome == dnsbl.NotListed && !d.survey.KeepEvidence && c.found.Other == nil {
		c.found.Evidence = nil
	}
	if c.found.Outcome != dnsbl.Failed {
		q.window.grow()
	}
	d.settle(c, *c.found)
	d.admit(q)
	for i := 0; i < len(d.queues) && d.running < d.mostRunning(); i++ {
		d.admit(d.queues[i])
	}
}

// settle ends a check.
func (d *scheduler) settle(c *check, f dnsbl.Finding) {
	c.queue.record(&f)
	c.finding = nil
	if f.Outcome == dnsbl.NotListed && !c.test {
		d.absent(c, &f)
	}
	if c.absent == nil || f.Untested || len(f.Codes) > 0 || f.Other != nil || f.Evidence != nil {
		c.finding = new(f)
	}
	if f.Cause == dnsbl.NoSockets { // there may be some later
		if c.queue.testing() {
			d.proveInBackground(c.queue.test)
		}
		c.queue.resolvers, c.queue.direct, c.queue.test = nil, nil, nil
	}
	c.exchange, c.found, c.resolvers, c.direct = nil, nil, nil, nil // which are large
	d.unsettled--
	c.queue.waiting.Add(-1)
	if c.row.left--; c.row.left == 0 {
		d.survey.done.Add(1)
	}
	d.onSettled(c)
}

// absent makes an absence wait until the proof is renewed.
func (d *scheduler) absent(c *check, f *dnsbl.Finding) {
	p := c.resolvers
	if f.Direct {
		p = c.direct
	}
	c.row.unproved++
	c.absent = c.queue.absencesOf(f, p)
	if a := c.absent; a.add(c, time.Now(), d.proofAge) && d.trusts(a) {
		d.renew(a)
	}
}

// prove renews the proofs that nothing more is to come for: at the end, and when there is no room
// for more rows before the first is proved.
func (d *scheduler) prove() {
	over := d.ctx.Err() != nil
	full := d.kept >= mostKept && d.rows[0].left == 0
	if !d.noMore && !full {
		return
	}
	for _, q := range d.queues {
		if !q.idle() {
			continue
		}
		for _, a := range q.absences {
			switch {
			case len(a.checks) == 0 || a.renewing || !d.trusts(a):
			case d.noMore && a.few():
				proved(a.remove())
			case over:
				a.answers = []dnsbl.Answer{resolver.NoTime()}
				d.doubt(a, a.remove())
			default:
				d.renew(a)
			}
		}
	}
}

// mayBeAbsent reports whether an absence may be settled, although the probe of the resolver may go
// on, which is waited for later. On a domain it may not.
func (d *scheduler) mayBeAbsent(c *check, server netip.AddrPort) bool {
	m, _ := d.survey.known(server)
	return m == relaxed || m == undecided && c.subject.Addr.IsValid()
}

// trusts reports whether the resolver behind absences is known not to be strict, or nothing more
// will be known of it.
func (d *scheduler) trusts(a *absences) bool {
	if a.direct {
		return true
	}
	m, known := d.survey.known(a.server)
	return known && m != strict
}

// probed doubts absences by resolvers that are strict.
func (d *scheduler) probed() {
	for _, q := range d.queues {
		for _, a := range q.absences {
			if m, _ := d.survey.known(a.server); !a.direct && m == strict && len(a.checks) > 0 {
				a.answers = []dnsbl.Answer{{Cause: dnsbl.StrictResolver, Server: a.server}}
				d.doubt(a, a.remove())
			}
		}
	}
}

// renew queries the test entries again, in the background.
func (d *scheduler) renew(a *absences) {
	a.begin(time.Now())
	d.proving++
	p := a.proof
	go func() {
		a.prove(d.ctx, p)
		d.proofs <- a
	}()
}

// renewed goes on with absences whose proof was renewed.
func (d *scheduler) renewed(a *absences) {
	d.proving--
	a.asked[0].queue.limiter.charge(time.Now(), a.proof.unpaid())
	checks, holds := a.end()
	if holds {
		proved(checks)
		return
	}
	if q := checks[0].queue; q.resolvers == a.proof {
		q.resolvers, q.test = nil, nil
	} else if q.direct == a.proof {
		q.direct = nil
	}
	d.doubt(a, checks)
}

func proved(checks []*check) {
	for _, c := range checks {
		c.row.unproved--
	}
}

// doubt begins checks again whose proof did not hold, so that the new proof decides, or the other
// path. After a second time, and at the end of the run, they have failed.
func (d *scheduler) doubt(a *absences, checks []*check) {
	proved(checks)
	for _, c := range checks {
		if c.again || d.ctx.Err() != nil {
			c.finding = new(a.judge(c))
			continue
		}
		if c.row.left == 0 {
			d.survey.done.Add(-1)
		}
		c.again, c.absent = true, nil
		c.row.left++
		d.unsettled++
		c.queue.waiting.Add(1)
		c.queue.checks = append(c.queue.checks, c)
	}
}

// close ends what is under way.
func (d *scheduler) close(end context.CancelFunc) {
	end()
	for ; d.running > 0; d.running-- {
		<-d.done
	}
	for ; d.proving > 0; d.proving-- {
		<-d.proofs
	}
	d.sweep.close()
	for _, q := range d.queues {
		for _, c := range q.blocked {
			if c.exchange != nil {
				c.exchange.Close()
			}
		}
	}
	d.timer.Stop()
}
