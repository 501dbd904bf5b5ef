package check

import (
	"context"
	"fmt"
	"math"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/target"
	"check_dnsbl/internal/text"
)

// MaxSeconds is the longest timeout of a run: a day.
const MaxSeconds = 86400

// tooSlow returns an error if the run cannot end in the time left, because no list is queried
// faster than its operator or --rate allows. The error advises the user what to change.
func (r *Run) tooSlow(ctx context.Context, found *target.Found) error {
	deadline, ok := ctx.Deadline()
	left := time.Until(deadline)
	takes, slowest := r.survey.Plan(found.Queries())
	if slowest == nil || !ok || takes < left {
		return nil
	}
	want := int(math.Ceil(takes.Seconds()*1.1)) + 5
	advice := fmt.Sprintf("want -t %d, or fewer addresses at a time", want)
	if want > MaxSeconds {
		advice = "want fewer addresses at a time"
	}
	if r.Rate == 0 {
		advice += ", or -x " + slowest.Zone
	}
	these := fmt.Sprintf("%d addresses take", found.Count)
	if found.Count == 1 {
		these = "1 address takes"
	}
	return fmt.Errorf("%s %s, as %s is asked %s, but -t leaves %s: %s",
		these, takes.Round(time.Second), slowest.Zone, r.limitText(slowest),
		left.Round(time.Second), advice)
}

// limitText describes how often a list may be queried, and who set that limit.
func (r *Run) limitText(l *dnsbl.List) string {
	switch {
	case r.Rate > 0:
		return fmt.Sprintf("at most %g times a second (--rate)", r.Rate)
	case !r.survey.ByDay(l):
		return fmt.Sprintf("at most %g times a second, which is what its operator takes",
			l.Limit.PerSecond)
	}
	return fmt.Sprintf("at most %d times a day, which is what its operator takes", l.Limit.PerDay)
}

// limited returns lines on the lists that a limit slowed down, one for all with the same limit.
func (r *Run) limited() []string {
	var limits []string
	zones := map[string][]string{}
	for _, l := range r.survey.Slowed() {
		limit := r.limitText(l)
		if zones[limit] == nil {
			limits = append(limits, limit)
		}
		zones[limit] = append(zones[limit], l.Zone)
	}
	lines := make([]string, len(limits))
	for i, limit := range limits {
		lines[i] = fmt.Sprintf("slowed: %s, asked %s", text.Some(zones[limit]), limit)
	}
	return lines
}
