package lookup

import (
	"context"
	"fmt"
	"net/netip"
	"sync"

	"check_dnsbl/internal/dnsbl"
)

// inFlight is how many questions wait for an answer at a time. It is enough for a run over all lists to take one round
// trip, and keeps below the 1,024 sockets that a process may commonly have even if each is sent to three silent resolvers.
const inFlight = 320

// A Survey is a run over lists: their test entries are asked once, however many subjects it is asked about.
type Survey struct {
	client   *Client
	lists    []dnsbl.List
	controls map[listKind]*control
}

// A listKind is a list and a kind of subjects.
type listKind struct {
	list *dnsbl.List
	kind dnsbl.Subjects
}

// Survey begins a run over the lists.
func (c *Client) Survey(lists []dnsbl.List) *Survey {
	return &Survey{client: c, lists: lists, controls: map[listKind]*control{}}
}

// A pair is one subject to be looked up on one list.
type pair struct {
	subject  dnsbl.Subject
	control  *control
	evidence dnsbl.Evidence
}

// Ask asks each list about each subject that it may carry, and returns the findings grouped by subject, both in the
// order given. The positive test entries are asked along with the questions proper; the negative one and the reason only
// where an answer says "listed". What is not known when ctx is over is a failure; what was found by then is not lost.
// Each list has its share of the questions in flight: one that swallows them holds up no other.
// It must not be called by several goroutines at a time.
func (s *Survey) Ask(ctx context.Context, subjects []dnsbl.Subject) []dnsbl.Finding {
	pairs := s.plan(subjects)
	queues := map[*control][]*pair{}
	var busy []*control
	for i := range pairs {
		k := pairs[i].control
		if queues[k] == nil {
			busy = append(busy, k)
		}
		queues[k] = append(queues[k], &pairs[i])
	}
	share := max(2, inFlight/max(1, len(busy))) // the question and the test entry at least
	Each(len(busy), inFlight/share, func(i int) {
		s.client.askList(ctx, busy[i], queues[busy[i]], share)
	}, func(i int, reason any) {
		for _, p := range queues[busy[i]] {
			p.evidence.Question = crashed(reason)
		}
	})
	findings := make([]dnsbl.Finding, len(pairs))
	for i, p := range pairs {
		findings[i] = p.control.list.Judge(p.subject, p.evidence)
	}
	return findings
}

// plan pairs subjects with the lists that may carry them, and shares one control among the pairs of a list and kind.
func (s *Survey) plan(subjects []dnsbl.Subject) []pair {
	var pairs []pair
	for _, subject := range subjects {
		for i := range s.lists {
			k := listKind{&s.lists[i], subject.Kind()}
			if k.list.Subjects&k.kind == 0 {
				continue
			}
			if s.controls[k] == nil {
				s.controls[k] = newControl(k.list, subject)
			}
			pairs = append(pairs, pair{subject: subject, control: s.controls[k]})
		}
	}
	return pairs
}

// askList works off one list's pairs; its positive test entry is asked before all others, once a run.
func (c *Client) askList(ctx context.Context, k *control, queue []*pair, share int) {
	Each(len(queue)+1, share, func(i int) {
		if i == 0 {
			c.askControl(ctx, k)
			return
		}
		c.askPair(ctx, queue[i-1])
	}, func(i int, reason any) {
		if i > 0 {
			queue[i-1].evidence.Question = crashed(reason)
		}
	})
}

// askPair asks whether the subject is listed and, if the list says so, for the proof and the reason, both together. A list
// whose test entry got no answer from anyone is not asked any more.
func (c *Client) askPair(ctx context.Context, p *pair) {
	k := p.control
	if silence := k.silence(); silence.Cause != "" {
		p.evidence.Question = silence
		return
	}
	p.evidence.Question = c.Ask(ctx, k.list.Question(p.subject, dnsbl.A))
	switch server := p.evidence.Question.Server; {
	case p.evidence.Question.Cause != "":
	case !k.list.Claims(p.evidence.Question):
		p.evidence.Positive = c.positive(ctx, k, server)
	default:
		both := []func(){
			func() { p.evidence.Negative = c.negative(ctx, k, server) },
			func() { p.evidence.Reason = c.Ask(ctx, k.list.Question(p.subject, dnsbl.TXT)) },
		}
		Each(len(both), len(both), func(i int) { both[i]() }, func(_ int, reason any) {
			// Neither makes or breaks the listing: without its proof it is unconfirmed.
		})
		<-k.done
		p.evidence.Positive = k.first // not needed, but asked
	}
}

func crashed(reason any) dnsbl.Answer {
	return dnsbl.Answer{Cause: dnsbl.Internal, Detail: fmt.Sprint(reason)}
}

// A control is what is known of a list's test entries of one kind. A resolver can only vouch for its own answers, so that
// there is one experiment for each resolver that answered a question.
type control struct {
	list     *dnsbl.List
	subject  dnsbl.Subject // any of its kind
	once     sync.Once
	done     chan struct{}  // closed when first is known
	first    []dnsbl.Answer // the positive test entries, from whichever resolver
	byServer sync.Map       // netip.AddrPort -> *experiment
}

// An experiment is what one resolver says of a list's test entries.
type experiment struct {
	positive, negative func() []dnsbl.Answer // each asks when it is called first
}

func newControl(list *dnsbl.List, subject dnsbl.Subject) *control {
	return &control{list: list, subject: subject, done: make(chan struct{})}
}

// askControl asks the positive test entries for the first time. All else about the list waits for it, but not the questions.
func (c *Client) askControl(ctx context.Context, k *control) {
	k.once.Do(func() {
		defer close(k.done)
		defer func() {
			if reason := recover(); reason != nil {
				k.first = []dnsbl.Answer{crashed(reason)}
			}
		}()
		k.first = c.askPositive(ctx, k)
	})
}

// silence returns the failure that a list need not be asked again for: its test entry got no answer from any resolver.
func (k *control) silence() dnsbl.Answer {
	select {
	case <-k.done:
	default:
		return dnsbl.Answer{}
	}
	if len(k.first) == 0 {
		return dnsbl.Answer{}
	}
	last := k.first[len(k.first)-1]
	if last.Cause != dnsbl.Timeout && last.Cause != dnsbl.Unreachable {
		return dnsbl.Answer{}
	}
	return dnsbl.Answer{Cause: last.Cause, Detail: last.Detail, Server: last.Server}
}

// positive returns what server says of the positive test entries.
func (c *Client) positive(ctx context.Context, k *control, server netip.AddrPort) []dnsbl.Answer {
	<-k.done // at the latest when ctx is over
	if len(k.first) == 0 || len(c.Resolvers) == 1 || k.first[len(k.first)-1].Server == server {
		return k.first
	}
	return c.experiment(ctx, k, server).positive()
}

// negative returns what server says of the negative test entries.
func (c *Client) negative(ctx context.Context, k *control, server netip.AddrPort) []dnsbl.Answer {
	return c.experiment(ctx, k, server).negative()
}

// experiment returns the one experiment with a server.
func (c *Client) experiment(ctx context.Context, k *control, server netip.AddrPort) *experiment {
	only := *c
	only.Resolvers = []netip.AddrPort{server}
	fresh := &experiment{
		positive: sync.OnceValue(func() []dnsbl.Answer { return only.askPositive(ctx, k) }),
		negative: sync.OnceValue(func() []dnsbl.Answer { return only.askNegative(ctx, k) }),
	}
	known, _ := k.byServer.LoadOrStore(server, fresh)
	return known.(*experiment)
}

// askPositive asks the positive test entries in turn, all of the resolver that answered the first, until one is listed or
// gets no answer.
func (c *Client) askPositive(ctx context.Context, k *control) []dnsbl.Answer {
	var answers []dnsbl.Answer
	asking := *c
	for _, test := range k.list.PositiveTests(k.subject) {
		answer := asking.Ask(ctx, k.list.Question(test, dnsbl.A))
		answers = append(answers, answer)
		if answer.Cause != "" || k.list.Lists(answer) {
			break
		}
		asking.Resolvers = []netip.AddrPort{answer.Server}
	}
	return answers
}

// askNegative asks the first negative test entry, and the others if the list carries that one.
func (c *Client) askNegative(ctx context.Context, k *control) []dnsbl.Answer {
	tests := k.list.NegativeTests(k.subject)
	answers := make([]dnsbl.Answer, len(tests))
	answers[0] = c.Ask(ctx, k.list.Question(tests[0], dnsbl.A))
	if !k.list.Lists(answers[0]) {
		return answers[:1]
	}
	Each(len(tests)-1, len(tests), func(i int) {
		answers[i+1] = c.Ask(ctx, k.list.Question(tests[i+1], dnsbl.A))
	}, func(i int, reason any) {
		answers[i+1] = crashed(reason)
	})
	return answers
}
