package verdict

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/olorin/nagiosplugin"
)

// A Threshold is a value of -w or -c: the numbers of lists that alert. The zero value never alerts.
type Threshold struct {
	alerts *nagiosplugin.Range
	Text   string // as the user writes it, e.g. "3" or "2:5"; "" if it never alerts
}

// IsRange reports whether a threshold is a Nagios range and not a plain number.
func (t Threshold) IsRange() bool { return strings.ContainsAny(t.Text, ":@~") }

// AtLeast returns the threshold that alerts on n lists or more.
func AtLeast(n int) Threshold {
	t := Above(float64(n - 1))
	t.Text = strconv.Itoa(n)
	return t
}

// Above returns the threshold that alerts on values above max.
func Above(max float64) Threshold {
	return Threshold{alerts: &nagiosplugin.Range{Start: math.Inf(-1), End: max}}
}

// ParseThreshold reads a plain number N, which means N lists or more, or a Nagios range, which has
// a ":", "@" or "~". The library's parser would take a plain number as the range 0:N.
func ParseThreshold(s string) (Threshold, error) {
	if !strings.ContainsAny(s, ":@~") {
		return parseCount(s)
	}
	if !rangeLike(s) {
		return Threshold{}, notThreshold(s)
	}
	r, err := nagiosplugin.ParseRange(s)
	if err != nil && strings.Contains(err.Error(), "min <= max") {
		return Threshold{}, fmt.Errorf("%q: must not begin above its end", s)
	}
	if err != nil {
		return Threshold{}, notThreshold(s)
	}
	return Threshold{r, s}, nil
}

// parseCount reads a plain number of lists.
func parseCount(s string) (Threshold, error) {
	n, err := strconv.ParseUint(s, 10, 31)
	if err != nil {
		return Threshold{}, notThreshold(s)
	}
	if n == 0 {
		return Threshold{}, fmt.Errorf("%q: must be 1 or more, meaning that many lists or more", s)
	}
	return AtLeast(int(n)), nil
}

// rangeLike reports whether s is safe for the library's ParseRange, which panics on "" and misreads
// "@", "nan:" and "~5:3".
func rangeLike(s string) bool {
	bounds := strings.TrimPrefix(s, "@")
	low, isOpen := strings.CutPrefix(bounds, "~")
	digits := strings.Trim(low, "0123456789.-:") == ""
	return bounds != "" && digits && (!isOpen || strings.HasPrefix(low, ":"))
}

// notThreshold returns the error for a text that is not a threshold.
func notThreshold(s string) error {
	return fmt.Errorf("%q: must be a number (3 means 3 lists or more) "+
		"or a Nagios range such as 2:, @3:5 or ~:4", s)
}

// Alerts reports whether a number of lists, or a sum of weights, raises the alert.
func (t Threshold) Alerts(value int) bool {
	return t.alerts != nil && t.alerts.CheckInt(value)
}

// Plain returns the highest value that does not alert, or NaN if one number does not tell all that
// alerts. Negative is whether values may be below 0.
func (t Threshold) Plain(negative bool) float64 {
	r := t.alerts
	if r == nil || r.AlertOnInside || r.Start > 0 || math.IsInf(r.End, 1) ||
		negative && !math.IsInf(r.Start, -1) {
		return math.NaN()
	}
	return r.End
}

// Range returns the threshold as a range of perfdata, "" if it never alerts. A plain N is the range
// 0:N, in which a negative value alerts. It stands for any range that begins at 0 or below if the
// values are never negative, because Icinga 2 reads nothing but plain numbers.
func (t Threshold) Range(negative bool) string {
	if t.alerts == nil {
		return ""
	}
	start, end := t.alerts.Start, t.alerts.End
	if math.IsInf(start, -1) && math.IsInf(end, 1) && !t.alerts.AlertOnInside {
		return ""
	}
	if plain := t.Plain(false); plain >= 0 && (start == 0 || !negative) { // NaN fails this
		return number(plain)
	}
	text := number(start) + ":"
	if math.IsInf(start, -1) {
		text = "~:"
	}
	if !math.IsInf(end, 1) {
		text += number(end)
	}
	if t.alerts.AlertOnInside {
		return "@" + text
	}
	return text
}

// number writes a number without an exponent, which perfdata does not have.
func number(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// ParsePercent reads Rules.MaxFailed, a percentage with or without its sign.
func ParsePercent(s string) (float64, error) {
	percent, err := strconv.ParseFloat(strings.TrimSuffix(s, "%"), 64)
	if err != nil || !(percent >= 0 && percent <= 100) { // NaN fails every comparison
		return 0, fmt.Errorf("%q: must be a percentage from 0 to 100", s)
	}
	return percent, nil
}
