package check

import (
	"context"
	"net/netip"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
	"check_dnsbl/internal/resolver"
	"check_dnsbl/internal/target"
	"check_dnsbl/internal/verdict"
)

// numbered returns n addresses, each of the next kind of those given.
func numbered(n int, kinds ...dnsbl.Subjects) []dnsbl.Subject {
	subjects := make([]dnsbl.Subject, n)
	for i := range subjects {
		subjects[i].Addr = netip.AddrFrom4([4]byte{198, 51, byte(i >> 8), byte(i)})
		if kinds[i%len(kinds)] == dnsbl.IPv6 {
			subjects[i].Addr = netip.AddrFrom16([16]byte{0: 0x20, 14: byte(i >> 8), 15: byte(i)})
		}
	}
	return subjects
}

// Of a kind on which no list gives a verdict a first few are asked about; the others are not kept waiting. It does not matter how far ahead
// the one is who asks.
func TestIntake(t *testing.T) {
	tests := []struct {
		kinds       []dnsbl.Subjects
		n           int
		heard       func(i int) bool // the i-th subject that is handed out
		given, vain int
	}{
		{[]dnsbl.Subjects{dnsbl.IPv4}, 200, func(int) bool { return false }, 200, 0},
		{[]dnsbl.Subjects{dnsbl.IPv4}, 1000, func(int) bool { return false }, 256, 744},
		{[]dnsbl.Subjects{dnsbl.IPv4}, 1000, func(i int) bool { return i == 255 }, 512, 488},
		{[]dnsbl.Subjects{dnsbl.IPv4}, 1000, func(i int) bool { return i%256 == 0 }, 1000, 0},
		{[]dnsbl.Subjects{dnsbl.IPv4, dnsbl.IPv6}, 1000, func(int) bool { return false }, 512, 488},
	}
	for _, tt := range tests {
		var answered dnsbl.Subjects
		in := newIntake(t.Context(), slices.Values(numbered(tt.n, tt.kinds...)), func(kind dnsbl.Subjects) bool { return answered&kind != 0 })
		given := 0
		for in.waiting {
			for s := range in.subjects {
				if tt.heard(given) {
					answered |= s.Kind()
				}
				in.heard(s.Kind(), tt.heard(given))
				given++
			}
		}
		in.stop()
		if given != tt.given || in.vain != tt.vain {
			t.Errorf("%v, %d: %d handed out and %d given up, want %d and %d", tt.kinds, tt.n, given, in.vain, tt.given, tt.vain)
		}
	}
}

// Who asks far ahead of the answers does not ask about more subjects of a kind that is given up, nor about fewer of another.
func TestIntakeAhead(t *testing.T) {
	var six atomic.Bool
	in := newIntake(t.Context(), slices.Values(numbered(2000, dnsbl.IPv4, dnsbl.IPv6)), func(kind dnsbl.Subjects) bool { return kind == dnsbl.IPv6 && six.Load() })
	defer in.stop()
	given := map[dnsbl.Subjects]int{}
	for in.waiting {
		ahead := make(chan dnsbl.Subject, 4000)
		go func() {
			defer close(ahead)
			for s := range in.subjects {
				ahead <- s
			}
		}()
		for s := range ahead {
			given[s.Kind()]++
			six.CompareAndSwap(false, s.Kind() == dnsbl.IPv6)
			in.heard(s.Kind(), s.Kind() == dnsbl.IPv6)
		}
	}
	if given[dnsbl.IPv4] != 256 || given[dnsbl.IPv6] != 1000 || in.vain != 744 {
		t.Errorf("%v handed out, %d given up", given, in.vain)
	}
}

// When the time is over nothing more is handed out, but for the first few: there is always something to tell of.
func TestIntakeInTime(t *testing.T) {
	for n, want := range map[int]int{1: 1, 256: 256, 1000: 256} {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		in := newIntake(ctx, slices.Values(numbered(n, dnsbl.IPv4)), nobody)
		given := 0
		for range in.subjects {
			given++
		}
		in.stop()
		if given != want || in.waiting {
			t.Errorf("of %d: %d handed out, want %d", n, given, want)
		}
	}
	in := newIntake(t.Context(), slices.Values(numbered(3, dnsbl.IPv4)), nobody)
	defer in.stop()
	for range in.subjects {
		break
	}
	if in.waiting {
		t.Error("who does not want any more is offered more")
	}
}

// A kind that no list answers for is given up; the other one is surveyed to the end. -v shows the
// findings on the first subjects.
func TestGivesUpOneKind(t *testing.T) {
	server, err := dnstest.Start(dnstest.World{Lists: []dnstest.List{
		{Zone: "zen.spamhaus.org", Fault: dnstest.Rcode(dnstest.ServFail)},
		{Zone: "psbl.surriel.com"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	selection, err := catalog.Select(catalog.Choice{Lists: []string{"zen.spamhaus.org,psbl.surriel.com"}})
	if err != nil {
		t.Fatal(err)
	}
	plan := Plan{Selection: selection, Rules: verdict.Default(), Timeout: time.Minute, Every: true,
		Client: resolver.Client{Resolvers: []netip.AddrPort{server.Addr}, Direct: resolver.Never}}
	for _, text := range []string{"198.51.100.0/22", "2001:db8::/118"} {
		parsed, err := target.Parse(text, false)
		if err != nil {
			t.Fatal(err)
		}
		plan.Targets = append(plan.Targets, parsed)
	}
	r := New(plan)
	outcome, err := r.Check(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	v := outcome.Verdict
	want := []string{"gave up on 768 more, as no list gave a verdict"}
	done, total, listed := r.Progress()
	if v.Subjects != 1280 || !slices.Equal(v.Gaps, want) || done != 1280 || total != 2048 || listed != 0 {
		t.Errorf("%d subjects, %d of %d done, %d listed, %q", v.Subjects, done, total, listed, v.Gaps)
	}
	if len(v.Every) != maxEvery || len(v.Every[255]) != 2 ||
		v.Every[255][1].Subject.String() != "198.51.100.255" {
		t.Errorf("%d shown", len(v.Every))
	}
}

// nobody gave a verdict yet.
func nobody(dnsbl.Subjects) bool { return false }
