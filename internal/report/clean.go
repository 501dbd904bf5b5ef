package report

import (
	"strings"
	"unicode/utf8"

	"check_dnsbl/internal/dnsbl"
)

// Clean makes foreign text harmless to monitors, terminals and web pages: one line of printable ASCII of at most max
// bytes, without the characters that start perfdata, markup or escape sequences. Keys must be masked before: what is cut
// off here may leave a part of one that nobody recognises.
func Clean(s string, max int) string {
	// What is cut off anyway need not be cleaned; an escaped byte is longer than a raw one, never shorter.
	if len(s) > 4*max {
		s = s[:4*max]
	}
	words := strings.Fields(strings.Map(harmless, s))
	return withoutTags(clip(strings.Join(words, " "), max))
}

// withoutTags replaces all angle brackets but those of the mark of a masked key, which is ours. It comes after clip, as
// half a mark would be markup.
func withoutTags(s string) string {
	parts := strings.Split(s, dnsbl.KeyMark)
	for i, part := range parts {
		parts[i] = strings.NewReplacer("<", "(", ">", ")").Replace(part)
	}
	return strings.Join(parts, dnsbl.KeyMark)
}

// harmless replaces what must not get through, but for angle brackets, by something that looks alike, or by a question mark.
func harmless(r rune) rune {
	switch {
	case r == '\t' || r == '\n' || r == '\r':
		return ' '
	case r == '|':
		return '/'
	case r < ' ' || r > '~':
		return '?' // also every byte that is no UTF-8
	}
	return r
}

// ownWords makes a line of our own that quotes what the user typed safe to print. Faults are shown as Postfix shows
// them, "1.2.3>;<4": of the angle brackets only those go that could open a tag.
func ownWords(s string, most int) string {
	text := []byte(clip(strings.Map(harmless, s), most))
	for i := range text {
		if opensTag(string(text[i:])) {
			text[i] = '('
		}
	}
	return string(text)
}

// opensTag says whether a browser could take the beginning of s for a tag. The mark of a masked key is ours.
func opensTag(s string) bool {
	if len(s) < 2 || s[0] != '<' || strings.HasPrefix(s, dnsbl.KeyMark) {
		return false
	}
	return strings.IndexByte("/!?", s[1]) >= 0 || s[1]|0x20 >= 'a' && s[1]|0x20 <= 'z'
}

// clip cuts s to at most max bytes and shows that it did.
func clip(s string, max int) string {
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
