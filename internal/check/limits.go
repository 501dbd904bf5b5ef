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
	one, many := nouns(found)
	advice := fmt.Sprintf("Use -t %d", want)
	if want > MaxSeconds {
		advice = fmt.Sprintf("Check fewer %s at a time", many)
	} else if found.Count > 1 {
		advice += fmt.Sprintf(", or check fewer %s at a time", many)
	}
	if r.Rate == 0 {
		advice += ", or skip the list with -x"
	}
	these := fmt.Sprintf("%d %s take", found.Count, many)
	if found.Count == 1 {
		these = fmt.Sprintf("1 %s takes", one)
	}
	return fmt.Errorf("-t is too short: %s %s at %s, %s. %s",
		these, text.Duration(max(takes, 1)), slowest.Zone, r.limitText(slowest), advice)
}

// nouns returns the words for one and several of the subjects that were found.
func nouns(found *target.Found) (one, many string) {
	if found.Kinds&dnsbl.Domain != 0 {
		return "target", "targets"
	}
	return "address", "addresses"
}

// limitText describes how often a list may be queried, and who set that limit.
func (r *Run) limitText(l *dnsbl.List) string {
	switch {
	case r.Rate > 0:
		return fmt.Sprintf("%g queries/s (--rate)", r.Rate)
	case !r.survey.ByDay(l):
		return fmt.Sprintf("%g queries/s (operator's limit)", l.Limit.PerSecond)
	}
	return fmt.Sprintf("%d queries/day (operator's limit)", l.Limit.PerDay)
}

// limited returns lines on the lists that a limit slowed down, one for each operator and limit.
// Lists of the user's own have no operator and share a line.
func (r *Run) limited() []dnsbl.Note {
	type group struct{ operator, limit string }
	var groups []group
	zones := map[group][]string{}
	for _, l := range r.survey.Slowed() {
		g := group{l.Operator, r.limitText(l)}
		if zones[g] == nil {
			groups = append(groups, g)
		}
		zones[g] = append(zones[g], l.Zone)
	}
	notes := make([]dnsbl.Note, len(groups))
	for i, g := range groups {
		const all = "rate-limited: %s, %s"
		notes[i] = note(dnsbl.RateLimited, all, text.Some(zones[g]), g.limit)
	}
	return notes
}
