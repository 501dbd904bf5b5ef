package lookup

import (
	"context"
	"fmt"
	"sync"

	"check_dnsbl/internal/dnsbl"
)

// inFlight is how many questions wait for an answer at a time. It is enough for a run over all lists to take one round
// trip, and keeps below the 1,024 sockets that a process may commonly have even if each is sent to three silent resolvers.
const inFlight = 320

// A control is what is known of a list's test entries of one kind: asked once a run, whatever the number of subjects.
type control struct {
	list         *dnsbl.List
	subject      dnsbl.Subject // any of its kind
	positive     []dnsbl.Answer
	negative     []dnsbl.Answer
	negativeOnce sync.Once
}

// A listKind is a list and a kind of subjects.
type listKind struct {
	list *dnsbl.List
	kind dnsbl.Subjects
}

// A pair is one subject to be looked up on one list.
type pair struct {
	list     *dnsbl.List
	subject  dnsbl.Subject
	control  *control
	evidence dnsbl.Evidence
}

// A Survey is a run over lists: their test entries are asked once, however many subjects it is asked about.
type Survey struct {
	client   *Client
	lists    []dnsbl.List
	controls map[listKind]*control
}

// Survey begins a run over the lists.
func (c *Client) Survey(lists []dnsbl.List) *Survey {
	return &Survey{client: c, lists: lists, controls: map[listKind]*control{}}
}

// Ask asks each list about each subject that it may carry, and returns the findings grouped by subject, both in the
// order given. The positive test entries are asked along with the questions proper; the negative one and the reason only
// where an answer says "listed". What is not known when ctx is over is a failure; what was found by then is not lost.
// It must not be called by several goroutines at a time.
func (s *Survey) Ask(ctx context.Context, subjects []dnsbl.Subject) []dnsbl.Finding {
	fresh, pairs := s.plan(subjects)
	Each(len(fresh)+len(pairs), inFlight, func(i int) {
		if i < len(fresh) {
			s.client.askPositive(ctx, fresh[i])
			return
		}
		s.client.askPair(ctx, &pairs[i-len(fresh)])
	}, func(i int, reason any) {
		broken := []dnsbl.Answer{{Cause: dnsbl.Internal, Detail: fmt.Sprint(reason)}}
		if i < len(fresh) {
			fresh[i].positive = broken
			return
		}
		pairs[i-len(fresh)].evidence.Question = broken[0]
	})
	findings := make([]dnsbl.Finding, len(pairs))
	for i := range pairs {
		p := &pairs[i]
		p.evidence.Positive = p.control.positive
		findings[i] = p.list.Judge(p.subject, p.evidence)
	}
	return findings
}

// plan pairs subjects with the lists that may carry them, and shares one control among the pairs of a list and kind.
// The controls that were not asked yet are returned as fresh.
func (s *Survey) plan(subjects []dnsbl.Subject) (fresh []*control, pairs []pair) {
	for _, subject := range subjects {
		for i := range s.lists {
			k := listKind{&s.lists[i], subject.Kind()}
			if k.list.Subjects&k.kind == 0 {
				continue
			}
			if s.controls[k] == nil {
				s.controls[k] = &control{list: k.list, subject: subject}
				fresh = append(fresh, s.controls[k])
			}
			pairs = append(pairs, pair{list: k.list, subject: subject, control: s.controls[k]})
		}
	}
	return fresh, pairs
}

// askPositive asks the positive test entries in turn until one is listed or gets no answer.
func (c *Client) askPositive(ctx context.Context, k *control) {
	for _, test := range k.list.PositiveTests(k.subject) {
		answer := c.Ask(ctx, k.list.Question(test, dnsbl.A))
		k.positive = append(k.positive, answer)
		if answer.Cause != "" || k.list.Lists(answer) {
			return
		}
	}
}

// askPair asks whether the subject is listed and, if the list says so, for the proof and the reason, both together.
func (c *Client) askPair(ctx context.Context, p *pair) {
	p.evidence.Question = c.Ask(ctx, p.list.Question(p.subject, dnsbl.A))
	if !p.list.Claims(p.evidence.Question) {
		return
	}
	both := []func(){
		func() { p.evidence.Negative = c.askNegative(ctx, p.control) },
		func() { p.evidence.Reason = c.Ask(ctx, p.list.Question(p.subject, dnsbl.TXT)) },
	}
	Each(len(both), len(both), func(i int) { both[i]() }, func(_ int, reason any) {
		// Neither makes or breaks the listing: without its proof it is unconfirmed.
	})
}

// askNegative asks the first negative test entry, once a run, and the others if the list carries that one.
func (c *Client) askNegative(ctx context.Context, k *control) []dnsbl.Answer {
	k.negativeOnce.Do(func() {
		tests := k.list.NegativeTests(k.subject)
		answers := make([]dnsbl.Answer, len(tests))
		ask := func(i int) { answers[i] = c.Ask(ctx, k.list.Question(tests[i], dnsbl.A)) }
		failed := func(i int, reason any) { answers[i] = dnsbl.Answer{Cause: dnsbl.Internal, Detail: fmt.Sprint(reason)} }
		Each(1, 1, ask, failed)
		if !k.list.Lists(answers[0]) {
			answers = answers[:1]
		} else {
			Each(len(answers)-1, len(answers)-1, func(i int) { ask(i + 1) }, func(i int, reason any) { failed(i+1, reason) })
		}
		k.negative = answers
	})
	return k.negative
}
