package bounce

import "strings"

// This file finds SMTP replies in text. A refusal begins with a reply code (RFC 5321), such as 550,
// an enhanced status code (RFC 3463), such as 5.7.1, or both. In a reply of several lines, all
// lines but the last have a hyphen after the reply code: 550-5.7.1.

// firstReply returns where the first reply begins in a line, or -1. A reply may have a field name
// or punctuation in front of it: reply=550, smtp;550, "550.
func firstReply(line string) int {
	for at := 0; at < len(line); {
		size := strings.IndexByte(line[at:], ' ')
		if size < 0 {
			size = len(line) - at
		}
		word := line[at : at+size]
		i := strings.LastIndexAny(word[:max(0, size-1)], "=;\"(<'")
		if i >= 0 && !beginsReply(word) && beginsReply(word[i+1:]) {
			return at + i + 1
		}
		if beginsReply(word) {
			return at
		}
		at += size + 1
	}
	return -1
}

// beginsReply reports whether a word is the beginning of a reply: 550, 550-, 550-5.7.1, 5.7.1.
func beginsReply(word string) bool {
	word = strings.TrimRight(strings.TrimLeft(strings.TrimPrefix(word, "smtp;"), "#'\"<("), ".:;,")
	if len(word) < 3 || word[0] != '4' && word[0] != '5' {
		return false
	}
	if isDigit(word[1]) && isDigit(word[2]) {
		return len(word) == 3 || word[3] == '-'
	}
	parts := strings.SplitN(word, ".", 4)
	return len(parts) == 3 && len(parts[0]) == 1 && isCodePart(parts[1]) && isCodePart(parts[2])
}

// isCodePart reports whether s can be the second or third number of an enhanced status code.
func isCodePart(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != "" && len(s) <= 3
}

// statusCode returns the enhanced status code of a reply, such as 5.7.1, or the word that stands
// there.
func statusCode(reply string) string {
	_, code, _ := strings.Cut(strings.Replace(reply[:min(len(reply), 20)], "-", " ", 1), " ")
	if reply[1] == '.' {
		code = reply
	}
	code, _, _ = strings.Cut(strings.TrimLeft(code, "#(<"), " ")
	return strings.TrimRight(code, ":;,)>")
}

// refusesClient reports whether the code of a reply is one for refusing a client: 5.7.1 and its
// kind (RFC 3463 section 3.8), or 421 or any 5xx without an enhanced status code.
func refusesClient(reply string) bool {
	code := statusCode(reply)
	if len(code) >= len("5.7.1") && beginsReply(code) && code[1] == '.' {
		return code[2] == '7'
	}
	return reply[0] == '5' || strings.HasPrefix(reply, "421")
}
