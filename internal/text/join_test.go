package text

import (
	"slices"
	"strings"
	"testing"
)

func TestJoin(t *testing.T) {
	words := []string{"alpha", "beta", "gamma"}
	tests := []struct {
		max  int
		want string
	}{
		{100, "alpha, beta, gamma"},
		{18, "alpha, beta, gamma"},
		{17, "alpha and 2 more"},
		{0, "alpha and 2 more"},
		{-5, "alpha and 2 more"},
	}
	for _, tt := range tests {
		if got := Join(words, tt.max); got != tt.want {
			t.Errorf("Join in %d bytes = %q, want %q", tt.max, got, tt.want)
		}
	}
}

func TestSome(t *testing.T) {
	for words, want := range map[string]string{
		"":              "",
		"a":             "a",
		"a b c":         "a, b, c",
		"a b c d":       "a, b, c and 1 more",
		"a b c d e f g": "a, b, c and 4 more",
	} {
		if got := Some(strings.Fields(words)); got != want {
			t.Errorf("Some(%q) = %q, want %q", words, got, want)
		}
	}
}

func TestWrap(t *testing.T) {
	tests := []struct {
		s             string
		first, others int
		want          string
	}{
		{"one two three four", 7, 10, "one two/three four"},
		{"one two three four", 8, 4, "one two/three/four"},
		{"a-word-of-its-own b c", 5, 5, "a-word-of-its-own/b c"},
		{"", 5, 5, ""},
	}
	for _, tt := range tests {
		if got := strings.Join(Wrap(tt.s, tt.first, tt.others), "/"); got != tt.want {
			t.Errorf("Wrap(%q, %d, %d) = %q, want %q", tt.s, tt.first, tt.others, got, tt.want)
		}
	}
}

// Wrapping loses no word, and no line of more than one word is too long.
func FuzzWrap(f *testing.F) {
	f.Add("one two three", 7)
	f.Add("", 1)
	f.Fuzz(func(t *testing.T, text string, width int) {
		width = max(1, width%200)
		lines := Wrap(text, width, width)
		got, want := strings.Fields(strings.Join(lines, " ")), strings.Fields(text)
		if !slices.Equal(got, want) {
			t.Errorf("%q became %q", want, got)
		}
		for _, line := range lines {
			if len([]rune(line)) > width && len(strings.Fields(line)) > 1 {
				t.Errorf("%q is wider than %d", line, width)
			}
		}
	})
}

func TestOr(t *testing.T) {
	for words, want := range map[string]string{"": "", "a": "a", "a b": "a or b", "a b c": "a, b or c"} {
		if got := Or(strings.Fields(words)); got != want {
			t.Errorf("Or(%s) = %q", words, got)
		}
	}
}
