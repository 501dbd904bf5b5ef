package report

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/verdict"
)

// longOutput makes the lines after the first: a block for each listing, then what failed and what is of note. What
// exceeds max bytes is cut in the blocks rather than behind them: of many listings the first tell enough.
func longOutput(v *verdict.Verdict, run Run, max int) string {
	var blocks, rest []string
	for i := range v.Tallies {
		for _, f := range v.Tallies[i].Listed {
			blocks = append(blocks, listing(&f)...)
		}
	}
	rest = slices.Concat(run.Warnings, notes(v), run.Notes)
	if !run.Unlimited && len(strings.Join(rest, "\n")) > max/2 { // the few lines of our own are not what is cut
		rest = slices.Concat(run.Warnings, run.Notes, notes(v))
	}
	for i := range v.Tallies {
		rest = append(rest, everyList(&v.Tallies[i], run.Verbose, len(v.Tallies) > 1)...)
	}
	if run.Unlimited {
		return fit(append(blocks, rest...), math.MaxInt)
	}
	tail := fit(rest, max/2)
	head := fit(blocks, max-len(tail))
	return head + fit(rest, max-len(head))
}

// notes are the lines on everything but the listings that count.
func notes(v *verdict.Verdict) []string {
	var failed, excused, untested, around []dnsbl.Finding
	var shown, lines []string
	silent := 0
	for i := range v.Tallies {
		t := &v.Tallies[i]
		failed, excused = append(failed, t.Failed...), append(excused, t.Excused...)
		untested, around = append(untested, t.Untested...), append(around, t.Around...)
		shown = append(shown, shownLines(t, v.Rules.Weighted)...)
		silent = max(silent, t.Silent)
	}
	for _, gap := range v.Gaps {
		lines = append(lines, "not checked: "+Clip(gap, 2*maxReason))
	}
	missed := append(slices.Clone(failed), excused...)
	lines = append(lines, aboutPublic(slices.Concat(missed, around))...)
	advice := ""
	if !heard(v) {
		advice = resolverAdvice(missed, around)
	}
	switch {
	case advice == "":
		lines = append(lines, aroundLines(around)...)
	default:
		lines = append(lines, advice)
	}
	if wall := wallAdvice(missed, around); wall != "" {
		lines = append(lines, wall)
	}
	if advice != "" && len(around) == 0 {
		return lines
	}
	lines = append(lines, failureLines("failed", failed, len(v.Tallies))...)
	lines = append(lines, shown...)
	lines = append(lines, failureLines("failed, but not counted", excused, len(v.Tallies))...)
	if len(untested) > 0 {
		lines = append(lines, "untested: "+join(zonesOnce(untested), maxOutput/4)+": not listed, but without a test entry that would prove it")
	}
	if silent > 0 {
		lines = append(lines, fmt.Sprintf("shown only: %s without an entry", plural(silent, "more list")))
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
	if f.Mere() {
		head += ", as a matter of policy, not for abuse"
	}
	if f.Unconfirmed {
		head += fmt.Sprintf(", unconfirmed: its test entry that must not be listed gave no clear answer (%s)", causeText(f))
	}
	lines := []string{head, "  code: " + codes(f)}
	if path := pathText(f); path != "" {
		lines = append(lines, "  asked: "+path)
	}
	reasons := f.Reasons()
	for _, reason := range reasons[:min(2, len(reasons))] {
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

// codes writes each return code with its meanings: "127.0.0.2 = SBL, 127.0.0.80 = malware + abuse".
func codes(f *dnsbl.Finding) string {
	var words []string
	for i := 0; i < len(f.Codes); {
		r := f.Codes[i]
		word, next := r.Code.String(), i+1
		for next < len(f.Codes) && f.Codes[next].Code == r.Code {
			next++
		}
		means := make([]string, 0, next-i)
		for _, same := range f.Codes[i:next] {
			means = append(means, same.Meaning)
		}
		switch {
		case r.Meaning != "":
			word += " = " + strings.Join(means, " + ")
		case r.Effect == dnsbl.Undefined:
			word += " (undocumented)"
		case r.Effect == dnsbl.Stray:
			word += " (no return code)"
		}
		words = append(words, word)
		i = next
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
		way := causeText(&f) + directlyText(&f) + "; " + cure(&f)
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
			switch of := subjectsOf[way+zone]; {
			case len(of) == subjects:
			case len(of) > 3:
				names[j] += fmt.Sprintf(" for %d of %d", len(of), subjects)
			default:
				names[j] += " for " + strings.Join(of, ", ")
			}
		}
		ways[i] = fmt.Sprintf("%s: %s: %s", label, join(names, maxOutput/2), way)
	}
	return ways
}

// shownLines tells of a subject's entries that do not count.
func shownLines(t *verdict.Tally, weighted bool) []string {
	lines := make([]string, len(t.Shown))
	for i, f := range t.Shown {
		label := "not counted"
		if weighted && verdict.Lowers(&f) {
			label = fmt.Sprintf("weight %d", f.Weight)
		}
		lines[i] = fmt.Sprintf("%s: %s is on %s (%s): %s", label, subjectText(f.Subject), f.List.Zone, uncounted(&f, t), codes(&f))
	}
	return lines
}

// uncounted says why an entry does not count as a listing.
func uncounted(f *dnsbl.Finding, t *verdict.Tally) string {
	whole := verdict.Whole(f, t.Listed)
	switch l := f.List; {
	case l.Kind == dnsbl.Allow || l.Kind == dnsbl.Score:
		return fmt.Sprintf("%s list", l.Kind)
	case l.Tier == dnsbl.Info:
		return "shown only"
	case f.Weight > 0 && whole != nil:
		return "part of " + whole.Zone
	}
	return fmt.Sprintf("weight %d", f.Weight)
}

// fit joins lines within max bytes, and says how many more there are.
func fit(lines []string, max int) string {
	text := strings.Join(lines, "\n") + "\n"
	switch {
	case len(lines) == 0:
		return ""
	case len(text) <= max:
		return text
	}
	const more = "and %s, which a terminal shows\n"
	end, taken := 0, 0
	for end+len(lines[taken])+1+len(more)+len("1000000 more lines") <= max {
		end += len(lines[taken]) + 1
		taken++
	}
	return text[:end] + fmt.Sprintf(more, plural(len(lines)-taken, "more line"))
}
