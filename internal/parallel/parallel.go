// Package parallel runs functions at the same time and lets none of them end the program by a
// panic: a panic that leaves its goroutine ends the program with nothing printed.
package parallel

import (
	"sync"
	"sync/atomic"
)

// Each calls do for 0 to n-1, at most limit at a time, and returns when all calls have returned.
// Where do panics, failed is called with the index and the reason. Calls may be nested: each has a
// limit of its own.
func Each(n, limit int, do func(i int), failed func(i int, reason any)) {
	var taken atomic.Int64
	work := func() {
		for i := int(taken.Add(1)) - 1; i < n; i = int(taken.Add(1)) - 1 {
			Guard(func() { do(i) }, func(reason any) { failed(i, reason) })
		}
	}
	var others sync.WaitGroup // than the caller's goroutine
	for range min(n, max(limit, 1)) - 1 {
		others.Go(work)
	}
	work()
	others.Wait()
}

// Guard calls do and, if that panics, failed with the reason.
func Guard(do func(), failed func(reason any)) {
	defer func() {
		if reason := recover(); reason != nil {
			failed(reason)
		}
	}()
	do()
}
