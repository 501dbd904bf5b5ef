package survey

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/miekg/dns"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
)

// dies returns a fault of a list that answers n queries as it should, and NXDOMAIN from then on.
func dies(n int64) dnstest.Fault {
	var asked atomic.Int64
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		if asked.Add(1) > n {
			dnstest.NXDomain(w, q, healthy)
			return
		}
		dnstest.Healthy(w, q, healthy)
	}
}

// A list that dies in the middle of a run is not believed: no absence counts without a proof after
// it. The others are not held up.
func TestProofGrowsOld(t *testing.T) {
	t.Parallel()
	for _, dead := range []int64{50, 300, 1000} {
		_, client := surveyWorld(t,
			dnstest.List{Zone: "dies.example", Fault: dies(dead)}, dnstest.List{Zone: "a.example"})
		client.Wait = longWait
		taken := 0
		count := map[string]int{}
		survey := New(client, unknowns("dies.example", "a.example"))
		for f := range survey.Ask(t.Context(), network(1000, &taken)) {
			for i := range f {
				count[fmt.Sprint(f[i].List.Zone, " ", f[i].Outcome, " ", f[i].Cause)]++
			}
		}
		proved := count["dies.example not listed "]
		failed := count["dies.example failed no_test_entry"]
		if int64(proved) >= dead || proved+failed != 1000 || failed == 0 ||
			count["a.example not listed "] != 1000 {
			t.Errorf("dead after %d queries: %v", dead, count)
		}
	}
}

// The same at the list's own name servers.
func TestDirectProofGrowsOld(t *testing.T) {
	t.Parallel()
	const zone = "bl.example"
	list := dnstest.List{Zone: zone, Fault: dies(60)}
	client, _ := tree(t, dnstest.World{Records: []string{"bl.example NS ns.test", "ns.test A 127.0.1.1"}},
		map[string]dnstest.World{"127.0.1.1": {Zones: []string{zone}, Lists: []dnstest.List{list}}})
	survey := New(client, unknowns(zone))
	survey.Direct = Always
	taken := 0
	for f := range survey.Ask(t.Context(), network(100, &taken)) {
		if f[0].Outcome != dnsbl.Failed || f[0].Cause != dnsbl.NoTestEntry {
			t.Fatalf("%s %s", f[0].Outcome, f[0].Cause)
		}
	}
}

// A few subjects need no second proof, many need one for each few hundred and one at the end.
func TestProofsAreFew(t *testing.T) {
	for _, test := range []struct{ subjects, proofs int }{{1, 1}, {fewAbsences, 1}, {fewAbsences + 1, 2}, {256, 2}, {1000, 5}} {
		server, client := surveyWorld(t, dnstest.List{Zone: "a.example"})
		client.Wait = time.Minute // so that no proof is old
		taken := 0
		for range New(client, unknowns("a.example")).Ask(t.Context(), network(test.subjects, &taken)) {
		}
		if got := server.Count("A 2.0.0.127.a.example"); got > test.proofs || got < min(test.proofs, 2) {
			t.Errorf("%d subjects: %d proofs, want %d", test.subjects, got, test.proofs)
		}
	}
}

// A list that answers again after a moment of NXDOMAIN loses nothing: what was heard in between is
// queried once more.
func TestProofComesBack(t *testing.T) {
	t.Parallel()
	var tests atomic.Int64
	fault := func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		test := strings.HasPrefix(q.Question[0].Name, "2.0.0.127.")
		if test && tests.Add(1) == 2 {
			dnstest.NXDomain(w, q, healthy)
			return
		}
		dnstest.Healthy(w, q, healthy)
	}
	_, client := surveyWorld(t, dnstest.List{Zone: "a.example", Fault: fault})
	taken := 0
	survey := New(client, unknowns("a.example"))
	for f := range survey.Ask(t.Context(), network(500, &taken)) {
		if f[0].Outcome != dnsbl.NotListed {
			t.Fatalf("%s %s", f[0].Outcome, f[0].Cause)
		}
	}
	if survey.Done() != 500 {
		t.Errorf("%d subjects are done", survey.Done())
	}
}

// An absence that is heard after a proof failed, and rests on the one before, does not count,
// although the list answers again at the next one.
func TestLateAbsence(t *testing.T) {
	t.Parallel()
	var tests atomic.Int64
	away := make(chan struct{})
	fault := func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		switch name := q.Question[0].Name; {
		case name == "2.0.0.127.a.example." && tests.Add(1) == 2:
			dnstest.NXDomain(w, q, healthy)
			close(away)
		case name == "25.2.0.192.a.example.":
			select {
			case <-away:
				dnstest.Healthy(w, q, healthy)
			default:
				<-away
				time.Sleep(200 * time.Millisecond)
				dnstest.NXDomain(w, q, healthy)
			}
		default:
			dnstest.Healthy(w, q, healthy)
		}
	}
	entries := map[string][]string{"192.0.2.25": {"127.0.0.2"}}
	_, client := surveyWorld(t, dnstest.List{Zone: "a.example", Fault: fault, Entries: entries})
	taken, listed := 0, addresses("192.0.2.25")[0]
	subjects := func(yield func(dnsbl.Subject) bool) {
		more := yield(listed)
		for s := range network(mostKept/2, &taken) { // until the proof was renewed
			select {
			case <-away:
				return
			default:
			}
			if taken > mostUnsettled+300 { // enough, unless the probe of the resolver takes long
				time.Sleep(time.Millisecond)
			}
			if more = more && yield(s); !more {
				return
			}
		}
	}
	for f := range New(client, unknowns("a.example")).Ask(t.Context(), subjects) {
		if want := f[0].Subject == listed; want != (f[0].Outcome == dnsbl.Listed) {
			t.Errorf("%s: %s %s", f[0].Subject, f[0].Outcome, f[0].Cause)
		}
	}
}

// Absences that are old, or many, need another proof.
func TestAbsences(t *testing.T) {
	now := time.Now()
	a := absences{proved: now}
	for i := range 100 {
		if due := a.add(nil, now, 100, time.Second); due != (i == 99) {
			t.Fatalf("%d absences: due %t", i+1, due)
		}
	}
	a = absences{proved: now}
	for i := range leastAbsences {
		if due := a.add(nil, now.Add(time.Second), 100, time.Second); due != (i == leastAbsences-1) {
			t.Fatalf("%d old absences: due %t", i+1, due)
		}
	}
	a = absences{proved: now, total: 1, last: now.Add(freshFor)}
	if a.few() {
		t.Error("an absence counts long after the proof")
	}
}
