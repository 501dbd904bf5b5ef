package survey

import (
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/parallel"
	"check_dnsbl/internal/resolver"
)

const (
	mostPairs    = 2048    // that are not settled, with all that was asked about them in memory
	mostKept     = 1 << 14 // pairs in memory, settled ones of rows that are not settled as a whole among them
	mostAhead    = 1 << 15 // rows that others are given away before, as these take longer
	mostFlights  = 2048    // questions that wait for their first answer, if they are answered
	leastFlights = 16
	leastOfList  = 2 // the question and the test entry
	never        = 1 << 20 * time.Hour
)

// A desk is where the questions of a Survey go out and the answers come in. What is plain it settles at once: that a subject is not
// listed, said by a server that does list the test entry. That is most of it, and costs no goroutine. All else goes to one that may wait.
type desk struct {
	survey *Survey
	rows   []*row // begun, in their order; nil where given away
	ready  []*row // to be given away
	free   []*row // to be used again
	begun  int    // rows
	kept   int    // pairs, in those that are not given away
	open   int    // that are not settled
	queues []*queue
	byKind map[listKind]*queue
	turn   int // whose turn it is to send

	mail     *resolver.Mailbox
	letters  []resolver.Letter // the last ones, whose memory is used again
	evidence dnsbl.Evidence    // on the last pair, likewise
	flights  map[*resolver.Line]*flight
	order    []*flight // by when they are late, with some that have landed
	clock    *time.Timer
	window   throttle  // of flights
	due      time.Time // for the next question that has to keep a pace; zero if there is none
	done     chan *pair
	waiting  int // goroutines
	most     int // of them
}

func (s *Survey) newDesk() *desk {
	most := inFlight(descriptors(), len(s.client.Resolvers))
	return &desk{survey: s, byKind: make(map[listKind]*queue, len(s.lists)), mail: resolver.NewMailbox(), flights: map[*resolver.Line]*flight{}, clock: time.NewTimer(never),
		done: make(chan *pair), most: most, window: throttle{size: most, least: leastFlights, most: min(mostFlights, most*resolver.MostPerPort/2)}}
}

// run takes in rows as long as more fills them, and gives each away as soon as all is found, until all are given or nobody wants them
// any more. What was given away is used again.
func (d *desk) run(more func([]pair) []pair, give func(at int, findings []dnsbl.Finding) bool) {
	defer d.close()
	over := d.survey.background.Context.Done()
	for d.take(more); d.kept > 0; d.take(more) {
		d.send()
		if len(d.ready) == 0 {
			select {
			case <-d.mail.Bell:
				d.read()
			case p := <-d.done:
				d.returned(p)
			case <-d.wake():
				d.handOverLate(time.Now())
			case <-over:
				over = nil
				d.handOverLate(time.Now().Add(never)) // nobody has to wait any more
			}
		}
		for _, r := range d.ready {
			if !give(r.at, r.findings) {
				return
			}
			d.retire(r)
		}
		d.ready = d.ready[:0]
	}
}

// queue returns the queue of a list and kind. At first each list has its share of what is in flight: one that swallows it holds up no other.
func (d *desk) queue(k listKind) *queue {
	q := d.byKind[k]
	if q == nil {
		lists := len(d.survey.lists)
		share := max(leastOfList, d.most/lists)
		q = &queue{nothing: new(dnsbl.Evidence), fastest: never, pace: d.survey.paces[k.list], enough: giveUp + share, window: throttle{size: share, least: leastOfList, most: max(share, d.window.most/lists)}}
		d.byKind[k], d.queues = q, append(d.queues, q)
	}
	return q
}

// send begins as many questions as may be in flight, of one list after the other, and notes when the next is due that has to keep a pace.
func (d *desk) send() {
	d.due = time.Time{}
	now := time.Now()
	for idle := 0; idle < len(d.queues) && len(d.flights) < d.window.size; idle++ {
		q := d.queues[d.turn%len(d.queues)]
		d.turn++
		if len(q.pairs) == 0 || q.flying+len(q.late)+q.waiting >= q.window.size {
			continue
		}
		if delay := q.pace.ask(now); delay > 0 && d.survey.background.Context.Err() == nil {
			if due := now.Add(delay); d.due.IsZero() || due.Before(d.due) {
				d.due = due
			}
			continue
		}
		p := q.pairs[0]
		q.pairs = q.pairs[1:]
		parallel.Guard(func() { d.ask(p) }, func(reason any) { d.settle(p, p.crashed(reason)) })
		idle = -1
	}
}

// ask begins the question of a pair. The positive test entry is asked before all others, but no question waits for its answer.
func (d *desk) ask(p *pair) {
	s := d.survey
	p.paths = s.pathsTo(p.list, p.subject)
	k := p.paths.resolvers
	switch {
	case p.queue.shut():
		d.settle(p, p.queue.unasked(p))
		return
	case p.test || s.client.Direct == resolver.Always || s.background.Context.Err() != nil || k.silence().Cause != "":
		d.handOver(p)
		return
	}
	if tests := k.list.PositiveTests(k.subject); k.probe == nil && len(tests) > 0 && !k.first.Known() {
		k.probe = &flight{of: k, queue: p.queue}
		s.client.Prepare(&k.probe.Exchange, k.list.Question(tests[0], dnsbl.A))
		p.queue.pace.owe(time.Now(), 1)
		d.fly(k.probe)
	}
	f := &flight{of: k, queue: p.queue, pair: p}
	p.asking = s.client.Prepare(&f.Exchange, k.list.Question(p.subject, dnsbl.A))
	d.fly(f)
}

// settle ends a pair.
func (d *desk) settle(p *pair, f dnsbl.Finding) {
	*p.finding = f
	p.asking, p.found = nil, nil // which are large
	p.queue.note(&f, p.paths != nil && p.paths.resolvers.tested())
	d.survey.verdicts(&f)
	d.open--
	if p.row.left--; p.row.left == 0 {
		d.survey.done.Add(1)
		d.ready = append(d.ready, p.row)
	}
	if f.Cause == dnsbl.NoSockets { // there may be some later
		delete(d.survey.paths, listKind{p.list, p.subject.Kind()})
	}
}

// handOver gives a pair to a goroutine that may wait, as soon as there is room for one more.
func (d *desk) handOver(p *pair) {
	d.survey.allowDirect(p)
	if p.test {
		p.queue.pace.owe(time.Now(), 1) // for the negative test entry
	}
	if p.asking != nil && p.asking.Answered && p.list.Claims(p.asking.Answer) {
		p.queue.pace.owe(time.Now(), 2) // for the negative test entry and the reason
	}
	p.queue.late = append(p.queue.late, p)
	d.admit(p.queue)
}

// admit lets pairs of a queue go on that are late, as many as may. No list has all the room where others want some.
func (d *desk) admit(q *queue) {
	if len(q.late) == 0 {
		return
	}
	share := max(leastOfList, d.most/d.busy())
	for len(q.late) > 0 && d.waiting < d.most && q.waiting < share {
		p := q.late[0]
		q.late = q.late[1:]
		if k := p.paths.resolvers; k.probing() { // who waits will want to know
			d.goOn(k.probe)
		}
		d.waiting++
		q.waiting++
		go func() {
			var f dnsbl.Finding
			parallel.Guard(func() { f = d.survey.find(p) }, func(reason any) { f = p.crashed(reason) })
			p.found = &f
			d.done <- p
		}()
	}
}

// busy returns how many lists have pairs that wait, or want to; at least one.
func (d *desk) busy() int {
	n := 0
	for _, q := range d.queues {
		if len(q.late)+q.waiting > 0 {
			n++
		}
	}
	return max(1, n)
}

// returned takes in what a goroutine found.
func (d *desk) returned(p *pair) {
	d.waiting--
	p.queue.waiting--
	d.survey.hear(p.found)
	p.queue.pace.owe(time.Now(), p.unpaced())
	if p.found.Outcome != dnsbl.Failed {
		p.queue.window.open()
	}
	d.settle(p, *p.found)
	d.admit(p.queue)
	for i := 0; i < len(d.queues) && d.waiting < d.most; i++ {
		d.admit(d.queues[i])
	}
}

// close ends what is under way.
func (d *desk) close() {
	d.survey.end()
	for ; d.waiting > 0; d.waiting-- {
		<-d.done
	}
	for _, f := range d.flights {
		f.Conclude()
	}
	for _, q := range d.queues {
		for _, p := range q.late {
			if p.asking != nil {
				p.asking.Conclude()
			}
		}
	}
	d.clock.Stop()
}
