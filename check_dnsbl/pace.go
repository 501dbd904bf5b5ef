package main

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/survey"
	"check_dnsbl/internal/target"
)

// parseRate reads --rate; nothing is 0, which leaves it to the operators.
func parseRate(s string) (float64, error) {
	if s == "" {
		return 0, nil
	}
	rate, err := strconv.ParseFloat(s, 64)
	if err != nil || !(rate >= 0.01 && rate <= 1e6) { // NaN is neither
		return 0, fmt.Errorf("--rate %q: want a number of questions a second to one list, from 0.01 to 1000000", s)
	}
	return rate, nil
}

// tooSlow says why a run cannot end in the time that is left, and what to change, or "".
func (o *options) tooSlow(run *survey.Survey, found *target.Found, left time.Duration) string {
	takes, slowest := run.Expect(found.Counts())
	if slowest == nil || takes < left {
		return ""
	}
	want := int(math.Ceil(takes.Seconds()*1.1)) + 5
	advice := fmt.Sprintf("want -t %d, or fewer addresses at a time", want)
	if want > maxSeconds {
		advice = "want fewer addresses at a time"
	}
	if o.client.Rate == 0 {
		advice += ", or -x " + slowest.Zone
	}
	these := fmt.Sprintf("%d addresses take", found.Count)
	if found.Count == 1 {
		these = "1 address takes"
	}
	return fmt.Sprintf("%s %s, as %s is asked %s, but -t leaves %s: %s",
		these, takes.Round(time.Second), slowest.Zone, o.atMost(slowest, run), left.Round(time.Second), advice)
}

// atMost says how often a list may be asked, and who wants that.
func (o *options) atMost(l *dnsbl.List, run *survey.Survey) string {
	switch {
	case o.client.Rate > 0:
		return fmt.Sprintf("at most %g times a second (--rate)", o.client.Rate)
	case !run.ByDay(l):
		return fmt.Sprintf("at most %g times a second, which is what its operator takes", l.Limit.PerSecond)
	}
	return fmt.Sprintf("at most %d times a day, which is what its operator takes", l.Limit.PerDay)
}

// slowed are the lines of the long output on lists that were asked more slowly than they could have been.
func (o *options) slowed(run *survey.Survey) []string {
	var lines []string
	for _, l := range run.Slowed() {
		lines = append(lines, fmt.Sprintf("slowed: %s, asked %s", l.Zone, o.atMost(l, run)))
	}
	return lines
}
