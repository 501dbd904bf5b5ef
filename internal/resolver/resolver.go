// Package resolver asks one question of DNS servers and returns one answer. It is the only package
// that opens DNS sockets.
//
// A Client knows whom to ask: resolvers, or the name servers of a zone. Ask puts a question to them
// in turn until one answers, all have failed, or the time is over. The failure is part of the
// answer.
//
// Start sends the first try of a question and returns an Exchange: plain data, on which its latest
// copy goes on, so that it can be handed to another goroutine. Complete waits for the reply, makes
// the other tries, and repeats a truncated answer over TCP. A caller with thousands of questions
// starts each of them with one channel for all replies, settles an exchange whose reply is an
// answer, and completes the few others in goroutines of their own. A reply to an earlier try of an
// exchange counts as well as one to the last.
//
// A transport shares UDP sockets between queries to one server. It tells them apart by their
// random IDs and drops a packet that does not answer the query of its ID (RFC 5452). It also sends
// a query again, within a try, if its answer takes much longer than those before (path.go).
package resolver

import (
	"context"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/parallel"
)

// Ask asks the resolvers until one of them answers, all have failed, or ctx is over. If there is no
// answer, its Cause is why.
//
// If a resolver fails, the next one is asked at once. When all have failed, those that are
// unreachable, or answer SERVFAIL or REFUSED, are asked again twice within a second, as that may
// pass. After a silence the query is sent again, to the next resolver in turn.
func (c *Client) Ask(ctx context.Context, q dnsbl.Question) dnsbl.Answer {
	answer, _ := c.AskReferral(ctx, q)
	return answer
}

// AskAll asks all questions at once, and returns the answers in their order.
func (c *Client) AskAll(ctx context.Context, questions ...dnsbl.Question) []dnsbl.Answer {
	answers := make([]dnsbl.Answer, len(questions))
	parallel.Each(len(questions), len(questions), func(i int) {
		answers[i] = c.Ask(ctx, questions[i])
	}, func(i int, reason any) { answers[i] = Crashed(reason) })
	return answers
}

// AskReferral is Ask, and also returns the referral if there is no better answer.
func (c *Client) AskReferral(ctx context.Context, q dnsbl.Question) (dnsbl.Answer, *Referral) {
	x := c.Start(ctx, q, nil)
	return x.complete(ctx)
}
