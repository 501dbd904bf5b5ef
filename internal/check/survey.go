package check

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"sync/atomic"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/target"
	"check_dnsbl/internal/verdict"
)

const (
	// hopeless is how many subjects of a kind may pass without any verdict, before the rest of the
	// kind is given up.
	hopeless = 256
	// maxEvery is how many subjects have all their findings kept. All of a large network would not
	// fit into memory.
	maxEvery = 256
)

// surveyAll queries the lists about all subjects and adds what comes back to the tallier. It
// returns the gaps, in words: subjects left over at the deadline, or because no list gives a
// verdict.
func (r *Run) surveyAll(
	ctx context.Context, found target.Found, tallier *verdict.Tallier, each Each,
) (gaps []string) {
	r.survey.KeepEvidence = r.Every || each != nil
	in := newIntake(ctx, found.Subjects, r.survey.Answered)
	defer in.stop()
	for before := -1; in.waiting && tallier.Subjects() > before; {
		before = tallier.Subjects()
		waiting, next := map[int]judged{}, 0 // for the subjects before them
		for at, findings := range r.survey.Ask(ctx, in.subjects) {
			r.Mask.HideReasons(findings)
			j := judged{tally: tallier.Count(findings), findings: slices.Clone(findings)}
			in.heard(j.tally.Subject.Kind(), j.tally.Heard())
			for waiting[at] = j; len(waiting) > 0; next++ {
				first, ok := waiting[next]
				if !ok {
					break
				}
				delete(waiting, next)
				r.add(tallier, &first, each)
			}
		}
	}
	gaps = found.Gaps
	if in.vain > 0 {
		gaps = append(gaps, fmt.Sprintf("gave up on %d more, as no list gave a verdict", in.vain))
	}
	if left := found.Count - tallier.Subjects() - in.vain; left > 0 {
		const gap = "no time was left for %d more: raise -t, or check fewer at a time"
		gaps = append(gaps, fmt.Sprintf(gap, left))
	}
	return gaps
}

// A judged is one subject with the findings on it.
type judged struct {
	tally    verdict.Tally
	findings []dnsbl.Finding
}

// add adds a subject to the verdict.
func (r *Run) add(tallier *verdict.Tallier, j *judged, each Each) {
	if each != nil {
		each(&j.tally, j.findings)
	}
	tallier.Add(j.tally)
	r.listed.Store(int64(tallier.Listed()))
	if r.Every && len(r.every) < maxEvery {
		r.every = append(r.every, j.findings)
	}
}

// An intake hands out subjects as long as it is of use to ask about them: not when the time is over, nor any of a kind on
// which no list gives a verdict. Who takes them may be ahead of who tells what came of them, and another goroutine.
type intake struct {
	ctx      context.Context
	answered func(kind dnsbl.Subjects) bool // whether a list gave a verdict on a subject of a kind already
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

func newIntake(
	ctx context.Context, subjects iter.Seq[dnsbl.Subject], answered func(kind dnsbl.Subjects) bool,
) *intake {
	in := &intake{ctx: ctx, answered: answered,
		kinds: map[dnsbl.Subjects]*kindIntake{dnsbl.IPv4: {}, dnsbl.IPv6: {}, dnsbl.Domain: {}}}
	in.next, in.stop = iter.Pull(subjects)
	in.subject, in.waiting = in.next()
	return in
}

// subjects hands out subjects until there are no more, or it has to be known first what came of those before. The first few
// are handed out even if the time is over, so that there is something to tell of.
func (in *intake) subjects(yield func(dnsbl.Subject) bool) {
	for in.waiting {
		kind := in.kinds[in.subject.Kind()]
		switch vain := kind.silent.Load() >= hopeless; {
		case in.given >= hopeless && in.ctx.Err() != nil:
			in.waiting = false
			return
		case !vain && kind.given >= hopeless && !in.answered(in.subject.Kind()):
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
