package survey

import (
	"fmt"
	"net/netip"
	"testing"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
	"check_dnsbl/internal/resolver"
)

// A small forwarder, as dnsmasq is, that is 120 ms from the lists gets no more queries at a time
// than it forwards. A resolver that answers at once gets more.
func TestSmallForwarder(t *testing.T) {
	t.Parallel()
	var lists []dnstest.List
	var zones []string
	for i := range 25 {
		zones = append(zones, fmt.Sprintf("%d.example", i))
		lists = append(lists, dnstest.List{Zone: zones[i]})
	}
	forward := dnstest.Late(120*time.Millisecond, dnstest.Healthy)
	server := start(t, dnstest.World{Lists: lists, Fault: dnstest.AtMost(150, forward)})
	client := &resolver.Client{Resolvers: []netip.AddrPort{server.Addr}, Wait: longWait}
	taken := 0
	for findings := range New(client, unknowns(zones...)).Ask(t.Context(), network(8, &taken)) {
		for _, f := range findings {
			if f.Outcome != dnsbl.NotListed {
				t.Fatal(short(findings))
			}
		}
	}
}

// A refusal lowers the limit. A list that refuses all queries does not.
func TestRefusals(t *testing.T) {
	r := room{window: window{size: 200, least: leastTries, most: 2048}}
	refuses, answers := new(queue), &queue{hasAnswered: true}
	for range 9 {
		r.refused(&try{queue: refuses})
	}
	if r.window.size != 200 {
		t.Errorf("a list that refuses all: %d", r.window.size)
	}
	r.refused(&try{queue: answers})
	if r.window.size != 100 || r.window.most != 150 {
		t.Errorf("%d of %d", r.window.size, r.window.most)
	}
	r = room{window: window{size: 200, least: leastTries, most: 2048}}
	for range fewRefusing {
		r.refused(&try{queue: new(queue)})
	}
	if r.window.size != 100 {
		t.Errorf("several lists: %d", r.window.size)
	}
}

func TestWindow(t *testing.T) {
	now := time.Now()
	w := window{size: 10, least: 2, most: 12}
	for _, step := range []struct {
		after time.Duration
		lost  bool
		want  int
	}{{0, false, 11}, {0, false, 12}, {0, false, 12}, {0, true, 6}, {0, true, 6}, {time.Second, true, 6}, {2 * time.Second, true, 3}, {4 * time.Second, true, 2}, {9 * time.Second, true, 2}, {9 * time.Second, false, 3}} {
		if step.lost {
			w.shrink(now.Add(step.after), 2*time.Second)
		} else {
			w.grow()
		}
		if w.size != step.want {
			t.Errorf("%+v: %d", step, w.size)
		}
	}
}

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
