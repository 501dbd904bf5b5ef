package survey

import (
	"context"
	"time"

	"check_dnsbl/internal/dnsbl"
)

// A scheduler has the state of all checks of a run. It decides which check starts when (loop.go),
// and settles most of them itself, without a goroutine for each (tries.go). The others continue in
// goroutines (handover.go). It belongs to the goroutine of Ask.
type scheduler struct {
	survey    *Survey
	ctx       context.Context
	onSettled func(*check)

	rows   rows
	queues []*queue
	byKey  map[queueKey]*queue
	turn   int       // the index of the queue that is next
	due    time.Time // when the next limiter lets a query through; zero if none waits
	room   room
	sweep  *sweep
	timer  *time.Timer

	evidence dnsbl.Evidence // of the last answer that was decided, whose memory is used again

	running int         // goroutines that go on with checks
	done    chan *check // from them

	renewing   int            // goroutines that renew proofs
	proofs     chan *absences // from them
	renewAfter time.Duration  // the age of a proof: a fraction of the time that is left
}

type queueKey struct {
	list *dnsbl.List
	kind dnsbl.Subjects
}

func newScheduler(s *Survey) *scheduler {
	return &scheduler{
		survey: s, ctx: s.background.Context, byKey: make(map[queueKey]*queue, len(s.lists)),
		sweep: newSweep(s.client), timer: time.NewTimer(never),
		room: newRoom(inFlight(descriptors(), len(s.client.Resolvers))),
		done: make(chan *check), proofs: make(chan *absences),
		renewAfter: s.client.Share(s.background.Context, 4),
	}
}

// queue returns the queue of a check. At first each has its share of what may be in flight.
func (d *scheduler) queue(c *check) *queue {
	key := queueKey{c.list, c.subject.Kind()}
	q := d.byKey[key]
	if q == nil {
		lists := len(d.survey.lists)
		share := max(leastInQueue, d.room.maxRunning/lists)
		q = &queue{
			limiter: d.survey.limiters[c.list], waiting: d.survey.waiting[c.list],
			window: window{
				size: share, least: leastInQueue, most: max(share, d.room.window.most/lists),
			},
			fastest: never, maxFailures: giveUp + share,
		}
		d.byKey[key], d.queues = q, append(d.queues, q)
	}
	return q
}
