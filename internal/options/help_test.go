package options

import (
	"strings"
	"testing"
)

// A reader finds an option at once: none has more than two lines beside its names, and the page
// fits 80 columns, except for examples to copy.
func TestHelpIsShort(t *testing.T) {
	head, lines := "", 0
	for line := range strings.Lines(Page().Help("check_dnsbl 1.0.0")) {
		line = strings.TrimSuffix(line, "\n")
		switch text := strings.TrimLeft(line, " "); {
		case strings.HasPrefix(line, "  -") || strings.HasPrefix(line, "      --"):
			head, lines = text, 0
		case !strings.HasPrefix(line, strings.Repeat(" ", 27)):
			head = ""
		}
		if lines++; head != "" && lines > 2 {
			t.Errorf("more than two lines: %s", head)
		}
		if len(line) > 80 && !strings.HasPrefix(line, "  check_dnsbl ") {
			t.Errorf("%d columns: %s", len(line), line)
		}
	}
}

// A value with commas is several values.
func TestAtCommas(t *testing.T) {
	for typed, want := range map[string]string{
		"a": "a", "a,b": "a|b", "a, b,": "a|b", ",,a": "a", "": "", ",": ",", "a b": "a b",
	} {
		if got := strings.Join(atCommas([]string{typed}), "|"); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}
