package verdict

import (
	"slices"
	"testing"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/fcrdns"
)

// A problem of reverse DNS turns OK, and nothing else, into WARNING, whatever the thresholds. A failed
// look-up turns OK into UNKNOWN.
func TestPresent(t *testing.T) {
	fault := fcrdns.Result{Problems: []fcrdns.Problem{{Kind: fcrdns.NoName}, {Kind: fcrdns.Generic}}}
	gap := fcrdns.Result{LookupError: dnsbl.Answer{Cause: dnsbl.Timeout}}
	both := fcrdns.Result{Problems: fault.Problems, LookupError: gap.LookupError}
	for _, tt := range []struct {
		findings string
		presence []fcrdns.Result
		want     string
		faulty   int
	}{
		{"-m -m", nil, "OK", 0},
		{"-m -m", []fcrdns.Result{{}, {}}, "OK", 0},
		{"-m -m", []fcrdns.Result{{}, fault}, "WARNING", 1},
		{"-m -m", []fcrdns.Result{fault, both}, "WARNING", 2},
		{"-m -m", []fcrdns.Result{{}, gap}, "UNKNOWN", 0},
		{"-m -m", []fcrdns.Result{gap, fault}, "WARNING", 1},
		{"!M -m", []fcrdns.Result{{}}, "UNKNOWN", 0},
		{"!M -m", []fcrdns.Result{gap}, "UNKNOWN", 0},
		{"-m -m", []fcrdns.Result{both}, "WARNING", 1},
		{"!M -m", []fcrdns.Result{fault}, "UNKNOWN", 1},
		{"!M -m", []fcrdns.Result{fault, gap, both}, "UNKNOWN", 2},
		{"+m -m", []fcrdns.Result{{}}, "WARNING", 0},
		{"+m -m", []fcrdns.Result{gap}, "WARNING", 0},
		{"+m -m", []fcrdns.Result{fault}, "WARNING", 1},
		{"+m +m", []fcrdns.Result{fault, fault, fault}, "WARNING", 3},
		{"+M -m", []fcrdns.Result{{}}, "CRITICAL", 0},
		{"+M -m", []fcrdns.Result{fault}, "CRITICAL", 1},
		{"+M -m", []fcrdns.Result{gap}, "CRITICAL", 0},
	} {
		tallier := NewTallier(usualRules())
		tallier.Add(tallier.Count(findings("a.example", tt.findings)))
		listed := tallier.Listed()
		var gaps []dnsbl.Note
		for _, p := range tt.presence {
			if p.LookupError.Cause != "" {
				gaps = append(gaps, dnsbl.Note{Code: dnsbl.ReverseDNSFailed, Text: "cannot look up"})
			}
		}
		v := tallier.Verdict(nil, ReverseDNS{tt.presence, gaps})
		got := v.State.String()
		if got != tt.want || v.Faulty() != tt.faulty || v.Listed != listed || !slices.Equal(v.Gaps, gaps) {
			t.Errorf("%s, %d presences: %s with %d faulty, want %s with %d; %d listed, gaps %q",
				tt.findings, len(tt.presence), got, v.Faulty(), tt.want, tt.faulty, v.Listed, v.Gaps)
		}
	}
}
