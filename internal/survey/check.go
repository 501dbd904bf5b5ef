package survey

import (
	"context"
	"sync"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/resolver"
)

// find looks up a pair by the paths that the user wants to be used.
func (s *Survey) find(p *pair) dnsbl.Finding {
	if s.background.Context.Err() != nil && p.asking == nil { // nothing is begun after the end
		return p.list.Judge(p.subject, &dnsbl.Evidence{Question: dnsbl.Answer{Cause: dnsbl.Timeout, Detail: resolver.Silence(0)}})
	}
	switch s.client.Direct {
	case resolver.Never:
		return s.byResolvers(s.background.Context, p)
	case resolver.Always:
		return s.byNameServers(s.background.Context, p)
	}
	return s.byEither(p)
}

// waited returns for how long the resolvers were waited for already.
func (p *pair) waited() time.Duration {
	if p.asking == nil {
		return 0
	}
	return time.Since(p.asking.Start)
}

// begun says whether the question was begun by a path.
func (p *pair) begun(k *control) bool { return p.asking != nil && k == p.paths.resolvers }

func (s *Survey) byResolvers(ctx context.Context, p *pair) (f dnsbl.Finding) {
	return s.judge(ctx, p, p.paths.resolvers)
}

func (s *Survey) byNameServers(ctx context.Context, p *pair) (f dnsbl.Finding) {
	defer func() {
		if reason := recover(); reason != nil {
			f = p.crashed(reason)
		}
		f.Direct = true
	}()
	return s.judge(ctx, p, p.paths.direct)
}

// judge returns what is found by one path.
func (s *Survey) judge(ctx context.Context, p *pair, k *control) dnsbl.Finding {
	if p.test {
		return p.list.JudgeTests(p.subject, s.prove(ctx, k))
	}
	e := s.examine(ctx, k, p)
	return p.list.Judge(p.subject, &e)
}

// byEither asks at the list's name servers if the resolvers give no proved verdict, and also as soon as they are silent for long.
// Who has a proved verdict first ends the other's waiting, but not the proof of a listing that the other heard of.
func (s *Survey) byEither(p *pair) dnsbl.Finding {
	patient, enough := context.WithCancel(s.background.Context)
	defer enough()
	wanted, unwanted := context.WithCancel(s.background.Context)
	defer unwanted()
	var direct dnsbl.Finding
	ask := sync.OnceFunc(func() {
		if direct = s.byNameServers(wanted, p); !doubtful(&direct) {
			enough()
		}
	})
	late := time.AfterFunc(s.patience()-p.waited(), ask)
	found := s.byResolvers(patient, p)
	if onTime := late.Stop(); onTime && (!doubtful(&found) || s.background.Context.Err() != nil) {
		return found
	}
	if !doubtful(&found) {
		unwanted()
	}
	ask() // or waits for it
	return better(found, direct)
}

// patience is how long silent resolvers are waited for alone.
func (s *Survey) patience() time.Duration {
	patience := s.client.Patience()
	if deadline, ok := s.background.Context.Deadline(); ok {
		patience = min(patience, time.Until(deadline)/3)
	}
	return patience
}

// doubtful reports whether a finding is not a proved verdict, and the list's own name servers may
// give one.
func doubtful(f *dnsbl.Finding) bool {
	return (f.Outcome == dnsbl.Failed || f.Unconfirmed) && !f.Cause.Traits().Final
}

// better returns the finding that says more. The other one goes with it where it explains something.
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

// outranks says whether what f says counts for more than what other says: a listing for more than its absence, as missing one
// would be worse, unless it is unconfirmed and the other path shows that the list carries everything.
func outranks(f, other *dnsbl.Finding) bool {
	switch {
	case other.Unconfirmed && f.Cause == dnsbl.ListsEverything:
		return true
	case f.Unconfirmed && other.Cause == dnsbl.ListsEverything:
		return false
	}
	return weight(f) > weight(other)
}

func weight(f *dnsbl.Finding) int {
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
