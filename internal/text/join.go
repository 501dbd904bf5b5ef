package text

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Few is how many words Some shows.
const Few = 3

// Some lists the first few words: "a, b, c and 3 more".
func Some(words []string) string {
	return list(words, min(Few, len(words)))
}

// Or lists the words to choose from: "a, b or c".
func Or(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// Join lists as many words as fit into max bytes, at least one: "a, b and 3 more".
func Join(words []string, max int) string {
	if whole := strings.Join(words, ", "); len(whole) <= max || len(words) < 2 {
		return whole
	}
	size, n := len(words[0]), 1
	for n < len(words) {
		size += len(", ") + len(words[n])
		if size+len(" and 1000 more") > max {
			break
		}
		n++
	}
	return list(words, n)
}

// list joins the first n words and counts the rest.
func list(words []string, n int) string {
	first := strings.Join(words[:n], ", ")
	if rest := len(words) - n; rest > 0 {
		return fmt.Sprintf("%s and %d more", first, rest)
	}
	return first
}

// Wrap breaks s between words into lines of at most so many characters: first for the first line,
// others for those below it. A longer word stays whole, on a line of its own.
func Wrap(s string, first, others int) []string {
	var lines []string
	line, room := "", first
	for word := range strings.FieldsSeq(s) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > room {
			lines, line, room = append(lines, line), "", others
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}
