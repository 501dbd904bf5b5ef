package survey

import (
	"context"
	"time"

	"check_dnsbl/internal/dnsbl"
)

// run makes the checks of all rows, and yields the findings of one row after the other.
func (d *scheduler) run(yield func([]dnsbl.Finding) bool) {
	if s := d.survey; s.Direct != Always && len(s.client.Resolvers) > 0 {
		s.probe(s.client.Resolvers[0])
	}
	over := d.ctx.Done()
	for more := d.fill(); len(d.rows.begun) > 0; more = d.fill() {
		d.send()
		d.proveRest(more)
		if r := d.rows.begun[0]; r.left+r.unproved == 0 {
			if !yield(d.rows.end()) {
				return
			}
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
		for len(d.sweep.replies) > 0 {
			d.receive(<-d.sweep.replies)
		}
		d.expire()
	}
}

// fill begins rows as long as there is room, and reports whether there may be more for now. After
// the end of the run it begins none but the very first, whose findings tell why nothing was found.
func (d *scheduler) fill() (more bool) {
	for d.rows.haveRoom() && (len(d.queues) == 0 || d.ctx.Err() == nil) {
		r := d.rows.begin()
		if r == nil {
			return false
		}
		for i := range r.checks {
			c := &r.checks[i]
			c.row, c.queue = r, d.queue(c)
			c.queue.add(c)
		}
	}
	return d.ctx.Err() == nil
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
		if q.testing() && !q.test.sent() {
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

// hasRoom reports whether there may be one more first try in flight.
func (d *scheduler) hasRoom() bool { return d.room.forOne(len(d.sweep.tries), d.running) }

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

// wake returns a channel that has a value when the next try is late or the next limiter lets a
// query through; nil if there is neither.
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

// close ends what is under way.
func (d *scheduler) close(end context.CancelFunc) {
	end()
	for ; d.running > 0; d.running-- {
		<-d.done
	}
	for ; d.renewing > 0; d.renewing-- {
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
