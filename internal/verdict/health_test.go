package verdict

import (
	"fmt"
	"testing"

	"check_dnsbl/internal/dnsbl"
)

// The findings are in the shorthand of func findings: + is a healthy list, ! an unhealthy one.
func TestJudgeHealth(t *testing.T) {
	tests := []struct {
		warning, critical, findings string
		cause                       dnsbl.Cause
		want                        string
	}{
		{"1", "", "+m +m +M", "", "OK, 3 healthy, 0 unhealthy, 0 excused"},
		{"1", "", "+m !m", dnsbl.ServFail, "WARNING, 1 healthy, 1 unhealthy, 0 excused"},
		{"2", "", "+m !m", dnsbl.ServFail, "OK, 1 healthy, 1 unhealthy, 0 excused"},
		{"1", "2", "+m !m !m", dnsbl.ServFail, "CRITICAL, 1 healthy, 2 unhealthy, 0 excused"},
		{"1", "", "+m !i !a !s", dnsbl.ServFail, "WARNING, 1 healthy, 3 unhealthy, 0 excused"},
		// whatever a listing there would be worth
		{"1", "1", "+m !r !u", dnsbl.ServFail, "OK, 1 healthy, 0 unhealthy, 2 excused"},
		{"1", "1", "+m !k", dnsbl.ServFail, "CRITICAL, 1 healthy, 1 unhealthy, 0 excused"}, // a key that we have
		{"1", "1", "!m", dnsbl.ServFail, "CRITICAL, 0 healthy, 1 unhealthy, 0 excused"},
		{"1", "1", "!m !m", dnsbl.ServFail, "UNKNOWN, 0 healthy, 2 unhealthy, 0 excused"},
		// all alike: it is the resolver
		{"1", "1", "!m !m", "lists everything", "CRITICAL, 0 healthy, 2 unhealthy, 0 excused"},
		{"1", "1", "!m !m", dnsbl.Timeout, "UNKNOWN, 0 healthy, 2 unhealthy, 0 excused"},
		{"1", "1", "+m !m", dnsbl.Timeout, "CRITICAL, 1 healthy, 1 unhealthy, 0 excused"},
		{"1", "1", "!r", dnsbl.Refused, "UNKNOWN, 0 healthy, 0 unhealthy, 1 excused"},
		{"1", "1", "!r", dnsbl.Timeout, "UNKNOWN, 0 healthy, 0 unhealthy, 1 excused"},
		{"3:", "", "+m !m", dnsbl.ServFail, "WARNING, 1 healthy, 1 unhealthy, 0 excused"}, // a range is a range
	}
	for _, tt := range tests {
		all := findings("test.example", tt.findings)
		for i := range all {
			if all[i].Outcome == dnsbl.Failed {
				all[i].Cause = tt.cause
			}
		}
		var critical Threshold
		if tt.critical != "" {
			critical = threshold(t, tt.critical)
		}
		h := JudgeHealth(all, threshold(t, tt.warning), critical)
		got := fmt.Sprintf("%v, %d healthy, %d unhealthy, %d excused", h.State, len(h.Healthy),
			len(h.Unhealthy), len(h.Tolerated))
		if got != tt.want {
			t.Errorf("-w %s -c %s, %s: %s, want %s", tt.warning, tt.critical, tt.findings, got, tt.want)
		}
	}
}

// A list that lists its positive test entry is not healthy if the negative one got no answer.
func TestHealthHalfTested(t *testing.T) {
	half := findings("test.example", "+m +m")
	half[0].Unconfirmed, half[0].Cause = true, dnsbl.ServFail
	if h := JudgeHealth(half, AtLeast(1), Threshold{}); len(h.Unhealthy) != 1 || h.State.String() != "WARNING" {
		t.Errorf("%+v", h)
	}
}

// A list without test entries is neither healthy nor unhealthy.
func TestHealthUntested(t *testing.T) {
	untested := findings("test.example", "-m +m")
	untested[0].Untested = true
	if h := JudgeHealth(untested, AtLeast(1), Threshold{}); len(h.Untested) != 1 || h.Asked() != 1 {
		t.Errorf("%+v", h)
	}
}
