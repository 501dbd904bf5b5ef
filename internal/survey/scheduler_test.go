package survey

import (
	"context"
	"fmt"
	"iter"
	"maps"
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

// Subjects are taken in as there is room, and the findings on each come once, those of the lists in order. Who has enough leaves nothing behind.
func TestSurveyStreams(t *testing.T) {
	_, client := surveyWorld(t, dnstest.List{Zone: "a.example", Entries: map[string][]string{"10.0.0.3": {"127.0.0.2"}}}, dnstest.List{Zone: "b.example"})
	for _, enough := range []int{1, 5, 5000} {
		taken := 0
		given := map[int]bool{}
		for at, findings := range New(client, unknowns("a.example", "b.example")).Ask(t.Context(), network(1<<20, &taken)) {
			addr := netip.AddrFrom4([4]byte{10, 0, byte(at >> 8), byte(at)}).String()
			want := []string{"a.example " + addr + " not listed", "b.example " + addr + " not listed"}
			if at == 3 {
				want[0] = "a.example 10.0.0.3 listed"
			}
			if got := short(findings); !slices.Equal(got, want) || given[at] {
				t.Fatalf("%q, want %q, once", got, want)
			}
			if given[at] = true; len(given) == enough {
				break
			}
		}
		if taken > len(given)+mostKept/2+1 {
			t.Errorf("%d subjects taken in, %d given", taken, len(given))
		}
	}
}

// What takes long holds up nothing but itself.
func TestSurveyGoesOn(t *testing.T) {
	t.Parallel()
	_, client := surveyWorld(t, dnstest.List{Zone: "a.example", FaultAt: map[string]dnstest.Fault{"10.0.0.0": dnstest.First(1, dnstest.Silent, dnstest.Healthy)}})
	taken, last := 0, 0
	order := []int{}
	for at := range New(client, unknowns("a.example")).Ask(t.Context(), network(1000, &taken)) {
		order, last = append(order, at), at
	}
	if len(order) != 1000 || last != 0 {
		t.Errorf("%d given, the last is %d", len(order), last)
	}
}

// After the end no more subjects are taken in; what was begun is given, with what is known of it.
func TestSurveyEndsInTime(t *testing.T) {
	t.Parallel()
	_, client := surveyWorld(t, dnstest.List{Zone: "a.example", Latency: 20 * time.Millisecond}, dnstest.List{Zone: "silent.example", Fault: dnstest.Silent})
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	taken, given, listless := 0, 0, 0
	for _, findings := range New(client, unknowns("a.example", "silent.example")).Ask(ctx, network(1<<20, &taken)) {
		given++
		if findings[1].Outcome != dnsbl.Failed {
			t.Fatal(short(findings))
		}
		if findings[0].Outcome == dnsbl.NotListed {
			listless++
		}
	}
	if given != taken || given < 1 || given > mostKept || listless == 0 {
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
	for _, findings := range New(client, unknowns("world.example", "now.example")).Ask(t.Context(), network(2000, &taken)) {
		all++
		if got := short(findings)[0]; got != "world.example "+findings[0].Subject.String()+" failed lists everything" {
			t.Fatal(got)
		}
		if findings[0].Evidence == nil {
			t.Fatal("not even that it was not asked is evident")
		}
		if findings[1].Outcome == dnsbl.Failed {
			failed++
		}
	}
	for _, question := range server.Queries() {
		if strings.HasSuffix(question, ".world.example") {
			asked++
		}
	}
	if all != 2000 || failed != 50 || asked > 1500 {
		t.Errorf("%d subjects, %d failed, %d questions to the broken list", all, failed, asked)
	}
}

// What a list says of some subjects is no reason not to ask about the next: a listing behind a thousand failures is found, if the list
// itself answers for its test entry.
func TestSurveyFailuresOfSubjects(t *testing.T) {
	for name, fault := range map[string]dnstest.Fault{"SERVFAIL": dnstest.Rcode(dnstest.ServFail), "undocumented code": dnstest.Answer("127.0.0.99"), "answer outside 127.0.0.0/8": dnstest.Answer("203.0.113.9")} {
		bad := dnstest.List{Zone: "bl.spamcop.net", FaultAt: map[string]dnstest.Fault{}, Entries: map[string][]string{"127.0.0.2": {"127.0.0.2"}, "10.0.3.0": {"127.0.0.2"}}}
		for i := range 600 {
			bad.FaultAt[fmt.Sprintf("10.0.%d.%d", i>>8, i&255)] = fault
		}
		_, client := surveyWorld(t, bad)
		lists := unknowns("bl.spamcop.net")
		lists[0].Codes = []dnsbl.Code{{Match: mustPattern(t, "127.0.0.2"), Effect: dnsbl.Listing, Meaning: "listed"}}
		taken := 0
		outcomes := map[string]int{}
		for _, findings := range New(client, lists).Ask(t.Context(), network(1000, &taken)) {
			outcomes[strings.TrimSpace(string(findings[0].Outcome)+" "+findings[0].Cause.Text())]++
		}
		if want := map[string]int{"failed " + name: 600, "not listed": 399, "listed": 1}; !maps.Equal(outcomes, want) {
			t.Errorf("%v, want %v", outcomes, want)
		}
	}
}

// A list that was silent about many subjects in a row, and is well again, is asked again while others are at work: what it lists then is found.
func TestSurveyRecovers(t *testing.T) {
	t.Parallel()
	list := dnstest.List{Zone: "a.example", Latency: time.Millisecond, FaultAt: map[string]dnstest.Fault{}, Entries: map[string][]string{"10.0.62.128": {"127.0.0.2"}}}
	for i := range 600 {
		list.FaultAt[fmt.Sprintf("10.0.%d.%d", i>>8, i&255)] = dnstest.Silent
	}
	_, client := surveyWorld(t, list, dnstest.List{Zone: "slow.example", Latency: 120 * time.Millisecond})
	client.Wait = 200 * time.Millisecond
	taken, listed, unasked := 0, 0, 0
	for _, findings := range New(client, unknowns("a.example", "slow.example")).Ask(t.Context(), network(16001, &taken)) {
		switch f := findings[0]; {
		case f.Outcome == dnsbl.Listed:
			listed++
		case f.Detail == "again and again: not asked about this":
			unasked++
		}
	}
	if listed != 1 || unasked == 0 {
		t.Errorf("%d listed, %d not asked about", listed, unasked)
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

func mustPattern(t *testing.T, text string) dnsbl.Pattern {
	p, err := dnsbl.ParsePattern(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
