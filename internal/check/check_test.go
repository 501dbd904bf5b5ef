package check

import (
	"net/netip"
	"slices"
	"testing"
	"time"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/dnstest"
	"check_dnsbl/internal/resolver"
	"check_dnsbl/internal/target"
	"check_dnsbl/internal/verdict"
)

// A kind that no list answers for is given up; the other one is surveyed to the end. -v shows the
// findings on the first subjects.
func TestGivesUpOneKind(t *testing.T) {
	server, err := dnstest.Start(dnstest.World{Lists: []dnstest.List{
		{Zone: "zen.spamhaus.org", Fault: dnstest.Rcode(dnstest.ServFail)},
		{Zone: "psbl.surriel.com"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	selection, err := catalog.Select(catalog.Request{Lists: []string{"zen.spamhaus.org,psbl.surriel.com"}})
	if err != nil {
		t.Fatal(err)
	}
	rules := verdict.Rules{Warning: verdict.AtLeast(1), Critical: verdict.AtLeast(3), MaxFailed: 25}
	plan := Plan{Selection: selection, Rules: rules, Timeout: time.Minute, KeepAll: true,
		Client: resolver.Client{Resolvers: []netip.AddrPort{server.Addr}}}
	for _, text := range []string{"198.51.100.0/22", "2001:db8::/118"} {
		parsed, err := target.Parse(text, target.Allowed{})
		if err != nil {
			t.Fatal(err)
		}
		plan.Targets = append(plan.Targets, parsed)
	}
	r := New(plan)
	outcome, err := r.Check(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	v := outcome.Verdict
	want := []string{"gave up on 768 more, because no list gave a verdict"}
	p := r.Progress()
	if v.Subjects != 1280 || !slices.Equal(v.Gaps, want) || p.Done != 1280 || p.Subjects != 2048 || p.Listed != 0 {
		t.Errorf("%d subjects, %+v, %q", v.Subjects, p, v.Gaps)
	}
	if len(v.AllFindings) != maxSubjectsKept || len(v.AllFindings[255]) != 2 ||
		v.AllFindings[255][1].Subject.String() != "198.51.100.255" {
		t.Errorf("%d shown", len(v.AllFindings))
	}
}
