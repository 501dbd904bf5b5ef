package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/verdict"
)

// everyList tells the verdict of every list on one subject, and from the second level on every question behind it.
func everyList(t *verdict.Tally, verbose int, several bool) []string {
	var lines []string
	for i := range t.All {
		f := &t.All[i]
		lines = append(lines, fmt.Sprintf("%s%s: %s%s, %s", f.List.Zone, forSubject(f, several), outcome(f), asked(f), milliseconds(f.Evidence.Question.RTT)))
		if verbose < 2 {
			continue
		}
		lines = append(lines, evidence(f)...)
	}
	return lines
}

// evidence writes every question behind a finding, by either path.
func evidence(f *dnsbl.Finding) []string {
	lines := exchanges(f)
	if f.Other != nil {
		lines = append(append(lines, fmt.Sprintf("  %s: %s", path(f.Other), outcome(f.Other))), exchanges(f.Other)...)
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

// exchanges writes all questions behind a finding.
func exchanges(f *dnsbl.Finding) []string {
	var lines []string
	for _, a := range slices.Concat([]dnsbl.Answer{f.Evidence.Question}, f.Evidence.Positive, f.Evidence.Negative, []dnsbl.Answer{f.Evidence.Reason}) {
		if a.Question.Name != "" {
			lines = append(lines, "  "+exchange(f.List, &a))
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

// exchange writes one question and its answer, without the list's key.
func exchange(l *dnsbl.List, a *dnsbl.Answer) string {
	said := string(a.Cause)
	switch {
	case a.Cause != "" && a.Detail != "":
		said += ", " + Clean(l.Mask(a.Detail), maxWords)
	case a.Cause != "":
	case a.NXDomain:
		said = "NXDOMAIN"
	case len(a.Addrs) > 0:
		said = strings.Trim(fmt.Sprint(a.Addrs), "[]")
	case len(a.Texts) > 0:
		said = Clean(l.Mask(strings.Join(a.Texts, " / ")), maxReason)
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
