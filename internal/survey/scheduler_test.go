package survey

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"net/netip"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/miekg/dns"

	"check_dnsbl/internal/checktest"
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

// Subjects are taken as there is room, and their findings are yielded in order. A consumer that
// stops leaves nothing behind.
func TestSurveyStreams(t *testing.T) {
	t.Parallel()
	_, client := surveyWorld(
		t,
		dnstest.List{Zone: "a.example", Entries: map[string][]string{"10.0.0.3": {"127.0.0.2"}}},
		dnstest.List{Zone: "b.example"},
	)
	for _, enough := range []int{1, 5, 1500} {
		taken := 0
		given := 0
		for findings := range New(client, unknowns("a.example", "b.example")).Ask(t.Context(), network(1<<20, &taken)) {
			addr := netip.AddrFrom4([4]byte{10, 0, byte(given >> 8), byte(given)}).String()
			want := []string{"a.example " + addr + " not listed", "b.example " + addr + " not listed"}
			if given == 3 {
				want[0] = "a.example 10.0.0.3 listed"
			}
			if got := short(findings); !slices.Equal(got, want) {
				t.Fatalf("%q, want %q", got, want)
			}
			if given++; given == enough {
				break
			}
		}
		if taken > given+mostKept/2+1 {
			t.Errorf("%d subjects taken, %d yielded", taken, given)
		}
	}
}

// A subject that takes long holds up no other: all are done when it is yielded.
func TestSurveyGoesOn(t *testing.T) {
	t.Parallel()
	var run atomic.Pointer[Survey]
	late := func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		for begin := time.Now(); run.Load().Done() < 999 && time.Since(begin) < 20*time.Second; {
			time.Sleep(time.Millisecond)
		}
		dnstest.Healthy(w, q, healthy)
	}
	_, client := surveyWorld(t, dnstest.List{
		Zone:    "a.example",
		FaultAt: map[string]dnstest.Fault{"10.0.0.0": late},
	})
	client.Wait = 30 * time.Second
	survey, taken := New(client, unknowns("a.example")), 0
	run.Store(survey)
	for range survey.Ask(t.Context(), network(1000, &taken)) {
		if done := survey.Done(); done != 1000 {
			t.Fatalf("%d subjects are done", done)
		}
	}
}

// If there is no room for all queries, an address is queried on all lists before any test entry.
func TestQueriesBeforeTests(t *testing.T) {
	t.Parallel()
	const all = maxInFlight * 3 / 4
	var asked atomic.Int64
	held := func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		if strings.HasPrefix(q.Question[0].Name, "0.0.0.10.") {
			asked.Add(1)
		}
		for begin := time.Now(); asked.Load() < all && time.Since(begin) < 20*time.Second; {
			time.Sleep(time.Millisecond)
		}
		dnstest.Healthy(w, q, healthy)
	}
	var zones []string
	var lists []dnstest.List
	for i := range all {
		zones = append(zones, fmt.Sprintf("%d.example", i))
		lists = append(lists, dnstest.List{Zone: zones[i], Fault: held})
	}
	_, client := surveyWorld(t, lists...)
	client.Wait = 30 * time.Second
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	taken := 0
	begin := time.Now()
	for findings := range New(client, unknowns(zones...)).Ask(ctx, network(1, &taken)) {
		for _, f := range findings {
			if f.Outcome != dnsbl.NotListed {
				t.Fatal(short(findings))
			}
		}
	}
	if took := time.Since(begin); took > 15*time.Second {
		t.Errorf("%d lists were not queried together: it took %v", all, took)
	}
}

// A consumer that is slow costs no verdict and no further query: replies that came meanwhile are
// read before any of them is late.
func TestSlowConsumer(t *testing.T) {
	t.Parallel()
	checktest.Patiently(t, func(wrong func(format string, args ...any)) {
		server, client := surveyWorld(t, dnstest.List{Zone: "a.example"})
		client.Wait = 2 * testWait
		taken, queries := 0, 0
		for findings := range New(client, unknowns("a.example")).Ask(t.Context(), network(2000, &taken)) {
			if findings[0].Outcome != dnsbl.NotListed {
				t.Fatal(short(findings))
			}
			if queries++; queries == 10 {
				time.Sleep(client.Wait * 5 / 4)
			}
		}
		n := len(server.Queries()) - server.Count("A 2.0.0.127.a.example")
		if n > 2000+2000/8 { // a busy machine is overdue itself
			wrong("%d queries", n)
		}
	})
}

// After the end no more subjects are taken. Those taken before are yielded, with what is known of
// them.
func TestSurveyEndsInTime(t *testing.T) {
	t.Parallel()
	server, client := surveyWorld(
		t,
		dnstest.List{Zone: "a.example", Latency: 20 * time.Millisecond},
		dnstest.List{Zone: "silent.example", Fault: dnstest.Silent},
	)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	client.Wait = testWait
	go func() { // ends the run when some proof was renewed, as another is queried
		defer cancel()
		for begin := time.Now(); server.Count("A 2.0.0.127.a.example") < 3 && time.Since(begin) < 20*time.Second; {
			time.Sleep(10 * time.Millisecond)
		}
	}()
	taken, given, listless := 0, 0, 0
	for findings := range New(client, unknowns("a.example", "silent.example")).Ask(ctx, network(1<<20, &taken)) {
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

// A list that fails many times in a row is given up: the rest of its checks fail with the same
// cause. A list that fails now and then is not given up.
func TestSurveyGivesUp(t *testing.T) {
	t.Parallel()
	world := dnstest.Answer("127.0.0.2")
	now := dnstest.List{Zone: "now.example", FaultAt: map[string]dnstest.Fault{}}
	for i := range 100 {
		if i%2 == 0 {
			now.FaultAt[fmt.Sprintf("10.0.0.%d", i)] = dnstest.Rcode(dnstest.ServFail)
		}
	}
	server, client := surveyWorld(t, dnstest.List{Zone: "world.example", Fault: world}, now)
	taken, failed, all, asked := 0, 0, 0, 0
	for findings := range New(client, unknowns("world.example", "now.example")).Ask(t.Context(), network(2000, &taken)) {
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

// A failure that is about one subject does not count against a list that answers for its test
// entry: the listing behind a thousand of them is found.
func TestSurveyFailuresOfSubjects(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]dnstest.Fault{"SERVFAIL": dnstest.Rcode(dnstest.ServFail), "undocumented return code": dnstest.Answer("127.0.0.99"), "answer outside 127.0.0.0/8": dnstest.Answer("203.0.113.9")} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			bad := dnstest.List{
				Zone:    "bl.spamcop.net",
				FaultAt: map[string]dnstest.Fault{},
				Entries: map[string][]string{"127.0.0.2": {"127.0.0.2"}, "10.0.3.0": {"127.0.0.2"}},
			}
			for i := range 600 {
				bad.FaultAt[fmt.Sprintf("10.0.%d.%d", i>>8, i&255)] = fault
			}
			_, client := surveyWorld(t, bad, dnstest.List{Zone: "good.example"})
			lists := unknowns("bl.spamcop.net", "good.example")
			lists[0].Codes = []dnsbl.Code{{Match: mustPattern(t, "127.0.0.2"), Effect: dnsbl.Listing, Meaning: "listed"}}
			taken := 0
			outcomes := map[string]int{}
			for findings := range New(client, lists).Ask(t.Context(), network(1000, &taken)) {
				outcomes[strings.TrimSpace(string(findings[0].Outcome)+" "+findings[0].Cause.Text())]++
			}
			if want := map[string]int{"failed " + name: 600, "not listed": 399, "listed": 1}; !maps.Equal(outcomes, want) {
				t.Errorf("%v, want %v", outcomes, want)
			}
		})
	}
}

// A list that refused the resolver many times in a row and recovers is queried again, although it
// was given up in between.
func TestSurveyRecovers(t *testing.T) {
	t.Parallel()
	const subjects, refused = mostKept/2 + 2001, 600 // more than are taken at once
	last := netip.AddrFrom4([4]byte{10, 0, (subjects - 1) >> 8, (subjects - 1) & 255})
	list := dnstest.List{
		Zone:    "a.example",
		FaultAt: map[string]dnstest.Fault{},
		Entries: map[string][]string{last.String(): {"127.0.0.2"}},
	}
	for i := range refused {
		list.FaultAt[fmt.Sprintf("10.0.%d.%d", i>>8, i&255)] = refuses
	}
	_, client := surveyWorld(t, list, dnstest.List{Zone: "b.example"})
	client.Wait = longWait
	taken, listed, unasked := 0, 0, 0
	for findings := range New(client, unknowns("a.example", "b.example")).Ask(t.Context(), network(subjects, &taken)) {
		switch f := findings[0]; {
		case f.Outcome == dnsbl.Listed:
			listed++
		case f.Detail == dnsbl.GivenUp:
			unasked++
		}
	}
	if listed != 1 || unasked == 0 {
		t.Errorf("%d listed, %d not asked about", listed, unasked)
	}
}

func mustPattern(t *testing.T, text string) dnsbl.Pattern {
	p, err := dnsbl.ParsePattern(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
