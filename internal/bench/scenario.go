package main

import (
	"errors"
	"fmt"
	"math"
	"net/netip"
	"strconv"
	"strings"
	"time"
)

// A scenario is a world and a network to check there.
type scenario struct {
	name, about string // about is the title of the table
	world       world
	bits        int     // the prefix length of the network
	turns       float64 // factor for the number of turns
	timeout     string  // -t of check_dnsbl
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
			name: "typical", about: "60 lists, 5 to 80 ms away, 0.2 % of the questions lost",
			world: world{Lists: 60, MinDelay: 5 * ms, MaxDelay: 80 * ms, Loss: 0.002},
			bits:  32, turns: 1, timeout: "10",
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

// network returns the network of a turn, in 198.18.0.0/15, which is reserved for benchmarks (RFC
// 2544).
func (s *scenario) network(turn int) string {
	addr := [4]byte{198, 18, byte(turn), 1} // another one each turn, so that losses differ
	if s.bits < 32 {
		addr[3] = 0
	}
	prefix := netip.PrefixFrom(netip.AddrFrom4(addr), s.bits).Masked()
	if s.bits == 32 {
		return prefix.Addr().String()
	}
	return prefix.String()
}

// A contender is a program with its arguments for each turn.
type contender struct {
	name string
	args func(turn int) []string
	// check returns an error if the output is wrong.
	check func(turn int, u result) error
}

// contenders returns the programs of the scenario. The others are compared with the first.
func (s *scenario) contenders(at addresses, t tools) []contender {
	floor := contender{floorName, func(turn int) []string {
		network := s.network(turn)
		if s.bits == 32 {
			network += "/32"
		}
		return []string{t.floor, at.Any, strconv.Itoa(s.world.Lists), network}
	}, s.checkFloor}
	if s.world.Lists == 0 {
		nothing := func(_ int, u result) error { return wantExit(u, 0) }
		floor = contender{emptyName, func(int) []string { return []string{t.empty} }, nothing}
	}
	all := []contender{floor, s.checkDNSBL(programName, t.program, at)}
	if t.old != "" {
		all = append(all, s.checkDNSBL(oldName, t.old, at))
	}
	return all
}

// checkDNSBL returns the check_dnsbl at path as a contender.
func (s *scenario) checkDNSBL(name, path string, at addresses) contender {
	if s.world.Lists == 0 {
		version := func(int) []string { return []string{path, "-V"} }
		return contender{name, version, func(_ int, u result) error { return wantExit(u, 3) }}
	}
	zones := strings.Join(s.world.zones(), ",")
	return contender{name, func(turn int) []string {
		return []string{
			path, "-H", s.network(turn), "-l", zones, "--resolver", at.Any, "-t", s.timeout,
		}
	}, s.checkVerdict}
}

// run runs all contenders in turn. It returns the rows of all runs that worked, even with an error.
func (s *scenario) run(server *worldProcess, t tools, turns int) (rows []row, err error) {
	contenders := s.contenders(server.addresses, t)
	if s.name == "fast" {
		contenders = append(contenders, s.others(server, t.dir)...)
	}
	runs := make([][]result, len(contenders))
	var wrong []error
	for turn := range int(math.Ceil(float64(turns) * s.turns)) {
		for i, c := range contenders {
			u, err := server.run(s.world, c.args(turn))
			if err != nil {
				return rows, fmt.Errorf("%s: %w", c.name, err)
			}
			if err := c.check(turn, u); err != nil {
				err = fmt.Errorf("turn %d, %s: %w; it printed:\n%s", turn, c.name, err, u.out)
				wrong = append(wrong, err)
			}
			runs[i] = append(runs[i], u)
		}
	}
	for i, c := range contenders {
		rows = append(rows, medians(c.name, runs[i], runs[0]))
	}
	return rows, errors.Join(wrong...)
}
