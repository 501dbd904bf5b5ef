package lookup

import (
	"context"
	"fmt"
	"iter"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
)

// network yields addresses from 10.0.0.0 on, and counts those that were taken.
func network(n int, taken *int) iter.Seq[dnsbl.Subject] {
	return func(yield func(dnsbl.Subject) bool) {
		addr := netip.MustParseAddr("10.0.0.0")
		for range n {
			*taken++
			if !yield(dnsbl.Subject{Addr: addr}) {
				return
			}
			addr = addr.Next()
		}
	}
}

// Subjects are taken in as there is room, and their findings come in order, each list's too. Who has enough leaves nothing behind.
func TestSurveyStreams(t *testing.T) {
	_, client := surveyWorld(t, dnstest.List{Zone: "a.example", Entries: map[string][]string{"10.0.0.3": {"127.0.0.2"}}}, dnstest.List{Zone: "b.example"})
	for _, enough := range []int{1, 5, 1 << 20} {
		taken, given := 0, 0
		addr := netip.MustParseAddr("10.0.0.0")
		for findings := range client.Survey(unknowns("a.example", "b.example")).Ask(t.Context(), network(1<<20, &taken)) {
			want := []string{"a.example " + addr.String() + " not listed", "b.example " + addr.String() + " not listed"}
			if given == 3 {
				want[0] = "a.example 10.0.0.3 listed"
			}
			if got := short(findings); !slices.Equal(got, want) {
				t.Fatalf("%q, want %q", got, want)
			}
			if given++; given == min(enough, mostPairs) {
				break
			}
			addr = addr.Next()
		}
		if taken > given+mostPairs/2 {
			t.Errorf("%d subjects taken in, %d given", taken, given)
		}
	}
}

// After the end no more subjects are taken in; what was begun is given, with what is known of it.
func TestSurveyEndsInTime(t *testing.T) {
	_, client := surveyWorld(t, dnstest.List{Zone: "a.example", Latency: 20 * time.Millisecond}, dnstest.List{Zone: "silent.example", Fault: dnstest.Silent})
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	taken, given, listless := 0, 0, 0
	for findings := range client.Survey(unknowns("a.example", "silent.example")).Ask(ctx, network(1<<20, &taken)) {
		given++
		if findings[1].Outcome != dnsbl.Failed {
			t.Fatal(short(findings))
		}
		if findings[0].Outcome == dnsbl.NotListed {
			listless++
		}
	}
	if given != taken || given < 1 || given > mostPairs || listless == 0 {
		t.Errorf("%d taken, %d given, %d not listed", taken, given, listless)
	}
}

// A list that fails again and again is not asked any more: the rest fails with the same cause. One that fails now and then is.
func TestSurveyGivesUp(t *testing.T) {
	world := dnstest.Answer("127.0.0.2")
	now := dnstest.List{Zone: "now.example", FaultAt: map[string]dnstest.Fault{}}
	for i := range 100 {
		if i%2 == 0 {
			now.FaultAt[fmt.Sprintf("10.0.0.%d", i)] = dnstest.Rcode(dnstest.ServFail)
		}
	}
	server, client := surveyWorld(t, dnstest.List{Zone: "world.example", Fault: world}, now)
	taken, failed, all, asked := 0, 0, 0, 0
	for findings := range client.Survey(unknowns("world.example", "now.example")).Ask(t.Context(), network(2000, &taken)) {
		all++
		if got := short(findings)[0]; got != "world.example "+findings[0].Subject.String()+" failed lists everything" {
			t.Fatal(got)
		}
		if findings[1].Outcome == dnsbl.Failed {
			failed++
		}
	}
	for _, question := range server.Questions() {
		if strings.HasSuffix(question, ".world.example") {
			asked++
		}
	}
	if all != 2000 || failed != 50 || asked > 1000 {
		t.Errorf("%d subjects, %d failed, %d questions to the broken list", all, failed, asked)
	}
}

func TestThrottle(t *testing.T) {
	now := time.Now()
	throttle := throttle{size: 10, least: 2, most: 12}
	for _, step := range []struct {
		after time.Duration
		lost  bool
		want  int
	}{{0, false, 11}, {0, false, 12}, {0, false, 12}, {0, true, 6}, {0, true, 6}, {time.Second, true, 6}, {2 * time.Second, true, 3}, {4 * time.Second, true, 2}, {9 * time.Second, true, 2}, {9 * time.Second, false, 3}} {
		if step.lost {
			throttle.close(now.Add(step.after), 2*time.Second)
		} else {
			throttle.open()
		}
		if throttle.size != step.want {
			t.Errorf("%+v: %d", step, throttle.size)
		}
	}
}
