package survey

import (
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/parallel"
)

// A check that needs more than one reply is handed over to a goroutine, and returns with its
// finding. A proof that needs more goes on in the background.

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
	most := d.room.running(d.survey.Direct)
	share := max(leastInQueue, most/d.busy())
	for len(q.blocked) > 0 && d.running < most && q.running < share {
		c := q.blocked[0]
		q.blocked = q.blocked[1:]
		if q.testing() { // the goroutine would send it again
			d.proveInBackground(q)
		}
		if q.direct == nil && d.survey.Direct != Never {
			q.direct = newProof(c.list, c.subject, d.survey.zone(c.list), d.survey.background)
		}
		c.direct = q.direct
		if c.exchange != nil {
			c.exchange.Final = q.failing
		}
		d.running++
		q.running++
		go func() {
			find := func() { c.finding = new(d.survey.find(c)) }
			parallel.Guard(find, func(reason any) { c.finding = new(c.crashed(reason)) })
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

// proveInBackground queries the test entry of a queue in the background. Goroutines go on with the
// checks that were held for it.
func (d *scheduler) proveInBackground(q *queue) {
	exchange := &q.test.exchange
	switch {
	case !q.test.sent():
		exchange, q.test.over = nil, true
	case !q.test.over:
		d.sweep.giveUp(q.test)
	}
	q.resolvers.start(exchange)
	q.blocked = append(q.blocked, q.held...)
	q.held = nil
}

// returned takes what a goroutine found.
func (d *scheduler) returned(c *check) {
	q, f := c.queue, *c.finding
	d.running--
	q.running--
	q.limiter.charge(time.Now(), c.extraQueries())
	if f.Outcome != dnsbl.Failed {
		q.window.grow()
	}
	d.settle(c, f)
	d.admit(q)
	for i := 0; i < len(d.queues) && d.running < d.room.running(d.survey.Direct); i++ {
		d.admit(d.queues[i])
	}
}
