package verdict

import (
	"strings"
	"testing"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/fcrdns"
)

// A fault of the reverse DNS makes WARNING of an OK and of nothing else, whatever the thresholds; what is not known of it rules out an OK.
func TestPresent(t *testing.T) {
	fault := fcrdns.Presence{Faults: []fcrdns.Fault{{Kind: fcrdns.NoName}, {Kind: fcrdns.Generic}}}
	gap := fcrdns.Presence{Gap: dnsbl.Answer{Cause: dnsbl.Timeout}}
	both := fcrdns.Presence{Faults: fault.Faults, Gap: gap.Gap}
	for _, tt := range []struct {
		findings string
		presence []fcrdns.Presence
		want     string
		faulty   int
	}{
		{"-m -m", nil, "OK", 0},
		{"-m -m", []fcrdns.Presence{{}, {}}, "OK", 0},
		{"-m -m", []fcrdns.Presence{{}, fault}, "WARNING", 1},
		{"-m -m", []fcrdns.Presence{fault, both}, "WARNING", 2},
		{"-m -m", []fcrdns.Presence{{}, gap}, "UNKNOWN", 0},
		{"-m -m", []fcrdns.Presence{gap, fault}, "WARNING", 1},
		{"!M -m", []fcrdns.Presence{{}}, "UNKNOWN", 0},
		{"!M -m", []fcrdns.Presence{gap}, "UNKNOWN", 0},
		{"-m -m", []fcrdns.Presence{both}, "WARNING", 1},
		{"!M -m", []fcrdns.Presence{fault}, "UNKNOWN", 1},
		{"!M -m", []fcrdns.Presence{fault, gap, both}, "UNKNOWN", 2},
		{"+m -m", []fcrdns.Presence{{}}, "WARNING", 0},
		{"+m -m", []fcrdns.Presence{gap}, "WARNING", 0},
		{"+m -m", []fcrdns.Presence{fault}, "WARNING", 1},
		{"+m +m", []fcrdns.Presence{fault, fault, fault}, "WARNING", 3},
		{"+M -m", []fcrdns.Presence{{}}, "CRITICAL", 0},
		{"+M -m", []fcrdns.Presence{fault}, "CRITICAL", 1},
		{"+M -m", []fcrdns.Presence{gap}, "CRITICAL", 0},
	} {
		v := Verdict{Rules: Default()}
		v.Add(Count(findings("a.example", tt.findings), v.Rules))
		v.Close(nil)
		listed := v.Listed
		var gaps []string
		for _, p := range tt.presence {
			if p.Gap.Cause != "" {
				gaps = append(gaps, "cannot look up")
			}
		}
		v.Present(tt.presence, gaps)
		if got := v.State.String(); got != tt.want || v.Faulty() != tt.faulty || v.Listed != listed || strings.Join(v.Gaps, "") != strings.Join(gaps, "") {
			t.Errorf("%s, %d presences: %s with %d faulty, want %s with %d; %d listed, gaps %q", tt.findings, len(tt.presence), got, v.Faulty(), tt.want, tt.faulty, v.Listed, v.Gaps)
		}
	}
}
