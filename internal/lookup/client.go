// Package lookup puts questions to DNS resolvers, many at a time. It is the only room with a network.
package lookup

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"time"

	"check_dnsbl/internal/dnsbl"
)

const (
	// defaultWait is also what helps most: Debian's unbound drops an answer that it finds after 1.9 s,
	// and has it at hand when it is asked again.
	defaultWait   = 2 * time.Second
	defaultRounds = 2
	loneRounds    = 3 // a lost packet or two must not decide
)

// A Client knows whom to ask. Its methods do not change it: one Client serves any number of questions at a time.
type Client struct {
	Resolvers []netip.AddrPort // asked in this order
	Rotate    bool             // begins each question at a random resolver
	Wait      time.Duration    // the longest wait for an answer before the next try; 0: 2 s
	Rounds    int              // how often a silent resolver is asked; 0: twice; a lone one at least three times
}

// Ask puts one question to the resolvers until one of them answers, all have failed, or ctx is over.
// What went wrong is in the answer: its Cause, and words on it in Detail.
//
// A resolver that fails (unreachable, SERVFAIL, REFUSED, ...) is left out from then on and the next one is asked at once;
// after a silence the question is sent again, to the next resolver in turn. Each resolver keeps its socket, so that the answer
// to an earlier copy still counts.
func (c *Client) Ask(ctx context.Context, q dnsbl.Question) dnsbl.Answer {
	start := time.Now()
	servers := c.servers(q)
	for s, left := next(servers); s != nil && ctx.Err() == nil; s, left = next(servers) {
		s.try(ctx, c.share(ctx, left))
		if s.answer.Cause == "" {
			break
		}
	}
	answer := best(servers)
	for i := range servers {
		servers[i].close()
	}
	answer.Question = q
	answer.RTT = time.Since(start)
	return answer
}

// servers returns the resolvers in the order of this question, none of them asked yet.
func (c *Client) servers(q dnsbl.Question) []server {
	servers := make([]server, len(c.Resolvers))
	first := 0
	if c.Rotate && len(servers) > 0 {
		first = rand.IntN(len(servers))
	}
	rounds := c.Rounds
	if rounds < 1 {
		rounds = defaultRounds
	}
	if len(servers) == 1 {
		rounds = max(rounds, loneRounds)
	}
	for i := range servers {
		addr := c.Resolvers[(first+i)%len(servers)]
		servers[i] = server{addr: addr, question: q, tries: rounds, answer: dnsbl.Answer{Cause: dnsbl.Timeout}}
	}
	return servers
}

// next returns the server whose turn it is, nil if no try is left, and the number of tries left to all servers.
func next(servers []server) (*server, int) {
	var turn *server
	left := 0
	for i := range servers {
		s := &servers[i]
		left += s.tries
		if s.tries > 0 && (turn == nil || s.tries > turn.tries) {
			turn = s
		}
	}
	return turn, left
}

// share returns the time for one of the tries that are left, so that all of them fit before the deadline.
func (c *Client) share(ctx context.Context, tries int) time.Duration {
	wait := c.Wait
	if wait <= 0 {
		wait = defaultWait
	}
	if deadline, ok := ctx.Deadline(); ok {
		wait = min(wait, time.Until(deadline)/time.Duration(tries))
	}
	return wait
}

// best returns the answer of the server that has one, else the failure that says most.
func best(servers []server) dnsbl.Answer {
	if len(servers) == 0 {
		return dnsbl.Answer{Cause: dnsbl.Unreachable, Detail: "no resolver to ask"}
	}
	sent := 0
	b := &servers[0]
	for i := range servers {
		s := &servers[i]
		sent += s.sent
		if s.sent > 0 && worth(s.answer.Cause) >= worth(b.answer.Cause) {
			b = s
		}
	}
	answer := b.answer
	answer.Server = b.addr
	if answer.Cause == dnsbl.Timeout {
		answer.Detail = silence(sent)
	}
	return answer
}

// silence says in words that nothing came.
func silence(sent int) string {
	switch sent {
	case 0:
		return "no time left to ask"
	case 1:
		return "no answer"
	}
	return fmt.Sprintf("no answer to %d tries", sent)
}

// worth ranks what is known after several tries: an answer over any failure, and a failure that tells something of the
// list over one that tells only of a resolver.
func worth(cause dnsbl.Cause) int {
	switch cause {
	case "":
		return 7
	case dnsbl.ServFail:
		return 6
	case dnsbl.Refused:
		return 5
	case dnsbl.OddRcode:
		return 4
	case dnsbl.Malformed:
		return 3
	case dnsbl.Truncated:
		return 2
	case dnsbl.Timeout:
		return 1
	}
	return 0 // unreachable, or an error of our own
}
