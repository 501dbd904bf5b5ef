package survey

import (
	"context"
	"slices"

	"check_dnsbl/internal/resolver"
)

const (
	maxReplies = 1 << 12 // that wait to be received: more than one for each try in flight
	minOrder   = 16      // tries, before those that are over are removed
)

// A sweep has the first tries that are in flight, of all lists. Their replies come on one channel,
// so that they need no goroutines.
type sweep struct {
	client  *resolver.Client
	replies chan resolver.Reply
	tries   map[*resolver.Pending]*try
	order   []*try // by deadline, with some that are over
}

func newSweep(client *resolver.Client) *sweep {
	return &sweep{
		client: client, replies: make(chan resolver.Reply, maxReplies),
		tries: map[*resolver.Pending]*try{},
	}
}

// start makes a try. It reports whether a reply may come.
func (w *sweep) start(ctx context.Context, t *try) bool {
	t.exchange = w.client.Start(ctx, t.question, w.replies)
	if t.exchange.Pending == nil {
		t.over = true
		return false
	}
	w.tries[t.exchange.Pending] = t
	t.queue.tries++
	if len(w.order) > 2*len(w.tries)+minOrder { // most are over behind one that is not
		w.order = slices.DeleteFunc(w.order, func(t *try) bool { return t.over })
	}
	w.order = append(w.order, t)
	return true
}

// receive takes a reply, ends its try, and reports whether that is settled. t is nil if it was over
// before; the reply is then for whoever goes on with the exchange.
func (w *sweep) receive(r resolver.Reply) (t *try, settled bool) {
	t = w.tries[r.Pending]
	if t == nil {
		r.Forward()
		return nil, false
	}
	w.end(t)
	return t, t.exchange.Settle(r)
}

// end ends a try.
func (w *sweep) end(t *try) {
	delete(w.tries, t.exchange.Pending)
	t.queue.tries--
	t.over = true
}

// giveUp ends a try that got no reply. A late reply goes to the exchange.
func (w *sweep) giveUp(t *try) {
	w.end(t)
	t.exchange.Detach()
}

// earliest returns the try in flight with the first deadline, nil if there is none.
func (w *sweep) earliest() *try {
	for len(w.order) > 0 && w.order[0].over {
		w.order = w.order[1:]
	}
	if len(w.order) == 0 {
		return nil
	}
	return w.order[0]
}

// close ends all tries.
func (w *sweep) close() {
	for _, t := range w.tries {
		t.exchange.Close()
	}
}
