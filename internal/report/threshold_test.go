package report

import (
	"net/netip"
	"testing"

	"check_dnsbl/internal/bounce"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/fcrdns"
	"check_dnsbl/internal/verdict"
)

// The rule is what makes the state, and only listings that alert have a line on why.
func TestStateRule(t *testing.T) {
	found := func(gaps []string, said ...any) verdict.Verdict {
		return network(1, gaps, func(int) (all [4]any) { copy(all[:], said); return all })
	}
	withReverse := func(warning int, said ...any) verdict.Verdict {
		r := usualRules()
		r.Warning = verdict.AtLeast(warning)
		tallier := verdict.NewTallier(r)
		tallier.Add(*found(nil, said...).Worst)
		fault := fcrdns.Result{
			Addr:     netip.MustParseAddr("192.0.2.0"),
			Problems: []fcrdns.Problem{{Kind: fcrdns.NoName}},
		}
		return tallier.Verdict(nil, verdict.ReverseDNS{Results: []fcrdns.Result{fault}})
	}
	sbl, named := reading(2, "SBL", dnsbl.Listing), found(nil, nil, reading(2, "x", dnsbl.Listing))
	named.Rules.CriticalOn = []string{"spamcop.example"}
	tallier := verdict.NewTallier(named.Rules)
	tallier.Add(tallier.Count(named.Worst.Listed))
	refused := found(nil)
	refused.Refuse()
	for want, tt := range map[string]struct {
		v   verdict.Verdict
		why string
	}{
		"":                   {v: found(nil)},
		"major_list":         {found(nil, sbl), "why CRITICAL: zen.example is a major list"},
		"warning_threshold":  {found(nil, nil, sbl), "why WARNING: on 1 list or more (-w 1)"},
		"critical_threshold": {judge(many(3, 0)), "why CRITICAL: on 3 lists or more (-c 3)"},
		"critical_on": {tallier.Verdict(nil, verdict.ReverseDNS{}),
			"why CRITICAL: spamcop.example is named by --critical-on"},
		"incomplete":   {v: found([]string{"no such host"})},
		"no_verdict":   {v: judge(many(0, 3))},
		"major_failed": {v: found(nil, dnsbl.Timeout)},
		"max_failed":   {v: found(nil, nil, dnsbl.Timeout, dnsbl.Timeout)},
		"bounce":       {v: refused},
		"reverse_dns":  {v: withReverse(5, nil, sbl)},
	} {
		b := &Bounce{Read: &bounce.Bounce{Operators: []bounce.Operator{{Name: "Cox"}}}}
		if want != "bounce" {
			b = nil
		}
		got, why := "", ""
		if r := newJSONRule(&tt.v, b); r != nil {
			got = r.Code
		}
		for _, line := range alertLines(&tt.v) {
			why = line
		}
		if got != want || why != tt.why {
			t.Errorf("%v: rule %q, want %q; %q, want %q", tt.v.State, got, want, why, tt.why)
		}
	}
}
