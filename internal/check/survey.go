package check

import (
	"context"
	"fmt"
	"slices"

	"check_dnsbl/internal/target"
	"check_dnsbl/internal/verdict"
)

// maxEvery is how many subjects have all their findings kept. All of a large network would not fit
// into memory.
const maxEvery = 256

// surveyAll queries the lists about all subjects and adds what comes back to the tallier. It
// returns the gaps, in words: subjects left over at the deadline, or because no list gives a
// verdict.
func (r *Run) surveyAll(
	ctx context.Context, found target.Found, tallier *verdict.Tallier, each Each,
) (gaps []string) {
	r.survey.KeepEvidence = r.Every || each != nil
	for findings := range r.survey.Ask(ctx, found.Subjects) {
		r.Mask.HideReasons(findings)
		tally := tallier.Count(findings)
		if each != nil {
			each(&tally, findings)
		}
		tallier.Add(tally)
		r.listed.Store(int64(tallier.Listed()))
		if r.Every && len(r.every) < maxEvery {
			r.every = append(r.every, slices.Clone(findings))
		}
	}
	gaps = found.Gaps
	gaveUp := r.survey.GaveUp()
	if gaveUp > 0 {
		gaps = append(gaps, fmt.Sprintf("gave up on %d more, as no list gave a verdict", gaveUp))
	}
	if left := found.Count - tallier.Subjects() - gaveUp; left > 0 {
		const gap = "no time was left for %d more: raise -t, or check fewer at a time"
		gaps = append(gaps, fmt.Sprintf(gap, left))
	}
	return gaps
}
