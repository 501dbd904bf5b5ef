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

// plural counts nouns, of which only "address" has a plural of its own.
func plural(n int, noun string) string {
	switch {
	case n == 1:
	case noun == "address":
		noun += "es"
	default:
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

// subjects counts what was checked: "3 addresses".
func subjects(v *verdict.Verdict, n int) string {
	if v.Named {
		return plural(n, "target")
	}
	return plural(n, "address")
}

func subjectText(s dnsbl.Subject) string {
	if s.Host != "" {
		return fmt.Sprintf("%s (%s)", s, s.Host)
	}
	return s.String()
}

func zones(findings []dnsbl.Finding) []string {
	names := make([]string, len(findings))
	for i, f := range findings {
		names[i] = f.List.Zone
	}
	return names
}

// zonesOnce returns the zones of groups in their order, each once.
func zonesOnce(groups []verdict.Group) []string {
	seen := map[string]bool{}
	var once []string
	for i := range groups {
		if zone := groups[i].List.Zone; !seen[zone] {
			seen[zone] = true
			once = append(once, zone)
		}
	}
	return once
}

// listNames names lists with what their codes mean, and what else must be known at once: "zen.spamhaus.org (SBL, CSS)".
func listNames(findings []dnsbl.Finding, weighted bool) []string {
	names := zones(findings)
	for i, f := range findings {
		words := meanings(f.Matched)
		if f.PolicyOnly() {
			words = append(words, "policy")
		}
		if f.Unconfirmed {
			words = append(words, "unconfirmed")
		}
		if weighted {
			words = append(words, fmt.Sprintf("weight %d", f.Weight))
		}
		if len(words) > 0 {
			names[i] += " (" + text.Clip(strings.Join(words, ", "), maxWords) + ")"
		}
	}
	return names
}

// meanings returns the telling ones of a listing's codes, each once.
func meanings(codes []dnsbl.Reading) []string {
	var words []string
	for _, r := range codes {
		if r.Meaning != "" && r.Meaning != "listed" && !slices.Contains(words, r.Meaning) {
			words = append(words, r.Meaning)
		}
	}
	return words
}

func effectText(e dnsbl.Effect) string {
	switch e {
	case dnsbl.Listing:
		return "listed"
	case dnsbl.PolicyOnly:
		return "policy"
	case dnsbl.Allowed:
		return "allowed"
	case dnsbl.Refusal:
		return "refusal"
	case dnsbl.Undocumented:
		return "undocumented"
	case dnsbl.NotLoopback:
		return "stray"
	}
	return "remark"
}

// cleaned returns names fit to be shown, each in a length that leaves room for others. That of the root is ".".
func cleaned(names []string) []string {
	shown := make([]string, len(names))
	for i, name := range names {
		if shown[i] = text.Short(name, maxWords); name == "" {
			shown[i] = "."
		}
	}
	return shown
}

func milliseconds(d time.Duration) string { return fmt.Sprintf("%d ms", d.Milliseconds()) }

// together puts those together of which the same is to be said, in the order of the first of each.
func together[T any](all []T, say func(*T) string) (says []string, by map[string][]T) {
	by = map[string][]T{}
	for i := range all {
		text := say(&all[i])
		if by[text] == nil {
			says = append(says, text)
		}
		by[text] = append(by[text], all[i])
	}
	return says, by
}
