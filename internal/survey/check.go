package survey

import (
	"context"
	"sync"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/parallel"
	"check_dnsbl/internal/resolver"
)

// find makes a check, or goes on with one that was begun, by the paths that the user allows. It
// waits as long as that takes.
func (s *Survey) find(c *check) dnsbl.Finding {
	ctx := s.background.Context
	if ctx.Err() != nil && c.exchange == nil { // nothing is begun after the end
		return c.list.Judge(c.subject, &dnsbl.Evidence{Question: resolver.NoTime()})
	}
	switch s.Direct {
	case Never:
		return s.byResolvers(ctx, c)
	case Always:
		return byNameServers(ctx, c)
	}
	return s.byEither(ctx, c)
}

// byEither asks the list's own name servers if there is no proved verdict through the resolvers, or
// none in time. The first path with a proved verdict cancels the other, unless that one is
// confirming a listing.
func (s *Survey) byEither(ctx context.Context, c *check) dnsbl.Finding {
	resolversCtx, cancelResolvers := context.WithCancel(ctx)
	defer cancelResolvers()
	directCtx, cancelDirect := context.WithCancel(ctx)
	defer cancelDirect()
	var direct dnsbl.Finding
	askDirect := sync.OnceFunc(func() {
		if direct = byNameServers(directCtx, c); !doubtful(&direct) {
			cancelResolvers()
		}
	})
	hedge := time.AfterFunc(s.hedgeDelay(ctx, c), askDirect)
	found := s.byResolvers(resolversCtx, c)
	if inTime := hedge.Stop(); inTime && (!doubtful(&found) || ctx.Err() != nil) {
		return found
	}
	if !doubtful(&found) {
		cancelDirect()
	}
	askDirect() // or waits for it
	return better(found, direct)
}

// hedgeDelay returns how much longer the resolvers are waited for alone: as long as for one try,
// and for a third of the time at most, so that there is some left for the name servers.
func (s *Survey) hedgeDelay(ctx context.Context, c *check) time.Duration {
	delay := s.client.Share(ctx, 3)
	if c.exchange != nil {
		delay -= time.Since(c.exchange.Begun)
	}
	return delay
}

func (s *Survey) byResolvers(ctx context.Context, c *check) dnsbl.Finding {
	return s.unlessStrict(ctx, c, by(ctx, c, c.resolvers))
}

func byNameServers(ctx context.Context, c *check) (f dnsbl.Finding) {
	find := func() { f = by(ctx, c, c.direct) }
	parallel.Guard(find, func(reason any) { f = c.crashed(reason) })
	f.Direct = true
	return f
}

// by returns what is found by one path.
func by(ctx context.Context, c *check, p *proof) dnsbl.Finding {
	if c.test {
		return c.list.JudgeTests(c.subject, testEvidence(ctx, p))
	}
	e := evidence(ctx, c, p)
	return c.list.Judge(c.subject, &e)
}

// testEvidence queries a list's test entries, the negative ones only if a positive one is listed.
func testEvidence(ctx context.Context, p *proof) (e dnsbl.Evidence) {
	e.Positive = p.anyPositive(ctx)
	if p.listed() {
		e.Negative = p.negative(e.Positive[len(e.Positive)-1].Server)
	}
	return e
}

// evidence queries a subject and what its answer needs: the positive test entries if it is not
// listed, the negative ones and the reason if it is. The first positive test entry is queried
// before all else, but its answer is not waited for. A list is not queried if its test entry got no
// answer, unless the query was begun.
func evidence(ctx context.Context, c *check, p *proof) (e dnsbl.Evidence) {
	p.start(nil)
	if p == c.resolvers && c.exchange != nil {
		e.Question = c.exchange.Complete(ctx)
	} else if failure := p.unreachable(); failure != nil {
		e.Question = *failure
	} else {
		e.Question = p.path.Ask(ctx, p.list.Question(c.subject, dnsbl.A))
	}
	switch server := e.Question.Server; {
	case e.Question.Cause != "":
		e.TestListed = p.listed()
	case !p.list.Claims(e.Question):
		e.Positive = p.positive(ctx, server)
	default:
		queries := []func(){
			func() { e.Negative = p.negative(server) },
			func() {
				e.Reason = p.path.Ask(p.background.Context, p.list.Question(c.subject, dnsbl.TXT))
			},
		}
		parallel.Each(len(queries), len(queries), func(i int) { queries[i]() }, func(int, any) {
			// Neither makes or breaks the listing: without the first it is unconfirmed.
		})
		e.Positive = p.anyPositive(ctx) // not needed, but queried
	}
	return e
}

// extraQueries returns how many queries were sent for the check beyond the one that its limiter let
// through: those by the second path, those that explain a listing, and the test entries.
func (c *check) extraQueries() int {
	n := c.resolvers.unpaid() + c.direct.unpaid() + queries(c.finding)
	if c.finding.Other != nil {
		n += queries(c.finding.Other)
	}
	return max(0, n-1)
}

// queries returns how many queries a finding rests on, but for the test entries.
func queries(f *dnsbl.Finding) int {
	n := 0
	for _, a := range [...]*dnsbl.Answer{&f.Evidence.Question, &f.Evidence.Reason} {
		if a.Question.Name != "" {
			n++
		}
	}
	return n
}

// doubtful reports whether a finding is not a proved verdict, and the list's own name servers may
// give one.
func doubtful(f *dnsbl.Finding) bool {
	return (f.Outcome == dnsbl.Failed || f.Unconfirmed) && !f.Cause.Traits().DirectUseless
}

// better returns the finding that tells more. The other one goes with it if it explains something.
func better(resolvers, direct dnsbl.Finding) dnsbl.Finding {
	if outranks(&direct, &resolvers) {
		direct.Other = &resolvers
		return direct
	}
	if doubtful(&resolvers) {
		resolvers.Other = &direct
	}
	return resolvers
}

// outranks reports whether f counts for more than other: a listing for more than its absence, as
// missing one would be worse, unless it is unconfirmed and the other path shows that the list lists
// everything.
func outranks(f, other *dnsbl.Finding) bool {
	switch {
	case other.Unconfirmed && f.Cause == dnsbl.ListsEverything:
		return true
	case f.Unconfirmed && other.Cause == dnsbl.ListsEverything:
		return false
	}
	return rank(f) > rank(other)
}

func rank(f *dnsbl.Finding) int {
	switch {
	case f.Outcome == dnsbl.Failed:
		return 0
	case f.Outcome == dnsbl.NotListed:
		return 1
	case f.Unconfirmed:
		return 2
	}
	return 3
}
