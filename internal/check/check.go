// Package check makes one run: it finds the subjects that the targets stand for, queries the lists
// about each of them and, if wanted, looks up reverse DNS beside it. What comes of it is a verdict.
// A self-test checks the lists themselves in the same way.
//
// A Plan says what to check, and New makes it a Run (plan.go). Run.Check below is the walk through
// the room: it finds subjects (subjects.go), estimates the time (limits.go), looks up reverse DNS
// (reverse.go) and surveys the lists (survey.go). Notes (notes.go) are what is good to know of the
// run. Before all that, a bounce may name the targets (bounce.go).
package check

import (
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/verdict"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Check makes the check, until ctx is over. Listings found by then are in the outcome. It returns
// an error if there is nothing to check, or more than the time suffices for.
func (r *Run) Check(ctx context.Context, each Each) (Outcome, error) {
	found := r.find(ctx)
	if found.Count == 0 {
		return Outcome{}, errors.New(strings.Join(found.Gaps, "; "))
	}
	servers, skipped, err := r.servers(&found)
	if err != nil {
		return Outcome{}, err
	}
	if err := r.tooSlow(ctx, &found); err != nil {
		return Outcome{}, err
	}
	ask := func(q dnsbl.Question) dnsbl.Answer { return r.Client.Ask(ctx, q) }
	reverse := lookUpReverse(servers, ask)
	tallier := verdict.NewTallier(r.Rules)
	gaps := r.surveyAll(ctx, found, tallier, each)
	v := tallier.Verdict(gaps, r.masked(reverse()))
	v.Every = r.every
	notes := slices.Concat(found.Notes, skipped, r.notes(ctx), r.limited())
	return Outcome{Verdict: v, Queries: r.survey.Queries(), Notes: notes}, nil
}

// SelfTest tests the lists themselves: are they healthy, as seen from here?
func (r *Run) SelfTest(ctx context.Context) (verdict.Health, []string) {
	// Plan keeps the run to the rates that operators allow.
	r.survey.Plan(map[dnsbl.Subjects]int{dnsbl.IPv4: 1, dnsbl.IPv6: 1, dnsbl.Domain: 1})
	health := verdict.JudgeHealth(r.survey.Test(ctx), r.Rules.Warning, r.Rules.Critical)
	return health, r.notes(ctx)
}

// notes returns lines on how the run went.
func (r *Run) notes(ctx context.Context) []string {
	var lines []string
	for _, resolver := range r.survey.Unresponsive() {
		lines = append(lines, fmt.Sprintf("the resolver %s has no answer about any list, "+
			"only the next one has: mend it, or take it out of /etc/resolv.conf or --resolver",
			resolver))
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		lines = append(lines, "interrupted: what had no answer by then counts as failed")
	}
	return lines
}
