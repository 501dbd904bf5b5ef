package verdict

import (
	"math"
	"strings"
	"testing"
)

func TestParseThreshold(t *testing.T) {
	nan := math.NaN()
	tests := []struct {
		text   string
		alerts string // which of 0 to 6 lists alert
		plain  float64
		// in the perfdata of a number of lists, and of a sum, which may be negative
		count, sum string
	}{
		{"1", "123456", 0, "0", "~:0"},
		{"3", "3456", 2, "2", "~:2"},
		{"007", "", 6, "6", "~:6"},
		{"2:", "01", nan, "2:", "2:"},
		{"@3:5", "345", nan, "@3:5", "@3:5"},
		{"@2", "012", nan, "@0:2", "@0:2"},
		{"~:4", "56", 4, "4", "~:4"},
		{"0:4", "56", 4, "4", "4"},
		{"1:4", "056", nan, "1:4", "1:4"},
		{"~:", "", nan, "", ""},
		{"@~:2", "012", nan, "@~:2", "@~:2"},
		{"-3:4", "56", 4, "4", "-3:4"},
		{"-3:-1", "0123456", -1, "-3:-1", "-3:-1"},
		{"1.5:2.5", "013456", nan, "1.5:2.5", "1.5:2.5"},
	}
	for _, tt := range tests {
		got, err := ParseThreshold(tt.text)
		if err != nil {
			t.Errorf("ParseThreshold(%q): %v", tt.text, err)
			continue
		}
		var alerts strings.Builder
		for n := range 7 {
			if got.Alerts(n) {
				alerts.WriteByte('0' + byte(n))
			}
		}
		if alerts.String() != tt.alerts {
			t.Errorf("%q alerts on %s, want %s", tt.text, alerts.String(), tt.alerts)
		}
		if plain := got.Plain(false); plain != tt.plain && !(math.IsNaN(plain) && math.IsNaN(tt.plain)) {
			t.Errorf("%q alerts above %v, want %v", tt.text, plain, tt.plain)
		}
		if sum := got.Plain(true); !math.IsNaN(sum) != strings.HasPrefix(got.Range(true), "~:") ||
			!math.IsNaN(sum) && sum != tt.plain {
			t.Errorf("%q alerts above the sum %v", tt.text, sum)
		}
		if count, sum := got.Range(false), got.Range(true); count != tt.count || sum != tt.sum {
			t.Errorf("%q is %s and %s in perfdata, want %s and %s", tt.text, count, sum, tt.count, tt.sum)
		}
	}
}

func TestParseThresholdFaults(t *testing.T) {
	const neither = ": must be a number (3 means 3 lists or more) or a Nagios range such as 2:, @3:5 or ~:4"
	const empty = ": must not begin above its end"
	tests := []struct{ text, fault string }{
		{"", `""` + neither}, {"nan", `"nan"` + neither}, {"inf", `"inf"` + neither}, {"1..3", `"1..3"` + neither},
		{"1.5", `"1.5"` + neither}, {"-1", `"-1"` + neither}, {" 1", `" 1"` + neither}, {"1e3", `"1e3"` + neither},
		{"99999999999", `"99999999999"` + neither},
		{"@", `"@"` + neither}, {":", `":"` + neither}, {":5", `":5"` + neither},
		{"~", `"~"` + neither}, {"~5:3", `"~5:3"` + neither}, {"~~:3", `"~~:3"` + neither},
		{"inf:", `"inf:"` + neither}, {"nan:", `"nan:"` + neither},
		{"1:2:3", `"1:2:3"` + neither}, {"0x1:", `"0x1:"` + neither}, {"@@1", `"@@1"` + neither},
		{"5:2", `"5:2"` + empty}, {"@-3", `"@-3"` + empty},
		{"0", `"0": must be 1 or more, meaning that many lists or more`},
	}
	for _, tt := range tests {
		if _, err := ParseThreshold(tt.text); err == nil || err.Error() != tt.fault {
			t.Errorf("ParseThreshold(%q) error = %v, want %s", tt.text, err, tt.fault)
		}
	}
}

// Any text is a usable threshold or an error. The library's parser must not panic.
func FuzzParseThreshold(f *testing.F) {
	for _, seed := range []string{"", "@", "1", "2:", "@3:5", "~:4", "nan", "1..3", "~:-", "@~:"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, err := ParseThreshold(s); err == nil {
			got.Alerts(1)
		}
	})
}
