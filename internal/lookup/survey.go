package lookup

import (
	"context"
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"sync"
	"time"

	"check_dnsbl/internal/dnsbl"
)

// inFlight is how many questions wait for an answer at a time. It is enough for a run over all lists to take one round
// trip, and keeps below the 1,024 sockets that a process may commonly have even if each is sent to three silent resolvers.
const inFlight = 320

// A Survey is a run over lists: their test entries are asked once, however many subjects it is asked about.
type Survey struct {
	client *Client
	lists  []dnsbl.List
	paths  map[listKind]*paths
	direct map[*dnsbl.List]*direct
	heard  map[netip.AddrPort]bool // resolvers that were asked: whether they ever answered

	// While it is asked:
	ctx        context.Context // for what is found out for all subjects: it outlasts the questions about one
	background sync.WaitGroup
}

// A listKind is a list and a kind of subjects.
type listKind struct {
	list *dnsbl.List
	kind dnsbl.Subjects
}

// paths are the ways to a list, each with what is known of its test entries that way: the proof counts by path.
type paths struct {
	resolvers, direct *control
}

// Survey begins a run over the lists.
func (c *Client) Survey(lists []dnsbl.List) *Survey {
	return &Survey{client: c, lists: lists, paths: map[listKind]*paths{}, direct: map[*dnsbl.List]*direct{}, heard: map[netip.AddrPort]bool{}}
}

// A pair is one subject to be looked up on one list.
type pair struct {
	subject dnsbl.Subject
	list    *dnsbl.List
	paths   *paths
	finding dnsbl.Finding
}

// Ask asks each list about each subject that it may carry, and returns the findings grouped by subject, both in the
// order given. The positive test entries are asked along with the questions proper; the negative one and the reason only
// where an answer says "listed". What is not known when ctx is over is a failure; what was found by then is not lost.
// Each list has its share of the questions in flight: one that swallows them holds up no other.
// It must not be called by several goroutines at a time.
func (s *Survey) Ask(ctx context.Context, subjects []dnsbl.Subject) []dnsbl.Finding {
	var end context.CancelFunc
	s.ctx, end = context.WithCancel(ctx)
	pairs := s.plan(subjects)
	queues := map[*paths][]*pair{}
	var busy []*paths
	for i := range pairs {
		k := pairs[i].paths
		if queues[k] == nil {
			busy = append(busy, k)
		}
		queues[k] = append(queues[k], &pairs[i])
	}
	share := max(2, inFlight/max(1, len(busy))) // the question and the test entry at least
	Each(len(busy), inFlight/share, func(i int) {
		queue := queues[busy[i]]
		Each(len(queue), share-1, func(i int) { queue[i].finding = s.find(queue[i]) }, func(i int, reason any) {
			queue[i].finding = queue[i].crashed(reason)
		})
	}, func(int, any) {}) // all that may panic is guarded within
	end()
	s.background.Wait()
	maps.DeleteFunc(s.paths, func(k listKind, p *paths) bool { // what was cut short is not known to the next batch
		if p.direct.cut() {
			delete(s.direct, k.list)
		}
		return p.resolvers.cut() || p.direct.cut()
	})
	findings := make([]dnsbl.Finding, len(pairs))
	for i := range pairs {
		findings[i] = pairs[i].finding
		s.hear(&findings[i])
	}
	return findings
}

// hear notes which resolvers answered the question behind a finding.
func (s *Survey) hear(f *dnsbl.Finding) {
	if f.Direct && f.Other != nil {
		f = f.Other
	}
	if q := f.Evidence.Question; !f.Direct && q.Cause == "" {
		s.heard[q.Server] = true
		for _, deaf := range q.Deaf {
			s.heard[deaf] = s.heard[deaf]
		}
	}
}

// Deaf returns the resolvers that never answered a question which another one answered then.
func (s *Survey) Deaf() []netip.AddrPort {
	return slices.DeleteFunc(slices.Clone(s.client.Resolvers), func(r netip.AddrPort) bool {
		heard, asked := s.heard[r]
		return heard || !asked
	})
}

// plan pairs subjects with the lists that may carry them. The pairs of a list and kind share its paths.
func (s *Survey) plan(subjects []dnsbl.Subject) []pair {
	var pairs []pair
	for _, subject := range subjects {
		for i := range s.lists {
			k := listKind{&s.lists[i], subject.Kind()}
			if k.list.Subjects&k.kind == 0 {
				continue
			}
			if s.paths[k] == nil {
				s.paths[k] = &paths{newControl(k.list, subject, s.client), newControl(k.list, subject, s.nameServers(k.list))}
			}
			pairs = append(pairs, pair{subject: subject, list: k.list, paths: s.paths[k]})
		}
	}
	return pairs
}

// nameServers returns the one asker of a list's own name servers.
func (s *Survey) nameServers(list *dnsbl.List) *direct {
	if s.direct[list] == nil {
		s.direct[list] = &direct{survey: s, zone: plain(list.Origin()), start: newShared[delegation]()}
	}
	return s.direct[list]
}

// find looks up a pair by the paths that the user wants to be used.
func (s *Survey) find(p *pair) dnsbl.Finding {
	switch s.client.Direct {
	case Never:
		return s.byResolvers(s.ctx, p)
	case Always:
		return s.byNameServers(s.ctx, p)
	}
	return s.byEither(p)
}

func (s *Survey) byResolvers(ctx context.Context, p *pair) (f dnsbl.Finding) {
	return p.list.Judge(p.subject, s.examine(ctx, p.paths.resolvers, p.subject))
}

func (s *Survey) byNameServers(ctx context.Context, p *pair) (f dnsbl.Finding) {
	defer func() {
		if reason := recover(); reason != nil {
			f = p.crashed(reason)
		}
		f.Direct = true
	}()
	return p.list.Judge(p.subject, s.examine(ctx, p.paths.direct, p.subject))
}

// byEither asks at the list's name servers if the resolvers give no proved verdict, and also as soon as they are silent for long.
// Who has a verdict first ends the other's waiting.
func (s *Survey) byEither(p *pair) dnsbl.Finding {
	patient, enough := context.WithCancel(s.ctx)
	defer enough()
	wanted, unwanted := context.WithCancel(s.ctx)
	defer unwanted()
	var direct dnsbl.Finding
	ask := sync.OnceFunc(func() {
		if direct = s.byNameServers(wanted, p); direct.Outcome != dnsbl.Failed {
			enough()
		}
	})
	late := time.AfterFunc(s.patience(), ask)
	found := s.byResolvers(patient, p)
	if onTime := late.Stop(); onTime && !doubtful(&found) {
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
	patience := s.client.wait()
	if deadline, ok := s.ctx.Deadline(); ok {
		patience = min(patience, time.Until(deadline)/3)
	}
	return patience
}

// doubtful says whether the list's name servers may know better.
func doubtful(f *dnsbl.Finding) bool {
	switch f.Cause {
	case dnsbl.Unaskable, dnsbl.NoSockets, dnsbl.Internal:
		return false
	}
	return f.Outcome == dnsbl.Failed || f.Unconfirmed
}

// better returns the finding that says more: a listing before its absence, what is confirmed before what is not. The other
// one goes with it where it explains something.
func better(resolvers, direct dnsbl.Finding) dnsbl.Finding {
	if worthOf(&direct) > worthOf(&resolvers) {
		direct.Other = &resolvers
		return direct
	}
	if doubtful(&resolvers) {
		resolvers.Other = &direct
	}
	return resolvers
}

func worthOf(f *dnsbl.Finding) int {
	switch {
	case f.Outcome == dnsbl.Listed && !f.Unconfirmed:
		return 3
	case f.Outcome == dnsbl.Listed:
		return 2
	case f.Outcome == dnsbl.NotListed:
		return 1
	}
	return 0
}

func (p *pair) crashed(reason any) dnsbl.Finding {
	return p.list.Judge(p.subject, dnsbl.Evidence{Question: crashed(reason)})
}

func crashed(reason any) dnsbl.Answer {
	return dnsbl.Answer{Cause: dnsbl.Internal, Detail: fmt.Sprint(reason)}
}
