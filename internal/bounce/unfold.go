package bounce

import (
	"slices"
	"strings"
)

// This file joins lines. Mail programs fold long lines (RFC 5322 section 2.2.3), servers split
// their replies over several lines (RFC 5321 section 4.2.1), and people quote and paste both.

// A passage is a piece of text that belongs together, in lower case and on one line: a paragraph,
// an entry of a log, or a field of a delivery report. All white space is a single blank.
type passage struct {
	line string
	// How many bytes belong together for certain. The lines after that are not indented and do not
	// begin with a reply code, so that they may be about something else.
	certain int
}

// passages returns the passages of a text with partEnd between its parts. Fields about other
// servers are left out, and so is the message that bounced.
func passages(text string, book *phrasebook) []passage {
	var all []passage
	for part := range strings.SplitSeq(normalized(text), partEnd) {
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

// normalized returns a text with one spelling for each thing: newlines, blanks, quotation marks,
// and the characters that URLs, JSON and cautious people write in another way.
func normalized(text string) string {
	text = withoutSoftBreaks(strings.ReplaceAll(text, "\r\n", "\n"))
	return strings.NewReplacer("\r", "\n", "\u00a0", " ", "\u200b", "", "\u00ad", "",
		"%3A", ":", "%3a", ":", "%2F", "/", "%2f", "/",
		"\u201c", `"`, "\u201d", `"`, "\u201e", `"`, "\u2018", "'", "\u2019", "'",
		"[.]", ".", `\n`, " ", `\"`, "'", `\/`, "/").Replace(text)
}

// withoutSoftBreaks removes the soft line breaks of quoted-printable within words. They are there
// if somebody pasted the source of a mail: zen.spam=\nhaus.org.
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
	words   []string        // of the line under way; the memory is used again
	open    strings.Builder // the passage under way
	indent  int             // of its first line
	certain int             // of its bytes, see passage
	reply   bool            // it has a reply
	replied bool            // the part has a reply
	skipped int             // indent of the field that is left out, plus 1; else 0

	// A transcript by sendmail: the other side's lines begin with <<<. After them it writes replies
	// of its own, such as "550 5.1.1 User unknown" whatever the other side said.
	transcript, ownReply bool

	// The codes of a reply of several lines in the passage under way: each line but the last begins
	// with 550-5.7.1 or just 550-.
	code, enhanced string
}

// add adds a line. It reports false if the line is the first of the message that bounced, which
// ends the bounce.
func (u *unfolder) add(line string) bool {
	line = unquoted(line)
	words := u.fields(line)
	if len(words) == 0 {
		u.skipped = 0
		u.end()
		return true
	}
	if u.replied && u.book.startsLine(originalStart, words[:min(len(words), 12)]) {
		return false
	}
	indent := len(line) - len(trimLeft(line, " \t"))
	if u.skipped > 0 && indent >= u.skipped {
		return true
	}
	if u.skipped = 0; u.skips(words) {
		u.skipped = indent + 1
		return true
	}
	if u.transcript && beginsReply(words[0]) {
		u.ownReply = true
		return true
	}
	theirs := words[0] == "<<<"
	if theirs && u.ownReply || u.begins(words, u.open.Len() > 0 && indent > u.indent) {
		u.end()
	}
	u.transcript = u.transcript || theirs
	u.append(words, indent)
	return true
}

// fields returns the words of a line. Those of an ordinary one are in memory that the next line
// uses again: there may be millions of lines.
func (u *unfolder) fields(line string) []string {
	if len(line) > 1<<12 {
		return strings.Fields(line)
	}
	u.words = u.words[:0]
	for word := range strings.FieldsSeq(line) {
		u.words = append(u.words, word)
	}
	return u.words
}

// skips reports whether a line begins a field that is left out: one about another server, a field
// of an extension, or a subject without a reply.
func (u *unfolder) skips(words []string) bool {
	field := lowered(words[0])
	return u.book.isField(skippedField, field) ||
		strings.HasPrefix(field, "x-") && strings.HasSuffix(field, ":") ||
		field == "subject:" && !slices.ContainsFunc(words, beginsReply)
}

// append adds the words of a line to the passage under way.
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

// withoutUnderscores returns the words of a line in the log of qmail-send, which writes a reply as
// one word: Remote_host_said:_554_5.7.1_Service_unavailable.
func withoutUnderscores(words []string) []string {
	const said = "_said:_"
	if !strings.Contains(words[len(words)-1], said) &&
		(len(words) <= 3 || !strings.Contains(words[3], said)) {
		return words
	}
	return strings.Fields(strings.ReplaceAll(strings.Join(words, " "), "_", " "))
}

// withoutCode returns a word without the codes that begin the second and further lines of a reply,
// so that "550-Your host is" and "550 blocked" become one sentence. After a bracket the code stays:
// an address in it may be the receiver's, and then the next line is not about that.
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

// end ends the passage under way.
func (u *unfolder) end() {
	if u.open.Len() > 0 {
		line := lowered(strings.TrimSuffix(u.open.String(), " "))
		u.all = append(u.all, passage{line: line, certain: min(u.certain, len(line))})
	}
	u.open.Reset()
	u.reply, u.code, u.enhanced = false, "", ""
	u.transcript, u.ownReply = false, false
}

// unquoted returns a line without the marks of quoted mail, "> > ".
func unquoted(line string) string {
	for range 20 {
		rest, quoted := strings.CutPrefix(trimLeft(line, " \t"), ">")
		if !quoted {
			break
		}
		line = strings.TrimPrefix(rest, " ")
	}
	return line
}

// begins reports whether a line is the first of a passage: an entry of a log or a queue, a field of
// a report, or the recipient that the next lines are about. A folded line is indented deeper than
// the first one of its passage. It can only be an entry of a log.
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
		word = trimLeft(word, "[\"")
		if isClock(word) || isDate(word) || strings.HasPrefix(word, "@40000000") { // TAI64N
			return true
		}
	}
	return false
}

// isClock reports whether a word begins like 23:59:59.
func isClock(word string) bool {
	return len(word) >= len("23:59:59") && isDigit(word[0]) && word[2] == ':' && word[5] == ':' &&
		isDigit(word[7])
}

// isDate reports whether a word begins like 2026-11-22.
func isDate(word string) bool {
	return len(word) >= len("2026-11-22") && isDigit(word[0]) && word[4] == '-' && word[7] == '-' &&
		isDigit(word[9])
}
