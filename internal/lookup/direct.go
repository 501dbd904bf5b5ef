package lookup

import (
	"context"
	"fmt"
	"net/netip"
	"sync"
	"time"

	"check_dnsbl/internal/dnsbl"
)

// A list that is asked directly costs its name servers no more than a resolver would cost them.
const (
	maxReferrals   = 4
	maxNames       = 4  // name servers of a zone whose addresses are looked up
	maxAddrs       = 4  // of them, each of which may cost a second if it is silent
	maxDelegations = 32 // below the zone that are looked into in a run
)

// An asker puts questions to the resolvers (a Client) or to the name servers of one list (a direct).
type asker interface {
	Ask(ctx context.Context, q dnsbl.Question) dnsbl.Answer
	only(server netip.AddrPort) asker
}

// direct asks a list's own name servers. What it finds out on the way is found out once a run.
type direct struct {
	survey *Survey
	zone   string
	start  *shared[delegation]

	mu    sync.Mutex
	below map[string]*shared[delegation] // by cut, each of a referral
}

// Ask puts one question to the name servers of the zone, and to those that they refer to.
func (d *direct) Ask(ctx context.Context, q dnsbl.Question) dnsbl.Answer {
	begin := time.Now()
	at, _ := get(ctx, d.survey, d.start, d.closest)
	answer := d.follow(ctx, q, at)
	answer.Question, answer.RTT = q, time.Since(begin)
	return answer
}

// follow asks at a delegation, and at those below that it is referred to.
func (d *direct) follow(ctx context.Context, q dnsbl.Question, at delegation) dnsbl.Answer {
	var answer dnsbl.Answer
	for range maxReferrals + 1 {
		switch {
		case at.cause == "" && len(at.servers) == 0:
			return dnsbl.Answer{Cause: dnsbl.NoNameServers, Detail: "no time left to find one"}
		case len(at.servers) == 0:
			return dnsbl.Answer{Cause: at.cause, Detail: at.fault, Server: answer.Server}
		}
		var to *referral
		answer, to = d.client(at).ask(ctx, q)
		if to == nil {
			return answer
		}
		at = d.refer(ctx, at.cut, to)
	}
	answer.Detail = fmt.Sprintf("more than %d referrals", maxReferrals)
	return answer
}

// only returns the client of one name server. It is not followed to others, who could only vouch for themselves.
func (d *direct) only(server netip.AddrPort) asker {
	return d.client(delegation{cut: d.zone, servers: []netip.AddrPort{server}})
}

// client returns the client that asks name servers, which are nearer to the answer than resolvers and of whom there are several.
func (d *direct) client(at delegation) *Client {
	return &Client{Resolvers: at.servers, Wait: d.survey.client.wait() / 2, Rounds: 1, authority: true, cut: at.cut, ports: d.survey.client.ports}
}

// refer returns the delegation that servers of the zone parent refer to. Addresses that came along count for names within
// that zone only; of others its servers know no better than we do.
func (d *direct) refer(ctx context.Context, parent string, to *referral) delegation {
	known := d.delegation(to.cut)
	if known == nil {
		return delegation{cause: dnsbl.Lame, fault: fmt.Sprintf("more than %d zones below it", maxDelegations)}
	}
	at, _ := get(ctx, d.survey, known, func(ctx context.Context) delegation {
		glue := map[string][]netip.Addr{}
		for name, addrs := range to.glue {
			if within(name, parent) {
				glue[name] = addrs
			}
		}
		return d.servers(ctx, to.cut, to.names, glue)
	})
	return at
}

// delegation returns the one place for what is found out about a cut below the zone, nil if there are too many of them.
func (d *direct) delegation(cut string) *shared[delegation] {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.below[cut] == nil && len(d.below) < maxDelegations {
		d.below[cut] = newShared[delegation]()
	}
	return d.below[cut]
}

// cut says whether anything about the name servers was left to be found out.
func (d *direct) cut() bool {
	cut := d.start.cut
	for _, v := range d.below {
		cut = cut || v.cut
	}
	return cut
}
