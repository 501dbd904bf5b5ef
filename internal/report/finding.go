package report

import (
	"fmt"
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
)

// verdictText tells the verdict of a list and its time, by both paths where both were taken.
func verdictText(f *dnsbl.Finding) string {
	text := fmt.Sprintf("%s%s, %s", outcome(f), asked(f), milliseconds(f.Evidence.Question.RTT))
	if o := f.Other; o != nil {
		text += fmt.Sprintf("; %s: %s, %s", path(o), outcome(o), milliseconds(o.Evidence.Question.RTT))
	}
	return text
}

func outcome(f *dnsbl.Finding) string {
	switch {
	case f.Outcome == dnsbl.Failed:
		return "failed: " + causeText(f)
	case f.Untested:
		return "not listed (untested: the list has no test entry)"
	case f.Unconfirmed:
		return fmt.Sprintf("listed (%s), unconfirmed: %s", codes(f), causeText(f))
	case len(f.Codes) > 0:
		return fmt.Sprintf("%s (%s)", f.Outcome, codes(f))
	}
	return string(f.Outcome)
}

// causeText returns the cause of a failure with its detail.
func causeText(f *dnsbl.Finding) string {
	cause, direct := f.Cause.Text(), f.Cause.Traits().TextDirect
	detail := text.Short(f.List.Mask(f.Detail), maxWords)
	switch {
	case f.Cause == dnsbl.Unreachable && detail != "":
		return fmt.Sprintf("%s: %s", f.Server, detail)
	case f.Direct && direct != "":
		cause = direct
	}
	if detail == "" {
		return cause
	}
	return cause + ", " + detail
}

// directlyText returns what the name servers of a list answered that gave no verdict through the
// resolver either, as an end of a sentence.
func directlyText(f *dnsbl.Finding) string {
	switch {
	case f.Direct && f.Cause.Traits().Reach == dnsbl.Unaddressed:
		return ""
	case f.Direct:
		return ", asked directly"
	case f.Other == nil, f.Outcome == dnsbl.Listed, f.Cause.NoAnswer() && remedies[f.Other.Cause].noNews:
		return ""
	}
	there := causeText(f.Other)
	if there == causeText(f) {
		there = "the same"
	}
	return "; directly: " + there
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
		case r.Effect == dnsbl.Undocumented:
			word += " (undocumented)"
		case r.Effect == dnsbl.NotLoopback:
			word += " (no return code)"
		}
		words = append(words, word)
		i = next
	}
	return text.Join(words, maxReason)
}

// path names the path of a finding.
func path(f *dnsbl.Finding) string {
	if f.Direct {
		return "directly"
	}
	return "through the resolver"
}

// asked says if a verdict is the list's own name servers'.
func asked(f *dnsbl.Finding) string {
	if f.Direct {
		return ", asked directly"
	}
	return ""
}

// evidence writes every question behind a finding, path by path in the order in which they were taken.
func evidence(f *dnsbl.Finding) []string {
	if f.Other == nil {
		return exchanges(f, "  ")
	}
	first, then := f, f.Other
	if f.Direct {
		first, then = f.Other, f
	}
	var lines []string
	for _, by := range []*dnsbl.Finding{first, then} {
		if asked := exchanges(by, "    "); len(asked) > 0 {
			lines = append(append(lines, "  "+path(by)+":"), asked...)
		}
	}
	return lines
}

// exchanges writes the questions behind a finding that were put to anybody.
func exchanges(f *dnsbl.Finding, indent string) []string {
	var lines []string
	for _, a := range slices.Concat([]dnsbl.Answer{f.Evidence.Question}, f.Evidence.Positive, f.Evidence.Negative, []dnsbl.Answer{f.Evidence.Reason}) {
		if a.Question.Name != "" && a.Cause.Traits().Reach != dnsbl.Unaddressed {
			lines = append(lines, indent+exchange(f.List, &a))
		}
	}
	return lines
}

// exchange writes one question and its answer, without the list's key.
func exchange(l *dnsbl.List, a *dnsbl.Answer) string {
	said := a.Cause.Text()
	switch {
	case a.Cause != "" && a.Detail != "":
		said += ", " + text.Short(l.Mask(a.Detail), maxWords)
	case a.Cause != "":
	case a.NXDomain:
		said = "NXDOMAIN"
	case len(a.Addrs) > 0:
		said = strings.Trim(fmt.Sprint(a.Addrs), "[]")
	case len(a.Texts) > 0:
		said = text.Short(l.Mask(strings.Join(a.Texts, " / ")), maxReason)
	default:
		said = "NODATA"
	}
	if a.Server.IsValid() {
		said += "; " + a.Server.String()
	}
	return fmt.Sprintf("%s %s: %s, %s", a.Question.Type, l.Mask(a.Question.Name), said, milliseconds(a.RTT))
}
