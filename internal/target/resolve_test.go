package target

import (
	"context"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
	"check_dnsbl/internal/resolver"

	"github.com/miekg/dns"
)

// A slow look-up does not pass the deadline, and takes nothing of what was found with it.
func TestDeadline(t *testing.T) {
	t.Parallel()
	world := senders(
		"x.test v=spf1 ip4:198.51.100.1 include:a.silent.test a:b.silent.test mx:c.silent.test a:mail.test -all",
		"late.test v=spf1 mx:late.test",
	)
	world.Records = append(
		world.Records,
		"late.test. MX 10 d.silent.test.",
		"late.test. MX 20 six.test.",
	)
	world.Lists = append(world.Lists, dnstest.List{Zone: "silent.test", Fault: dnstest.Silent})
	server, err := dnstest.Start(world)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	tests := map[string]struct {
		count int
		gaps  []string
	}{
		"spf:x.test": {
			5,
			[]string{
				"cannot look up a.silent.test (TXT)",
				"cannot look up b.silent.test (A)",
				"cannot look up b.silent.test (AAAA)",
				"cannot look up c.silent.test (MX)",
			},
		},
		"spf:late.test": {
			1,
			[]string{"cannot look up d.silent.test (A)", "cannot look up d.silent.test (AAAA)"},
		},
		"mx:late.test": {
			1,
			[]string{"cannot look up d.silent.test (A)", "cannot look up d.silent.test (AAAA)"},
		},
	}
	for target, want := range tests {
		t.Run(target, func(t *testing.T) {
			t.Parallel()
			// Much time for what is answered, on a busy machine too, and little of the wait.
			ctx, cancel := context.WithTimeout(t.Context(), 2500*time.Millisecond)
			defer cancel()
			start := time.Now()
			client := &resolver.Client{Resolvers: []netip.AddrPort{server.Addr}, Wait: 5 * time.Minute}
			got := Resolve(ctx, client, parse(t, false, target), scope(false), ignore)
			var gaps []string
			for _, gap := range dnsbl.Texts(got.Gaps) {
				what, why, _ := strings.Cut(gap, ": ")
				if gaps = append(gaps, what); !strings.HasPrefix(why, "timeout, no answer") {
					t.Error(gap)
				}
			}
			took := time.Since(start)
			if got.Count != want.count || !slices.Equal(gaps, want.gaps) ||
				took > time.Minute {
				t.Errorf("%s: %d subjects, gaps %q after %v, want %d, %q",
					target, got.Count, gaps, took, want.count, want.gaps)
			}
		})
	}
}

// The look-ups of many targets go on at once, as many as there are slots; those of a record too.
func TestLookUpsAtOnce(t *testing.T) {
	t.Parallel()
	var now, most, enough atomic.Int64
	world := senders()
	for i := range 4 {
		for j := range 100 {
			world.Records = append(
				world.Records,
				fmt.Sprintf("d%d.test. MX 10 m%d.d%d.test.", i, j, i),
				fmt.Sprintf("m%d.d%d.test. A 53.%d.0.%d", j, i, i, j),
			)
		}
	}
	terms, records := includes(10)
	world.Records = append(
		world.Records,
		senders(append(records, "x.test v=spf1"+terms)...).Records...)
	world.Fault = func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		if strings.HasPrefix(q.Question[0].Name, "d") || q.Question[0].Name == "x.test." {
			dnstest.Healthy(w, q, healthy) // what leads to the others
			return
		}
		n := now.Add(1)
		for seen := most.Load(); n > seen && !most.CompareAndSwap(seen, n); seen = most.Load() {
		}
		for begin := time.Now(); most.Load() < enough.Load() && time.Since(begin) < 20*time.Second; {
			time.Sleep(10 * time.Millisecond)
		}
		time.Sleep(100 * time.Millisecond) // in which more would come
		now.Add(-1)
		dnstest.Healthy(w, q, healthy)
	}
	server, err := dnstest.Start(world)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	// No query is sent twice, however slow this machine is.
	client := &resolver.Client{Resolvers: []netip.AddrPort{server.Addr}, Wait: time.Minute}
	enough.Store(maxTargets + 1)
	targets := parse(t, false, "mx:d0.test", "mx:d1.test", "mx:d2.test", "mx:d3.test")
	got := Resolve(t.Context(), client, targets, scope(false), ignore)
	if n := most.Load(); got.Count != 400 || len(got.Gaps) > 0 || n > maxQueries ||
		n < enough.Load() {
		t.Errorf("%d subjects, gaps %q, %d questions at once", got.Count, got.Gaps, n)
	}
	most.Store(0)
	enough.Store(5)
	got = Resolve(t.Context(), client, parse(t, false, "spf:x.test"), scope(false), ignore)
	if n := most.Load(); got.Count != 10 || len(got.Gaps) > 0 || n < enough.Load() {
		t.Errorf("%d subjects, gaps %q, %d questions at once", got.Count, got.Gaps, n)
	}
}

// A panic is a gap, not the end of the program.
func TestPanic(t *testing.T) {
	for _, text := range []string{"mail.test", "mx:mail.test", "spf:mail.test"} {
		got := Resolve(t.Context(), nil, parse(t, false, text, "198.51.100.7"), scope(false), ignore)
		if got.Count != 1 || len(got.Gaps) == 0 ||
			!strings.Contains(got.Gaps[0].Text, "internal error") {
			t.Errorf("%s: %d subjects, gaps %q", text, got.Count, got.Gaps)
		}
	}
}
