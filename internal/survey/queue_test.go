package survey

import (
	"net/netip"
	"testing"

	"check_dnsbl/internal/dnsbl"
)

// Checks that wait for the test entry count as under way: a list that is slow to answer for it gets
// no more queries.
func TestHeldChecksAreUnderWay(t *testing.T) {
	q := queue{tries: 1, held: make([]*check, 5)}
	if n := q.underWay(); n != 6 {
		t.Errorf("%d under way", n)
	}
}

// A list is not given up for what was under way together: a moment without answers fails all of it.
func TestRecord(t *testing.T) {
	const together = 1000
	q := queue{tries: together, maxFailures: giveUp}
	lost := dnsbl.Finding{Outcome: dnsbl.Failed, Cause: dnsbl.Timeout}
	if q.skips() {
		t.Fatal("given up without a failure")
	}
	for range together {
		q.tries--
		if q.record(&lost); q.skips() {
			t.Fatalf("given up with %d under way", q.tries)
		}
	}
	for range giveUp {
		q.record(&lost)
	}
	if !q.skips() {
		t.Error("not given up")
	}
	if q.record(&dnsbl.Finding{Outcome: dnsbl.NotListed}); q.skips() {
		t.Error("the list is back")
	}
}

// A list that lists its test entry, by the path that failed, is not given up for failures of names,
// also if its test entry comes late.
func TestNamesFail(t *testing.T) {
	list := dnsbl.Unknown("bl.example")
	c := check{list: &list, subject: addresses("192.0.2.1")[0]}
	f := dnsbl.Finding{Outcome: dnsbl.Failed, Cause: dnsbl.ServFail}
	listed := []dnsbl.Answer{{Addrs: []netip.Addr{netip.MustParseAddr("127.0.0.2")}}}
	for _, path := range []bool{false, true} {
		for _, f.Direct = range []bool{false, true} {
			tested := newProof(&list, c.subject, nil, nil)
			q := queue{resolvers: tested, maxFailures: giveUp}
			if path {
				q.resolvers, q.direct = nil, tested
			}
			for range giveUp {
				q.record(&f)
			}
			if !q.skips() || q.skipped(&c).Direct != f.Direct {
				t.Errorf("direct %t: not given up before the test entry came", f.Direct)
			}
			tested.first.Set(listed)
			if skips := q.skips(); skips != (f.Direct != path) {
				t.Errorf("test entry direct %t, failure direct %t: given up %t", path, f.Direct, skips)
			}
			q.failures = 0
			if q.record(&f); q.failures > 0 != (f.Direct != path) {
				t.Errorf("test entry direct %t, failure direct %t: counts", path, f.Direct)
			}
		}
	}
}

// A list that is given up is tried again with one check in a few, and with one at a time.
func TestSkips(t *testing.T) {
	q := queue{failures: giveUp, maxFailures: giveUp, last: dnsbl.Timeout}
	for i := range 3 * giveUp {
		skips := q.skips()
		if want := i%giveUp != giveUp-1; skips != want {
			t.Errorf("check %d: skipped %t, want %t", i, skips, want)
		}
		if q.leftOut++; !skips {
			q.leftOut = 0
		}
	}
	q.leftOut, q.running = giveUp, 1
	if !q.skips() {
		t.Error("two checks at a time")
	}
	q.failures, q.leftOut = 0, 0
	if q.skips() {
		t.Error("the list is back")
	}
}
