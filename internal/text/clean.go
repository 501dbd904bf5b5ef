// Package text makes foreign text safe and short. Clean removes what could harm a monitor, a
// terminal or a web page; Clip, Join and Some keep text within a limit and show that something
// was left out; Wrap breaks it into lines. Keys are masked by the caller, between Clean and Clip.
// Duration writes durations for people.
package text

import (
	"strings"
	"unicode/utf8"
)

// KeyMark stands for a key in everything that is printed. It has no angle brackets: web interfaces
// take text with "<key>" in it for HTML, and drop its line breaks.
const KeyMark = "KEY"

// Clean returns s as one line of printable ASCII that starts no perfdata, no markup and no escape
// sequence: "a\t<b> | c" becomes "a (b) / c". White space is collapsed, and every other character
// outside ASCII becomes a question mark.
func Clean(s string) string {
	s = strings.Join(strings.Fields(strings.Map(harmless, s)), " ")
	return strings.NewReplacer("<", "(", ">", ")").Replace(s)
}

// Short returns s cleaned and cut to at most max bytes. Keys in s must be masked before: a key
// that is cut in two would no longer be recognized.
func Short(s string, max int) string {
	// The rest is cut off, and need not be cleaned.
	if len(s) > 4*max {
		s = s[:4*max]
	}
	return Clip(Clean(s), max)
}

// Message makes a line of our own that quotes the user's words safe to print. It keeps angle
// brackets where they cannot start a tag, as in Postfix's `unexpected input at "1.2.3>;<4"`.
func Message(s string, max int) string {
	line := []byte(Clip(strings.Map(harmless, s), max))
	for i := range line {
		if opensTag(string(line[i:])) {
			line[i] = '('
		}
	}
	return string(line)
}

// Clip cuts s to at most max bytes, with "..." at the end if anything is missing. max must be at
// least 3.
func Clip(s string, max int) string {
	if len(s) <= max {
		return s
	}
	const dots = "..."
	end := max - len(dots)
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + dots
}

// harmless maps a character that must not get through, angle brackets aside, to one that looks
// alike or to a question mark. Bytes that are not UTF-8 become question marks too.
func harmless(r rune) rune {
	switch {
	case r == '\t' || r == '\n' || r == '\r':
		return ' '
	case r == '|':
		return '/'
	case r < ' ' || r > '~':
		return '?'
	}
	return r
}

// opensTag reports whether a browser could take the start of s for a tag.
func opensTag(s string) bool {
	if len(s) < 2 || s[0] != '<' {
		return false
	}
	return strings.IndexByte("/!?", s[1]) >= 0 || s[1]|0x20 >= 'a' && s[1]|0x20 <= 'z'
}
