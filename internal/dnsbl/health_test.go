package dnsbl

import "testing"

// A list is healthy if it lists the positive test entry and not the negative one. Anything else is a
// failure.
func TestJudgeTests(t *testing.T) {
	tests := []struct{ list, positive, negative, want string }{
		{"plain", "127.0.0.2", "NX", "listed; 127.0.0.2"},
		{"plain", "127.0.0.2", "NODATA", "listed; 127.0.0.2"},
		{"plain", "NX, 127.0.0.2", "NX", "listed; 127.0.0.2"}, // proved by the IPv4 entry
		{"zen", "127.0.0.2 127.0.0.4", "NX", "listed; 127.0.0.2 = SBL, 127.0.0.4 = XBL"},
		{"plain", "127.0.0.2", "SERVFAIL", "listed; 127.0.0.2; SERVFAIL; unconfirmed"},
		{"plain", "127.0.0.2", "-", "listed; 127.0.0.2; timeout; unconfirmed"},
		{"plain", "127.0.0.2", "127.0.0.2, NX, NX", "listed; 127.0.0.2"}, // 127.0.0.1 is just an entry
		{"plain", "127.0.0.2", "127.0.0.2, 127.0.0.2, 127.0.0.2",
			"failed; lists everything; test entry that must not be listed returned 127.0.0.2"},
		{"plain", "NX", "-", "failed; test entry missing; NXDOMAIN"},
		{"plain", "NODATA", "-", "failed; test entry has no return code; NODATA"},
		{"plain", "203.0.113.9", "-", "failed; answer outside 127.0.0.0/8; 203.0.113.9"},
		{"zen", "127.255.255.254", "-", "failed; refuses this resolver; 127.255.255.254 = public resolver"},
		{"plain", "timeout", "-", "failed; timeout"},
		{"plain", "REFUSED", "-", "failed; REFUSED"},
		{"plain", "-", "-", "failed; internal error; no test entry asked"},
		{"none", "-", "-", "not listed; untested"},
	}
	for _, tt := range tests {
		l, ok := lists()[tt.list]
		if !ok {
			t.Fatalf("no list %q", tt.list)
		}
		e := Evidence{Positive: answers(tt.positive), Negative: answers(tt.negative)}
		if got := verdict(l.JudgeTests(address("127.0.0.2"), e)); got != tt.want {
			t.Errorf("%s: positive %q, negative %q: %s, want %s", tt.list, tt.positive, tt.negative, got, tt.want)
		}
	}
}
