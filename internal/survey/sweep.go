package survey

import (
	"slices"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/parallel"
	"check_dnsbl/internal/resolver"
)

// A flight is the first try of a question under way, of a pair or, where that is nil, of a test entry.
type flight struct {
	resolver.Exchange
	of     *control
	queue  *queue
	pair   *pair
	line   *resolver.Line // nil if not even that could be had
	late   time.Time
	landed bool
}

// fly begins the question of a flight.
func (d *desk) fly(f *flight) {
	if !f.Begin(d.survey.background.Context, d.mail) {
		d.goOn(f)
		return
	}
	f.line, f.late = f.First(), f.Start.Add(f.Wait)
	f.queue.flying++
	d.flights[f.line] = f
	if len(d.order) > 2*len(d.flights)+leastFlights { // most have landed behind one that has not
		d.order = slices.DeleteFunc(d.order, func(f *flight) bool { return f.landed })
	}
	d.order = append(d.order, f)
}

// land ends a flight. Its question may go on.
func (d *desk) land(f *flight) {
	if d.flights[f.line] == f {
		delete(d.flights, f.line)
		f.queue.flying--
	}
	f.landed = true
}

// goOn lands a flight whose question needs more than the answer to its first try.
func (d *desk) goOn(f *flight) {
	d.land(f)
	if f.line != nil {
		f.line.Alone()
	}
	if f.pair != nil {
		d.handOver(f.pair)
		return
	}
	f.of.first.Start(d.survey.background, f.of.askFirst)
	held := f.of.held
	f.of.held = nil
	for _, p := range held {
		d.handOver(p)
	}
}

// read looks through the mail.
func (d *desk) read() {
	d.letters = d.survey.client.Collect(d.mail, d.letters)
	for _, l := range d.letters {
		f := d.flights[l.Line]
		if f == nil {
			l.Line.Forward(l.Heard)
			continue
		}
		parallel.Guard(func() { d.hear(f, l.Heard) }, func(reason any) { d.crashed(f, reason) })
	}
	clear(d.letters)
}

// crashed ends what a flight was for.
func (d *desk) crashed(f *flight, reason any) {
	d.land(f)
	if f.pair == nil {
		d.goOn(f)
		return
	}
	d.settle(f.pair, f.pair.crashed(reason))
}

// hear takes in what came. What is no answer is for who may wait for a better one.
func (d *desk) hear(f *flight, came resolver.Heard) {
	if came.Err != nil || came.Kind != resolver.Final || came.Answer.Cause != "" {
		d.goOn(f)
		f.line.Forward(came)
		return
	}
	d.land(f)
	f.Settle(came.Answer)
	f.queue.heard = true
	d.answered(f)
}

// answered decides what an answer is good for.
func (d *desk) answered(f *flight) {
	if f.pair != nil {
		d.decide(f.pair)
		return
	}
	if !f.of.list.Lists(f.Answer) {
		d.goOn(f)
		return
	}
	f.of.first.Set([]dnsbl.Answer{f.Answer})
	held := f.of.held
	f.of.held = nil
	for _, p := range held {
		d.decide(p)
	}
}

// decide settles a pair whose question was answered, if that and the test entry are all it needs.
func (d *desk) decide(p *pair) {
	k := p.paths.resolvers
	switch {
	case k.list.Claims(p.asking.Answer):
		d.handOver(p)
	case k.probing():
		k.held = append(k.held, p)
	case !k.first.Known() || !k.vouches(p.asking.Answer.Server):
		d.handOver(p)
	default:
		positive, _ := k.first.Value()
		d.evidence = dnsbl.Evidence{Question: p.asking.Answer, Positive: positive}
		f := p.list.Judge(p.subject, &d.evidence)
		if doubtful(&f) {
			d.handOver(p)
			return
		}
		d.survey.hear(&f)
		if f.Evidence = nil; d.survey.KeepEvidence {
			kept := d.evidence
			f.Evidence = &kept
		}
		d.widen(p)
		d.settle(p, f)
	}
}

// widen lets more questions be in flight after a verdict, unless answers take much longer than they must: then they queue up somewhere.
func (d *desk) widen(p *pair) {
	q, rtt := p.queue, p.asking.Answer.RTT
	q.fastest = min(q.fastest, rtt)
	if rtt < 4*q.fastest+10*time.Millisecond {
		q.window.open()
		d.window.open()
	}
}

// wake returns a channel that has a value when the next flight is late, or the next question due; nil if neither will be.
func (d *desk) wake() <-chan time.Time {
	for len(d.order) > 0 && d.order[0].landed {
		d.order = d.order[1:]
	}
	next := d.due
	if len(d.order) > 0 && (next.IsZero() || d.order[0].late.Before(next)) {
		next = d.order[0].late
	}
	if next.IsZero() {
		return nil
	}
	d.clock.Reset(time.Until(next))
	return d.clock.C
}

// handOverLate lets the questions go on that had no answer by then. A silence of a list that does answer is a packet lost: it may be
// that there were too many.
func (d *desk) handOverLate(now time.Time) {
	for len(d.order) > 0 && (d.order[0].landed || !d.order[0].late.After(now)) {
		f := d.order[0]
		d.order = d.order[1:]
		if f.landed {
			continue
		}
		f.queue.window.close(now, f.Wait)
		if f.queue.heard {
			d.window.close(now, f.Wait)
		}
		d.goOn(f)
	}
}
