// Package resolver puts questions to DNS servers, many at a time. It is the only room that opens DNS sockets.
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
	// defaultWait is also what helps most: Debian's unbound drops an answer that it finds after 1.9 s,
	// and has it at hand when it is asked again.
	defaultWait   = 2 * time.Second
	defaultRounds = 2
	loneRounds    = 3 // a lost packet or two must not decide
)

// A Client knows whom to ask. Its methods do not change it: one Client serves any number of questions at a time.
type Client struct {
	Resolvers []netip.AddrPort // asked in this order
	Named     bool             // the user named the resolvers: whatever part of the inside they are in may be asked
	Assumed   bool             // nobody named a resolver: it is the one of this host, if there is one
	Rotate    bool             // begins each question at a random resolver
	Wait      time.Duration    // the longest wait for an answer before the next try; 0: 2 s
	Rounds    int              // how often a silent resolver is asked; 0: twice; a lone one at least three times
	Direct    Direct           // whether a Survey asks lists at their own name servers
	Port      uint16           // of name servers; 0: 53
	Rate      float64          // questions a second to one list at most, in a Survey; 0: what its operator wants

	authority bool   // the Resolvers are name servers: they are asked for what they have themselves, and may refer to others
	cut       string // where their zone begins then
	ports     *ports // that are shared with others; nil: its own
}

// Direct says when a list is asked at its own name servers.
type Direct int

const (
	Never  Direct = iota
	Auto          // when it refuses the resolvers or fails through them
	Always        // the resolvers only tell where the name servers are
)

// Ask puts one question to the resolvers until one of them answers, all have failed, or ctx is over.
// What went wrong is in the answer: its Cause, and words on it in Detail.
//
// A resolver that fails (unreachable, SERVFAIL, REFUSED, ...) is left out from then on and the next one is asked at once;
// after a silence the question is sent again, to the next resolver in turn. Each resolver keeps its line, so that the answer
// to an earlier copy still counts.
func (c *Client) Ask(ctx context.Context, q dnsbl.Question) dnsbl.Answer {
	answer, _ := c.AskReferral(ctx, q)
	return answer
}

// AskReferral is Ask, and also returns the referral if that is all the answer there is.
func (c *Client) AskReferral(ctx context.Context, q dnsbl.Question) (dnsbl.Answer, *Referral) {
	return c.Prepare(new(Exchange), q).Complete(ctx)
}

// Shared returns a client whose queries share sockets, at most MostPerPort of them each.
func (c *Client) Shared() *Client {
	shared := *c
	shared.ports = new(ports)
	return &shared
}

// Sent returns how many queries a Shared client has sent by UDP, each try counted.
func (c *Client) Sent() int { return int(c.ports.sent.Load()) }

// Only returns the client that asks just one of the servers.
func (c *Client) Only(server netip.AddrPort) *Client {
	one := *c
	one.Resolvers = []netip.AddrPort{server}
	return &one
}

// NameServers returns the client that asks name servers of a zone, which are nearer to the answer than resolvers and of
// whom there are several.
func (c *Client) NameServers(zone string, servers []netip.AddrPort) *Client {
	return &Client{Resolvers: servers, Wait: c.Patience() / 2, Rounds: 1, authority: true, cut: zone, ports: c.ports}
}

// deaf returns the servers that were asked and had no answer.
func deaf(servers []server) []netip.AddrPort {
	var addrs []netip.AddrPort
	for i := range servers {
		if servers[i].sent > 0 && servers[i].answer.Cause != "" {
			addrs = append(addrs, servers[i].addr)
		}
	}
	return addrs
}

// servers returns the resolvers in the order of this question, none of them asked yet, in the memory of room if that is enough.
func (c *Client) servers(room []server, q dnsbl.Question) []server {
	servers := slices.Grow(room, len(c.Resolvers))[:len(c.Resolvers)]
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
		servers[i] = server{addr: addr, question: q, authority: c.authority, cut: c.cut, tries: rounds, answer: dnsbl.Answer{Cause: dnsbl.Timeout}}
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

// Share returns the time for one of the tries that are left, so that all of them fit before the deadline.
func (c *Client) Share(ctx context.Context, tries int) time.Duration {
	wait := c.Patience()
	if deadline, ok := ctx.Deadline(); ok {
		wait = min(wait, time.Until(deadline)/time.Duration(tries))
	}
	return wait
}

// Patience returns the longest wait for an answer before the next try.
func (c *Client) Patience() time.Duration {
	if c.Wait <= 0 {
		return defaultWait
	}
	return c.Wait
}

// best returns the server that has an answer or a referral, else the one with the failure that says most.
func best(servers []server) *server {
	if len(servers) == 0 {
		return &server{answer: dnsbl.Answer{Cause: dnsbl.Unreachable, Detail: "no resolver to ask"}}
	}
	sent := 0
	b := &servers[0]
	for i := range servers {
		s := &servers[i]
		sent += s.sent
		if s.sent > 0 && (s.answer.Cause.Rank() >= b.answer.Cause.Rank() || s.referral != nil) && b.referral == nil {
			b = s
		}
	}
	if b.answer.Cause == dnsbl.Timeout {
		b.answer.Detail = Silence(sent)
	}
	return b
}

// Silence says in words that nothing came.
func Silence(sent int) string {
	switch sent {
	case 0:
		return "no time left to ask"
	case 1:
		return "no answer"
	}
	return fmt.Sprintf("no answer to %d tries", sent)
}
