package resolver

import (
	"context"
	"math/rand/v2"
	"net/netip"
	"time"

	"check_dnsbl/internal/dnsbl"
)

const (
	// defaultWait is short, as asking again helps most: Debian's unbound drops an answer that it
	// finds after 1.9 s, and has it cached for the next query.
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
	TCP       bool             // asks over TCP only
	Rotate    bool             // begins each question at a random resolver
	Wait      time.Duration    // the longest wait for a reply before the next try; 0: 2 s
	Rounds    int              // tries with a silent resolver; 0: two, with a lone one three
	Port      uint16           // of name servers; 0: 53
	Final     bool             // no failure is taken for one that may pass

	authoritative bool       // the Resolvers are name servers of zone, which may refer to others
	zone          string     // in lower case and without the final dot
	transport     *transport // shared by all exchanges; nil: each has its own
}

// Shared returns a client whose queries share sockets.
func (c *Client) Shared() *Client {
	shared := *c
	shared.transport = new(transport)
	return &shared
}

// Sent returns how many queries a Shared client has sent by UDP, each try counted.
func (c *Client) Sent() int { return int(c.transport.sent.Load()) }

// Faulty returns the resolvers that never answered a Shared client, although others did when asked
// the same, and those that answered only without EDNS, and only over TCP, after silence.
func (c *Client) Faulty() (unresponsive, withoutEDNS, overTCP []netip.AddrPort) {
	for _, addr := range c.Resolvers {
		path := c.transport.known(addr)
		if path.passedOver && !path.answered {
			unresponsive = append(unresponsive, addr)
		}
		if path.noEDNS {
			withoutEDNS = append(withoutEDNS, addr)
		}
		if path.onlyTCP {
			overTCP = append(overTCP, addr)
		}
	}
	return unresponsive, withoutEDNS, overTCP
}

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

// query packs a question in the way that the client's servers are asked.
func (c *Client) query(q dnsbl.Question, edns bool) (*query, error) {
	query, err := newQuery(q, edns)
	if err == nil && c.authoritative {
		query.packet[2] &^= 1 // RD, recursion desired: RFC 1034 section 4.3.1
		query.iterative = true
	}
	return query, err
}
