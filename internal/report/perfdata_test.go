package report

import (
	"math"
	"net/netip"
	"testing"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/verdict"
)

// weighed returns the verdict on addresses that are each on one list with the weight given.
func weighed(warning, critical verdict.Threshold, weights ...int) verdict.Verdict {
	tallier := verdict.NewTallier(verdict.Rules{
		Warning: warning, Critical: critical, MaxFailed: 25, Weighted: true,
	})
	l := dnsbl.Unknown("bl.example")
	for i, weight := range weights {
		f := dnsbl.Finding{
			Subject: dnsbl.Subject{Addr: netip.AddrFrom4([4]byte{192, 0, 2, byte(i)})},
			List:    &l, Outcome: dnsbl.Listed, Weight: weight,
		}
		tallier.Add(tallier.Count([]dnsbl.Finding{f}))
	}
	return tallier.Verdict(nil, verdict.ReverseDNS{})
}

// The range of a sum of weights agrees with the state if the sum is below 0. Of several addresses
// the highest sum is shown, as it is the one compared with the thresholds.
func TestPerfdataOfScore(t *testing.T) {
	parsed := func(s string) verdict.Threshold {
		threshold, err := verdict.ParseThreshold(s)
		if err != nil {
			t.Fatal(err)
		}
		return threshold
	}
	for _, tt := range []struct {
		warning, critical string
		weights           []int
		state, score      string
	}{
		{"1", "3", []int{-4}, "OK", "score=-4;~:0;~:2;;"},
		{"1", "3", []int{-4, 2, 1}, "WARNING", "score=2;~:0;~:2;;"},
		{"0:4", "~:9", []int{-4}, "WARNING", "score=-4;4;~:9;;"},
		{"@1:2", "5:", []int{6}, "OK", "score=6;@1:2;5:;;"},
		{"@1:2", "5:", []int{2}, "CRITICAL", "score=2;@1:2;5:;;"},
	} {
		v := weighed(parsed(tt.warning), parsed(tt.critical), tt.weights...)
		data := performance(&v, Info{})
		score := perfdataText(data[len(data)-1:])
		if state := v.State.String(); state != tt.state || score != " | "+tt.score {
			t.Errorf("%+v: %s%s", tt, state, score)
		}
		if data[0].warn != (verdict.Threshold{}) || data[0].crit != (verdict.Threshold{}) {
			t.Errorf("%+v: the number of lists has the thresholds of their weights", tt)
		}
	}
}

// Failed is of the address on which the largest share of lists failed, with the share that
// --max-failed allows. It alerts if the state of that address is UNKNOWN because of it.
func TestPerfdataOfFailures(t *testing.T) {
	failing := func(failed ...int) string { // of three minor lists, for each address
		v := network(len(failed), nil, func(i int) [4]any {
			var said [4]any
			for j := range failed[i] {
				said[2-j] = dnsbl.Timeout
			}
			return said
		})
		return perfdataText(performance(&v, Info{})[1:2])
	}
	for want, got := range map[string]string{
		" | failed=0;0;;0;3": failing(0, 0),
		" | failed=2;0;;0;3": failing(0, 2, 1),
		" | failed=3;0;;0;3": failing(3, 0),
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	rules := usualRules()
	for asked, want := range map[int]int{0: 0, 1: 0, 3: 0, 4: 1, 20: 5, 23: 5} {
		if got := rules.FailedLimit(asked); got != want {
			t.Errorf("%d of %d lists may fail, want %d", got, asked, want)
		}
	}
	rules.MaxFailed = 100
	if got := rules.FailedLimit(20); got != 19 { // there is no OK without a verdict
		t.Errorf("%d of 20 lists may fail at 100 %%", got)
	}
}

// Numbers have no exponent, and what is missing is empty.
func TestPerfdataText(t *testing.T) {
	got := perfdataText([]datum{
		{label: "queries", value: 1e7, max: math.NaN()},
		timeDatum(Info{Took: 100 * time.Microsecond, Timeout: 24 * time.Hour}),
	})
	if want := " | queries=10000000;;;0; time=0s;;86400;0;"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
