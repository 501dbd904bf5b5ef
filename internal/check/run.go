// Package check makes one run: it finds the subjects that the targets stand for, asks the lists
// about each of them and, if wanted, looks up reverse DNS beside it. What comes of it is a verdict.
// A self-test checks the lists themselves in the same way.
//
// Check is the walk through the room: subjects.go finds, limits.go estimates, reverse.go and
// survey.go query, notes.go puts into words what is good to know of the run.
package check

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/resolver"
	"check_dnsbl/internal/secret"
	"check_dnsbl/internal/survey"
	"check_dnsbl/internal/target"
	"check_dnsbl/internal/verdict"
)

// A Plan is all that a run needs to know, in ready values.
type Plan struct {
	Targets    []target.Target
	Selection  catalog.Selection
	Rules      verdict.Rules
	Client     resolver.Client
	Timeout    time.Duration // of the whole run, look-ups of hosts included
	ReverseDNS bool          // look up the reverse DNS of the addresses too
	Gaps       []string      // what the user wants checked and is known to be left out
	Mask       secret.Mask   // of the keys, which operators may repeat in what they write
	Every      bool          // keep all findings, with their evidence, and name every skipped list
}

// A Run is a plan under way.
type Run struct {
	Plan
	survey *survey.Survey
	total  atomic.Int64 // subjects found
	listed atomic.Int64 // of those that are done

	every [][]dnsbl.Finding // on the first subjects, if wanted
}

// An Outcome is what came of a run. Notes are lines that an admin wants to read below the verdict.
type Outcome struct {
	Verdict verdict.Verdict
	Queries int // sent by UDP, each try counted
	Notes   []string
}

// An Each receives the findings on one subject, in the order of the subjects. Findings are valid
// until it returns. The run waits for it, so that a slow reader slows the run down.
type Each func(*verdict.Tally, []dnsbl.Finding)

// New returns the run of a plan. Nothing is sent before Check or SelfTest.
func New(p Plan) *Run {
	return &Run{Plan: p, survey: survey.New(&p.Client, p.Selection.Lists)}
}

// Progress returns how many subjects are done, how many there are, and how many are listed. It may
// be called at any time; total is 0 until the subjects are found.
func (r *Run) Progress() (done, total, listed int) {
	return r.survey.Done(), int(r.total.Load()), int(r.listed.Load())
}

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
	return Outcome{Verdict: v, Queries: r.survey.Questions(), Notes: notes}, nil
}

// SelfTest tests the lists themselves: are they healthy, as seen from here?
func (r *Run) SelfTest(ctx context.Context) (verdict.Health, []string) {
	// Expect keeps the run to the rates that operators allow.
	r.survey.Expect(map[dnsbl.Subjects]int{dnsbl.IPv4: 1, dnsbl.IPv6: 1, dnsbl.Domain: 1})
	health := verdict.JudgeHealth(r.survey.Test(ctx), r.Rules.Warning, r.Rules.Critical)
	return health, r.notes(ctx)
}

// notes returns lines on how the run went.
func (r *Run) notes(ctx context.Context) []string {
	var lines []string
	for _, resolver := range r.survey.Deaf() {
		lines = append(lines, fmt.Sprintf("the resolver %s has no answer about any list, only "+
			"the next one has: mend it, or take it out of /etc/resolv.conf or --resolver", resolver))
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		lines = append(lines, "interrupted: what had no answer by then counts as failed")
	}
	return lines
}
