package lookup

import (
	"context"
	"time"

	"check_dnsbl/internal/dnsbl"
)

// An asking is a question under way. Who began it need not be who waits for its end.
type asking struct {
	client   *Client
	question dnsbl.Question
	ports    *ports
	start    time.Time
	servers  []server
	only     [1]server     // of most
	first    *server       // whose first try was begun and is not over
	wait     time.Duration // for that
	answer   dnsbl.Answer
	answered bool // the answer is known
}

// prepare makes a the asking of a question that nobody was asked yet.
func (c *Client) prepare(a *asking, q dnsbl.Question) *asking {
	*a = asking{client: c, question: q, ports: c.ports, start: time.Now()}
	a.servers = c.servers(a.only[:0], q)
	if a.ports == nil {
		a.ports = new(ports)
	}
	return a
}

// begin makes the first try without waiting for what comes of it, which goes into box. It returns whether there is a try to wait for.
func (a *asking) begin(ctx context.Context, box *mailbox) bool {
	s, left := next(a.servers)
	if s == nil {
		return false
	}
	a.wait = a.client.share(ctx, left)
	if s.begin(a.ports, box) {
		a.first = s
	}
	return a.first != nil
}

// settle ends the question with the answer to the first try.
func (a *asking) settle(answer dnsbl.Answer) {
	a.first.note(answer)
	a.first.tries = 0
	a.conclude()
}

// finish returns the answer: the one that is known, or what comes of the first try and of those that follow it. It also
// returns the referral if that is all the answer there is.
func (a *asking) finish(ctx context.Context) (dnsbl.Answer, *referral) {
	if a.answered {
		return a.answer, nil
	}
	if a.first != nil {
		a.first.await(ctx, a.wait, time.Until(a.start.Add(a.wait)))
	}
	for s, left := next(a.servers); s != nil && !a.over() && ctx.Err() == nil; s, left = next(a.servers) {
		s.try(ctx, a.ports, a.client.share(ctx, left))
		a.hearOthers(ctx)
		if s.tries == 0 && s.answer.Cause != dnsbl.Timeout { // there is nothing more to hear from it
			s.close()
		}
	}
	return a.conclude()
}

// hearOthers hears what came from servers that were asked before, while another one was waited for.
func (a *asking) hearOthers(ctx context.Context) {
	for i := range a.servers {
		if s := &a.servers[i]; s.line != nil && !a.over() {
			s.hearLast(ctx)
		}
	}
}

// over says whether a server gave an answer, or a referral.
func (a *asking) over() bool {
	for i := range a.servers {
		if s := &a.servers[i]; s.answer.Cause == "" || s.referral != nil {
			return true
		}
	}
	return false
}

// conclude makes the answer of what the servers said.
func (a *asking) conclude() (dnsbl.Answer, *referral) {
	b := best(a.servers)
	for i := range a.servers {
		a.servers[i].close()
	}
	answer := b.answer
	answer.Question, answer.Server, answer.RTT = a.question, b.addr, time.Since(a.start)
	if answer.Cause == "" {
		answer.Unresponsive = deaf(a.servers)
	}
	a.answer, a.answered = answer, true
	return answer, b.referral
}
