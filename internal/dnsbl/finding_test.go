package dnsbl

import (
	"slices"
	"testing"
)

func TestReasons(t *testing.T) {
	f := Finding{Evidence: &Evidence{Reason: Answer{Texts: []string{"b", "a", "b"}}}}
	if got := f.Reasons(); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("reasons %q, want each once, in an order of their own", got)
	}
}

func TestWeight(t *testing.T) {
	tests := []struct {
		list, codes string
		want        int
	}{
		{"zen", "127.0.0.2 127.0.0.3", 1},
		{"filtered", "127.0.0.2", 3},
		{"filtered", "127.0.0.3", 7},           // two choices let it through
		{"filtered", "127.0.0.2 127.0.0.4", 3}, // a choice adds its weight once
		{"filtered", "127.0.0.3 127.0.0.99", 12},
	}
	for _, tt := range tests {
		l := lists()[tt.list]
		f := l.Judge(address("192.0.2.1"), &Evidence{Question: answer(tt.codes), Negative: answers("NX")})
		if f.Weight != tt.want {
			t.Errorf("%s: %s weighs %d, want %d", tt.list, tt.codes, f.Weight, tt.want)
		}
	}
}

func TestPolicyOnly(t *testing.T) {
	policy := lists()["zen"]
	policy.Kind = Policy
	tests := []struct {
		list  List
		codes string
		want  bool
	}{
		{lists()["zen"], "127.0.0.10", true},
		{lists()["zen"], "127.0.0.10 127.0.0.4", false},
		{policy, "127.0.0.4", true},
		{lists()["policy"], "127.0.0.10 127.0.0.2", true}, // the user's filter lets only the first through
	}
	for _, tt := range tests {
		f := tt.list.Judge(address("192.0.2.1"), &Evidence{Question: answer(tt.codes), Negative: answers("NX")})
		if f.PolicyOnly() != tt.want {
			t.Errorf("%s on a %s list: PolicyOnly = %v", tt.codes, tt.list.Kind, f.PolicyOnly())
		}
	}
}
