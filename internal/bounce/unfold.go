package bounce

import (
	"slices"
	"strings"
)

// This file joins lines. Mail programs fold long lines (RFC 5322 section 2.2.3), servers split
// their replies over several lines (RFC 5321 section 4.2.1), and people quote and paste both.

// A passage is a piece of text that belongs together, on one line and in lower case: a paragraph,
// an entry of a log, or a field of a delivery report. All white space is a single blank.
type passage struct {
	line string
	// The first certain bytes are one text for certain. The lines that follow them may have nothing
	// to do with it, as they are not indented and no line of a reply.
	certain int
}

// passages returns the passages of a text of several parts. Fields about other servers than the two
// that spoke are left out, and so is the message that bounced.
func passages(text string, book *phrasebook) []passage {
	text = withoutSoftBreaks(strings.ReplaceAll(text, "\r\n", "\n"))
	text = strings.NewReplacer("\r", "\n", "\u00a0", " ", "\u200b", "", "\u00ad", "",
		"%3A", ":", "%3a", ":", "%2F", "/", "%2f", "/",
		"\u201c", `"`, "\u201d", `"`, "\u201e", `"`, "\u2018", "'", "\u2019", "'",
		"[.]", ".", `\n`, " ", `\"`, "'", `\/`, "/").Replace(text)
	var all []passage
	for part := range strings.SplitSeq(text, partEnd) {
		u := unfolder{book: book}
		for line := range strings.Lines(part) {
			if !u.add(line) {
				break
			}
		}
		u.end()
		all = append(all, u.all...)
	}
	return all
}

// withoutSoftBreaks removes the soft line breaks of quoted-printable within words, for those who
// paste the source of a mail: zen.spam=\nhaus.org.
func withoutSoftBreaks(text string) string {
	var out strings.Builder
	for {
		at := strings.Index(text, "=\n")
		if at < 0 || at+2 == len(text) {
			break
		}
		next := at + 1
		if c := text[at+2]; c >= 'a' && c <= 'z' {
			next = at + 2
			out.WriteString(text[:at])
		} else {
			out.WriteString(text[:next])
		}
		text = text[next:]
	}
	out.WriteString(text)
	return out.String()
}

// An unfolder joins the lines of one part of a mail.
type unfolder struct {
	book    *phrasebook
	all     []passage
	open    strings.Builder // the passage under way
	indent  int             // of its first line
	certain int             // see passage
	skipped int             // indent of the field that is left out, plus 1
	replied bool            // the part had a reply
	reply   bool            // the open passage has a reply

	// If the reply of the open passage has several lines, each but the last begins with 550- and
	// perhaps 5.7.1.
	code, enhanced string
}

// add adds a line, and reports whether to go on: after the bounce comes the message that bounced.
func (u *unfolder) add(line string) bool {
	line = unquoted(line)
	words := strings.Fields(line)
	if len(words) == 0 {
		u.skipped = 0
		u.end()
		return true
	}
	head := words[:min(len(words), 12)]
	if u.replied && u.book.beginsLine(original, lowered(strings.Join(head, " "))) {
		return false
	}
	indent := len(line) - len(strings.TrimLeft(line, " \t"))
	if u.skipped > 0 && indent >= u.skipped {
		return true
	}
	if u.skipped = 0; u.skips(words) {
		u.skipped = indent + 1
		return true
	}
	if u.begins(words, u.open.Len() > 0 && indent > u.indent) {
		u.end()
	}
	u.append(words, indent)
	return true
}

// skips reports whether a line begins a field that is left out: one about another server on the way
// of a message, an extension field, or a subject, which quotes anything, unless it quotes a reply.
func (u *unfolder) skips(words []string) bool {
	field := lowered(words[0])
	return u.book.isField(skippedField, field) ||
		strings.HasPrefix(field, "x-") && strings.HasSuffix(field, ":") ||
		field == "subject:" && !slices.ContainsFunc(words, beginsReply)
}

// append adds the words of a line to the open passage.
func (u *unfolder) append(words []string, indent int) {
	if u.open.Len() == 0 {
		u.indent, u.certain = indent, 0
	}
	hasReply := slices.ContainsFunc(words, func(word string) bool { return firstReply(word) >= 0 })
	continues := !u.reply && hasReply || u.certain == u.open.Len() &&
		(u.open.Len() == 0 || indent > u.indent || beginsReply(words[0]))
	u.reply = u.reply || hasReply
	for _, word := range withoutUnderscores(words) {
		if word = u.withoutCode(word); word != "" {
			u.open.WriteString(word)
			u.open.WriteByte(' ')
		}
	}
	if continues {
		u.certain = u.open.Len()
	}
}

// withoutUnderscores returns the words of a reply in the log of qmail-send, which writes _ for
// blanks.
func withoutUnderscores(words []string) []string {
	const said = "_said:_"
	if !strings.Contains(words[len(words)-1], said) &&
		(len(words) <= 3 || !strings.Contains(words[3], said)) {
		return words
	}
	return strings.Fields(strings.ReplaceAll(strings.Join(words, " "), "_", " "))
}

// withoutCode returns a word without the codes that begin the further lines of a reply, so that
// "550-Your host is" and "550 blocked" become one sentence. Behind an address in brackets the code
// stays: that may be the address of the receiver, which is not what the next line is about.
func (u *unfolder) withoutCode(word string) string {
	if word == "<<<" && u.code != "" { // in a transcript by sendmail
		return ""
	}
	if !beginsReply(word) {
		return word
	}
	u.replied = true
	text := u.open.String()
	code, rest, more := strings.Cut(word, "-")
	switch {
	case more && (u.code == "" || !strings.HasSuffix(code, u.code)):
		u.code, u.enhanced = code[max(0, len(code)-3):], rest
	case u.code == "", strings.HasSuffix(text, "] "), strings.HasSuffix(text, ") "):
	case word == u.code, word == u.enhanced, code == u.code && rest == u.enhanced:
		return ""
	case code == u.code:
		return rest
	}
	return word
}

// end ends the open passage.
func (u *unfolder) end() {
	if u.open.Len() > 0 {
		line := lowered(strings.TrimSuffix(u.open.String(), " "))
		u.all = append(u.all, passage{line: line, certain: min(u.certain, len(line))})
	}
	u.open.Reset()
	u.reply, u.code, u.enhanced = false, "", ""
}

// unquoted returns a line without the marks of quoted mail, "> > ".
func unquoted(line string) string {
	for range 20 {
		rest, quoted := strings.CutPrefix(strings.TrimLeft(line, " \t"), ">")
		if !quoted {
			break
		}
		line = strings.TrimPrefix(rest, " ")
	}
	return line
}

// begins reports whether a line is the first of a passage: an entry of a log or a queue, a field of
// a report, or the fate of a recipient. A folded line, indented deeper than the first of its
// passage, is neither of the last two.
func (u *unfolder) begins(words []string, folded bool) bool {
	first := words[0]
	switch {
	case folded:
	case strings.HasSuffix(first, ">:"),
		strings.HasSuffix(first, ":") && len(first) > 2 && isUpper(first[0]):
		return true
	case u.book.isField(entryStart, lowered(first)):
		return true
	}
	return beginsEntry(words)
}

// beginsEntry reports whether words are the first ones of an entry in a log: JSON, or a time,
// perhaps after the name of a container, the priority of the entry, or the day.
func beginsEntry(words []string) bool {
	if strings.HasPrefix(words[0], `{"`) {
		return true
	}
	for _, word := range words[:min(len(words), 4)] {
		word = strings.TrimPrefix(word, "[")
		if isClock(word) || isDate(word) || strings.HasPrefix(word, "@40000000") { // TAI64N
			return true
		}
	}
	return false
}

// isClock reports whether a word begins as 23:59:59 does.
func isClock(word string) bool {
	return len(word) >= len("23:59:59") && isDigit(word[0]) && word[2] == ':' && word[5] == ':' &&
		isDigit(word[7])
}

// isDate reports whether a word begins as 2026-11-22 does.
func isDate(word string) bool {
	return len(word) >= len("2026-11-22") && isDigit(word[0]) && word[4] == '-' && word[7] == '-' &&
		isDigit(word[9])
}
