package lookup

import (
	"context"
	"sync"
)

// shared is what is found out once in a Survey, by whoever needs it first, for all who need it.
type shared[T any] struct {
	begin sync.Once
	done  chan struct{} // closed when value is known
	value T
	cut   bool // the survey ended before it was found out
	panic any  // what finding it out panicked with
}

func newShared[T any]() *shared[T] { return &shared[T]{done: make(chan struct{})} }

// get returns what find found out, unless ctx is over before that is known. It goes on being found out for the others, until
// the survey has no more use for it. If finding it out panicked, so does get: who waits is guarded.
func get[T any](ctx context.Context, s *Survey, v *shared[T], find func(ctx context.Context) T) (value T, known bool) {
	begin(s, v, find)
	select {
	case <-v.done:
	case <-ctx.Done():
		if s.ctx.Err() == nil {
			return value, false
		}
		<-v.done // it is over as well, with what it has
	}
	if v.panic != nil {
		panic(v.panic)
	}
	return v.value, true
}

// begin finds out in the background, unless that is done or under way.
func begin[T any](s *Survey, v *shared[T], find func(ctx context.Context) T) {
	v.begin.Do(func() {
		s.background.Go(func() {
			defer close(v.done)
			defer func() { v.panic = recover() }()
			v.value = find(s.ctx)
			v.cut = s.ctx.Err() != nil
		})
	})
}

// set makes value what is known, unless it is being found out already.
func (v *shared[T]) set(value T) {
	v.begin.Do(func() {
		v.value = value
		close(v.done)
	})
}

// known says whether v was found out already.
func (v *shared[T]) known() bool {
	select {
	case <-v.done:
		return true
	default:
		return false
	}
}
