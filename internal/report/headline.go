package report

import (
	"fmt"
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"

	"github.com/olorin/nagiosplugin"
)

// checkHeadline returns the first line of a check. Unless the state is OK, it begins with what is
// wrong:
//
//	192.0.2.25 on 3 of 23 lists (2 failed): zen.spamhaus.org (SBL, DROP), bl.spamcop.net
//	3 major lists failed for 198.51.100.7: timeout (zen.spamhaus.org), not on 19 others
//
// It has no semicolon, which Nagios would turn into a colon.
func checkHeadline(v *verdict.Verdict, b *Bounce) headline {
	h := headline{}
	about := bounceHeadline(b, v)
	switch listings := len(v.Worst.Listed); {
	case about != "":
		h = headline{text: about}
	case testsEntry(v):
		h = testEntryHeadline(v)
	case v.State == nagiosplugin.UNKNOWN:
		h = unknownHeadline(v)
		h.tail += reverseDNSText(v)
	case listings > 0:
		h = listedHeadline(v)
		h.tail += b.alsoRefused(v)
	case v.State == nagiosplugin.OK:
		h = headline{text: notListedText(v) + failedText(v), names: knownNames(v)}
		if len(h.names) > 0 {
			h.text = notListedText(v) + aside(failedText(v))
		}
	case v.Faulty() > 0:
		h = reverseDNSHeadline(v)
	default: // a range that alerts on too few listings
		h = headline{text: alertRule(v).text + ", " + notListedText(v) + failedText(v)}
	}
	h.text = noSemicolons(h.text)
	for i, name := range h.names {
		h.names[i] = noSemicolons(name)
	}
	return h
}

// noSemicolons replaces the semicolons in text that others wrote, such as the reason of a gap.
func noSemicolons(s string) string { return strings.ReplaceAll(s, ";", ",") }

// listedHeadline counts the lists that list the worst subject, and names them.
func listedHeadline(v *verdict.Verdict) headline {
	t := v.Worst
	lists := plural(t.Answered, "list") + weightText(v)
	line := fmt.Sprintf("%s on %d of %s", t.Subject, len(t.Listed), lists)
	if v.Subjects > 1 {
		all := countSubjects(v, v.Subjects)
		line = fmt.Sprintf("%d of %s listed, worst %s", v.Listed, all, line)
	}
	asides := knownText(v) + failedText(v) + passedText(v) + reverseDNSText(v)
	if len(v.Gaps) > 0 {
		asides += ", check incomplete"
	}
	line += aside(asides)
	return headline{text: line, names: headlineNames(t.Listed, v.Rules.Weighted)}
}

// aside puts ", text" in parentheses, so that the names after it are not taken for a part of it.
func aside(text string) string {
	if text == "" {
		return ""
	}
	return " (" + strings.TrimPrefix(text, ", ") + ")"
}

// weightText returns the sum of weights, ", weight 8", or "" without weights.
func weightText(v *verdict.Verdict) string {
	if !v.Rules.Weighted {
		return ""
	}
	return fmt.Sprintf(", weight %d", v.Worst.Score)
}

// notListedText says that nothing is listed, or how much: "192.0.2.25 is not on any of 23 lists". A
// listing that does not count, or that the user knows of, is never left out.
func notListedText(v *verdict.Verdict) string {
	lists := fmt.Sprintf("on any of %d lists", v.Worst.Answered)
	if v.Worst.Answered == 1 {
		lists = "listed (1 list answered)"
	}
	lists += weightText(v)
	all := countSubjects(v, v.Subjects)
	known, uncounted := len(v.Known), uncountedListings(v)
	switch {
	case v.Subjects == 1 && known+uncounted > 0:
		return fmt.Sprintf("%s is only on %s%s", v.Worst.Subject, onlyText(v), weightText(v))
	case v.Subjects == 1:
		return fmt.Sprintf("%s is not %s", v.Worst.Subject, lists)
	case v.Listed > 0:
		const text = "%d of %s listed, %s is not %s"
		return fmt.Sprintf(text, v.Listed, all, v.Worst.Subject, lists) + knownText(v)
	case known > 0:
		return fmt.Sprintf("none of %s is %s, except known listings", all, lists)
	case uncounted > 0:
		return fmt.Sprintf("none of %s is %s, except uncounted listings", all, lists)
	}
	return fmt.Sprintf("none of %s is %s", all, lists)
}

// onlyText counts the lists that list the only subject although it is not listed:
// "1 known list and 1 uncounted list of 23".
func onlyText(v *verdict.Verdict) string {
	var kinds []string
	known, uncounted := len(v.Worst.Known), uncountedListings(v)
	if known > 0 {
		kinds = append(kinds, plural(known, "known list"))
	}
	if uncounted > 0 {
		kinds = append(kinds, plural(uncounted, "uncounted list"))
	}
	of := known + uncounted + v.Worst.Clean
	return fmt.Sprintf("%s of %d", strings.Join(kinds, " and "), of)
}

// unknownHeadline says first why there is no verdict: the resolver, lists that failed, or what was
// not checked.
func unknownHeadline(v *verdict.Verdict) headline {
	t := v.Worst
	major, subject := t.MajorFailed(), t.Subject.String()
	switch {
	case v.Blind > 1 && v.Blind == v.Subjects:
		subject = allOf(v.Subjects, countSubjects(v, v.Subjects))
	case v.Blind > 1:
		subject += fmt.Sprintf(" and %d more", v.Blind-1)
	}
	through := throughResolver(verdict.Grouped(slices.Concat(t.Failed, t.Tolerated)))
	if fault, _ := resolverFault(through); fault != "" && !v.Proved {
		const text = "%s %s: %s for %s"
		lists := failedListsText(t)
		return headline{text: fmt.Sprintf(text, resolverNames(through), fault, lists, subject)}
	}
	switch {
	case t.Asked() == 0:
		text := "no list that counts was queried about " + subject
		if len(t.Tolerated) > 0 {
			text = "only uncounted lists were queried about " + subject + ", and failed"
		}
		return headline{text: text, names: causeTexts(t.Tolerated)}
	case t.State != nagiosplugin.UNKNOWN:
		others := aside(othersText(v))
		gaps := shortGaps(dnsbl.Texts(v.Gaps))
		return headline{text: "check incomplete", names: gaps, tail: others}
	case len(major) > 0 && t.Answered > 0:
		text := plural(len(major), "major list") + " failed for " + subject
		return headline{text: text, names: causeTexts(major), tail: othersText(v)}
	}
	text := failedListsText(t) + " for " + subject
	return headline{text: text, names: causeTexts(t.Failed), tail: othersText(v)}
}

// shortGaps returns gaps without the details and what to do about them, which are in the long
// output.
func shortGaps(gaps []string) []string {
	short := make([]string, len(gaps))
	for i, gap := range gaps {
		problem, _, _ := strings.Cut(gap, ". ")
		if at := strings.LastIndex(problem, " ("); at > 0 && strings.HasSuffix(problem, ")") {
			problem = problem[:at]
		}
		short[i] = text.Clip(problem, maxWords)
	}
	return short
}

// failedListsText counts the lists that failed on a subject: "all 3 lists failed", "6 of 23 lists
// failed".
func failedListsText(t *verdict.Tally) string {
	n, lists := len(t.Failed), plural(t.Asked(), "list")
	switch {
	case n == 0:
		return plural(len(t.Tolerated), "uncounted list") + " failed"
	case t.Answered > 0:
		return fmt.Sprintf("%d of %s failed", n, lists)
	case n == 1:
		return "1 list failed"
	}
	return allOf(n, lists) + " failed"
}

// allOf returns "all 3 lists", or "both lists" of two. counted is the number with the noun.
func allOf(n int, counted string) string {
	if n == 2 {
		return "both " + strings.TrimPrefix(counted, "2 ")
	}
	return "all " + counted
}

// othersText returns the verdict of the lists that did answer, as the end of a headline:
// ", not on 19 others".
func othersText(v *verdict.Verdict) string {
	t := v.Worst
	lists := plural(t.Answered, "other")
	if len(t.Failed) == 0 {
		lists = plural(t.Answered, "list")
	}
	switch {
	case v.Subjects > 1 && v.Answered:
		listed := "none"
		if v.Listed > 0 {
			listed = fmt.Sprint(v.Listed)
		}
		text := fmt.Sprintf(", %s of %s listed", listed, countSubjects(v, v.Subjects))
		if len(v.Gaps) > 0 && t.State == nagiosplugin.UNKNOWN {
			text += ", check incomplete"
		}
		return text
	case t.Clean > 0 && t.Clean == t.Asked() && uncountedListings(v) == 0:
		return fmt.Sprintf(", %s not listed", t.Subject)
	case len(t.Listed) == 0:
		text := ""
		if n := len(t.Known); n > 0 {
			text = ", on " + plural(n, "known list")
		}
		if t.Clean > 0 {
			text += ", not on " + plural(t.Clean, "other")
		}
		return text
	}
	return fmt.Sprintf(", on %d of %s%s%s", len(t.Listed), lists, knownText(v), passedText(v))
}

// testEntryHeadline counts the lists that work. Those of --known list the entry as well.
func testEntryHeadline(v *verdict.Verdict) headline {
	t := v.Worst
	works := len(t.Listed) + len(t.Known)
	verb, others := "work", "do not"
	if works == 1 {
		verb = "works"
	}
	n := t.Asked() - works
	if n == 1 {
		others = "does not"
	}
	line := fmt.Sprintf("%s is the test entry, %s is expected: %s %s",
		t.Subject, v.State, plural(works, "list"), verb)
	if n > 0 {
		line += fmt.Sprintf(", %d %s", n, others)
	}
	return headline{text: line}
}

// headlineNames names the lists of listings on the first line. Meanings of return codes are only
// there for major lists, where they decide how bad it is.
func headlineNames(listed []dnsbl.Finding, weighted bool) []string {
	names := make([]string, len(listed))
	for i, f := range majorFirst(listed) {
		names[i] = listName(&f, weighted, f.List.Tier == dnsbl.Major)
	}
	return names
}
