package resolver

import (
	"context"
	"time"

	"check_dnsbl/internal/dnsbl"
)

// An Exchange is a question under way. Who began it need not be who waits for its end.
type Exchange struct {
	client   *Client
	question dnsbl.Question
	ports    *ports
	Start    time.Time
	servers  []server
	only     [1]server     // of most
	first    *server       // whose first try was begun and is not over
	Wait     time.Duration // for that
	Answer   dnsbl.Answer
	Answered bool // the answer is known
}

// Prepare makes a the exchange of a question that nobody was asked yet.
func (c *Client) Prepare(a *Exchange, q dnsbl.Question) *Exchange {
	*a = Exchange{client: c, question: q, ports: c.ports, Start: time.Now()}
	a.servers = c.servers(a.only[:0], q)
	if a.ports == nil {
		a.ports = new(ports)
	}
	return a
}

// Begin makes the first try without waiting for what comes of it, which goes into box. It returns whether there is a try to wait for.
func (a *Exchange) Begin(ctx context.Context, box *Mailbox) bool {
	s, left := next(a.servers)
	if s == nil {
		return false
	}
	a.Wait = a.client.Share(ctx, left)
	if s.begin(a.ports, box) {
		a.first = s
	}
	return a.first != nil
}

// First returns where the first try is waited for.
func (a *Exchange) First() *Line { return a.first.line }

// Settle ends the question with the answer to the first try.
func (a *Exchange) Settle(answer dnsbl.Answer) {
	a.first.note(answer)
	a.first.tries = 0
	a.Conclude()
}

// Complete returns the answer: the one that is known, or what comes of the first try and of those that follow it. It also
// returns the referral if that is all the answer there is.
func (a *Exchange) Complete(ctx context.Context) (dnsbl.Answer, *Referral) {
	if a.Answered {
		return a.Answer, nil
	}
	if a.first != nil {
		a.first.await(ctx, a.Wait, time.Until(a.Start.Add(a.Wait)))
	}
	for s, left := next(a.servers); s != nil && !a.over() && ctx.Err() == nil; s, left = next(a.servers) {
		s.try(ctx, a.ports, a.client.Share(ctx, left))
		a.hearOthers(ctx)
		if s.tries == 0 && s.answer.Cause != dnsbl.Timeout { // there is nothing more to hear from it
			s.close()
		}
	}
	return a.Conclude()
}

// hearOthers hears what came from servers that were asked before, while another one was waited for.
func (a *Exchange) hearOthers(ctx context.Context) {
	for i := range a.servers {
		if s := &a.servers[i]; s.line != nil && !a.over() {
			s.hearLast(ctx)
		}
	}
}

// over says whether a server gave an answer, or a referral.
func (a *Exchange) over() bool {
	for i := range a.servers {
		if s := &a.servers[i]; s.answer.Cause == "" || s.referral != nil {
			return true
		}
	}
	return false
}

// Conclude makes the answer of what the servers said.
func (a *Exchange) Conclude() (dnsbl.Answer, *Referral) {
	b := best(a.servers)
	for i := range a.servers {
		a.servers[i].close()
	}
	answer := b.answer
	answer.Question, answer.Server, answer.RTT = a.question, b.addr, time.Since(a.Start)
	if answer.Cause == "" {
		answer.Unresponsive = deaf(a.servers)
	}
	a.Answer, a.Answered = answer, true
	return answer, b.referral
}
