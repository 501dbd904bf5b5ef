package survey

import (
	"context"
	"slices"

	"check_dnsbl/internal/dnsbl"
)

// hopeless is how many subjects of a kind may pass without any verdict before the rest of the kind
// is given up: it would take long, and tell nothing.
const hopeless = 256

// An intake takes subjects, except those of a kind on which no list gives a verdict.
type intake struct {
	ctx     context.Context // once it is over, no more are given up
	lists   []dnsbl.List
	next    func() (dnsbl.Subject, bool)
	subject dnsbl.Subject               // the next one
	waiting bool                        // it is taken, and has to wait
	kinds   [dnsbl.Domain + 1]kindState // by kind
	gaveUp  int
}

// A kindState is what is known of a kind of subjects.
type kindState struct {
	taken    int
	silent   int  // in a row, without any verdict
	answered bool // there was a verdict
}

// fill appends the checks of the next subject: one for each list that lists its kind, followed by
// those of its parent domains on that list. It appends none if there are no more subjects, or if
// the results of those before must be known first.
func (in *intake) fill(checks []check) []check {
	for len(checks) == 0 {
		if !in.waiting {
			if in.subject, in.waiting = in.next(); !in.waiting {
				return checks
			}
		}
		kind := in.subject.Kind()
		switch k := &in.kinds[kind]; {
		case k.silent >= hopeless && in.ctx.Err() != nil:
			return checks
		case k.silent >= hopeless:
			in.gaveUp++
		case k.taken >= hopeless && !k.answered:
			return checks
		default:
			if checks = in.plan(checks, kind); len(checks) > 0 {
				k.taken++
			}
		}
		in.waiting = false
	}
	return checks
}

func (in *intake) plan(checks []check, kind dnsbl.Subjects) []check {
	checks = slices.Grow(checks, len(in.lists))
	for i := range in.lists {
		l := &in.lists[i]
		if l.Subjects&kind == 0 {
			continue
		}
		checks = append(checks, check{subject: in.subject, list: l})
		for _, parent := range l.Parents(in.subject) {
			checks = append(checks, check{subject: parent, list: l})
		}
	}
	return checks
}

// withParents returns the findings of a row, one for each list. For a domain it takes the finding
// that says most, about the domain or one of its parents. The findings are overwritten.
func withParents(findings []dnsbl.Finding) []dnsbl.Finding {
	if findings[0].Subject.Kind() != dnsbl.Domain {
		return findings
	}
	kept := findings[:1]
	for _, f := range findings[1:] {
		last := &kept[len(kept)-1]
		if last.List == f.List && last.Subject.Kind() == f.Subject.Kind() {
			*last = last.OrParent(f)
		} else {
			kept = append(kept, f)
		}
	}
	return kept
}

// note takes in what came of a check.
func (in *intake) note(c *check) {
	k := &in.kinds[c.subject.Kind()]
	if c.finding == nil || c.finding.Outcome != dnsbl.Failed {
		k.answered, c.row.answered = true, true
	}
	if c.row.left > 0 {
		return
	}
	k.silent++
	if c.row.answered {
		k.silent = 0
	}
}
