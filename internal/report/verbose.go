package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"
)

// everyFinding tells the verdict of every list on each subject of which all was kept.
func everyFinding(v *verdict.Verdict, verbose int) []string {
	var lines []string
	for _, findings := range v.Every {
		lines = append(lines, everyList(findings, verbose, v.Subjects > 1)...)
	}
	if n := len(v.Every); n > 0 && n < v.Subjects {
		lines = append(lines, fmt.Sprintf("-v shows no more than %d of %s", n, subjects(v, v.Subjects)))
	}
	return lines
}

// everyList tells the verdict of every list on one subject, and from the second level on every question behind it.
func everyList(findings []dnsbl.Finding, verbose int, several bool) []string {
	var lines []string
	for i := range findings {
		f := &findings[i]
		lines = append(lines, fmt.Sprintf("%s%s: %s", f.List.Zone, forSubject(f, several), verdictText(f)))
		if verbose > 1 {
			lines = append(lines, evidence(f)...)
		}
	}
	return lines
}

// verdictText tells the verdict of a list and its time, by both paths where both were taken.
func verdictText(f *dnsbl.Finding) string {
	text := fmt.Sprintf("%s%s, %s", outcome(f), asked(f), milliseconds(f.Evidence.Question.RTT))
	if o := f.Other; o != nil {
		text += fmt.Sprintf("; %s: %s, %s", path(o), outcome(o), milliseconds(o.Evidence.Question.RTT))
	}
	return text
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

// asked says if a verdict is the list's own name servers'.
func asked(f *dnsbl.Finding) string {
	if f.Direct {
		return ", asked directly"
	}
	return ""
}

// path names the path of a finding.
func path(f *dnsbl.Finding) string {
	if f.Direct {
		return "directly"
	}
	return "through the resolver"
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

// forSubject names the subject of a finding where there are several.
func forSubject(f *dnsbl.Finding, several bool) string {
	if !several {
		return ""
	}
	return " for " + f.Subject.String()
}

func milliseconds(d time.Duration) string { return fmt.Sprintf("%d ms", d.Milliseconds()) }
