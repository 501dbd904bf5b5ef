package check

import (
	"context"
	"fmt"
	"net/netip"
	"slices"
	"testing"
	"time"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
	"check_dnsbl/internal/resolver"
	"check_dnsbl/internal/target"
	"check_dnsbl/internal/verdict"

	"github.com/olorin/nagiosplugin"
)

// plan returns a plan to check the targets.
func plan(t *testing.T, server *dnstest.Server, lists string, targets ...string) Plan {
	selection, err := catalog.Select(catalog.Request{Lists: []string{lists}})
	if err != nil {
		t.Fatal(err)
	}
	p := Plan{
		Selection: selection, Timeout: time.Minute, KeepAll: true,
		Rules: verdict.Rules{
			Warning: verdict.AtLeast(1), Critical: verdict.AtLeast(3), MaxFailed: 25,
		},
		Client: resolver.Client{Resolvers: []netip.AddrPort{server.Addr}},
	}
	for _, text := range targets {
		parsed, err := target.Parse(text, target.Allowed{})
		if err != nil {
			t.Fatal(err)
		}
		p.Targets = append(p.Targets, parsed)
	}
	return p
}

// A run that ends early says for how many addresses no time was left, and is not OK.
func TestTimeIsUp(t *testing.T) {
	server, err := dnstest.Start(dnstest.World{Lists: []dnstest.List{{Zone: "psbl.surriel.com"}}})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	timed, stop := context.WithTimeout(t.Context(), time.Second/2)
	defer stop()
	signaled, signal := context.WithCancel(t.Context())
	tests := []struct {
		ctx  context.Context
		end  func()
		hint string
	}{
		{timed, func() { <-timed.Done() }, ". Raise -t, or check fewer at a time"},
		{signaled, signal, ", as the run was interrupted"},
	}
	for _, tt := range tests {
		r := New(plan(t, server, "psbl.surriel.com", "198.48.0.0/12"))
		outcome, err := r.Check(tt.ctx, func(*verdict.Tally, []dnsbl.Finding) { tt.end() })
		if err != nil {
			t.Fatal(err)
		}
		v := outcome.Verdict
		gap := fmt.Sprintf("no time was left for %d of %d addresses", 1<<20-v.Subjects, 1<<20)
		want := []dnsbl.Note{{Code: dnsbl.OutOfTime, Text: gap + tt.hint}}
		if v.State != nagiosplugin.UNKNOWN || !slices.Equal(v.Gaps, want) {
			t.Errorf("%v after %d subjects: %q, want %q", v.State, v.Subjects, v.Gaps, want)
		}
	}
}

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
	lists := "zen.spamhaus.org,psbl.surriel.com"
	r := New(plan(t, server, lists, "198.51.100.0/22", "2001:db8::/118"))
	outcome, err := r.Check(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	v := outcome.Verdict
	want := dnsbl.Notes(dnsbl.GaveUp, "gave up on 768 of 2048 addresses, because no list gave a verdict")
	p := r.Progress()
	if v.Subjects != 1280 || !slices.Equal(v.Gaps, want) || p.Done != 1280 || p.Subjects != 2048 || p.Listed != 0 {
		t.Errorf("%d subjects, %+v, %q", v.Subjects, p, v.Gaps)
	}
	if len(v.AllFindings) != maxSubjectsKept || len(v.AllFindings[255]) != 2 ||
		v.AllFindings[255][1].Subject.String() != "198.51.100.255" {
		t.Errorf("%d shown", len(v.AllFindings))
	}
}
