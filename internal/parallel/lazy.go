package parallel

import (
	"context"
	"sync"
)

// A Background runs computations that outlast the caller that started them.
type Background struct {
	Context context.Context // of the run: all computations see its end

	running sync.WaitGroup
}

// Wait returns when all computations have ended.
func (b *Background) Wait() { b.running.Wait() }

// A Lazy is a value that is computed once, in the background, by the first caller that needs it.
type Lazy[T any] struct {
	once   sync.Once
	done   chan struct{} // closed when value is known
	value  T
	reason any // that computing it panicked with
}

// NewLazy returns a value that nothing is known of yet.
func NewLazy[T any]() *Lazy[T] { return &Lazy[T]{done: make(chan struct{})} }

// Get returns what compute returned. It returns false if ctx is over first: the computation then
// goes on for the other callers, until the run is over. Where compute panicked, Get panics too: its
// callers are guarded.
func (v *Lazy[T]) Get(
	ctx context.Context, b *Background, compute func(ctx context.Context) T,
) (value T, known bool) {
	v.Start(b, compute)
	select {
	case <-v.done:
	case <-ctx.Done():
		if b.Context.Err() == nil {
			return value, false
		}
		<-v.done // it is over as well, with what it has
	}
	if v.reason != nil {
		panic(v.reason)
	}
	return v.value, true
}

// Start computes the value in the background, unless that was done or begun before.
func (v *Lazy[T]) Start(b *Background, compute func(ctx context.Context) T) {
	v.once.Do(func() {
		b.running.Go(func() {
			defer close(v.done)
			defer func() { v.reason = recover() }()
			v.value = compute(b.Context)
		})
	})
}

// Set makes value the one that is known, unless it is being computed.
func (v *Lazy[T]) Set(value T) {
	v.once.Do(func() {
		v.value = value
		close(v.done)
	})
}

// Known reports whether the computation has ended.
func (v *Lazy[T]) Known() bool {
	select {
	case <-v.done:
		return true
	default:
		return false
	}
}

// Value returns the value that is Known, and whether computing it went well.
func (v *Lazy[T]) Value() (value T, ok bool) { return v.value, v.reason == nil }
