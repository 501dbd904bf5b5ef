package report

import (
	"strings"
	"unicode/utf8"

	"check_dnsbl/internal/dnsbl"
)

// Clean makes foreign text harmless to monitors, terminals and web pages: one line of printable ASCII of at most max
// bytes, without the characters that start perfdata, markup or escape sequences.
func Clean(s string, max int) string {
	// What is cut off anyway need not be cleaned; an escaped byte is longer than a raw one, never shorter.
	if len(s) > 4*max {
		s = s[:4*max]
	}
	words := strings.Fields(strings.Map(harmless, s))
	return Clip(strings.Join(words, " "), max)
}

// harmless replaces what must not get through by something that looks alike, or by a question mark.
func harmless(r rune) rune {
	switch {
	case r == '\t' || r == '\n' || r == '\r':
		return ' '
	case r == '|':
		return '/'
	case r == '<':
		return '('
	case r == '>':
		return ')'
	case r < ' ' || r > '~':
		return '?' // also every byte that is no UTF-8
	}
	return r
}

// ownWords makes a line of our own that quotes what the user typed safe to print. Faults are shown as Postfix shows
// them, "1.2.3>;<4": of the angle brackets only those go that could open a tag.
func ownWords(s string, most int) string {
	text := []byte(strings.Map(func(r rune) rune {
		if r == '<' || r == '>' {
			return r
		}
		return harmless(r)
	}, s))
	for i := range text {
		if opensTag(string(text[i:])) {
			text[i] = '('
		}
	}
	return Clip(string(text), most)
}

// opensTag says whether a browser could take the beginning of s for a tag. The mark of a masked key is ours.
func opensTag(s string) bool {
	if len(s) < 2 || s[0] != '<' || strings.HasPrefix(s, dnsbl.KeyMark) {
		return false
	}
	return strings.IndexByte("/!?", s[1]) >= 0 || s[1]|0x20 >= 'a' && s[1]|0x20 <= 'z'
}

// Clip cuts s to at most max bytes and shows that it did.
func Clip(s string, max int) string {
	if len(s) <= max {
		return s
	}
	const mark = "..."
	cut := max - len(mark)
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + mark
}
