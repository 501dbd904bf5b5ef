// Package check makes one run: it finds the subjects that the targets stand for, queries the lists
// about each of them and, if wanted, looks up reverse DNS at the same time. The result is a
// verdict. A self-test checks the lists themselves in the same way.
//
// A Plan holds what to check, and New makes it a Run (plan.go). Run.Check below shows the whole
// sequence: it finds subjects (subjects.go), estimates the time (limits.go), starts to look up
// reverse DNS (reverse.go) and surveys the lists. Notes (notes.go) are remarks on the run. Before
// all that, a bounce may name the targets (bounce.go).
package check

import (
	"context"
	"errors"
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/target"
	"check_dnsbl/internal/verdict"
)

// maxSubjectsKept is for how many subjects all findings are kept, which -v shows. Those of a large
// network would not fit into memory.
const maxSubjectsKept = 256

// Check runs the check and stops when ctx ends. The outcome has the listings found by then. It
// returns an error if there is nothing to check, or too much for the time left.
func (r *Run) Check(ctx context.Context, onSubject OnSubject) (Outcome, error) {
	found := r.find(ctx)
	if found.Count == 0 {
		return Outcome{}, errors.New(strings.Join(dnsbl.Texts(found.Gaps), ", "))
	}
	servers, reverseNotes, err := r.servers(&found)
	if err != nil {
		return Outcome{}, err
	}
	if err := r.tooSlow(ctx, &found); err != nil {
		return Outcome{}, err
	}
	ask := func(q dnsbl.Question) dnsbl.Answer { return r.Client.Ask(ctx, q) }
	waitReverse := lookUpReverse(servers, ask, &r.reverse)
	tallier := verdict.NewTallier(r.Rules)
	gaps := r.surveyAll(ctx, found, tallier, onSubject)
	v := tallier.Verdict(gaps, r.masked(waitReverse()))
	v.AllFindings = r.allFindings
	notes := slices.Concat(found.Notes, reverseNotes, r.notes(ctx), r.limited())
	return Outcome{Verdict: v, Queries: r.survey.Queries(), Notes: notes}, nil
}

// surveyAll queries the lists about all subjects and adds the findings to the tallier. It returns
// found.Gaps and one gap for each thing not checked: subjects left over at the deadline, or
// because no list gives a verdict.
func (r *Run) surveyAll(
	ctx context.Context, found target.Found, tallier *verdict.Tallier, onSubject OnSubject,
) (gaps []dnsbl.Note) {
	r.survey.KeepEvidence = r.KeepAll || onSubject != nil // which prints the evidence
	for findings := range r.survey.Ask(ctx, found.Subjects) {
		r.Mask.HideReasons(findings)
		tally := tallier.Count(findings)
		if onSubject != nil {
			onSubject(&tally, findings)
		}
		tallier.Add(tally)
		r.listed.Store(int64(tallier.Listed()))
		if r.KeepAll && len(r.allFindings) < maxSubjectsKept {
			r.allFindings = append(r.allFindings, slices.Clone(findings))
		}
	}
	gaps = found.Gaps
	gaveUp := r.survey.GaveUp()
	_, many := nouns(&found)
	if gaveUp > 0 {
		const gap = "gave up on %d of %d %s, because no list gave a verdict"
		gaps = append(gaps, note(dnsbl.GaveUp, gap, gaveUp, found.Count, many))
	}
	if left := found.Count - tallier.Subjects() - gaveUp; left > 0 {
		gap := "no time was left for %d of %d %s. Raise -t, or check fewer at a time"
		if interrupted(ctx) {
			gap = "no time was left for %d of %d %s, as the run was interrupted"
		}
		gaps = append(gaps, note(dnsbl.OutOfTime, gap, left, found.Count, many))
	}
	return gaps
}

// SelfTest tests whether the lists are healthy, as seen from here. It returns notes too.
func (r *Run) SelfTest(ctx context.Context) (verdict.Health, []dnsbl.Note) {
	// Plan sets the rates, so that no list is queried faster than its operator allows.
	r.survey.Plan(map[dnsbl.Subjects]int{dnsbl.IPv4: 1, dnsbl.IPv6: 1, dnsbl.Domain: 1})
	health := verdict.JudgeHealth(r.survey.Test(ctx), r.Rules.Warning, r.Rules.Critical)
	return health, r.notes(ctx)
}

// interrupted reports whether a signal ended the run, not -t.
func interrupted(ctx context.Context) bool { return errors.Is(ctx.Err(), context.Canceled) }

// notes returns notes on resolvers that did not answer, or only in one way, and on an
// interruption.
func (r *Run) notes(ctx context.Context) []dnsbl.Note {
	var notes []dnsbl.Note
	unresponsive, withoutEDNS, overTCP := r.survey.Faulty()
	for _, resolver := range unresponsive {
		const text = "resolver %s did not answer for any list, only the next one did. " +
			"Fix it, or remove it from /etc/resolv.conf or --resolver"
		notes = append(notes, note(dnsbl.AboutResolver, text, resolver))
	}
	for _, resolver := range withoutEDNS {
		const text = "resolver %s answered only queries without EDNS (RFC 6891). " +
			"If a firewall drops the others, let them through"
		notes = append(notes, note(dnsbl.AboutResolver, text, resolver))
	}
	for _, resolver := range overTCP {
		const text = "resolver %s answers over TCP only. " +
			"Let UDP through, or set options use-vc in /etc/resolv.conf"
		notes = append(notes, note(dnsbl.AboutResolver, text, resolver))
	}
	if interrupted(ctx) {
		const text = "interrupted: lists without an answer by then count as failed"
		notes = append(notes, note(dnsbl.Interrupted, text))
	}
	return notes
}
