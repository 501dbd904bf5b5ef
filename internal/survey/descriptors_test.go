package survey

import "testing"

// With few descriptors, fewer queries are in flight at a time: all that may be open for each must
// fit.
func TestInFlight(t *testing.T) {
	tests := []struct{ descriptors, resolvers, want int }{
		{1 << 20, 1, 320}, {1 << 20, 3, 320}, {4096, 3, 320}, {1024, 1, 224}, {1024, 2, 166},
		{1024, 3, 128}, {256, 1, 32}, {20, 1, 16},
	}
	for _, tt := range tests {
		if got := inFlight(tt.descriptors, tt.resolvers); got != tt.want {
			t.Errorf("%d descriptors, %d resolvers: %d in flight, want %d", tt.descriptors, tt.resolvers, got, tt.want)
		}
	}
	if descriptors() < 64 {
		t.Errorf("%d descriptors", descriptors())
	}
}
