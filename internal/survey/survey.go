// Package survey checks many subjects on many lists, and proves each verdict.
package survey

import (
	"context"
	"fmt"
	"iter"
	"net/netip"
	"slices"
	"sync/atomic"

	"check_dnsbl/internal/authority"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/parallel"
	"check_dnsbl/internal/resolver"
)

// A Survey is one run over lists: Ask or Test is called once.
type Survey struct {
	// KeepEvidence is whether findings of subjects that are not listed have Evidence, which takes
	// memory as most findings are such ones. All other findings have it in any case.
	KeepEvidence bool

	client   *resolver.Client
	lists    []dnsbl.List
	limiters map[*dnsbl.List]*limiter

	done     atomic.Int64            // subjects of which all is found
	gaveUp   int                     // subjects that were left out
	answered map[netip.AddrPort]bool // of the resolvers that were asked

	// Of the run:
	background *parallel.Background
	finder     *authority.Finder
	zones      map[*dnsbl.List]*authority.Zone
}

// New returns a survey of the lists through the client's resolvers.
func New(client *resolver.Client, lists []dnsbl.List) *Survey {
	return &Survey{
		client: client.Shared(), lists: lists, limiters: map[*dnsbl.List]*limiter{},
		answered: map[netip.AddrPort]bool{}, zones: map[*dnsbl.List]*authority.Zone{},
	}
}

// Ask checks each subject on each list that lists its kind. It yields the findings on a subject, in
// the order of the lists, in the order of the subjects. They are good until the next ones are
// yielded. Subjects are taken as there is room for them.
//
// The positive test entries are queried along with the first subject; the negative ones and the
// reason only if an answer claims a listing. Each list has its share of the queries in flight, so
// that a silent one delays no other, and one that fails many times in a row is given up. So is a
// kind of subjects on which no list gives a verdict.
//
// Once ctx is over no more subjects are taken. Those that were have findings: what was proved by
// then, and failures.
func (s *Survey) Ask(
	ctx context.Context, subjects iter.Seq[dnsbl.Subject],
) iter.Seq[[]dnsbl.Finding] {
	return func(yield func([]dnsbl.Finding) bool) {
		next, stop := iter.Pull(subjects)
		defer stop()
		in := newIntake(s.lists, next)
		s.run(ctx, in.fill, in.heard, yield)
		s.gaveUp = in.gaveUp
	}
}

// GaveUp returns how many subjects Ask left out, as no list gave a verdict on those before.
func (s *Survey) GaveUp() int { return s.gaveUp }

// Test queries the test entries of each list, positive and negative, once for addresses and once
// for domains if it lists both. Its findings are those of dnsbl.List.JudgeTests.
func (s *Survey) Test(ctx context.Context) (findings []dnsbl.Finding) {
	begun := false
	s.run(ctx, func(checks []check) []check {
		for i := 0; i < len(s.lists) && !begun; i++ {
			for _, subject := range testSubjects(s.lists[i].Subjects) {
				checks = append(checks, check{subject: subject, test: true, list: &s.lists[i]})
			}
		}
		begun = true
		return checks
	}, func(*check) {}, func(all []dnsbl.Finding) bool {
		findings = slices.Clone(all)
		return true
	})
	return findings
}

// testSubjects returns a subject of each kind that needs a test of its own: IPv4 test entries prove
// a list for IPv6 too.
func testSubjects(kinds dnsbl.Subjects) []dnsbl.Subject {
	var subjects []dnsbl.Subject
	test := netip.AddrFrom4([4]byte{127, 0, 0, 2})
	switch {
	case kinds&dnsbl.IPv4 != 0:
		subjects = append(subjects, dnsbl.Subject{Addr: test})
	case kinds&dnsbl.IPv6 != 0:
		subjects = append(subjects, dnsbl.Subject{Addr: netip.AddrFrom16(test.As16())})
	}
	if kinds&dnsbl.Domain != 0 {
		subjects = append(subjects, dnsbl.Subject{Domain: "test"})
	}
	return subjects
}

// run makes the checks that fill appends to a row, until it appends none. heard is called with each
// check that is settled, yield with the findings of one row after the other.
func (s *Survey) run(
	ctx context.Context, fill func([]check) []check,
	heard func(*check), yield func([]dnsbl.Finding) bool,
) {
	ctx, end := context.WithCancel(ctx)
	s.background = &parallel.Background{Context: ctx}
	s.finder = authority.NewFinder(s.client, s.background)
	d := newScheduler(s)
	d.fill, d.heard = fill, heard
	defer s.background.Wait()
	defer d.close(end)
	d.run(yield)
}

// zone returns the zone of a list, which is the same for all kinds of subjects.
func (s *Survey) zone(list *dnsbl.List) *authority.Zone {
	if s.zones[list] == nil {
		s.zones[list] = s.finder.Zone(list.Origin())
	}
	return s.zones[list]
}

// hear notes which resolvers answered the queries behind a finding.
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
	s.answered[a.Server] = true
	for _, silent := range a.Unresponsive {
		if !s.answered[silent] {
			s.answered[silent] = false
		}
	}
}

// Unresponsive returns the resolvers that answered no query, while another one then did.
func (s *Survey) Unresponsive() []netip.AddrPort {
	responsive := func(r netip.AddrPort) bool {
		answered, asked := s.answered[r]
		return answered || !asked
	}
	return slices.DeleteFunc(slices.Clone(s.client.Resolvers), responsive)
}

// Done returns how many subjects all is found of. It may be called during Ask.
func (s *Survey) Done() int { return int(s.done.Load()) }

// Queries returns how many queries were sent by UDP, each try counted.
func (s *Survey) Queries() int { return s.client.Sent() }

func crashed(reason any) dnsbl.Answer {
	return dnsbl.Answer{Cause: dnsbl.Internal, Detail: fmt.Sprint(reason)}
}
