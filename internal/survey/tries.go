package survey

import (
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/parallel"
	"check_dnsbl/internal/resolver"
)

// A first try gets an answer, another reply or silence. An answer settles its check if the proof is
// known, or will be soon. All else is handed over (handover.go).

// begin sends the query of a check, unless that cannot settle it. After the first check of a list
// comes its first positive test entry.
func (d *scheduler) begin(c *check) {
	q := c.queue
	if q.resolvers == nil {
		q.resolvers = newProof(c.list, c.subject, d.survey.client, d.survey.background)
	}
	p := q.resolvers
	c.resolvers = p
	switch {
	case c.test || d.survey.Direct == Always || d.ctx.Err() != nil,
		p.unreachable() != nil:
		d.handOver(c)
		return
	}
	if q.test == nil && !p.first.Known() {
		if tests := c.list.PositiveTests(c.subject); len(tests) > 0 {
			q.test = &try{queue: q, question: c.list.Question(tests[0], dnsbl.A)}
		}
	}
	t := &try{queue: q, check: c, question: c.list.Question(c.subject, dnsbl.A)}
	c.exchange = &t.exchange
	d.start(t)
}

// start makes a first try.
func (d *scheduler) start(t *try) {
	if !d.sweep.start(d.ctx, t) {
		d.onNoAnswer(t)
	}
}

// receive takes a reply to a first try.
func (d *scheduler) receive(r resolver.Reply) {
	t, settled := d.sweep.receive(r)
	if t == nil {
		return
	}
	if !settled {
		if r.Refused() {
			d.room.refused(t)
		}
		d.onNoAnswer(t)
		return
	}
	parallel.Guard(func() { d.onAnswer(t) }, func(any) { d.onNoAnswer(t) })
}

// expire gives up first tries whose replies are late; at the end of the run, all. All replies are
// received before: one that was only read late is not late.
func (d *scheduler) expire() {
	now, ended := time.Now(), d.ctx.Err() != nil
	for {
		t := d.sweep.earliest()
		if t == nil || !ended && t.exchange.Deadline.After(now) {
			return
		}
		d.sweep.giveUp(t)
		d.room.late(t, now)
		d.onNoAnswer(t)
	}
}

// onAnswer goes on with a try that has its answer.
func (d *scheduler) onAnswer(t *try) {
	q := t.queue
	q.hasAnswered = true
	switch {
	case t.check != nil:
		d.guard(t.check, d.decide)
	case !q.resolvers.list.Lists(t.exchange.Answer()):
		d.onNoAnswer(t)
	default:
		q.resolvers.first.Set([]dnsbl.Answer{t.exchange.Answer()})
		held := q.held
		q.held = nil
		for _, c := range held {
			d.guard(c, d.decide)
		}
	}
}

// decide settles a check whose query is answered, if its proof is known. It holds the check if the
// proof will be known soon, and hands it over otherwise.
func (d *scheduler) decide(c *check) {
	p, answer := c.resolvers, c.exchange.Answer()
	positive, known := p.known()
	switch {
	case c.list.Claims(answer):
		d.handOver(c)
	case c.queue.testing():
		c.queue.held = append(c.queue.held, c)
	case !known || !isOf(positive, answer.Server):
		d.handOver(c)
	default:
		d.evidence = dnsbl.Evidence{Question: answer, Positive: positive}
		f := c.list.Judge(c.subject, &d.evidence)
		if doubtful(&f) || !d.survey.mayBeAbsent(c, answer.Server) {
			d.handOver(c)
			return
		}
		if f.Outcome == dnsbl.Failed || d.survey.KeepEvidence {
			f.Evidence = new(d.evidence)
		}
		d.room.grow(c.queue, answer.RTT, len(d.sweep.tries)+d.running)
		d.settle(c, f)
	}
}

// onNoAnswer goes on with a try that needs more than one reply.
func (d *scheduler) onNoAnswer(t *try) {
	if t.check != nil {
		d.handOver(t.check)
		return
	}
	d.proveInBackground(t.queue)
	d.admit(t.queue)
}
