// Package survey looks up many subjects on many lists, and proves each verdict.
package survey

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"net/netip"
	"slices"
	"sync/atomic"

	"check_dnsbl/internal/authority"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/parallel"
	"check_dnsbl/internal/resolver"
)

// mostInFlight is how many questions wait for an answer at a time. It is enough for a run over all lists to take one round trip.
const mostInFlight = 320

// A Survey is a run over lists: their test entries are asked once, however many subjects it is asked about.
type Survey struct {
	KeepEvidence bool // also of what is not listed, which is most of it

	client *resolver.Client
	finder *authority.Finder
	lists  []dnsbl.List
	paths  map[listKind]*paths
	direct map[*dnsbl.List]*authority.Zone
	heard  map[netip.AddrPort]bool // resolvers that were asked: whether they ever answered
	paces  map[*dnsbl.List]*pace   // of those that have one

	done     atomic.Int64 // subjects of which all is known
	answered atomic.Int64 // the kinds of subjects on which there was a verdict, as bits

	// While it is asked:
	background *parallel.Background // for what is found out for all subjects: its context outlasts the questions about one
	end        context.CancelFunc
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

// New begins a run over the lists, which asks the client's resolvers.
func New(client *resolver.Client, lists []dnsbl.List) *Survey {
	shared, background := client.Shared(), new(parallel.Background)
	return &Survey{client: shared, finder: authority.NewFinder(shared, background), background: background,
		lists: lists, paths: map[listKind]*paths{}, direct: map[*dnsbl.List]*authority.Zone{}, heard: map[netip.AddrPort]bool{}, paces: map[*dnsbl.List]*pace{}}
}

// A pair is one subject to be looked up on one list.
type pair struct {
	subject dnsbl.Subject
	test    bool // it is the list that is looked at: the subject only stands for its kind
	list    *dnsbl.List
	row     *row
	queue   *queue
	paths   *paths
	asking  *resolver.Exchange // of the resolvers, if the desk began it
	found   *dnsbl.Finding     // by who waited
	finding *dnsbl.Finding     // where it belongs
}

// Ask asks each list about each subject that it may carry, and yields the findings on each subject, in the order of the lists, as soon as
// there are all of them, with the subject's place among all. They are only good until the next are yielded. Subjects are taken in as
// there is room for them. The positive test entries are asked along with the questions proper; the negative one and the reason
// only where an answer says "listed". What is not known when ctx is over is a failure; what was found by then is not lost, and
// no more subjects are taken in.
// Each list has its share of the questions in flight: one that swallows them holds up no other. One that fails again and again fails for
// the rest of the run.
// It must not be called by several goroutines at a time.
func (s *Survey) Ask(ctx context.Context, subjects iter.Seq[dnsbl.Subject]) iter.Seq2[int, []dnsbl.Finding] {
	return func(give func(int, []dnsbl.Finding) bool) {
		next, stop := iter.Pull(subjects)
		defer stop()
		s.run(ctx, func(pairs []pair) []pair {
			for subject, ok := next(); ok && len(pairs) == 0; {
				if pairs = s.plan(pairs, subject); len(pairs) == 0 {
					subject, ok = next()
				}
			}
			return pairs
		}, give)
	}
}

// Test tests each list with its test entries, positive and negative, once for addresses and once for domains if it carries both.
// See dnsbl.List.JudgeTests for what the findings mean. Like Ask it must not be called by several goroutines at a time.
func (s *Survey) Test(ctx context.Context) (findings []dnsbl.Finding) {
	begun := false
	s.run(ctx, func(pairs []pair) []pair {
		for i := 0; i < len(s.lists) && !begun; i++ {
			for _, subject := range tested(s.lists[i].Subjects) {
				pairs = append(pairs, pair{subject: subject, test: true, list: &s.lists[i]})
			}
		}
		begun = true
		return pairs
	}, func(_ int, all []dnsbl.Finding) bool {
		findings = slices.Clone(all)
		return true
	})
	return findings
}

// tested returns a subject of each kind that needs a test of its own: IPv4 entries prove a list for IPv6 too.
func tested(kinds dnsbl.Subjects) []dnsbl.Subject {
	var subjects []dnsbl.Subject
	switch {
	case kinds&dnsbl.IPv4 != 0:
		subjects = append(subjects, dnsbl.Subject{Addr: netip.AddrFrom4([4]byte{127, 0, 0, 2})})
	case kinds&dnsbl.IPv6 != 0:
		subjects = append(subjects, dnsbl.Subject{Addr: netip.AddrFrom16(netip.AddrFrom4([4]byte{127, 0, 0, 2}).As16())})
	}
	if kinds&dnsbl.Domain != 0 {
		subjects = append(subjects, dnsbl.Subject{Domain: "test"})
	}
	return subjects
}

// run looks up what more has, and gives away the findings.
func (s *Survey) run(ctx context.Context, more func([]pair) []pair, give func(int, []dnsbl.Finding) bool) {
	s.background.Context, s.end = context.WithCancel(ctx)
	s.newDesk().run(more, give)
	s.background.Wait()
	s.forget()
}

// forget lets go of what was cut short, or failed for want of sockets: the next batch shall find it out itself. What is known of a list's
// name servers is common to its kinds.
func (s *Survey) forget() {
	maps.DeleteFunc(s.direct, func(_ *dnsbl.List, d *authority.Zone) bool { return d.Cut() })
	maps.DeleteFunc(s.paths, func(k listKind, p *paths) bool {
		return p.resolvers.cut() || p.direct != nil && (p.direct.cut() || s.direct[k.list] == nil)
	})
}

// hear notes which resolvers answered the questions behind a finding.
func (s *Survey) hear(f *dnsbl.Finding) {
	if f.Direct && f.Other != nil {
		f = f.Other
	}
	if f.Direct {
		return
	}
	s.hearAnswer(&f.Evidence.Question)
	for i := range f.Evidence.Positive {
		s.hearAnswer(&f.Evidence.Positive[i])
	}
}

func (s *Survey) hearAnswer(a *dnsbl.Answer) {
	if a.Cause != "" || !a.Server.IsValid() {
		return
	}
	s.heard[a.Server] = true
	for _, deaf := range a.Unresponsive {
		if !s.heard[deaf] {
			s.heard[deaf] = false
		}
	}
}

// Deaf returns the resolvers that had no answer to any question, which another one answered then.
func (s *Survey) Deaf() []netip.AddrPort {
	return slices.DeleteFunc(slices.Clone(s.client.Resolvers), func(r netip.AddrPort) bool {
		heard, asked := s.heard[r]
		return heard || !asked
	})
}

// Done returns of how many subjects all is known. It may be called at any time.
func (s *Survey) Done() int { return int(s.done.Load()) }

// verdicts notes on which kind of subjects there was a verdict.
func (s *Survey) verdicts(f *dnsbl.Finding) {
	if f.Outcome != dnsbl.Failed {
		s.answered.Or(int64(f.Subject.Kind()))
	}
}

// Answered says whether any list gave a verdict on a subject of this kind. It may be called at any time.
func (s *Survey) Answered(kind dnsbl.Subjects) bool { return s.answered.Load()&int64(kind) != 0 }

// Questions returns how many questions were sent by UDP, each try counted.
func (s *Survey) Questions() int { return s.client.Sent() }

// plan pairs a subject with the lists that may carry it.
func (s *Survey) plan(pairs []pair, subject dnsbl.Subject) []pair {
	kind := subject.Kind()
	pairs = slices.Grow(pairs, len(s.lists))
	for i := range s.lists {
		if s.lists[i].Subjects&kind != 0 {
			pairs = append(pairs, pair{subject: subject, list: &s.lists[i]})
		}
	}
	return pairs
}

// pathsTo returns the ways to a list for subjects of a kind. All of them share these.
func (s *Survey) pathsTo(list *dnsbl.List, subject dnsbl.Subject) *paths {
	k := listKind{list, subject.Kind()}
	if s.paths[k] == nil {
		s.paths[k] = &paths{resolvers: newControl(list, subject, s.client)}
	}
	return s.paths[k]
}

// allowDirect makes the way to the list's own name servers, which most runs do not need.
func (s *Survey) allowDirect(p *pair) {
	if p.paths.direct == nil && s.client.Direct != resolver.Never {
		p.paths.direct = newControl(p.list, p.subject, s.nameServers(p.list))
	}
}

// nameServers returns the one asker of a list's own name servers.
func (s *Survey) nameServers(list *dnsbl.List) *authority.Zone {
	if s.direct[list] == nil {
		s.direct[list] = s.finder.Zone(list.Origin())
	}
	return s.direct[list]
}

func (p *pair) crashed(reason any) dnsbl.Finding {
	return p.list.Judge(p.subject, &dnsbl.Evidence{Question: crashed(reason)})
}

func crashed(reason any) dnsbl.Answer {
	return dnsbl.Answer{Cause: dnsbl.Internal, Detail: fmt.Sprint(reason)}
}
