// Package report writes a verdict for those who read it: the monitor's first line and perfdata, and what an admin needs.
// Foreign text is cleaned here. It does no I/O beyond its writer.
package report

import (
	"fmt"
	"io"
	"math"
	"time"

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
	Warnings      []string // lines for the long output that must not be cut
	Notes         []string // other such lines
	Verbose       int      // 1: every list; 2: every question
	Unlimited     bool     // no monitor reads this: print all there is
}

// Nagios writes service output and perfdata on the first line and the long output after it, all within 4,096 bytes.
func Nagios(w io.Writer, v verdict.Verdict, run Run) error {
	perfdata := performance(&v, run)
	room := maxFirst - len(first(v.State, "", perfdata))
	out := first(v.State, Clip(headline(&v, room), room), perfdata) + "\n"
	_, err := io.WriteString(w, out+longOutput(&v, run, maxOutput-len(out)))
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

// performance makes the perfdata of the one subject, or of the worst with how many there are.
func performance(v *verdict.Verdict, run Run) []datum {
	none := math.NaN()
	worst := v.Worst
	var data []datum
	if all := float64(len(v.Tallies)); all > 1 {
		data = append(data, datum{"addresses", "", all, 0, none, none, none},
			datum{"addresses_listed", "", float64(listedSubjects(v)), 0, all, none, none})
	}
	warn, crit := v.Rules.Warning.Plain, v.Rules.Critical.Plain
	if v.Rules.Weighted {
		data = append(data, datum{"score", "", float64(worst.Score), none, none, warn, crit})
		warn, crit = none, none
	}
	seconds := math.Round(run.Took.Seconds()*1000) / 1000
	most := mostListed(v)
	return append(data,
		datum{"listed", "", float64(len(most.Listed)), 0, float64(most.Answered), warn, crit},
		datum{"failed", "", float64(len(worst.Failed)), 0, float64(worst.Asked()), none, none},
		datum{"time", "s", seconds, 0, none, none, run.Timeout.Seconds()})
}

// mostListed returns the tally of the subject on most lists: the worst one, unless that is so for failures.
func mostListed(v *verdict.Verdict) *verdict.Tally {
	most := v.Worst
	for i := range v.Tallies {
		if t := &v.Tallies[i]; len(t.Listed) > len(most.Listed) {
			most = t
		}
	}
	return most
}

// listedSubjects counts the subjects that are on any list that counts.
func listedSubjects(v *verdict.Verdict) int {
	n := 0
	for i := range v.Tallies {
		if len(v.Tallies[i].Listed) > 0 {
			n++
		}
	}
	return n
}
