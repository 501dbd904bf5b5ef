// Package authority asks a zone at its own name servers: it finds who serves the zone, and follows their referrals.
package authority

import (
	"context"
	"fmt"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/parallel"
	"check_dnsbl/internal/resolver"
)

// A list that is asked directly costs its name servers no more than a resolver would cost them.
const (
	maxReferrals   = 4
	maxNames       = 4  // name servers of a zone whose addresses are looked up
	maxAddrs       = 4  // of them, each of which may cost a second if it is silent
	maxDelegations = 32 // below the zone that are looked into in a run
)

// MaxFinding bounds the zones whose name servers are looked for at a time: where many fail, it is often the resolver that
// has too much to do.
const MaxFinding = 8

// MostLookups bounds the queries to each resolver that look for name servers at a time.
const MostLookups = MaxFinding * 2 * maxNames

// A Finder looks for the name servers of zones, in one run.
type Finder struct {
	client     *resolver.Client
	background *parallel.Background
	slots      chan struct{}
	vain       atomic.Int32 // zones without any answer since the resolvers last knew name servers: they may be gone
}

// NewFinder returns a Finder that asks the client's resolvers. Its work ends with the run that background belongs to.
func NewFinder(client *resolver.Client, background *parallel.Background) *Finder {
	return &Finder{client: client, background: background, slots: make(chan struct{}, MaxFinding)}
}

// A Zone is asked at its own name servers. What is found out on the way is found out once a run.
type Zone struct {
	finder *Finder
	zone   string
	start  *parallel.Lazy[delegation]

	mu    sync.Mutex
	below map[string]*parallel.Lazy[delegation] // by cut, each of a referral
}

// Zone returns the zone of this name.
func (f *Finder) Zone(name string) *Zone {
	return &Zone{finder: f, zone: strings.ToLower(name), start: parallel.NewLazy[delegation](), below: map[string]*parallel.Lazy[delegation]{}}
}

// Ask puts one question to the name servers of the zone, and to those that they refer to.
func (d *Zone) Ask(ctx context.Context, q dnsbl.Question) dnsbl.Answer {
	begin := time.Now()
	at, _ := d.start.Get(ctx, d.finder.background, d.closest)
	answer := d.follow(ctx, q, at)
	answer.Question, answer.RTT = q, time.Since(begin)
	return answer
}

// follow asks at a delegation, and at those below that it is referred to.
func (d *Zone) follow(ctx context.Context, q dnsbl.Question, at delegation) dnsbl.Answer {
	var answer dnsbl.Answer
	for range maxReferrals + 1 {
		switch {
		case at.cause == "" && len(at.servers) == 0:
			return dnsbl.Answer{Cause: dnsbl.NoNameServers, Detail: "no time left to find one"}
		case len(at.servers) == 0:
			return dnsbl.Answer{Cause: at.cause, Detail: at.fault, Server: answer.Server}
		}
		var to *resolver.Referral
		answer, to = d.finder.client.NameServers(at.cut, at.servers).AskReferral(ctx, q)
		if to == nil {
			return answer
		}
		at = d.refer(ctx, at.cut, to)
	}
	answer.Detail = fmt.Sprintf("more than %d referrals", maxReferrals)
	return answer
}

// Only returns the client of one name server. It is not followed to others, who could only vouch for themselves.
func (d *Zone) Only(server netip.AddrPort) *resolver.Client {
	return d.finder.client.NameServers(d.zone, []netip.AddrPort{server})
}

// refer returns the delegation that servers of the zone parent refer to. Addresses that came along count for names within
// that zone only; of others its servers know no better than we do.
func (d *Zone) refer(ctx context.Context, parent string, to *resolver.Referral) delegation {
	known := d.delegation(to.Zone)
	if known == nil {
		return delegation{cause: dnsbl.Lame, fault: fmt.Sprintf("more than %d zones below it", maxDelegations)}
	}
	at, _ := known.Get(ctx, d.finder.background, func(ctx context.Context) delegation {
		glue := map[string][]netip.Addr{}
		for name, addrs := range to.Glue {
			if resolver.Within(name, parent) {
				glue[name] = addrs
			}
		}
		return d.servers(ctx, to.Zone, to.Names, glue)
	})
	return at
}

// delegation returns the one place for what is found out about a cut below the zone, nil if there are too many of them.
func (d *Zone) delegation(cut string) *parallel.Lazy[delegation] {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.below[cut] == nil && len(d.below) < maxDelegations {
		d.below[cut] = parallel.NewLazy[delegation]()
	}
	return d.below[cut]
}

// Cut reports whether anything about the name servers was left to be found out.
func (d *Zone) Cut() bool {
	cut := d.start.Cut()
	for _, v := range d.below {
		cut = cut || v.Cut()
	}
	return cut
}
