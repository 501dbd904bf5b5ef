package parallel

import (
	"context"
	"testing"
)

// A panic in the background reaches the callers that wait for the value. In its own goroutine it
// would end the program with nothing printed.
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
