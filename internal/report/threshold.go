package report

import (
	"fmt"
	"slices"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/verdict"

	"github.com/olorin/nagiosplugin"
)

// passedText returns, as a part of the headline, that a threshold lets the listings pass:
// ", below -w 5". It is "" if the listings alert.
func passedText(v *verdict.Verdict) string {
	alerts := v.State == nagiosplugin.WARNING || v.State == nagiosplugin.CRITICAL
	if alerts || len(v.Worst.Listed) == 0 {
		return ""
	}
	option, threshold := "-w", v.Rules.Warning
	if threshold.Text == "" {
		option, threshold = "-c", v.Rules.Critical
	}
	return ", " + passText(option, threshold)
}

// passText returns that a threshold does not alert: "below -w 5".
func passText(option string, t verdict.Threshold) string {
	switch {
	case t.Text == "":
		return "no threshold"
	case t.IsRange():
		return fmt.Sprintf("allowed by %s (%s)", option, t.Text)
	}
	return fmt.Sprintf("below %s %s", option, t.Text)
}

// alertLines returns a line on the rule that makes listings alert.
func alertLines(v *verdict.Verdict) []string {
	if len(v.Worst.Listed) == 0 || testsEntry(v) {
		return nil
	}
	switch v.State {
	case nagiosplugin.CRITICAL, nagiosplugin.WARNING:
		return []string{fmt.Sprintf("why %s: %s", v.State, alertText(v))}
	}
	if v.Subjects > 1 && (v.Rules.Warning.IsRange() || v.Rules.Critical.IsRange()) {
		return []string{"-w and -c are compared with the target on most lists only"}
	}
	return nil
}

// alertText returns which rule makes the state: "zen.spamhaus.org is a major list", "on 3 lists or
// more (-c 3)".
func alertText(v *verdict.Verdict) string {
	t, r := v.Worst, v.Rules
	option, threshold := "-w", r.Warning
	if v.State == nagiosplugin.CRITICAL {
		if alone := r.CriticalAlone(t.Listed); len(alone) > 0 {
			return aloneText(alone, r)
		}
		option, threshold = "-c", r.Critical
	}
	switch {
	case threshold.IsRange() && v.Subjects > 1:
		const text = "%s (%s) alerts on %s, the most of any target"
		return fmt.Sprintf(text, option, threshold.Text, scoreText(v))
	case threshold.IsRange():
		return fmt.Sprintf("%s (%s) alerts on %s", option, threshold.Text, scoreText(v))
	case r.Weighted:
		return fmt.Sprintf("weight %s or more (%s %s)", threshold.Text, option, threshold.Text)
	case threshold.Text == "1":
		return fmt.Sprintf("on 1 list or more (%s 1)", option)
	}
	return fmt.Sprintf("on %s lists or more (%s %s)", threshold.Text, option, threshold.Text)
}

// scoreText returns what thresholds are compared with: "2 lists", "a weight of -3".
func scoreText(v *verdict.Verdict) string {
	if v.Rules.Weighted {
		return fmt.Sprintf("a weight of %d", v.Worst.Score)
	}
	return plural(len(v.Worst.Listed), "list")
}

// aloneText names a listing that is CRITICAL alone, with the reason.
func aloneText(alone []dnsbl.Finding, r verdict.Rules) string {
	zone := alone[0].List.Zone
	if slices.Contains(r.CriticalOn, zone) {
		return zone + " is named by --critical-on"
	}
	if slices.Contains(r.CriticalOn, verdict.OnMajor) {
		return zone + " is a major list (--critical-on major)"
	}
	return zone + " is a major list"
}
