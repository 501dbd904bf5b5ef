package survey

import (
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/parallel"
	"check_dnsbl/internal/resolver"
)

// A check that is settled has its finding. An absence counts only as soon as its proof is renewed,
// and if that does not hold, its check is begun again.

// guard settles a check with a failure if do panics.
func (d *scheduler) guard(c *check, do func(*check)) {
	parallel.Guard(func() { do(c) }, func(reason any) { d.settle(c, c.crashed(reason)) })
}

// settle ends a check. It keeps no finding of an absence that says nothing else: there are many.
func (d *scheduler) settle(c *check, f dnsbl.Finding) {
	c.queue.record(&f)
	if f.Outcome == dnsbl.NotListed && f.Other == nil && !d.survey.KeepEvidence {
		f.Evidence = nil
	}
	counts := true
	if f.Outcome == dnsbl.NotListed && !c.test {
		counts = d.absent(c, &f)
	}
	c.finding = nil
	if c.absent == nil || f.Untested || len(f.Codes) > 0 || f.Other != nil || f.Evidence != nil {
		c.finding = new(f)
	}
	if f.Cause == dnsbl.NoSockets && !c.queue.testing() { // there may be some later
		c.queue.resolvers, c.queue.direct, c.queue.test = nil, nil, nil
	}
	c.exchange, c.resolvers, c.direct = nil, nil, nil // which are large
	d.rows.unsettled--
	c.queue.waiting.Add(-1)
	if c.row.left--; c.row.left == 0 {
		d.survey.done.Add(1)
	}
	d.onSettled(c)
	if !counts {
		d.doubt(c.absent, []*check{c})
	}
}

// absent makes an absence wait until the proof is renewed. It returns false if the absence does not
// count: its own proof began before another failed, or its resolver was found to be strict.
func (d *scheduler) absent(c *check, f *dnsbl.Finding) bool {
	p := c.resolvers
	if f.Direct {
		p = c.direct
	}
	c.row.unproved++
	a := c.queue.absencesOf(f, p)
	c.absent = a
	if p.since.Before(a.refuted) || d.isStrict(a) {
		return false
	}
	a.proof = p
	most := min(mostAbsences, mostKept*3/4/len(d.survey.lists)) // memory must not fill up
	if a.add(c, time.Now(), most, d.renewAfter) && d.survey.trusts(a) {
		d.renew(a)
	}
	return true
}

// proveRest renews proofs early: at the end, when no absence can join them, and when there is no
// room for more rows until the first is proved.
func (d *scheduler) proveRest(more bool) {
	over, full := d.ctx.Err() != nil, d.rows.full() && d.rows.begun[0].left == 0
	if more && !full {
		return
	}
	for _, q := range d.queues {
		if !q.idle() {
			continue
		}
		for _, a := range q.absences {
			switch {
			case len(a.checks) == 0 || len(a.asked) > 0 || !d.survey.trusts(a):
			case !more && a.few():
				release(a.remove())
			case over:
				a.refutation = []dnsbl.Answer{resolver.NoTime()}
				d.doubt(a, a.remove())
			default:
				d.renew(a)
			}
		}
	}
}

// renew queries the test entries again, in the background.
func (d *scheduler) renew(a *absences) {
	a.begin(time.Now())
	d.renewing++
	p := a.proof
	go func() {
		a.renew(d.ctx, p)
		d.proofs <- a
	}()
}

// renewed goes on with absences whose proof was renewed.
func (d *scheduler) renewed(a *absences) {
	d.renewing--
	a.asked[0].queue.limiter.charge(time.Now(), a.proof.unpaid())
	checks, holds := a.end()
	if holds {
		release(checks)
		return
	}
	switch q := checks[0].queue; {
	case a.direct:
		q.direct = nil
	case !q.testing():
		q.resolvers, q.test = nil, nil
	}
	d.doubt(a, checks)
}

// probed doubts absences by resolvers that are strict.
func (d *scheduler) probed() {
	for _, q := range d.queues {
		for _, a := range q.absences {
			if len(a.checks) > 0 && d.isStrict(a) {
				d.doubt(a, a.remove())
			}
		}
	}
}

// isStrict reports whether absences come from a resolver that is known to be strict. That is then
// why they do not count.
func (d *scheduler) isStrict(a *absences) bool {
	if a.direct {
		return false
	}
	m, _ := d.survey.minimizes(a.server)
	if m == strict {
		a.refutation = []dnsbl.Answer{{Cause: dnsbl.StrictResolver, Server: a.server}}
	}
	return m == strict
}

// release lets absences no longer wait for a proof.
func release(checks []*check) {
	for _, c := range checks {
		c.row.unproved--
	}
}

// doubt begins checks again whose proof did not hold, so that the new proof decides, or the other
// path. After a second time, and at the end of the run, they have failed.
func (d *scheduler) doubt(a *absences, checks []*check) {
	release(checks)
	for _, c := range checks {
		if c.again || d.ctx.Err() != nil {
			c.finding = new(a.judge(c, a.refutation))
			continue
		}
		if c.row.left == 0 {
			d.survey.done.Add(-1)
		}
		c.again, c.absent = true, nil
		c.row.left++
		d.rows.unsettled++
		c.queue.add(c)
	}
}
