package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/verdict"
)

// longOutput makes the lines after the first, most important first.
func longOutput(v *verdict.Verdict, run Run) []string {
	var lines []string
	var failed, shown, excused []dnsbl.Finding
	for _, t := range v.Tallies {
		for _, f := range t.Listed {
			lines = append(lines, listing(&f)...)
		}
		failed, shown, excused = append(failed, t.Failed...), append(shown, t.Shown...), append(excused, t.Excused...)
	}
	for _, gap := range v.Gaps {
		lines = append(lines, "not checked: "+Clip(gap, 2*maxReason))
	}
	lines = append(lines, failureLines("failed", failed, len(v.Tallies))...)
	lines = append(lines, shownLines(shown)...)
	lines = append(lines, untestedLine(v)...)
	lines = append(lines, failureLines("not counted", excused, len(v.Tallies))...)
	for _, note := range run.Notes {
		lines = append(lines, Clip(note, 2*maxReason))
	}
	for _, t := range v.Tallies {
		if run.Verbose > 0 {
			lines = append(lines, everyList(&t, run.Verbose, len(v.Tallies) > 1)...)
		}
	}
	return lines
}

// listing is the block of one listing: what it means, why, how to get off.
func listing(f *dnsbl.Finding) []string {
	l := f.List
	head := fmt.Sprintf("%s is on %s", subjectText(f.Subject), l.Zone)
	if l.Name != "" {
		head += fmt.Sprintf(" (%s, %s)", l.Name, l.Tier)
	}
	if f.Unconfirmed {
		head += ", unconfirmed: its test entry that must not be listed gave no answer"
	}
	lines := []string{head, "  code: " + codes(f)}
	for _, reason := range f.Reasons()[:min(2, len(f.Reasons()))] {
		lines = append(lines, "  reason: "+Clean(l.Mask(reason), maxReason))
	}
	if l.Leaves != "" {
		lines = append(lines, "  how to get off: "+l.Leaves)
	}
	if l.PaidRemoval {
		lines = append(lines, "  the operator sells removal: do not pay")
	}
	if l.URL != "" {
		lines = append(lines, "  page: "+page(l.URL, f.Subject))
	}
	return lines
}

// codes writes the return codes with their meanings: "127.0.0.2 = SBL, 127.0.0.3 = CSS".
func codes(f *dnsbl.Finding) string {
	words := make([]string, len(f.Codes))
	for i, r := range f.Codes {
		words[i] = r.Code.String()
		switch {
		case r.Meaning != "":
			words[i] += " = " + r.Meaning
		case r.Effect == dnsbl.Undefined:
			words[i] += " (undocumented)"
		case r.Effect == dnsbl.Stray:
			words[i] += " (no return code)"
		}
	}
	return join(words, maxReason)
}

// page fills the subject into the address of a list's page.
func page(url string, s dnsbl.Subject) string {
	return strings.NewReplacer("{ip}", s.String(), "{domain}", s.String()).Replace(url)
}

// failureLines names the lists that failed with cause and cure, those that failed in the same way on one line.
func failureLines(label string, failed []dnsbl.Finding, subjects int) []string {
	var ways []string // "cause; cure"
	lists := map[string][]string{}
	subjectsOf := map[string][]string{}
	for _, f := range failed {
		way := causeText(&f) + "; " + cure(&f)
		if lists[way] == nil {
			ways = append(ways, way)
		}
		key := way + f.List.Zone
		if subjectsOf[key] == nil {
			lists[way] = append(lists[way], f.List.Zone)
		}
		subjectsOf[key] = append(subjectsOf[key], f.Subject.String())
	}
	for i, way := range ways {
		names := lists[way]
		for j, zone := range names {
			if of := subjectsOf[way+zone]; len(of) < subjects {
				names[j] += " for " + join(of, maxWords)
			}
		}
		ways[i] = fmt.Sprintf("%s: %s: %s", label, join(names, maxOutput/2), way)
	}
	return ways
}

// causeText writes the cause of a failure with what it rests on.
func causeText(f *dnsbl.Finding) string {
	detail := Clean(f.List.Mask(f.Detail), maxWords)
	switch {
	case detail == "":
		return string(f.Cause)
	case f.Cause == dnsbl.Unreachable:
		return fmt.Sprintf("%s: %s", f.Evidence.Question.Server, detail)
	}
	return fmt.Sprintf("%s, %s", f.Cause, detail)
}

// shownLines tells of entries that never count.
func shownLines(findings []dnsbl.Finding) []string {
	lines := make([]string, len(findings))
	for i, f := range findings {
		lines[i] = fmt.Sprintf("not counted: %s is on %s (%s): %s", subjectText(f.Subject), f.List.Zone, uncounted(&f), codes(&f))
	}
	return lines
}

// untestedLine names the lists whose word had to be taken.
func untestedLine(v *verdict.Verdict) []string {
	var names []string
	for _, t := range v.Tallies {
		for _, f := range slices.Concat(t.Clean, t.Silent) {
			if f.Untested && !slices.Contains(names, f.List.Zone) {
				names = append(names, f.List.Zone)
			}
		}
	}
	if len(names) == 0 {
		return nil
	}
	return []string{"untested: " + join(names, maxOutput/4) + ": not listed, but without a test entry that would prove it"}
}

// uncounted says why an entry does not count.
func uncounted(f *dnsbl.Finding) string {
	switch l := f.List; {
	case l.Kind == dnsbl.Allow || l.Kind == dnsbl.Score:
		return fmt.Sprintf("%s list", l.Kind)
	case l.Tier == dnsbl.Info:
		return "shown only"
	}
	return fmt.Sprintf("weight %d", f.Weight)
}

// everyList tells the verdict of every list on one subject, and from the second level on every question behind it.
func everyList(t *verdict.Tally, verbose int, several bool) []string {
	var lines []string
	for _, f := range slices.Concat(t.Listed, t.Clean, t.Failed, t.Shown, t.Silent, t.Excused) {
		lines = append(lines, fmt.Sprintf("%s%s: %s, %s", f.List.Zone, forSubject(&f, several), outcome(&f), milliseconds(f.Evidence.Question.RTT)))
		if verbose < 2 {
			continue
		}
		for _, a := range slices.Concat([]dnsbl.Answer{f.Evidence.Question}, f.Evidence.Positive, f.Evidence.Negative, []dnsbl.Answer{f.Evidence.Reason}) {
			if a.Question.Name != "" {
				lines = append(lines, "  "+f.List.Mask(exchange(&a)))
			}
		}
	}
	return lines
}

func outcome(f *dnsbl.Finding) string {
	switch {
	case f.Outcome == dnsbl.Failed:
		return "failed: " + causeText(f)
	case f.Untested:
		return "not listed (untested: the list has no test entry)"
	case len(f.Codes) > 0:
		return fmt.Sprintf("%s (%s)", f.Outcome, codes(f))
	}
	return string(f.Outcome)
}

// exchange writes one question and its answer.
func exchange(a *dnsbl.Answer) string {
	said := string(a.Cause)
	switch {
	case a.Cause != "" && a.Detail != "":
		said += ", " + Clean(a.Detail, maxWords)
	case a.Cause != "":
	case a.NXDomain:
		said = "NXDOMAIN"
	case len(a.Addrs) > 0:
		said = strings.Trim(fmt.Sprint(a.Addrs), "[]")
	case len(a.Texts) > 0:
		said = Clean(strings.Join(a.Texts, " / "), maxReason)
	default:
		said = "NODATA"
	}
	return fmt.Sprintf("%s %s: %s; %s, %s", a.Question.Type, a.Question.Name, said, a.Server, milliseconds(a.RTT))
}

// forSubject names the subject of a finding where there are several.
func forSubject(f *dnsbl.Finding, several bool) string {
	if !several {
		return ""
	}
	return " for " + f.Subject.String()
}

func milliseconds(d time.Duration) string { return fmt.Sprintf("%d ms", d.Milliseconds()) }

// fit joins lines within max bytes, and says how many more there are.
func fit(lines []string, max int, unlimited bool) string {
	text := strings.Join(lines, "\n") + "\n"
	switch {
	case len(lines) == 0:
		return ""
	case len(text) <= max || unlimited:
		return text
	}
	end, taken := 0, 0
	for end+len(lines[taken])+len("\nand 1000000 more lines\n") <= max {
		end += len(lines[taken]) + 1
		taken++
	}
	return fmt.Sprintf("%sand %s\n", text[:end], plural(len(lines)-taken, "more line"))
}
