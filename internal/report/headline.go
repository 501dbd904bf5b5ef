package report

import (
	"fmt"
	"slices"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"

	"github.com/olorin/nagiosplugin"
)

// headline is the text of the first line, with as many names of lists as there is room for.
func headline(v *verdict.Verdict, room int) string {
	t := v.Worst
	line := subjectText(t.Subject)
	switch {
	case v.Subjects > 1:
		line = ofSeveral(v, line)
	case t.Answered > 0:
		line += " is on " + onLists(v)
	default:
		line += ": " + nothing(t)
	}
	tail := presenceText(v) + failedText(v)
	if len(t.Listed) > 0 {
		line += ": " + text.Join(listNames(t.Listed, v.Rules.Weighted), room-len(line)-len(tail)-2)
	}
	return line + tail
}

// ofSeveral says how many subjects are listed, and what of the worst.
func ofSeveral(v *verdict.Verdict, worst string) string {
	t := v.Worst
	switch {
	case !v.Answered:
		return subjects(v, v.Subjects) + ": " + nothing(t)
	case t.Answered == 0:
		return fmt.Sprintf("%d of %s listed, worst %s: %s", v.Listed, subjects(v, v.Subjects), worst, nothing(t))
	case v.Listed == 0:
		return fmt.Sprintf("0 of %s listed on any of %s", subjects(v, v.Subjects), plural(t.Answered, "list"))
	}
	return fmt.Sprintf("%d of %s listed, worst %s on %s", v.Listed, subjects(v, v.Subjects), worst, onLists(v))
}

// nothing says why there is no verdict that counts.
func nothing(t *verdict.Tally) string {
	if len(t.Failed)+len(t.Tolerated) == 0 {
		return "no list that counts was asked"
	}
	return "no list gave a verdict"
}

func onLists(v *verdict.Verdict) string {
	text := fmt.Sprintf("%d of %s", len(v.Worst.Listed), plural(v.Worst.Answered, "list"))
	if v.Rules.Weighted {
		text += fmt.Sprintf(", weight %d", v.Worst.Score)
	}
	return text
}

// failedText says what was not checked, how many lists failed and, where this decides the state, which and why.
func failedText(v *verdict.Verdict) string {
	t := v.Worst
	line := ""
	if len(v.Gaps) > 0 {
		line = "; " + text.JoinBy("; ", "; and", v.Gaps, maxReason)
	}
	decides := v.State == nagiosplugin.UNKNOWN
	failed, major := t.Failed, t.MajorFailed()
	switch {
	case decides && t.Answered == 0 && len(failed) == 0 && len(t.Tolerated) > 0:
		failed = t.Tolerated
		line += "; " + plural(len(failed), "uncounted list") + " failed"
	case decides && t.Answered > 0 && len(major) == len(failed) && len(major) > 0:
		line += "; " + plural(len(failed), "major list") + " failed"
	case decides && t.Answered > 0 && len(major) > 0:
		line += fmt.Sprintf("; %s failed, %d of them major", plural(len(failed), "list"), len(major))
		failed = major
	case len(failed) > 0:
		line += "; " + plural(len(failed), "list") + " failed"
	case len(v.Failed.Groups) > 0:
		line += "; " + plural(len(zonesOnce(v.Failed.Groups)), "list") + " failed for others"
	}
	if decides && len(failed) > 0 {
		line += ": " + why(v, failed)
	}
	return line
}

// why names the causes of failures, or what is wrong with the resolver if that is the cause of all.
func why(v *verdict.Verdict, failed []dnsbl.Finding) string {
	through := throughResolver(verdict.Grouped(slices.Concat(failed, v.Worst.Tolerated)))
	if fault, _ := resolverFault(through); fault != "" && !v.Heard {
		return resolvers(through) + " " + fault
	}
	return text.Join(causes(failed), maxFirst/3)
}
