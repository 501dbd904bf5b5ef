package main

import (
	"context"
	"fmt"
	"net/netip"
	"sync"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/fcrdns"
	"check_dnsbl/internal/netspace"
	"check_dnsbl/internal/parallel"
	"check_dnsbl/internal/report"
	"check_dnsbl/internal/resolver"
	"check_dnsbl/internal/target"
	"check_dnsbl/internal/text"
)

const (
	mostServers   = 256 // addresses whose reverse DNS is looked up: a /24
	serversAtOnce = 64  // of these
)

// A server is an address whose reverse DNS is wanted, with the names of which it should have one, none if nobody knows.
type server struct {
	addr  netip.Addr
	names []string
}

// servers returns what --fcrdns is to look up, nothing without it, and notes on what it is not; or why that would be too much.
func (o *options) servers(found *target.Found) (servers []server, notes []string, tooMany error) {
	if !o.fcrdns {
		return nil, nil, nil
	}
	switch count := found.Addresses(); {
	case count > mostServers:
		return nil, nil, fmt.Errorf("--fcrdns is for at most %d addresses, and these are %d: name the mail servers themselves, or leave it out", mostServers, count)
	case count == 0:
		return nil, []string{"reverse DNS not looked up: domains have none, name the mail servers too"}, nil
	}
	unseen := map[string][]string{} // by what they are
	for addr, names := range found.Servers() {
		if kind := netspace.SpecialPurpose(addr); kind != "" {
			if unseen[kind] == nil {
				notes = append(notes, kind)
			}
			unseen[kind] = append(unseen[kind], addr.String())
			continue
		}
		servers = append(servers, server{addr, names})
	}
	for i, kind := range notes {
		notes[i] = fmt.Sprintf("reverse DNS not looked up: %s, %s, which no receiver of mail sees", text.Some(unseen[kind]), kind)
	}
	return servers, notes, nil
}

// lookUp begins to look up how servers present themselves, and returns the function that waits until all of that is known or the
// time is over. It returns what came of each, and gaps on what could not be found out.
func lookUp(ctx context.Context, client *resolver.Client, servers []server) (wait func() (all []fcrdns.Result, gaps []string)) {
	ask := func(q dnsbl.Question) dnsbl.Answer { return client.Ask(ctx, q) }
	all := make([]fcrdns.Result, len(servers))
	var looking sync.WaitGroup
	looking.Go(func() {
		parallel.Each(len(servers), serversAtOnce, func(i int) { all[i] = fcrdns.Check(servers[i].addr, servers[i].names, ask) }, func(i int, reason any) {
			all[i] = fcrdns.Result{Addr: servers[i].addr, LookupError: dnsbl.Answer{Cause: dnsbl.Internal, Detail: fmt.Sprint(reason)}}
		})
	})
	return func() ([]fcrdns.Result, []string) {
		looking.Wait()
		return all, unknown(all)
	}
}

// unknown says of which servers the reverse DNS could not be found out, together where that has the same cause.
func unknown(all []fcrdns.Result) []string {
	type way struct {
		cause dnsbl.Cause
		kind  dnsbl.Type
	}
	var ways []way
	first, addrs := map[way]dnsbl.Answer{}, map[way][]string{}
	for i := range all {
		gap := all[i].LookupError
		w := way{gap.Cause, gap.Question.Type}
		if gap.Cause == "" {
			continue
		}
		if addrs[w] == nil {
			ways, first[w] = append(ways, w), gap
		}
		addrs[w] = append(addrs[w], all[i].Addr.String())
	}
	lines := make([]string, len(ways))
	for i, w := range ways {
		lines[i] = fmt.Sprintf("no verdict on the reverse DNS of %s: %s", text.Some(addrs[w]), report.LookupFailure(first[w]))
	}
	return lines
}
