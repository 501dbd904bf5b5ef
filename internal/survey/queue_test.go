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

// A list that returned its test entry by the path that failed is not given up for failures of names.
func TestRecordByPath(t *testing.T) {
	list := dnsbl.Unknown("bl.example")
	tested := newProof(&list, addresses("192.0.2.1")[0], nil, nil)
	tested.first.Set([]dnsbl.Answer{{Addrs: []netip.Addr{netip.MustParseAddr("127.0.0.2")}}})
	f := dnsbl.Finding{Outcome: dnsbl.Failed, Cause: dnsbl.ServFail}
	for _, q := range []*queue{{resolvers: tested}, {direct: tested}} {
		for _, f.Direct = range []bool{false, true} {
			q.failures = 0
			q.record(&f)
			if counts, want := q.failures > 0, f.Direct == (q.direct == nil); counts != want {
				t.Errorf("direct %t: counts %t, want %t", f.Direct, counts, want)
			}
		}
	}
}

// A list that is given up is tried again with one check in a few, and with one at a time.
func TestSkips(t *testing.T) {
	q := queue{failures: giveUp, maxFailures: giveUp}
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
