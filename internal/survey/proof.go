package survey

import (
	"context"
	"net/netip"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/parallel"
	"check_dnsbl/internal/resolver"
)

// A proof has what is known of a list's test entries of one kind of subjects, by one path: through
// the resolvers, or at the list's own name servers. It is kept for each server that answers, as the
// answer of one proves nothing about another.
type proof struct {
	list       *dnsbl.List
	subject    dnsbl.Subject // any of the kind
	path       path
	background *parallel.Background
	since      time.Time // before the first query

	first *answers     // to the positive test entries, by the first server that answers
	sent  atomic.Int64 // queries that the limiter was not charged for yet

	positives, negatives sync.Map // by server: netip.AddrPort -> *answers
}

// A path leads to a list: *resolver.Client or *authority.Zone.
type path interface {
	Ask(ctx context.Context, q dnsbl.Question) dnsbl.Answer
	Only(server netip.AddrPort) *resolver.Client // which asks that server only
}

// answers are the answers to test entries, in the order of these.
type answers = parallel.Lazy[[]dnsbl.Answer]

func newProof(l *dnsbl.List, s dnsbl.Subject, by path, b *parallel.Background) *proof {
	return &proof{
		list: l, subject: s, path: by, background: b, since: time.Now(),
		first: parallel.NewLazy[[]dnsbl.Answer](),
	}
}

// unpaid returns for how many queries the limiter is to be charged; none if there is no proof.
func (p *proof) unpaid() int {
	if p == nil {
		return 0
	}
	return int(p.sent.Swap(0))
}

// known returns the answers of the first server, if they are all there and usable.
func (p *proof) known() (first []dnsbl.Answer, ok bool) {
	if !p.first.Known() {
		return nil, false
	}
	return p.first.Value()
}

// listed reports whether a positive test entry is known to be listed.
func (p *proof) listed() bool {
	first, ok := p.known()
	return ok && slices.ContainsFunc(first, p.list.Lists)
}

// isOf reports whether the answers to the positive test entries are of a server. For a list without
// test entries, any server will do.
func isOf(positive []dnsbl.Answer, server netip.AddrPort) bool {
	return len(positive) == 0 || positive[len(positive)-1].Server == server
}

// unreachable returns the failure of a list whose test entry no server answered for, so that it
// need not be queried again. It returns nil for any other list.
func (p *proof) unreachable() *dnsbl.Answer {
	first, ok := p.known()
	if !ok || len(first) == 0 || !first[len(first)-1].Cause.Silent() {
		return nil
	}
	failure := first[len(first)-1]
	failure.Question, failure.RTT = dnsbl.Question{}, 0 // the list was not queried
	return &failure
}

// start queries the positive test entries in the background, unless that was done. first is the
// exchange of the first of them, nil if it was not queried.
func (p *proof) start(first *resolver.Exchange) {
	p.first.Start(p.background, func(ctx context.Context) []dnsbl.Answer {
		return p.askPositive(ctx, p.path, first)
	})
}

// anyPositive returns what the first server that answered says of the positive test entries.
func (p *proof) anyPositive(ctx context.Context) []dnsbl.Answer {
	p.start(nil)
	return inTime(p.first.Get(ctx, p.background, nil))
}

// positive returns what a server says of the positive test entries.
func (p *proof) positive(ctx context.Context, server netip.AddrPort) []dnsbl.Answer {
	if first := p.anyPositive(ctx); isOf(first, server) {
		return first
	}
	ask := func(ctx context.Context) []dnsbl.Answer {
		return p.askPositive(ctx, p.path.Only(server), nil)
	}
	return inTime(answersOf(&p.positives, server).Get(ctx, p.background, ask))
}

// negative returns what a server says of the negative test entries. Only the end of the run cuts it
// short, as a listing is proved by it.
func (p *proof) negative(server netip.AddrPort) []dnsbl.Answer {
	b := p.background
	ask := func(ctx context.Context) []dnsbl.Answer { return p.askNegative(ctx, server) }
	return inTime(answersOf(&p.negatives, server).Get(b.Context, b, ask))
}

// inTime returns answers, or a timeout if they are not known.
func inTime(answers []dnsbl.Answer, known bool) []dnsbl.Answer {
	if !known {
		return []dnsbl.Answer{{Cause: dnsbl.Timeout, Detail: "no answer"}}
	}
	return answers
}

// answersOf returns the one place for the answers of a server.
func answersOf(byServer *sync.Map, server netip.AddrPort) *answers {
	known, _ := byServer.LoadOrStore(server, parallel.NewLazy[[]dnsbl.Answer]())
	return known.(*answers)
}

// askPositive queries the positive test entries in turn, until one is listed or gets no answer. All
// but the first go to the server that answered the first, whose exchange may be given.
func (p *proof) askPositive(
	ctx context.Context, by path, first *resolver.Exchange,
) (answers []dnsbl.Answer) {
	defer func() {
		if reason := recover(); reason != nil {
			answers = append(answers, resolver.Crashed(reason))
		}
	}()
	for i, test := range p.list.PositiveTests(p.subject) {
		var answer dnsbl.Answer
		if i == 0 && first != nil {
			answer = first.Complete(ctx)
		} else {
			p.sent.Add(1)
			answer = by.Ask(ctx, p.list.Question(test, dnsbl.A))
		}
		answers = append(answers, answer)
		if answer.Cause != "" || p.list.Lists(answer) {
			break
		}
		by = p.path.Only(answer.Server)
	}
	return answers
}

// askNegative queries the first negative test entry, and the others only if the list lists it.
func (p *proof) askNegative(ctx context.Context, server netip.AddrPort) []dnsbl.Answer {
	var questions []dnsbl.Question
	for _, test := range p.list.NegativeTests(p.subject) {
		questions = append(questions, p.list.Question(test, dnsbl.A))
	}
	client := p.path.Only(server)
	p.sent.Add(1)
	answers := client.AskAll(ctx, questions[0])
	if others := questions[1:]; p.list.Lists(answers[0]) {
		p.sent.Add(int64(len(others)))
		answers = append(answers, client.AskAll(ctx, others...)...)
	}
	return answers
}
