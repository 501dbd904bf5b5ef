// Package authority asks a zone at its own name servers, as a resolver does: it finds them, and
// follows their referrals to zones further down (RFC 1034 section 5.3.3).
//
// A Zone is the zone of a list. Its first Ask looks for the name servers with the help of the
// resolvers (delegation.go); all later ones know them. Each Ask then queries them without
// recursion. A referral leads to another delegation, which is found out once for all queries too:
// from the glue that came along, or by asking the resolvers for the addresses. How many names,
// addresses and referrals are followed is bounded, so that a list cannot make us query many others.
package authority

import (
	"context"
	"fmt"
	"net/netip"
	"strings"
	"sync"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/parallel"
	"check_dnsbl/internal/resolver"
)

const (
	maxReferrals   = 4  // for one query
	maxDelegations = 32 // below a zone, in a run
)

// A Zone is a zone that is asked at its own name servers.
type Zone struct {
	finder *Finder
	name   string
	top    *parallel.Lazy[delegation]

	mu    sync.Mutex
	below map[string]*parallel.Lazy[delegation] // by zone, each of a referral
}

// Zone returns the zone of this name, without the final dot.
func (f *Finder) Zone(name string) *Zone {
	return &Zone{
		finder: f, name: strings.ToLower(name), top: parallel.NewLazy[delegation](),
		below: map[string]*parallel.Lazy[delegation]{},
	}
}

// Ask puts a question to the zone's name servers, and to those that they refer to.
func (z *Zone) Ask(ctx context.Context, q dnsbl.Question) dnsbl.Answer {
	begun := time.Now()
	at, _ := z.top.Get(ctx, z.finder.background, func(ctx context.Context) delegation {
		return z.finder.closest(ctx, z.name)
	})
	answer := z.follow(ctx, q, at)
	answer.Question, answer.RTT = q, time.Since(begun)
	return answer
}

// follow asks at a delegation, and at those that it refers to.
func (z *Zone) follow(ctx context.Context, q dnsbl.Question, at delegation) dnsbl.Answer {
	var answer dnsbl.Answer
	for referrals := 0; ; referrals++ {
		switch {
		case at.cause == "" && len(at.servers) == 0:
			return dnsbl.Answer{Cause: dnsbl.NoNameServers, Detail: "no time left to find one"}
		case len(at.servers) == 0:
			return dnsbl.Answer{Cause: at.cause, Detail: at.detail, Server: answer.Server}
		}
		var to *resolver.Referral
		answer, to = z.finder.client.NameServers(at.zone, at.servers).AskReferral(ctx, q)
		switch {
		case to == nil:
			return answer
		case referrals == maxReferrals:
			answer.Detail = fmt.Sprintf("more than %d referrals", maxReferrals)
			return answer
		}
		at = z.refer(ctx, at.zone, to)
	}
}

// Only returns the client that asks one name server. Its referrals are not followed: the servers
// that they lead to prove nothing about this one.
func (z *Zone) Only(server netip.AddrPort) *resolver.Client {
	return z.finder.client.NameServers(z.name, []netip.AddrPort{server})
}

// refer returns the delegation that the servers of a zone refer to. The addresses that came along
// count for names within that zone only: they know no more than we do of others.
func (z *Zone) refer(ctx context.Context, from string, to *resolver.Referral) delegation {
	known := z.delegation(to.Zone)
	if known == nil {
		return delegation{
			cause:  dnsbl.Lame,
			detail: fmt.Sprintf("more than %d zones below it", maxDelegations),
		}
	}
	at, _ := known.Get(ctx, z.finder.background, func(ctx context.Context) delegation {
		glue := map[string][]netip.Addr{}
		for name, addrs := range to.Glue {
			if resolver.Within(name, from) {
				glue[name] = addrs
			}
		}
		return z.finder.servers(ctx, to.Zone, to.Names, glue)
	})
	return at
}

// delegation returns the one place for a delegation below the zone, nil if there are too many.
func (z *Zone) delegation(zone string) *parallel.Lazy[delegation] {
	z.mu.Lock()
	defer z.mu.Unlock()
	if z.below[zone] == nil && len(z.below) < maxDelegations {
		z.below[zone] = parallel.NewLazy[delegation]()
	}
	return z.below[zone]
}
