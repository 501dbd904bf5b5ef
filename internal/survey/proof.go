package survey

import (
	"context"
	"net/netip"
	"slices"
	"sync"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/parallel"
	"check_dnsbl/internal/resolver"
)

// An asker puts questions to the resolvers, or to the name servers of one list.
type asker interface {
	Ask(ctx context.Context, q dnsbl.Question) dnsbl.Answer
	Only(server netip.AddrPort) *resolver.Client
}

// A control is what is known of a list's test entries of one kind by one path. A server can only vouch for its own
// answers, so that there is one experiment for each server that answered a question.
type control struct {
	list     *dnsbl.List
	subject  dnsbl.Subject // any of its kind
	path     asker
	first    *parallel.Lazy[[]dnsbl.Answer] // the positive test entries, from whichever server
	probe    *flight                        // of the first of these, if a desk began it
	held     []*pair                        // that wait for it, their own question answered
	byServer sync.Map                       // netip.AddrPort -> *experiment
}

// An experiment is what one server says of a list's test entries.
type experiment struct {
	positive, negative *parallel.Lazy[[]dnsbl.Answer]
}

func newControl(list *dnsbl.List, subject dnsbl.Subject, path asker) *control {
	return &control{list: list, subject: subject, path: path, first: parallel.NewLazy[[]dnsbl.Answer]()}
}

// examine asks by one path whether the subject is listed and, if the list says so, for the proof and the reason, both together.
// The positive test entry is asked before all others, but no question waits for its answer. A list whose test entry got no
// answer from anyone is not asked any more.
func (s *Survey) examine(ctx context.Context, k *control, p *pair) (e dnsbl.Evidence) {
	k.first.Start(s.background, k.askFirst)
	if e.Question = k.silence(); e.Question.Cause != "" && !p.begun(k) {
		return e
	}
	if p.begun(k) {
		e.Question, _ = p.asking.Complete(ctx)
	} else {
		e.Question = k.path.Ask(ctx, k.list.Question(p.subject, dnsbl.A))
	}
	switch server := e.Question.Server; {
	case e.Question.Cause != "":
	case !k.list.Claims(e.Question):
		e.Positive = s.positive(ctx, k, server)
	default:
		both := []func(){
			func() { e.Negative = s.negative(k, server) },
			func() { e.Reason = k.path.Ask(s.background.Context, k.list.Question(p.subject, dnsbl.TXT)) },
		}
		parallel.Each(len(both), len(both), func(i int) { both[i]() }, func(_ int, reason any) {
			// Neither makes or breaks the listing: without its proof it is unconfirmed.
		})
		e.Positive = s.first(ctx, k) // not needed, but asked
	}
	return e
}

// prove asks by one path for the test entries, the negative ones if a positive one is listed.
func (s *Survey) prove(ctx context.Context, k *control) (e dnsbl.Evidence) {
	e.Positive = s.first(ctx, k)
	if slices.ContainsFunc(e.Positive, k.list.Lists) {
		e.Negative = s.negative(k, e.Positive[len(e.Positive)-1].Server)
	}
	return e
}

// tested says whether a positive test entry was heard to be listed.
func (k *control) tested() bool {
	if !k.first.Known() {
		return false
	}
	first, ok := k.first.Value()
	return ok && slices.ContainsFunc(first, k.list.Lists)
}

// vouches says whether what is known of the positive test entries was said by a server.
func (k *control) vouches(server netip.AddrPort) bool {
	first, ok := k.first.Value()
	return ok && (len(first) == 0 || first[len(first)-1].Server == server)
}

// silence returns the failure that a list need not be asked again for: its test entry got no answer from anyone.
func (k *control) silence() dnsbl.Answer {
	if !k.first.Known() {
		return dnsbl.Answer{}
	}
	first, _ := k.first.Value()
	if len(first) == 0 {
		return dnsbl.Answer{}
	}
	if last := first[len(first)-1]; last.Cause.Silent() {
		return dnsbl.Answer{Cause: last.Cause, Detail: last.Detail, Server: last.Server}
	}
	return dnsbl.Answer{}
}

// first returns the positive test entries, from whichever server.
func (s *Survey) first(ctx context.Context, k *control) []dnsbl.Answer {
	return inTime(k.first.Get(ctx, s.background, k.askFirst))
}

// inTime returns answers, or that there were none while somebody waited.
func inTime(answers []dnsbl.Answer, known bool) []dnsbl.Answer {
	if !known {
		return []dnsbl.Answer{{Cause: dnsbl.Timeout, Detail: "no answer"}}
	}
	return answers
}

// positive returns what server says of the positive test entries.
func (s *Survey) positive(ctx context.Context, k *control, server netip.AddrPort) []dnsbl.Answer {
	first := s.first(ctx, k)
	if len(first) == 0 || first[len(first)-1].Server == server {
		return first
	}
	return inTime(k.experiment(server).positive.Get(ctx, s.background, func(ctx context.Context) []dnsbl.Answer {
		return k.askPositive(ctx, k.path.Only(server), nil)
	}))
}

// negative returns what server says of the negative test entries. Nobody but the end of the survey cuts the proof of a listing short.
func (s *Survey) negative(k *control, server netip.AddrPort) []dnsbl.Answer {
	return inTime(k.experiment(server).negative.Get(s.background.Context, s.background, func(ctx context.Context) []dnsbl.Answer {
		return k.askNegative(ctx, k.path.Only(server))
	}))
}

// experiment returns the one experiment with a server.
func (k *control) experiment(server netip.AddrPort) *experiment {
	known, _ := k.byServer.LoadOrStore(server, &experiment{positive: parallel.NewLazy[[]dnsbl.Answer](), negative: parallel.NewLazy[[]dnsbl.Answer]()})
	return known.(*experiment)
}

// cut says whether any of the experiments ended before its time.
func (k *control) cut() bool {
	cut := incomplete(k.first)
	k.byServer.Range(func(_, e any) bool {
		cut = cut || incomplete(e.(*experiment).positive) || incomplete(e.(*experiment).negative)
		return true
	})
	return cut
}

// incomplete says whether answers are not all that could be had.
func incomplete(v *parallel.Lazy[[]dnsbl.Answer]) bool {
	answers, _ := v.Value()
	return v.Cut() || slices.ContainsFunc(answers, func(a dnsbl.Answer) bool { return a.Cause == dnsbl.NoSockets })
}

// probing says whether the first of the positive test entries is in flight.
func (k *control) probing() bool { return k.probe != nil && !k.probe.landed }

// askFirst asks the positive test entries of whichever server answers.
func (k *control) askFirst(ctx context.Context) []dnsbl.Answer {
	if k.probe == nil {
		return k.askPositive(ctx, k.path, nil)
	}
	return k.askPositive(ctx, k.path, &k.probe.Exchange)
}

// askPositive asks the positive test entries in turn, all of the server that answered the first, until one is listed or
// gets no answer. The first may have been begun.
func (k *control) askPositive(ctx context.Context, path asker, begun *resolver.Exchange) (answers []dnsbl.Answer) {
	defer func() {
		if reason := recover(); reason != nil {
			answers = append(answers, crashed(reason))
		}
	}()
	for _, test := range k.list.PositiveTests(k.subject) {
		var answer dnsbl.Answer
		if begun != nil {
			answer, _ = begun.Complete(ctx)
			begun = nil
		} else {
			answer = path.Ask(ctx, k.list.Question(test, dnsbl.A))
		}
		answers = append(answers, answer)
		if answer.Cause != "" || k.list.Lists(answer) {
			break
		}
		path = k.path.Only(answer.Server)
	}
	return answers
}

// askNegative asks the first negative test entry, and the others if the list carries that one.
func (k *control) askNegative(ctx context.Context, path asker) []dnsbl.Answer {
	tests := k.list.NegativeTests(k.subject)
	answers := make([]dnsbl.Answer, len(tests))
	ask := func(i int) { answers[i] = path.Ask(ctx, k.list.Question(tests[i], dnsbl.A)) }
	failed := func(i int, reason any) { answers[i] = crashed(reason) }
	guard := func(i int) { parallel.Guard(func() { ask(i) }, func(reason any) { failed(i, reason) }) }
	guard(0)
	if !k.list.Lists(answers[0]) {
		return answers[:1]
	}
	parallel.Each(len(tests)-1, len(tests), func(i int) { guard(i + 1) }, failed)
	return answers
}
