package dnsbl

import (
	"net/netip"
	"testing"
)

// Whatever the answers are, a listing has a code in 127.0.0.0/8 that is not a refusal, "not listed"
// has a test entry that was answered, and a failure has a cause.
func FuzzJudge(f *testing.F) {
	f.Add("zen", []byte{127, 0, 0, 2}, []byte{127, 0, 0, 2}, []byte{}, byte(0))
	f.Add("surbl", []byte{127, 0, 0, 1, 127, 0, 0, 8}, []byte{203, 0, 113, 9}, []byte{127, 0, 0, 2}, byte(7))
	f.Add("karma", []byte{127, 255, 255, 254}, []byte{}, []byte{127, 0, 0, 1}, byte(9))
	f.Fuzz(func(t *testing.T, name string, question, positive, negative []byte, causes byte) {
		l, ok := lists()[name]
		if !ok {
			return
		}
		e := Evidence{Question: fuzzAnswer(question, causes&1),
			Positive: []Answer{fuzzAnswer(positive, causes&2)}, Negative: []Answer{fuzzAnswer(negative, causes&4)}}
		got := l.Judge(address("192.0.2.1"), &e)
		switch got.Outcome {
		case Listed:
			if e.Question.Cause != "" || has(got.Codes, Refusal) || !l.matches(got.Codes) {
				t.Errorf("listed by %v", e)
			}
		case NotListed:
			if e.Question.Cause != "" || !got.Untested && (e.Positive[0].Cause != "" || !l.Lists(e.Positive[0])) {
				t.Errorf("clean by %v", e)
			}
		case Failed:
			if got.Cause == "" {
				t.Errorf("failed without a cause by %v", e)
			}
		default:
			t.Errorf("outcome %q", got.Outcome)
		}
	})
}

func fuzzAnswer(codes []byte, fails byte) Answer {
	if fails != 0 {
		return Answer{Cause: Timeout}
	}
	var a Answer
	for ; len(codes) >= 4; codes = codes[4:] {
		a.Addrs = append(a.Addrs, netip.AddrFrom4([4]byte(codes)))
	}
	return a
}
