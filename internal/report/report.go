// Package report writes a verdict for those who read it: the monitor's first line and perfdata, and what an admin needs.
// Foreign text is cleaned here. It does no I/O beyond its writer.
package report

import (
	"fmt"
	"io"
	"math"
	"time"

	"check_dnsbl/internal/text"
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
	Began         time.Time
	Took, Timeout time.Duration
	Read          []string // lines on what the targets were read from, before all else in the long output
	Warnings      []string // lines of the long output that come first, so that they are cut last
	Notes         []string // lines at its end
	Questions     int      // how many were sent; 0: not to be shown
	Verbose       int      // 1: every list; 2: every question
	Unlimited     bool     // no monitor reads this: print all there is
	Width, Height int      // of the terminal that a Table is for; 0 for none
	Color         bool     // in a Table
}

// Nagios writes service output and perfdata on the first line and the long output after it, all within 4,096 bytes.
func Nagios(w io.Writer, v verdict.Verdict, run Run) error {
	perfdata := performance(&v, run)
	room := maxFirst - len(first(v.State, "", perfdata))
	out := first(v.State, text.Clip(headline(&v, room), room), perfdata) + "\n"
	_, err := io.WriteString(w, out+longOutput(&v, run, maxOutput-len(out)))
	return err
}

// Fail writes the one line of a check that could not be made, and returns its state.
func Fail(w io.Writer, reason string) nagiosplugin.Status {
	fmt.Fprintln(w, first(nagiosplugin.UNKNOWN, text.Message(reason, maxFirst-len("UNKNOWN: ")), nil))
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
	worst, all := v.Worst, float64(v.Subjects)
	var data []datum
	if v.Subjects > 1 {
		data = append(data, datum{"addresses", "", all, 0, none, none, none}, datum{"addresses_listed", "", float64(v.Listed), 0, all, none, none})
	}
	warn, crit := v.Rules.Warning.Plain, v.Rules.Critical.Plain
	if v.Rules.Weighted {
		data = append(data, datum{"score", "", float64(worst.Score), none, none, warn, crit})
		warn, crit = none, none
	}
	data = append(data,
		datum{"listed", "", float64(len(v.Most.Listed)), 0, float64(v.Most.Answered), warn, crit},
		datum{"failed", "", float64(len(worst.Failed)), 0, float64(worst.Asked()), none, none})
	if v.Subjects > 1 && run.Questions > 0 {
		data = append(data, datum{"questions", "", float64(run.Questions), 0, none, none, none})
	}
	data = append(data, presenceData(v)...)
	seconds := math.Round(run.Took.Seconds()*1000) / 1000
	return append(data, datum{"time", "s", seconds, 0, none, none, run.Timeout.Seconds()})
}
