package parallel

import (
	"context"
	"testing"
)

// A panic in the background comes to who waits for its result; left to its goroutine it would end the program without a word.
func TestPanicInBackground(t *testing.T) {
	b := &Background{Context: t.Context()}
	v := NewLazy[int]()
	for range 2 {
		func() {
			defer func() {
				if reason := recover(); reason != "no good" {
					t.Errorf("recovered %v", reason)
				}
			}()
			v.Get(t.Context(), b, func(context.Context) int { panic("no good") })
		}()
	}
	b.Wait()
}
