package main

import (
	"fmt"
	"net/netip"
	"time"
)

// A scenario is a world and a network to check there.
type scenario struct {
	name, about string // about is the title of the table
	world       world
	bits        int     // the prefix length of the network
	turns       float64 // factor for the number of turns
	timeout     string  // -t of check_dnsbl

	// lean makes the floor query the addresses alone, without test entries, and send again after
	// 0.5 s instead of 2 s: the least that an answer takes when packets are lost.
	lean bool
}

const ms = time.Millisecond

// scenarios returns all scenarios in the order of their runs.
func scenarios() []scenario {
	return []scenario{
		{name: "start", about: "-V, against an empty Go program", turns: 10},
		{
			name: "fast", about: "100 lists that answer at once",
			world: world{Lists: 100}, bits: 32, turns: 2, timeout: "10",
		},
		{
			name: "typical", about: "60 lists, 5 to 80 ms away",
			world: world{Lists: 60, MinDelay: 5 * ms, MaxDelay: 80 * ms},
			bits:  32, turns: 1, timeout: "10",
		},
		lossy("loss-0.2", 0.002),
		lossy("loss-1", 0.01),
		{
			name: "slow", about: "60 lists, 50 to 400 ms away: queries sent again are too many",
			world: world{Lists: 60, MinDelay: 50 * ms, MaxDelay: 400 * ms},
			bits:  32, turns: 0.7, timeout: "10",
		},
		{
			name: "bad-day", about: "100 lists: 8 silent, 4 SERVFAIL, 3 list everything, " +
				"2 refuse; 2 % lost; 5 list the address",
			world: world{
				Lists: 100, Silent: 8, ServFails: 4, Wildcards: 3, Refusals: 2, Listings: 5,
				MinDelay: 5 * ms, MaxDelay: 80 * ms, Loss: 0.02,
			},
			bits: 32, turns: 0.2, timeout: "10",
		},
		{
			name: "net24", about: "a /24 on 100 lists that answer at once",
			world: world{Lists: 100}, bits: 24, turns: 1, timeout: "60",
		},
		{
			name: "net24-20ms", about: "a /24 on 100 lists, 20 ms away",
			world: world{Lists: 100, MinDelay: 20 * ms, MaxDelay: 20 * ms},
			bits:  24, turns: 1, timeout: "60",
		},
		{
			name: "net20", about: "a /20 on 10 lists that answer at once",
			world: world{Lists: 10}, bits: 20, turns: 0.4, timeout: "60",
		},
		{
			name: "net16", about: "a /16 on 10 lists that answer at once",
			world: world{Lists: 10}, bits: 16, turns: 0.2, timeout: "600",
		},
	}
}

// lossy returns the typical scenario with so much loss, which takes many turns: most lose nothing.
func lossy(name string, loss float64) scenario {
	return scenario{
		name:  name,
		about: fmt.Sprintf("60 lists, 5 to 80 ms away, %g %% of queries lost", 100*loss),
		world: world{Lists: 60, MinDelay: 5 * ms, MaxDelay: 80 * ms, Loss: loss},
		bits:  32, turns: 2.7, timeout: "10", lean: true,
	}
}

// inTurn returns the world of a turn. Each turn loses other queries.
func (s *scenario) inTurn(turn int) world {
	w := s.world
	w.Turn = turn
	return w
}

// network returns the network of a turn, in 198.18.0.0/15, which is reserved for benchmarks (RFC
// 2544).
func (s *scenario) network(turn int) string {
	addr := [4]byte{198, 18, byte(turn), 1} // another one each turn, so that no answer is cached
	if s.bits < 32 {
		addr[3] = 0
	}
	prefix := netip.PrefixFrom(netip.AddrFrom4(addr), s.bits).Masked()
	if s.bits == 32 {
		return prefix.Addr().String()
	}
	return prefix.String()
}
