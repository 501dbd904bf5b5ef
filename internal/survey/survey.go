// Package survey checks many subjects on many lists, and proves each verdict. How a query lives:
//
// Ask takes subjects from an intake, and makes each a row with a check for each list (intake.go,
// rows.go). The scheduler (scheduler.go, loop.go) has a queue of checks for each list (queue.go).
// It begins a check when the queue's window has room, the resolvers have room, and the limiter of
// the list's operator lets a query through (window.go, room.go, limiter.go). The sweep sends the
// first try; after the first check of each queue comes its list's positive test entry (sweep.go).
// The replies to all first tries come on one channel.
//
// An answer that an address is not listed, by the server that also answered the test entry, decides
// the check on the spot: that is the common case, and costs no goroutine (tries.go). If the test
// entry is not answered yet, the check is held until it is. Everything else continues in a
// goroutine: a claimed listing, a failure, silence (handover.go). It goes on with the same
// exchange: a late reply still counts, and nothing is queried twice.
//
// A list may die in the middle of a run. So an absence waits until the test entry is listed once
// more after it. A few absences right after the first proof need not wait (settle.go, absence.go).
// It also waits until a probe has shown whether the resolver could find a listing at all
// (minimization.go).
//
// The goroutine runs straight through (check.go): it completes the exchange and queries what proves
// the answer, the test entries of the server that gave it (proof.go) and the reason of a listing.
// If there is no proved verdict in time, it does the same at the list's own name servers, and takes
// the first proved verdict. The scheduler settles the check, charges the limiter with the queries
// that it cost, and yields the findings of each row after those of the rows before.
package survey

import (
	"context"
	"iter"
	"net/netip"
	"slices"

	"check_dnsbl/internal/authority"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/parallel"
)

// Ask checks each subject on each list that lists its kind, a domain together with its parents. It
// yields the findings on a subject, one for each list in their order, in the order of the subjects.
// They are valid until the next ones are yielded. Ask takes subjects as it has room for them.
//
// The positive test entries are queried along with the first subject; the negative ones and the
// reason only if an answer claims a listing. Each list has its share of the queries in flight, so
// that a silent one delays no other. A list that fails many times in a row is given up. So is a
// kind of subjects on which no list gives a verdict.
//
// Once ctx is over, Ask takes no more subjects. Those taken before have findings: verdicts that
// were proved by then, and failures.
func (s *Survey) Ask(
	ctx context.Context, subjects iter.Seq[dnsbl.Subject],
) iter.Seq[[]dnsbl.Finding] {
	return func(yield func([]dnsbl.Finding) bool) {
		next, stop := iter.Pull(subjects)
		defer stop()
		in := &intake{ctx: ctx, lists: s.lists, next: next}
		s.run(ctx, in.fill, in.note, yield)
		s.gaveUp = in.gaveUp
	}
}

// Test queries the test entries of each list, positive and negative, once for addresses and once
// for domains if it lists both. Its findings are those of dnsbl.List.JudgeTests.
func (s *Survey) Test(ctx context.Context) (findings []dnsbl.Finding) {
	var checks []check
	for i := range s.lists {
		for _, subject := range testSubjects(s.lists[i].Subjects) {
			checks = append(checks, check{subject: subject, test: true, list: &s.lists[i]})
		}
	}
	fill := func([]check) []check {
		row := checks
		checks = nil
		return row
	}
	s.run(ctx, fill, func(*check) {}, func(all []dnsbl.Finding) bool {
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

// run makes the checks that fill appends to a row, until it appends none. onSettled is called with
// each check that is settled, yield with the findings of one row after the other.
func (s *Survey) run(
	ctx context.Context, fill func([]check) []check,
	onSettled func(*check), yield func([]dnsbl.Finding) bool,
) {
	ctx, end := context.WithCancel(ctx)
	s.background = &parallel.Background{Context: ctx}
	s.finder = authority.NewFinder(s.client, s.background)
	d := newScheduler(s)
	d.rows.fill, d.onSettled = fill, onSettled
	defer s.background.Wait()
	defer d.close(end)
	d.run(yield)
}
