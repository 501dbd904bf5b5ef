package resolver

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"time"

	"check_dnsbl/internal/dnsbl"
)

const (
	maxFollowed = 4 // aliases without their target

	// Most failures that pass do so within a moment, such as the restart of a resolver. A failure
	// that stays must not take long.
	firstPause = 250 * time.Millisecond // the second is twice as long
	maxPauses  = 2
)

// An Exchange is a question whose first try was made. Only its latest copy may be used.
type Exchange struct {
	Pending  *Pending  // the first try; nil if none could be sent
	Begun    time.Time // when it was sent
	Deadline time.Time // when it has lasted long enough
	Final    bool      // a failure is not taken for one that may pass

	client    *Client
	question  dnsbl.Question
	transport *transport
	first     int        // index of the resolver that is asked first
	failure   error      // of its try, if none could be sent
	replies   chan Reply // of the exchange itself, if they go there
	settled   *message   // the answer, if it is known
	aliases   int        // that were followed before
}

// Start makes the first try, unless ctx is over. Its replies go to replies, until Detach; if
// replies is nil, they go to the exchange from the start.
func (c *Client) Start(ctx context.Context, q dnsbl.Question, replies chan<- Reply) Exchange {
	x := Exchange{
		client: c, question: q, transport: c.transport, first: c.first(),
		Begun: time.Now(), Final: c.Final,
	}
	if x.transport == nil {
		x.transport = new(transport)
	}
	if len(c.Resolvers) == 0 || ctx.Err() != nil {
		return x
	}
	first := c.Resolvers[x.first]
	known := x.transport.known(first)
	if c.TCP || known.onlyTCP {
		return x
	}
	if replies == nil {
		x.replies = c.channel()
		replies = x.replies
	}
	x.Deadline = x.Begun.Add(c.Share(ctx, c.tries()*len(c.Resolvers)))
	x.Pending, x.failure = x.send(first, !known.noEDNS, replies)
	return x
}

// send sends the query to a server.
func (x *Exchange) send(to netip.AddrPort, edns bool, replies chan<- Reply) (*Pending, error) {
	query, err := x.client.query(x.question, edns)
	if err != nil {
		return nil, err
	}
	return x.transport.send(to, query, replies)
}

// channel returns a channel for the replies of all resolvers to one question.
func (c *Client) channel() chan Reply { return make(chan Reply, maxBuffered*len(c.Resolvers)) }

// Wait returns how long the first try was meant to take.
func (x *Exchange) Wait() time.Duration { return x.Deadline.Sub(x.Begun) }

// Settle reports whether a reply to the first try is an answer. The exchange is over then. If not,
// the reply is for Complete, which may wait for a better one.
func (x *Exchange) Settle(r Reply) bool {
	if r.kind != complete || r.answer.Cause != "" {
		x.Detach()
		r.Forward()
		return false
	}
	x.settled = r.message
	r.answer.Question, r.answer.Server = x.question, x.Pending.server
	r.answer.RTT = r.at.Sub(x.Begun)
	x.Pending.release()
	return true
}

// Answer returns the answer of an exchange that is settled.
func (x *Exchange) Answer() dnsbl.Answer { return x.settled.answer }

// Detach makes further replies to the first try go to the exchange itself. Those that are under way
// to the channel of Start are for Reply.Forward.
func (x *Exchange) Detach() {
	x.replies = x.client.channel()
	x.Pending.redirect(x.replies)
}

// Close ends an exchange that was not settled and is not to be completed.
func (x *Exchange) Close() { x.Pending.release() }

// Complete returns the answer: the settled one, or what comes of the first try and those after it.
// It must be called once at most, and only if replies go to the exchange.
func (x Exchange) Complete(ctx context.Context) dnsbl.Answer {
	answer, _ := x.complete(ctx)
	return answer
}

// complete is Complete, and also returns the referral if there is no better answer.
func (x Exchange) complete(ctx context.Context) (dnsbl.Answer, *Referral) {
	if x.settled != nil {
		return x.settled.answer, nil
	}
	var room [1]server
	r := rounds{Exchange: x, servers: x.client.servers(room[:0], x.first)}
	defer r.close()
	if x.Pending != nil || x.failure != nil {
		s := &r.servers[0]
		s.tries--
		s.sent++
		if s.pending = x.Pending; s.pending != nil {
			r.await(ctx, s, x.Wait(), time.Until(x.Deadline))
		} else {
			s.failTry(failedBy(x.failure).answer)
		}
	}
	for more := true; more && ctx.Err() == nil; {
		s, left := r.next()
		if s == nil {
			decided := slices.ContainsFunc(r.servers, func(s server) bool { return s.decided() })
			more = !decided && (r.again(ctx) || r.lastTry(ctx))
			continue
		}
		wait := x.client.Share(ctx, left)
		s.tries--
		s.sent++
		if r.client.TCP || r.transport.known(s.addr).onlyTCP {
			r.accept(s, r.askTCP(ctx, s, wait))
		} else if r.try(s) {
			r.await(ctx, s, wait, wait)
		}
	}
	answer, best := r.result()
	if best.alias != "" {
		answer = x.follow(ctx, answer, best.alias)
	}
	return answer, best.referral
}

// follow looks up the target of an alias that came without it, at the same server. Resolvers send
// the target along, but some leave out that it has no records.
func (x *Exchange) follow(ctx context.Context, answer dnsbl.Answer, alias string) dnsbl.Answer {
	if x.aliases == maxFollowed {
		return answer
	}
	q := dnsbl.Question{Name: alias, Type: x.question.Type}
	next := x.client.Only(answer.Server).Start(ctx, q, nil)
	next.aliases = x.aliases + 1
	target := next.Complete(ctx)
	if target.Cause != "" {
		answer.Detail = target.Cause.Text()
		return answer
	}
	target.Question, target.Zone = x.question, ""
	target.TTL, target.RTT = min(target.TTL, answer.TTL), time.Since(x.Begun)
	return target
}

// servers returns the resolvers in the order in which they are asked, in the memory of room if that
// is enough.
func (c *Client) servers(room []server, first int) []server {
	servers := slices.Grow(room, len(c.Resolvers))[:len(c.Resolvers)]
	for i := range servers {
		servers[i] = server{
			addr:   c.Resolvers[(first+i)%len(servers)],
			tries:  c.tries(),
			answer: dnsbl.Answer{Cause: dnsbl.Timeout},
		}
	}
	return servers
}

// rounds are the tries of one exchange, with all its servers.
type rounds struct {
	Exchange
	servers []server
	pauses  int // before a server was asked again after a failure
}

// next returns the server whose turn it is, and the number of tries that are left to all servers;
// nil if none is left, or needed.
func (r *rounds) next() (turn *server, left int) {
	for i := range r.servers {
		s := &r.servers[i]
		if s.decided() {
			return nil, 0
		}
		left += s.tries
		if s.tries > 0 && (turn == nil || s.tries > turn.tries) {
			turn = s
		}
	}
	return turn, left
}

// try sends the query to a server. It reports whether a reply may come.
func (r *rounds) try(s *server) bool {
	var err error
	if r.replies == nil {
		r.replies = r.client.channel()
	}
	if s.pending == nil {
		s.pending, err = r.send(s.addr, !r.transport.known(s.addr).noEDNS, r.replies)
	} else {
		err = s.pending.again(s.tries == 0 && r.silent(s))
	}
	if err != nil {
		s.failTry(failedBy(err).answer)
	}
	return err == nil
}

// again gives a server one more try if its failure may pass, after a pause in which replies count.
// It reports whether there is one. Several servers have theirs in turn. Name servers have none, as
// the resolvers have tried them too.
func (r *rounds) again(ctx context.Context) bool {
	var passing []*server
	for i := range r.servers {
		s := &r.servers[i]
		path := r.transport.known(s.addr)
		if s.answer.Cause.Traits().MayPass && path.mayOpen(time.Now()) {
			passing = append(passing, s)
		}
	}
	pause := firstPause << r.pauses
	pause += rand.N(pause/2) - pause/4 // those that failed together do not come back together
	deadline, limited := ctx.Deadline()
	if r.Final || r.client.authoritative || len(passing) == 0 || r.pauses == maxPauses ||
		limited && time.Until(deadline) < pause {
		return false
	}
	s := passing[r.pauses%len(passing)]
	r.pauses++
	r.await(ctx, nil, r.client.Share(ctx, 1), pause)
	s.tries = 1
	if s.answer.Cause == dnsbl.Refused {
		r.transport.with(s.addr, func(p *path) {
			if !p.retry() {
				s.tries = 0
			}
		})
	}
	return s.tries > 0
}

// lastTry uses TCP for a resolver that answers nothing over UDP, if there is time left. It reports
// whether it did.
func (r *rounds) lastTry(ctx context.Context) bool {
	for i := range r.servers {
		s := &r.servers[i]
		if s.overTCP || s.sent == 0 || !r.silent(s) || r.transport.known(s.addr).replies > 0 {
			continue
		}
		s.overTCP = true
		if came := r.askTCP(ctx, s, r.client.Share(ctx, 1)); came.kind == complete {
			r.accept(s, came)
			r.transport.with(s.addr, func(p *path) { p.onlyTCP = true })
		}
		return true
	}
	return false
}

// askTCP asks a server over TCP.
func (r *rounds) askTCP(ctx context.Context, s *server, wait time.Duration) message {
	came := message{kind: noEDNS}
	for edns := true; came.kind == noEDNS; edns = false {
		query, err := r.client.query(r.question, edns)
		if err != nil {
			return failedBy(err)
		}
		query.setID()
		came = overTCP(ctx, s.addr, query, wait)
	}
	if came.kind == truncated {
		came = repeated(came)
	}
	return came
}

// silent reports whether nothing came of a resolver: it may drop queries of this form.
func (r *rounds) silent(s *server) bool {
	return !r.client.authoritative && s.answer.Cause == dnsbl.Timeout
}

// await hears replies until server s has answered or failed, or what is left of the wait is over;
// if s is nil, until any server has answered.
func (r *rounds) await(ctx context.Context, s *server, wait, left time.Duration) {
	timer := time.NewTimer(left)
	defer timer.Stop()
	for {
		select {
		case reply := <-r.replies:
			if r.hear(ctx, s, reply, wait) {
				return
			}
		case <-timer.C:
			r.hearLast(ctx, s)
			return
		case <-ctx.Done():
			r.hearLast(ctx, s)
			return
		}
	}
}

// hearLast hears the replies that came just in time, and errors too: if there was little time, a
// closed port must not become "no answer".
func (r *rounds) hearLast(ctx context.Context, s *server) {
	for len(r.replies) > 0 {
		if reply := <-r.replies; reply.kind == failed || reply.kind == complete {
			r.hear(ctx, s, reply, 0)
		}
	}
}

// hear takes in a reply, which may be of another server, to an earlier try. It reports whether the
// try with server s is over.
func (r *rounds) hear(ctx context.Context, s *server, reply Reply, wait time.Duration) bool {
	i := slices.IndexFunc(r.servers, func(s server) bool { return s.pending == reply.Pending })
	if i < 0 {
		return false
	}
	from := &r.servers[i]
	over := r.take(ctx, from, reply, wait)
	return from.decided() || over && from == s
}

// take does what a reply of a server calls for. It reports whether the try with it is over.
func (r *rounds) take(ctx context.Context, s *server, reply Reply, wait time.Duration) bool {
	came := *reply.message
	if came.kind == truncated {
		came = repeated(overTCP(ctx, s.addr, s.pending.query, wait))
	}
	return r.accept(s, came)
}

// accept takes in the final reply of a server. It reports whether the try with it is over.
func (r *rounds) accept(s *server, came message) bool {
	switch came.kind {
	case complete:
		s.tries, s.alias = 0, came.alias
	case referred:
		s.tries = 0
		// It must lead down, towards the name: neither round in a circle nor astray.
		to := came.referral
		if below(to.Zone, r.client.zone) && Within(plain(r.question.Name), to.Zone) {
			s.referral = to
		}
	case failed:
		s.failTry(came.answer)
		return true
	case noEDNS:
		return !r.sendPlain(s)
	case unrelated:
		return false
	}
	s.note(came.answer)
	return came.kind != malformed // it may be forged: the right one may still come
}

// sendPlain asks again without EDNS, with a new ID. It reports whether a reply may come.
func (r *rounds) sendPlain(s *server) bool {
	query, err := r.client.query(r.question, false)
	if err == nil {
		err = s.pending.replace(query)
	}
	if err != nil {
		s.failTry(failedBy(err).answer)
	}
	return err == nil
}

// result returns the answer that the servers gave, else the failure that tells most, with its
// server.
func (r *rounds) result() (answer dnsbl.Answer, from *server) {
	best := mostTelling(r.servers)
	answer = best.answer
	answer.Question, answer.Server, answer.RTT = r.question, best.addr, time.Since(r.Begun)
	for i := range r.servers {
		s := &r.servers[i]
		if answer.Cause == "" && s.sent > 0 {
			r.transport.with(s.addr, func(p *path) {
				p.passedOver = true
				p.answered = p.answered || s.answer.Cause == ""
			})
		}
	}
	return answer, best
}

// close ends the queries that are under way.
func (r *rounds) close() {
	for i := range r.servers {
		r.servers[i].pending.release()
	}
}

// mostTelling returns the server that has an answer, or leads to one, else the one with the failure
// that tells most.
func mostTelling(servers []server) *server {
	if len(servers) == 0 {
		none := dnsbl.Answer{
			Cause: dnsbl.Unreachable, Detail: "no server to query", SendFailed: true,
		}
		return &server{answer: none}
	}
	sent := 0
	best := &servers[0]
	for i := range servers {
		s := &servers[i]
		sent += s.sent
		better := s.answer.Cause.Rank() >= best.answer.Cause.Rank() || s.decided()
		if s.sent > 0 && better && !best.decided() {
			best = s
		}
	}
	if best.answer.Cause == dnsbl.Timeout {
		best.answer.Detail = silence(sent)
	}
	return best
}

// silence is the Detail of a timeout after so many tries.
func silence(sent int) string {
	switch sent {
	case 0:
		return "no time left"
	case 1:
		return "no answer"
	}
	return fmt.Sprintf("no answer to %d tries", sent)
}

// NoTime returns the answer to a question that was not asked, as the time is over.
func NoTime() dnsbl.Answer { return dnsbl.Answer{Cause: dnsbl.Timeout, Detail: silence(0)} }
