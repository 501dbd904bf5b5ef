package check

import (
	"fmt"
	"net/netip"
	"sync"
	"sync/atomic"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/fcrdns"
	"check_dnsbl/internal/netspace"
	"check_dnsbl/internal/parallel"
	"check_dnsbl/internal/report"
	"check_dnsbl/internal/target"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"
)

const (
	maxServers      = 256 // addresses whose reverse DNS is looked up: a /24
	serversInFlight = 64
)

// A server is an address whose reverse DNS is looked up. It should have one of the names, if any
// are known.
type server struct {
	addr  netip.Addr
	names []string
}

// servers returns the addresses whose reverse DNS is looked up, and lines on those left out:
// receivers never see special-purpose addresses.
func (r *Run) servers(found *target.Found) (servers []server, notes []dnsbl.Note, err error) {
	if !r.ReverseDNS {
		return nil, nil, nil
	}
	switch count := found.Addresses(); {
	case count > maxServers:
		return nil, nil, fmt.Errorf("--fcrdns checks at most %d addresses, but there are %d. "+
			"Give only the mail servers, or drop --fcrdns", maxServers, count)
	case count == 0:
		const line = "reverse DNS not checked: domains have none. Add the mail servers (-H mx:NAME)"
		return nil, dnsbl.Notes(dnsbl.ReverseDNSSkipped, line), nil
	}
	var kinds []string
	skipped := map[string][]string{} // addresses, by the kind of network that they are in
	for addr, names := range found.Servers() {
		kind := netspace.SpecialPurpose(addr)
		if kind == "" {
			servers = append(servers, server{addr, names})
			continue
		}
		if skipped[kind] == nil {
			kinds = append(kinds, kind)
		}
		skipped[kind] = append(skipped[kind], addr.String())
	}
	for _, kind := range kinds {
		const line = "reverse DNS not checked: %s, %s, never seen by receivers of mail"
		some := text.Some(skipped[kind])
		notes = append(notes, note(dnsbl.ReverseDNSSkipped, line, some, kind))
	}
	return servers, notes, nil
}

// lookUpReverse starts to look up the reverse DNS of servers, and counts down those that are left.
// The returned function waits for the results.
func lookUpReverse(
	servers []server, ask func(dnsbl.Question) dnsbl.Answer, left *atomic.Int64,
) (waitReverse func() verdict.ReverseDNS) {
	all := make([]fcrdns.Result, len(servers))
	left.Store(int64(len(servers)))
	check := func(i int) {
		defer left.Add(-1)
		all[i] = fcrdns.Check(servers[i].addr, servers[i].names, ask)
	}
	crashed := func(i int, reason any) {
		failure := dnsbl.Answer{Cause: dnsbl.Internal, Detail: fmt.Sprint(reason)}
		all[i] = fcrdns.Result{Addr: servers[i].addr, LookupError: failure}
	}
	var looking sync.WaitGroup
	looking.Go(func() { parallel.Each(len(servers), serversInFlight, check, crashed) })
	return func() verdict.ReverseDNS {
		looking.Wait()
		return verdict.ReverseDNS{Results: all, Gaps: reverseGaps(all)}
	}
}

// masked masks keys in the names and gaps of reverse DNS. That must happen before they are cut.
func (r *Run) masked(reverse verdict.ReverseDNS) verdict.ReverseDNS {
	for i := range reverse.Results {
		result := &reverse.Results[i]
		result.Hosts = r.Mask.HideAll(result.Hosts)
		result.Names = r.Mask.HideAll(result.Names)
		result.Confirmed = r.Mask.HideAll(result.Confirmed)
		for j := range result.Problems {
			result.Problems[j].Name = r.Mask.Hide(result.Problems[j].Name)
		}
	}
	for i := range reverse.Gaps {
		reverse.Gaps[i].Text = r.Mask.Hide(reverse.Gaps[i].Text)
	}
	return reverse
}

// reverseGaps returns gaps for the servers whose lookups failed, one for each cause.
func reverseGaps(all []fcrdns.Result) []dnsbl.Note {
	type failure struct {
		cause dnsbl.Cause
		kind  dnsbl.Type
	}
	var order []failure
	first, addrs := map[failure]dnsbl.Answer{}, map[failure][]string{}
	for i := range all {
		answer := all[i].LookupError
		f := failure{answer.Cause, answer.Question.Type}
		if f.cause == "" {
			continue
		}
		if addrs[f] == nil {
			order, first[f] = append(order, f), answer
		}
		addrs[f] = append(addrs[f], all[i].Addr.String())
	}
	gaps := make([]dnsbl.Note, len(order))
	for i, f := range order {
		gaps[i] = note(dnsbl.ReverseDNSFailed, "reverse DNS of %s: %s",
			text.Some(addrs[f]), report.LookupFailure(first[f]))
	}
	return gaps
}
