package bounce

import "strings"

// This file finds SMTP replies in text. A refusal begins with a reply code (RFC 5321), such as 550,
// an enhanced status code (RFC 3463), such as 5.7.1, or both. In a reply of several lines, all
// lines but the last have a hyphen after the reply code: 550-5.7.1.

// firstReply returns where the first reply begins in a line, or -1. A reply may have a field name
// or punctuation in front of it: reply=550, smtp;550, "550. Programs write status codes of their
// own before the reply, as in dsn=4.0.0, so that a reply code counts before any of these.
func firstReply(line string) int {
	status := -1
	for at := 0; at < len(line); {
		size := strings.IndexByte(line[at:], ' ')
		if size < 0 {
			size = len(line) - at
		}
		if size < len("550") {
			at += size + 1
			continue
		}
		begin := at
		if word := line[at : at+size]; !beginsReply(word) {
			begin += afterMarks(word[:size-1], "=;\"(<'")
		}
		word := trimLeft(strings.TrimPrefix(line[begin:at+size], "smtp;"), openMarks)
		begin = at + size - len(word)
		switch {
		case !beginsReply(word), isNumberOfField(line, begin, at+size):
		case isDigit(word[1]):
			return begin
		case status < 0:
			status = begin
		}
		at += size + 1
	}
	return status
}

// openMarks are the marks that may stand right before a reply.
const openMarks = "#'\"(<"

// afterMarks returns the offset behind the last of some marks in a text, or 0.
func afterMarks(text, marks string) int {
	at := len(text)
	for at > 0 && !isAny(text[at-1], marks) {
		at--
	}
	return at
}

// isNumberOfField reports whether line[begin:end] is not a reply, but the number in a field of a
// log: size=512, or S=512 at the end.
func isNumberOfField(line string, begin, end int) bool {
	if begin == 0 || line[begin-1] != '=' || line[begin+1] == '.' {
		return false
	}
	next, _, _ := strings.Cut(line[min(end+1, len(line)):], " ")
	return strings.HasSuffix(line[begin:end], ",") || next == "" || strings.Contains(next, "=")
}

// beginsReply reports whether a word is the beginning of a reply: 550, 550-, 550-5.7.1, 5.7.1.
func beginsReply(word string) bool {
	word = trimLeft(strings.TrimPrefix(word, "smtp;"), openMarks)
	if len(word) < 3 || word[0] != '4' && word[0] != '5' || word[1] != '.' && !isDigit(word[1]) {
		return false // most words
	}
	word = trimRight(word, ".:;,)") // qmail: (#5.1.2)
	if len(word) < 3 {
		return false
	}
	if isDigit(word[1]) {
		return isDigit(word[2]) && (len(word) == 3 || word[3] == '-')
	}
	subject, detail, _ := strings.Cut(word[2:], ".")
	return isCodePart(subject) && isCodePart(detail)
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
	code, _, _ = strings.Cut(trimLeft(code, "#(<"), " ")
	return trimRight(code, ":;,)>")
}

// particularStatus returns the enhanced status code of a reply if it is not one of RFC 3463 but one
// of the operator's own, such as 5.7.606, or "".
func particularStatus(reply string) string {
	code := statusCode(reply)
	if beginsReply(code) && len(code) >= len("5.7.100") && code[1] == '.' {
		return code
	}
	return ""
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
