package lookup

import (
	"sync"
	"sync/atomic"
)

// Each calls do for 0 to n-1, at most limit at a time, and returns when all are done. Where do panics, failed is called
// with the index and what it panicked with; a panic that left its goroutine would end the program without a word on stdout.
// Each may be used within do: the limits are then each their own.
func Each(n, limit int, do func(i int), failed func(i int, reason any)) {
	var taken atomic.Int64
	var workers sync.WaitGroup
	for range min(n, max(limit, 1)) {
		workers.Go(func() {
			for i := int(taken.Add(1)) - 1; i < n; i = int(taken.Add(1)) - 1 {
				guard(i, do, failed)
			}
		})
	}
	workers.Wait()
}

func guard(i int, do func(i int), failed func(i int, reason any)) {
	defer func() {
		if reason := recover(); reason != nil {
			failed(i, reason)
		}
	}()
	do(i)
}
