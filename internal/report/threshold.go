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
	if alerts(v.Worst.State) || len(v.Worst.Listed) == 0 {
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

// A rule is what decided the state: a stable code for programs, and words for people.
type rule struct{ code, text string }

// stateRule returns the rule that decided a state other than OK.
func stateRule(v *verdict.Verdict, b *Bounce) rule {
	t := v.Worst
	switch {
	case alerts(t.State):
		return alertRule(v)
	case v.State == nagiosplugin.WARNING && len(b.unconfirmed(v)) > 0:
		return rule{"bounce", "mail was refused " + refusedBy(b.unconfirmed(v))}
	case v.State == nagiosplugin.WARNING:
		return rule{"reverse_dns", "reverse DNS has a fault (--fcrdns)"}
	case t.State != nagiosplugin.UNKNOWN:
		return rule{"incomplete", "not everything could be checked"}
	case t.Answered == 0:
		return rule{"no_verdict", "no list that counts gave a verdict"}
	case len(t.MajorFailed()) > 0:
		return rule{"major_failed", "a major list failed"}
	}
	return rule{"max_failed", "too many lists failed (--max-failed)"}
}

func alerts(state nagiosplugin.Status) bool {
	return state == nagiosplugin.WARNING || state == nagiosplugin.CRITICAL
}

// alertLines returns a line on the rule that makes listings alert.
func alertLines(v *verdict.Verdict) []string {
	if len(v.Worst.Listed) == 0 || testsEntry(v) {
		return nil
	}
	switch {
	case alerts(v.Worst.State):
		return []string{fmt.Sprintf("why %s: %s", v.State, alertRule(v).text)}
	case alerts(v.State):
		return nil
	case v.Subjects > 1 && (v.Rules.Warning.IsRange() || v.Rules.Critical.IsRange()):
		return []string{"-w and -c are compared with the target on most lists only"}
	}
	return nil
}

// alertRule returns which rule makes listings alert: "zen.spamhaus.org is a major list", "on 3
// lists or more (-c 3)".
func alertRule(v *verdict.Verdict) rule {
	t, r := v.Worst, v.Rules
	option, threshold, code := "-w", r.Warning, "warning_threshold"
	if t.State == nagiosplugin.CRITICAL {
		if alone := r.CriticalAlone(t.Listed); len(alone) > 0 {
			return aloneRule(alone, r)
		}
		option, threshold, code = "-c", r.Critical, "critical_threshold"
	}
	text := fmt.Sprintf("on %s lists or more (%s %s)", threshold.Text, option, threshold.Text)
	switch {
	case threshold.IsRange() && v.Subjects > 1:
		const alerts = "%s (%s) alerts on %s, the most of any target"
		text = fmt.Sprintf(alerts, option, threshold.Text, scoreText(v))
	case threshold.IsRange():
		text = fmt.Sprintf("%s (%s) alerts on %s", option, threshold.Text, scoreText(v))
	case r.Weighted:
		text = fmt.Sprintf("weight %s or more (%s %s)", threshold.Text, option, threshold.Text)
	case threshold.Text == "1":
		text = fmt.Sprintf("on 1 list or more (%s 1)", option)
	}
	return rule{code, text}
}

// scoreText returns what thresholds are compared with: "2 lists", "a weight of -3".
func scoreText(v *verdict.Verdict) string {
	if v.Rules.Weighted {
		return fmt.Sprintf("a weight of %d", v.Worst.Score)
	}
	return plural(len(v.Worst.Listed), "list")
}

// aloneRule returns the rule by which a listing is CRITICAL alone, and names that list.
func aloneRule(alone []dnsbl.Finding, r verdict.Rules) rule {
	zone := alone[0].List.Zone
	if slices.Contains(r.CriticalOn, zone) {
		return rule{"critical_on", zone + " is named by --critical-on"}
	}
	if slices.Contains(r.CriticalOn, verdict.OnMajor) {
		return rule{"major_list", zone + " is a major list (--critical-on major)"}
	}
	return rule{"major_list", zone + " is a major list"}
}
