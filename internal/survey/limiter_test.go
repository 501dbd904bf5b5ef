package survey

import (
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/time/rate"

	"check_dnsbl/internal/checktest"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
	"check_dnsbl/internal/parallel"
	"check_dnsbl/internal/resolver"
)

// The limits of operators are kept, other lists do not wait for them, and the time that a run takes
// is known before it.
func TestPace(t *testing.T) {
	t.Parallel()
	_, client := surveyWorld(
		t,
		dnstest.List{Zone: "a.example"},
		dnstest.List{Zone: "b.example"},
		dnstest.List{Zone: "c.example"},
		dnstest.List{Zone: "d.example"},
	)
	lists := unknowns("a.example", "b.example", "c.example", "d.example")
	lists[0].Operator, lists[0].Limit = "one", dnsbl.Limit{PerSecond: 40}
	lists[1].Operator, lists[1].Limit = "one", dnsbl.Limit{PerSecond: 40}
	lists[2].Limit = dnsbl.Limit{PerDay: 100_000}
	survey := New(client, lists)
	counts := map[dnsbl.Subjects]int{dnsbl.IPv4: 20}
	takes, slowest := survey.Plan(counts)
	if want := 1025 * time.Millisecond; takes.Round(time.Millisecond) != want ||
		slowest != &survey.lists[0] { // 42 questions to one operator
		t.Errorf("takes %v, want %v", takes, want)
	}
	taken := 0
	start := time.Now()
	for findings := range survey.Ask(t.Context(), network(20, &taken)) {
		for _, f := range findings {
			if f.Outcome != dnsbl.NotListed {
				t.Error(short(findings))
			}
		}
	}
	if took := time.Since(start); took < takes*9/10 {
		t.Errorf("took %v, less than %v", took, takes)
	}
	if slowed := survey.Slowed(); len(slowed) != 2 || slowed[0] != &survey.lists[0] || slowed[1] != &survey.lists[1] {
		t.Errorf("slowed: %v", slowed)
	}
}

// Queries to the name servers of a list count too, though only the next ones have to wait for them.
func TestPaceDirect(t *testing.T) {
	t.Parallel()
	const subjects, perSecond = 10, 20
	for _, direct := range []Direct{Auto, Always} {
		t.Run(fmt.Sprint(direct), func(t *testing.T) {
			t.Parallel()
			world := serving("bl.example")
			world.Lists[0].Entries = map[string][]string{}
			for i := range subjects {
				world.Lists[0].Entries[fmt.Sprintf("10.0.0.%d", i)] = []string{"127.0.0.2"}
			}
			through := dnstest.World{
				Records: []string{"bl.example. NS ns.bl.example.", "ns.bl.example. A 127.0.0.61"},
				Lists:   []dnstest.List{{Zone: "bl.example", Fault: dnstest.Answer("127.255.255.254")}},
			}
			if direct == Always {
				through.Lists = nil
			}
			client, servers := tree(t, through, map[string]dnstest.World{"127.0.0.61": world})
			survey := New(client, unknowns("bl.example"))
			survey.Direct, survey.Rate = direct, perSecond
			survey.Plan(map[dnsbl.Subjects]int{dnsbl.IPv4: subjects})
			taken, listed := 0, 0
			start := time.Now()
			for findings := range survey.Ask(t.Context(), network(subjects, &taken)) {
				if findings[0].Outcome == dnsbl.Listed && findings[0].Direct {
					listed++
				}
			}
			queries := slices.Sorted(slices.Values(servers["127.0.0.61"].Queries()))
			asked := len(slices.Compact(queries)) // a busy machine sends some twice
			if least := time.Duration(asked/2) * time.Second / perSecond; listed != subjects ||
				time.Since(start) < least { // it took a third of that
				t.Errorf("%d listed, %d questions in %v, less than %v", listed, asked, time.Since(start), least)
			}
		})
	}
}

// The limiter lets one query of a check through; the others of both paths are charged, those for
// the test entries once.
func TestExtraQueries(t *testing.T) {
	answered := dnsbl.Answer{Question: dnsbl.Question{Name: "2.0.0.127.bl.example"}}
	finding := func(asked, claimed bool) *dnsbl.Finding {
		f := dnsbl.Finding{Evidence: new(dnsbl.Evidence)}
		if asked {
			f.Evidence.Question = answered
		}
		if claimed {
			f.Evidence.Negative, f.Evidence.Reason = []dnsbl.Answer{answered}, answered
		}
		return &f
	}
	tests := map[string]struct {
		tests        int64
		found, other *dnsbl.Finding
		want         int
	}{
		"not listed":                          {0, finding(true, false), nil, 0},
		"listed, the first":                   {1, finding(true, true), nil, 2},
		"listed":                              {0, finding(true, true), nil, 1},
		"listed, by the second path":          {2, finding(true, true), finding(true, false), 4},
		"neither path gave a verdict":         {0, finding(true, false), finding(true, false), 1},
		"the first path was not even queried": {0, finding(true, false), finding(false, false), 0},
		"nothing was queried":                 {0, finding(false, false), nil, 0},
		"a test":                              {2, finding(false, true), nil, 2},
	}
	for name, tt := range tests {
		c := check{finding: tt.found, resolvers: new(proof)}
		c.resolvers.sent.Store(tt.tests)
		c.finding.Other = tt.other
		if got := c.extraQueries(); got != tt.want {
			t.Errorf("%s: %d, want %d", name, got, tt.want)
		}
	}
}

// A test of the lists keeps to the limits too.
func TestPaceOfTest(t *testing.T) {
	t.Parallel()
	checktest.Patiently(t, func(wrong func(format string, args ...any)) {
		var zones []string
		var world []dnstest.List
		for i := range 12 {
			zones = append(zones, fmt.Sprintf("l%d.example", i))
			world = append(world, dnstest.List{Zone: zones[i]})
		}
		_, client := surveyWorld(t, world...)
		lists := unknowns(zones...)
		for i := range lists {
			lists[i].Operator, lists[i].Limit, lists[i].Subjects = "one", dnsbl.Limit{PerSecond: 20}, dnsbl.IPv4
		}
		survey := New(client, lists)
		survey.Plan(map[dnsbl.Subjects]int{dnsbl.IPv4: 1})
		start := time.Now()
		if all := survey.Test(t.Context()); len(all) != len(lists) ||
			time.Since(start) < 900*time.Millisecond {
			// Eleven times two queries before the last list take 1,100 ms. On a busy machine the second
			// query of a list may count too late for the next list.
			wrong("%d lists in %v", len(all), time.Since(start))
		}
	})
}

// Plan returns how long a run takes at least.
func TestPlan(t *testing.T) {
	spamhaus, monkey := dnsbl.Limit{PerDay: 300_000}, dnsbl.Limit{PerSecond: 5, PerDay: 100_000}
	tests := []struct {
		limit dnsbl.Limit
		rate  float64
		ipv4  int
		want  time.Duration
	}{
		{dnsbl.Limit{}, 0, 1 << 24, 0}, {spamhaus, 0, 1, 0}, {spamhaus, 0, 299_999, 0},
		{spamhaus, 0, 300_000, 24 * time.Hour},
		{
			monkey,
			0,
			1,
			200 * time.Millisecond,
		}, {monkey, 0, 5, time.Second}, {monkey, 0, 256, 51200 * time.Millisecond},
		{monkey, 50, 256, 5120 * time.Millisecond}, {dnsbl.Limit{}, 0.5, 1, 2 * time.Second},
		{dnsbl.Limit{}, 0.0001, 6 << 24, 9_000_000_000 * time.Second}, // and no more, for any number
	}
	for _, tt := range tests {
		lists := unknowns("a.example", "b.example")
		lists[0].Limit, lists[1].Subjects = tt.limit, dnsbl.Domain
		survey := New(&resolver.Client{}, lists)
		survey.Rate = tt.rate
		takes, slowest := survey.Plan(map[dnsbl.Subjects]int{dnsbl.IPv4: tt.ipv4})
		if takes.Round(time.Minute/100) != tt.want.Round(time.Minute/100) || (slowest != nil) != (tt.want > 0) {
			t.Errorf("%+v: %v", tt, takes)
		}
	}
}

// A list that was given up takes no tokens: its checks fail at once, however long the next token
// takes.
func TestGivenUpListTakesNoTokens(t *testing.T) {
	s := New(&resolver.Client{}, unknowns("world.example"))
	s.background = &parallel.Background{Context: t.Context()}
	d := newScheduler(s)
	d.onSettled = func(*check) {}
	bucket := rate.NewLimiter(rate.Every(time.Hour), 1)
	q := &queue{
		waiting: new(atomic.Int64),
		window:  window{size: 10}, limiter: &limiter{bucket: bucket},
		failures: 3, maxFailures: 3, last: dnsbl.ListsEverything,
	}
	q.limiter.charge(time.Now(), 1)
	checks := make([]check, 100)
	for i := range checks {
		checks[i] = check{list: &s.lists[0], row: new(row), queue: q}
		q.checks = append(q.checks, &checks[i])
	}
	d.queues = []*queue{q}
	d.send()
	for i := range checks {
		if f := checks[i].finding; f == nil || f.Cause != dnsbl.ListsEverything {
			t.Fatalf("check %d: %+v", i, f)
		}
	}
}
