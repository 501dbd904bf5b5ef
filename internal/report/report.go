// Package report writes a verdict for those who read it: the monitor's first line and perfdata, and what an admin needs.
// Foreign text is cleaned here. It does no I/O beyond its writer.
package report

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/verdict"

	"github.com/olorin/nagiosplugin"
)

// What monitors take: Nagios cuts longer output at random, and some front ends show only so much of the first line.
const (
	maxOutput = 4096
	maxFirst  = 1000
	maxReason = 200
	maxWords  = 120 // of our own making or the operator's, where they stand beside others
)

// A Run is what there is to say of a check beside its verdict.
type Run struct {
	Took, Timeout time.Duration
	Notes         []string // lines of our own for the long output
	Verbose       int      // 1: every list; 2: every question
	Unlimited     bool     // no monitor reads this: print all there is
}

// Nagios writes service output and perfdata on the first line and the long output after it, all within 4,096 bytes.
func Nagios(w io.Writer, v verdict.Verdict, run Run) error {
	perfdata := performance(&v, run)
	room := maxFirst - len(first(v.State, "", perfdata))
	out := first(v.State, Clip(headline(&v, room), room), perfdata) + "\n"
	_, err := io.WriteString(w, out+fit(longOutput(&v, run), maxOutput-len(out), run.Unlimited))
	return err
}

// Fail writes the one line of a check that could not be made, and returns its state.
func Fail(w io.Writer, reason string) nagiosplugin.Status {
	fmt.Fprintln(w, first(nagiosplugin.UNKNOWN, ownWords(reason, maxFirst-len("UNKNOWN: ")), nil))
	return nagiosplugin.UNKNOWN
}

// A datum is one value of the perfdata; NaN stands for a threshold or bound that it does not have.
type datum struct {
	label, unit          string
	value                float64
	min, max, warn, crit float64
}

// first makes the first line.
func first(state nagiosplugin.Status, text string, perfdata []datum) string {
	check := nagiosplugin.NewCheck()
	check.AddResult(state, text)
	for _, d := range perfdata {
		// Labels and units are ours and values finite: there is no error to have.
		_ = check.AddPerfDatum(d.label, d.unit, d.value, d.min, d.max, d.warn, d.crit)
	}
	return check.String()
}

// performance makes the perfdata: of the one subject, or of all with the worst's listings.
func performance(v *verdict.Verdict, run Run) []datum {
	none := math.NaN()
	worst := v.Worst
	var data []datum
	if len(v.Tallies) > 1 {
		listed := len(listedTallies(v))
		data = append(data, datum{"addresses", "", float64(len(v.Tallies)), 0, none, none, none},
			datum{"addresses_listed", "", float64(listed), 0, float64(len(v.Tallies)), none, none})
	}
	warn, crit := v.Rules.Warning.Plain, v.Rules.Critical.Plain
	if v.Weighted {
		data = append(data, datum{"score", "", float64(worst.Score), none, none, warn, crit})
		warn, crit = none, none
	}
	failed, asked := failures(v)
	seconds := math.Round(run.Took.Seconds()*1000) / 1000
	return append(data,
		datum{"listed", "", float64(len(worst.Listed)), 0, float64(worst.Answered()), warn, crit},
		datum{"failed", "", float64(len(failed)), 0, float64(asked), none, none},
		datum{"time", "s", seconds, 0, none, none, run.Timeout.Seconds()})
}

// listedTallies returns the tallies of the subjects that are on any list that counts.
func listedTallies(v *verdict.Verdict) []verdict.Tally {
	return slices.DeleteFunc(slices.Clone(v.Tallies), func(t verdict.Tally) bool { return len(t.Listed) == 0 })
}

// failures returns the lists that count and failed, for whichever subject, each once, and how many were asked.
func failures(v *verdict.Verdict) (failed []dnsbl.Finding, asked int) {
	seen := map[*dnsbl.List]bool{}
	for _, t := range v.Tallies {
		asked = max(asked, t.Asked())
		for _, f := range t.Failed {
			if !seen[f.List] {
				seen[f.List] = true
				failed = append(failed, f)
			}
		}
	}
	return failed, asked
}

// headline is the text of the first line, with as many names of lists as there is room for.
func headline(v *verdict.Verdict, room int) string {
	t := v.Worst
	text := subjectText(t.Subject)
	switch {
	case len(v.Tallies) > 1 && len(t.Listed) > 0:
		text = fmt.Sprintf("%d of %s listed, worst %s on %s", len(listedTallies(v)), subjects(v), text, onLists(v))
	case len(v.Tallies) > 1 && t.Answered() > 0:
		text = fmt.Sprintf("0 of %s listed on %s", subjects(v), plural(t.Answered(), "list"))
	case len(v.Tallies) > 1:
		text = subjects(v) + ": no list gave a verdict"
	case t.Answered() > 0:
		text += " is on " + onLists(v)
	default:
		text += ": no list gave a verdict"
	}
	tail := failedText(v)
	if len(t.Listed) > 0 {
		text += ": " + join(listNames(t.Listed), room-len(text)-len(tail)-2)
	}
	return text + tail
}

func onLists(v *verdict.Verdict) string {
	text := fmt.Sprintf("%d of %s", len(v.Worst.Listed), plural(v.Worst.Answered(), "list"))
	if v.Weighted {
		text += fmt.Sprintf(", weight %d", v.Worst.Score)
	}
	return text
}

// subjects counts what was checked: "3 addresses".
func subjects(v *verdict.Verdict) string {
	named := slices.ContainsFunc(v.Tallies, func(t verdict.Tally) bool { return t.Subject.Domain != "" })
	if named {
		return plural(len(v.Tallies), "target")
	}
	return plural(len(v.Tallies), "address")
}

// failedText says how many lists failed and, where this decides the state, why.
func failedText(v *verdict.Verdict) string {
	failed, _ := failures(v)
	if v.State == nagiosplugin.UNKNOWN && len(failed) == 0 {
		failed = v.Worst.Excused
	}
	text := ""
	if len(v.Gaps) > 0 {
		text = "; " + join(v.Gaps, maxWords)
	}
	if len(failed) > 0 {
		text += "; " + plural(len(failed), "list") + " failed"
	}
	if len(failed) > 0 && v.State == nagiosplugin.UNKNOWN {
		text += ": " + join(causes(failed), maxFirst/3)
	}
	return text
}

// causes groups failures by what they say, each with the names of some of its lists.
func causes(failed []dnsbl.Finding) []string {
	var groups []string
	names := map[string][]string{}
	for _, f := range failed {
		why := causeText(&f)
		if names[why] == nil {
			groups = append(groups, why)
		}
		names[why] = append(names[why], f.List.Zone)
	}
	for i, why := range groups {
		groups[i] = fmt.Sprintf("%s (%s)", why, join(names[why], maxWords))
	}
	return groups
}

// listNames names lists with what their codes mean: "zen.spamhaus.org (SBL, CSS)".
func listNames(findings []dnsbl.Finding) []string {
	names := make([]string, len(findings))
	for i, f := range findings {
		names[i] = f.List.Zone
		if words := meanings(&f); len(words) > 0 {
			names[i] += " (" + Clip(strings.Join(words, ", "), maxWords) + ")"
		}
	}
	return names
}

// meanings returns the telling ones of a listing's codes, each once.
func meanings(f *dnsbl.Finding) []string {
	var words []string
	for _, r := range f.Codes {
		if r.Meaning != "" && r.Meaning != "listed" && !slices.Contains(words, r.Meaning) {
			words = append(words, r.Meaning)
		}
	}
	return words
}

// join joins words with commas within max bytes, and says how many more there are. The first word always stands.
func join(words []string, max int) string {
	text := strings.Join(words, ", ")
	if len(text) <= max || len(words) < 2 {
		return text
	}
	end, taken := len(words[0]), 1
	for next := end; taken < len(words); taken++ {
		next += len(", ") + len(words[taken])
		if next+len(" and 1000 more") > max {
			break
		}
		end = next
	}
	return fmt.Sprintf("%s and %d more", text[:end], len(words)-taken)
}

func plural(n int, noun string) string {
	if n != 1 {
		noun += map[bool]string{true: "es", false: "s"}[strings.HasSuffix(noun, "s")]
	}
	return fmt.Sprintf("%d %s", n, noun)
}

func subjectText(s dnsbl.Subject) string {
	if s.Host != "" {
		return fmt.Sprintf("%s (%s)", s, s.Host)
	}
	return s.String()
}
