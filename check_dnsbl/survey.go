package main

import (
	"context"
	"fmt"
	"iter"
	"os"
	"slices"
	"sync/atomic"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/survey"
	"check_dnsbl/internal/target"
	"check_dnsbl/internal/verdict"
)

const (
	patience  = 256 // subjects of a kind on which no list gives a verdict, before the others of the kind are given up
	mostShown = 256 // subjects of which -v shows every finding
)

// watched makes a survey whose progress is shown on stderr, if that is a terminal.
func watched(ctx context.Context, run *survey.Survey, opts *options, found target.Found, results *journal, stderr *os.File) verdict.Verdict {
	shown := showProgress(ctx, stderr, found.Count, run.Done)
	defer shown.stop()
	return askLists(ctx, run, opts, found, results, shown.count)
}

// askLists asks about the subjects and judges what comes back, one by one. What is left over is a gap: at the deadline, or where
// no list gives a verdict. The results go into the journal, if there is one.
func askLists(ctx context.Context, run *survey.Survey, opts *options, found target.Found, results *journal, progress func(listed int)) verdict.Verdict {
	v := verdict.Verdict{Rules: opts.rules}
	run.KeepEvidence = opts.verbose > 0 || results != nil
	all := found.Count
	in := newIntake(ctx, found.Subjects, run.Answered, results.full)
	defer in.stop()
	for before := -1; in.waiting && v.Subjects > before; {
		before = v.Subjects
		waiting, next := map[int]counted{}, 0 // for those before them
		for at, findings := range run.Ask(ctx, in.subjects) {
			opts.mask.HideReasons(findings)
			c := counted{tally: verdict.Count(findings, v.Rules)}
			if opts.verbose > 0 && before+at < mostShown {
				c.every = slices.Clone(findings)
			}
			c.result = results.result(&c.tally, findings)
			in.heard(c.tally.Subject.Kind(), c.tally.Heard())
			for waiting[at] = c; len(waiting) > 0; next++ {
				first, ok := waiting[next]
				if !ok {
					break
				}
				delete(waiting, next)
				first.addTo(&v, results)
			}
			progress(v.Listed)
		}
		results.wait(ctx)
	}
	gaps := found.Gaps
	if in.vain > 0 {
		gaps = append(gaps, fmt.Sprintf("gave up on %d more, as no list gave a verdict", in.vain))
	}
	if left := all - v.Subjects - in.vain; left > 0 {
		gaps = append(gaps, fmt.Sprintf("no time was left for %d more: raise -t, or check fewer at a time", left))
	}
	v.Close(gaps)
	return v
}

// A counted is what was found on one subject, until it is its turn.
type counted struct {
	tally  verdict.Tally
	every  []dnsbl.Finding // if they are to be shown
	result []byte          // for the journal, if there is one
}

func (c *counted) addTo(v *verdict.Verdict, results *journal) {
	v.Add(c.tally)
	results.add(c.result)
	if len(c.every) > 0 && len(v.Every) < mostShown {
		v.Every = append(v.Every, c.every)
	}
}

// An intake hands out subjects as long as it is of use to ask about them: not when the time is over, nor any of a kind on
// which no list gives a verdict. Who takes them may be ahead of who tells what came of them, and another goroutine.
type intake struct {
	ctx      context.Context
	answered func(kind dnsbl.Subjects) bool // whether a list gave a verdict on a subject of a kind already
	full     func() bool                    // whether those before have to be read first
	next     func() (dnsbl.Subject, bool)
	stop     func()
	subject  dnsbl.Subject // the next one
	waiting  bool          // there is one
	given    int           // how many were handed out
	vain     int           // how many were not, as no list gives a verdict
	kinds    map[dnsbl.Subjects]*kindIntake
}

// A kindIntake is what an intake knows of one kind of subjects.
type kindIntake struct {
	given  int
	silent atomic.Int64 // since the last of those on which one did
}

func newIntake(ctx context.Context, subjects iter.Seq[dnsbl.Subject], answered func(kind dnsbl.Subjects) bool, full func() bool) *intake {
	in := &intake{ctx: ctx, answered: answered, full: full, kinds: map[dnsbl.Subjects]*kindIntake{dnsbl.IPv4: {}, dnsbl.IPv6: {}, dnsbl.Domain: {}}}
	in.next, in.stop = iter.Pull(subjects)
	in.subject, in.waiting = in.next()
	return in
}

// subjects hands out subjects until there are no more, or it has to be known first what came of those before. The first few
// are handed out even if the time is over, so that there is something to tell of.
func (in *intake) subjects(yield func(dnsbl.Subject) bool) {
	for in.waiting {
		kind := in.kinds[in.subject.Kind()]
		switch vain := kind.silent.Load() >= patience; {
		case in.given >= patience && in.ctx.Err() != nil:
			in.waiting = false
			return
		case in.given >= patience && in.full():
			return
		case !vain && kind.given >= patience && !in.answered(in.subject.Kind()):
			return
		case vain:
			in.vain++
			in.subject, in.waiting = in.next()
			continue
		}
		subject := in.subject
		in.given++
		kind.given++
		in.subject, in.waiting = in.next()
		if !yield(subject) { // no more are wanted: the time is over
			in.waiting = false
		}
	}
}

// heard notes whether any list gave a verdict on a subject of a kind.
func (in *intake) heard(kind dnsbl.Subjects, verdict bool) {
	k := in.kinds[kind]
	if !verdict {
		k.silent.Add(1)
		return
	}
	k.silent.Store(0)
}
