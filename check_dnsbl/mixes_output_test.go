package main

import (
	"regexp"
	"strings"

	"check_dnsbl/internal/dnsbl"

	"github.com/olorin/nagiosplugin"
)

// stateOf returns the state that the default thresholds give to findings on unweighted lists.
func stateOf(findings []dnsbl.Finding) nagiosplugin.Status {
	listings, failures, major, blind := 0, 0, false, false
	for i := range findings {
		f := &findings[i]
		isMajor := f.List.Tier == dnsbl.Major
		switch {
		case f.Outcome == dnsbl.Listed:
			listings++
			major = major || isMajor
		case f.Outcome == dnsbl.Failed:
			failures++
			blind = blind || isMajor
		}
	}
	switch {
	case major || listings >= 3:
		return nagiosplugin.CRITICAL
	case listings > 0:
		return nagiosplugin.WARNING
	case blind || failures*4 > len(findings):
		return nagiosplugin.UNKNOWN
	}
	return nagiosplugin.OK
}

// unreadable returns the reason why a monitor could not take the output, or what must never be in
// it; "" if there is none.
func unreadable(out string, state nagiosplugin.Status) string {
	first, long, _ := strings.Cut(out, "\n")
	whole := regexp.MustCompile(`^` + state.String() + `: [^|]+ \| listed=\d+;0;2;0;\d+ failed=\d+;\d+;;0;\d+ queries=\d+;;;0; time=\d+(\.\d+)?s;;1;0;$`)
	switch {
	case state > nagiosplugin.UNKNOWN:
		return "no state"
	case len(first) > 1000 || len(out) > 4096:
		return "too long"
	case !whole.MatchString(first):
		return "a first line of its own kind"
	case strings.Contains(long, "|"):
		return "perfdata in the long output"
	case strings.Contains(out, mixKey):
		return "the key"
	case regexp.MustCompile(`<`).MatchString(out):
		return "markup"
	case regexp.MustCompile(`[^ -~\n]`).MatchString(out):
		return "not only printable ASCII"
	}
	return ""
}
