package report

import (
	"fmt"
	"slices"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"

	"github.com/olorin/nagiosplugin"
)

// headline returns the text of the first line, with as many names of lists as fit into max bytes:
// "192.0.2.25 is on 2 of 23 lists: zen.spamhaus.org (SBL), bl.spamcop.net; 1 list failed".
func headline(v *verdict.Verdict, max int) string {
	t := v.Worst
	line := subjectText(t.Subject)
	switch {
	case v.Subjects > 1:
		line = severalText(v, line)
	case t.Answered > 0:
		line += " is on " + onListsText(v)
	default:
		line += ": " + noVerdictText(t)
	}
	tail := reverseDNSText(v) + gapText(v) + failedText(v)
	if len(t.Listed) > 0 {
		names := listNames(t.Listed, v.Rules.Weighted)
		line += ": " + text.Join(names, max-len(line)-len(": ")-len(tail))
	}
	return line + tail
}

// severalText counts the listed ones of several subjects, and the lists that the worst is on:
// "2 of 256 addresses listed, worst 192.0.2.25 on 1 of 23 lists".
func severalText(v *verdict.Verdict, worst string) string {
	t, all := v.Worst, countSubjects(v, v.Subjects)
	switch {
	case !v.Answered:
		return all + ": " + noVerdictText(t)
	case t.Answered == 0:
		return fmt.Sprintf("%d of %s listed, worst %s: %s", v.Listed, all, worst, noVerdictText(t))
	case v.Listed == 0:
		return fmt.Sprintf("0 of %s listed on any of %s", all, plural(t.Answered, "list"))
	}
	return fmt.Sprintf("%d of %s listed, worst %s on %s", v.Listed, all, worst, onListsText(v))
}

// noVerdictText describes why no list that counts gave a verdict.
func noVerdictText(t *verdict.Tally) string {
	if len(t.Failed)+len(t.Tolerated) == 0 {
		return "no list that counts was asked"
	}
	return "no list gave a verdict"
}

// onListsText counts the lists that the worst subject is on: "2 of 23 lists".
func onListsText(v *verdict.Verdict) string {
	count := fmt.Sprintf("%d of %s", len(v.Worst.Listed), plural(v.Worst.Answered, "list"))
	if v.Rules.Weighted {
		count += fmt.Sprintf(", weight %d", v.Worst.Score)
	}
	return count
}

// gapText names what was not checked.
func gapText(v *verdict.Verdict) string {
	if len(v.Gaps) == 0 {
		return ""
	}
	return "; " + text.JoinBy("; ", "; and", v.Gaps, maxReason)
}

// failedText counts the lists that failed: "; 2 lists failed". If the state is UNKNOWN because of
// them, it names the causes too, with those of major lists first: "; 3 lists failed, 1 of them
// major: SERVFAIL (zen.spamhaus.org)". The worst subject decides; failures for others are only
// counted.
func failedText(v *verdict.Verdict) string {
	t := v.Worst
	unknown, answered := v.State == nagiosplugin.UNKNOWN, t.Answered > 0
	failed, major := t.Failed, t.MajorFailed()
	count := ""
	switch {
	case unknown && !answered && len(failed) == 0 && len(t.Tolerated) > 0:
		failed, count = t.Tolerated, plural(len(t.Tolerated), "uncounted list")+" failed"
	case unknown && answered && len(major) > 0 && len(major) == len(failed):
		count = plural(len(failed), "major list") + " failed"
	case unknown && answered && len(major) > 0:
		all := plural(len(failed), "list")
		failed, count = major, fmt.Sprintf("%s failed, %d of them major", all, len(major))
	case len(failed) > 0:
		count = plural(len(failed), "list") + " failed"
	case len(v.Failed) > 0:
		n := len(distinctZones(v.Failed))
		return "; " + plural(n, "list") + " failed for others"
	default:
		return ""
	}
	if unknown {
		count += ": " + failureReason(v, failed)
	}
	return "; " + count
}

// failureReason returns the causes of failures, or the fault of the resolver if that is the cause
// of all.
func failureReason(v *verdict.Verdict, failed []dnsbl.Finding) string {
	through := throughResolver(verdict.Grouped(slices.Concat(failed, v.Worst.Tolerated)))
	if fault, _ := resolverFault(through); fault != "" && !v.Proved {
		return resolverNames(through) + " " + fault
	}
	return text.Join(causeTexts(failed), maxFirst/3)
}
