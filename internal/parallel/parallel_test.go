package parallel

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"
)

// mustNot is for what does not panic.
func mustNot(t *testing.T) func(int, any) {
	return func(i int, reason any) { t.Errorf("%d failed: %v", i, reason) }
}

func TestEach(t *testing.T) {
	for _, test := range []struct{ n, limit, most int }{
		{0, 4, 0}, {-1, 4, 0}, {1, 4, 1}, {3, 8, 3}, {100, 1, 1}, {100, 7, 7}, {100, 0, 1}, {100, -1, 1}, {1000, 1000, 1000},
	} {
		done := make([]atomic.Int32, max(test.n, 0))
		var running, most atomic.Int32
		Each(test.n, test.limit, func(i int) {
			now := running.Add(1)
			for old := most.Load(); now > old && !most.CompareAndSwap(old, now); old = most.Load() {
			}
			time.Sleep(10 * time.Microsecond)
			done[i].Add(1)
			running.Add(-1)
		}, mustNot(t))
		for i := range done {
			if got := done[i].Load(); got != 1 {
				t.Errorf("%+v: %d was done %d times", test, i, got)
			}
		}
		if got := int(most.Load()); got > test.most {
			t.Errorf("%+v: %d at a time", test, got)
		}
	}
}

func TestEachNested(t *testing.T) {
	var done atomic.Int32
	Each(10, 2, func(int) {
		Each(10, 2, func(int) { done.Add(1) }, mustNot(t))
	}, mustNot(t))
	if got := done.Load(); got != 100 {
		t.Errorf("%d done, want 100", got)
	}
}

func TestEachSurvivesPanics(t *testing.T) {
	results := make([]string, 9)
	Each(len(results), 2, func(i int) {
		if i%3 == 0 {
			var none []int
			results[i] = fmt.Sprint(none[i])
		}
		results[i] = "done"
	}, func(i int, reason any) { results[i] = fmt.Sprint(reason) })
	for i, got := range results {
		want := "done"
		if i%3 == 0 {
			want = fmt.Sprintf("runtime error: index out of range [%d] with length 0", i)
		}
		if got != want {
			t.Errorf("%d: %q, want %q", i, got, want)
		}
	}
}
