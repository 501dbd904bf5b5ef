// Package resolver asks one question of DNS servers and returns one answer. It is the only package
// that opens DNS sockets.
//
// A Client knows whom to ask: resolvers, or the name servers of a zone. Ask puts a question to them
// in turn until one answers, all have failed, or the time is over. What went wrong is part of the
// answer.
//
// A question becomes an Exchange, which sends its first try and is a value from then on: the
// servers that are left, and where replies go. Complete waits for the reply, makes the other tries,
// and repeats a truncated answer over TCP. Those who ask thousands of questions Start each of them
// with one channel for all replies, Settle an exchange whose reply is an answer, and Complete the
// few others in goroutines of their own. A reply to an earlier try of an exchange counts as well as
// one to the last.
//
// A transport shares UDP sockets between queries to one server. It tells them apart by their
// random IDs and drops a packet that does not answer the query of its ID (RFC 5452).
package resolver

import (
	"context"
	"math/rand/v2"
	"net/netip"
	"slices"
	"time"

	"check_dnsbl/internal/dnsbl"
)

const (
	// defaultWait is short, as asking again is what helps most: Debian's unbound drops an answer
	// that it finds after 1.9 s, and has it cached for the next query.
	defaultWait   = 2 * time.Second
	defaultRounds = 2
	loneRounds    = 3 // a lost packet or two must not decide
)

// A Client knows whom to ask. Its methods do not change it, so that one Client serves any number of
// goroutines.
type Client struct {
	Resolvers []netip.AddrPort // asked in this order
	Named     bool             // the user named the resolvers
	Assumed   bool             // no resolver is configured: the one of this host is tried
	Rotate    bool             // begins each question at a random resolver
	Wait      time.Duration    // the longest wait for a reply before the next try; 0: 2 s
	Rounds    int              // tries with a silent resolver; 0: two; a lone one gets at least three
	Direct    Direct           // when a survey asks lists at their own name servers
	Port      uint16           // of name servers; 0: 53
	Rate      float64          // of a survey: queries a second to a list; 0: its operator's limit

	authoritative bool       // the Resolvers are name servers of zone, which may refer to others
	zone          string     // in lower case and without the final dot
	transport     *transport // shared by all exchanges; nil: each has its own
}

// Direct is when a list is queried at its own name servers.
type Direct int

const (
	Never  Direct = iota
	Auto          // if there is no verdict through the resolvers
	Always        // the resolvers are only asked who the name servers are
)

// Ask asks the resolvers until one of them answers, all have failed, or ctx is over. If there is no
// answer, its Cause is why.
//
// A resolver that fails (unreachable, SERVFAIL, REFUSED, ...) is not asked again, and the next one
// is asked at once. After a silence the query is sent again, to the next resolver in turn.
func (c *Client) Ask(ctx context.Context, q dnsbl.Question) dnsbl.Answer {
	answer, _ := c.AskReferral(ctx, q)
	return answer
}

// AskReferral is Ask, and also returns the referral if there is no better answer.
func (c *Client) AskReferral(ctx context.Context, q dnsbl.Question) (dnsbl.Answer, *Referral) {
	x := c.Start(ctx, q, nil)
	return x.complete(ctx)
}

// Shared returns a client whose queries share sockets.
func (c *Client) Shared() *Client {
	shared := *c
	shared.transport = new(transport)
	return &shared
}

// Sent returns how many queries a Shared client has sent by UDP, each try counted.
func (c *Client) Sent() int { return int(c.transport.sent.Load()) }

// Only returns a client that asks just one server.
func (c *Client) Only(server netip.AddrPort) *Client {
	one := *c
	one.Resolvers = []netip.AddrPort{server}
	return &one
}

// NameServers returns a client that asks the name servers of a zone. Each is waited for only half
// as long as a resolver, and tried once: it has the answer at hand, and there are several.
func (c *Client) NameServers(zone string, servers []netip.AddrPort) *Client {
	return &Client{
		Resolvers: servers, Wait: c.Patience() / 2, Rounds: 1,
		authoritative: true, zone: zone, transport: c.transport,
	}
}

// Patience returns the longest wait for a reply before the next try.
func (c *Client) Patience() time.Duration {
	if c.Wait <= 0 {
		return defaultWait
	}
	return c.Wait
}

// Share returns how long one of n tries may take so that all of them fit before the deadline.
func (c *Client) Share(ctx context.Context, n int) time.Duration {
	wait := c.Patience()
	if deadline, ok := ctx.Deadline(); ok {
		wait = min(wait, time.Until(deadline)/time.Duration(n))
	}
	return wait
}

// first returns the index of the resolver that is asked first.
func (c *Client) first() int {
	if c.Rotate && len(c.Resolvers) > 0 {
		return rand.IntN(len(c.Resolvers))
	}
	return 0
}

// tries returns how often each resolver may be asked.
func (c *Client) tries() int {
	tries := c.Rounds
	if tries < 1 {
		tries = defaultRounds
	}
	if len(c.Resolvers) == 1 {
		tries = max(tries, loneRounds)
	}
	return tries
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
