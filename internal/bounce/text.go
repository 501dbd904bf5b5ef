package bounce

import (
	"slices"
	"strings"
)

// partEnd parts the texts of a mail: what one ends with does not go on in the next.
const partEnd = "\f"

// statements returns what a text says, one thing after the other: what was folded is one line again, each paragraph, entry of a log or
// field of a report is a statement of its own, and what tells of other servers than the two is left out.
func statements(text string) []statement {
	text = withoutSoftBreaks(strings.ReplaceAll(text, "\r\n", "\n"))
	text = strings.NewReplacer("\r", "\n", "\u00a0", " ", "\u200b", "", "\u00ad", "", "%3A", ":", "%3a", ":", "%2F", "/", "%2f", "/",
		"\u201c", `"`, "\u201d", `"`, "\u201e", `"`, "\u2018", "'", "\u2019", "'", "[.]", ".", `\n`, " ", `\"`, "'", `\/`, "/").Replace(text)
	var all []statement
	for part := range strings.SplitSeq(text, partEnd) {
		var f folder
		for line := range strings.Lines(part) {
			if !f.line(line) {
				break
			}
		}
		f.end()
		all = append(all, f.all...)
	}
	return all
}

// withoutSoftBreaks puts words together that quoted-printable parts, in the source of a mail that was pasted: zen.spam=\nhaus.org.
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

// A folder puts lines together that were folded.
type folder struct {
	all               []statement
	open              strings.Builder // the statement that is being read
	indent            int             // of its first line
	sure              int
	omitted           int    // the indent of the field that is left out, and 1
	answered, replied bool   // there was a reply in the statement, in the text
	code, enhanced    string // with which the lines begin of a reply in the statement that has several: 550-5.7.1
}

// line reads a line, and says whether more is to be read: what follows the bounce is the message that bounced.
func (f *folder) line(line string) bool {
	line = unquoted(line)
	words := strings.Fields(line)
	if len(words) == 0 {
		f.omitted = 0
		f.end()
		return true
	}
	if f.replied && beginsOriginal(lowered(strings.Join(words[:min(len(words), 12)], " "))) {
		return false
	}
	indent := len(line) - len(strings.TrimLeft(line, " \t"))
	if f.omitted > 0 && indent >= f.omitted {
		return true
	}
	field := lowered(words[0])
	if f.omitted = 0; foreign(field) || field == "subject:" && !slices.ContainsFunc(words, isReply) {
		f.omitted = indent + 1
		return true
	}
	if begins(words, f.open.Len() > 0 && indent > f.indent) {
		f.end()
	}
	f.add(words, indent)
	return true
}

// add adds the words of a line to the statement.
func (f *folder) add(words []string, indent int) {
	if f.open.Len() == 0 {
		f.indent, f.sure = indent, 0
	}
	replies := slices.ContainsFunc(words, func(word string) bool { return replyIn(word) >= 0 })
	goesOn := !f.answered && replies || f.sure == f.open.Len() && (f.open.Len() == 0 || indent > f.indent || isReply(words[0]))
	f.answered = f.answered || replies
	if strings.Contains(words[len(words)-1], "_said:_") || len(words) > 3 && strings.Contains(words[3], "_said:_") { // the log of qmail-send
		words = strings.Fields(strings.ReplaceAll(strings.Join(words, " "), "_", " "))
	}
	for _, word := range words {
		if word = f.unlined(word); word != "" {
			f.open.WriteString(word)
			f.open.WriteByte(' ')
		}
	}
	if goesOn {
		f.sure = f.open.Len()
	}
}

// unlined returns a word without the codes with which the further lines of a reply begin, or "": "550-Your host is" and "550 blocked" are one
// sentence. Behind an address in brackets they part it, which may be that of the server, from what the reply says.
func (f *folder) unlined(word string) string {
	if word == "<<<" && f.code != "" { // in the transcript of sendmail
		return ""
	}
	if !isReply(word) {
		return word
	}
	f.replied = true
	text := f.open.String()
	code, rest, more := strings.Cut(word, "-")
	switch {
	case more && (f.code == "" || !strings.HasSuffix(code, f.code)):
		f.code, f.enhanced = code[max(0, len(code)-3):], rest
	case f.code == "", strings.HasSuffix(text, "] "), strings.HasSuffix(text, ") "):
	case word == f.code, word == f.enhanced, code == f.code && rest == f.enhanced:
		return ""
	case code == f.code:
		return rest
	}
	return word
}

// end ends the statement.
func (f *folder) end() {
	if f.open.Len() > 0 {
		f.all = append(f.all, newStatement(lowered(strings.TrimSuffix(f.open.String(), " ")), f.sure))
	}
	f.open.Reset()
	f.answered, f.code, f.enhanced = false, "", ""
}

// unquoted returns a line without the marks of a mail that is quoted.
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

// begins says whether a line is the first of a statement: an entry of a log or a queue, the field of a report, or what befell a recipient.
// One that is indented as what was folded is none of the latter two.
func begins(words []string, folded bool) bool {
	first := words[0]
	switch {
	case folded:
	case strings.HasSuffix(first, ">:"), strings.HasSuffix(first, ":") && len(first) > 2 && isUpper(first[0]):
		return true
	case first == "(host", first == "(connect", first == "(delivery", first == "(lost": // of mailq
		return true
	}
	return strings.HasPrefix(first, `{"`) || timed(words)
}

// timed says whether a line begins with a time, perhaps after the name of a container, the priority of an entry or the day.
func timed(words []string) bool {
	for _, word := range words[:min(len(words), 4)] {
		if isClock(strings.TrimPrefix(word, "[")) || isDate(strings.TrimPrefix(word, "[")) || strings.HasPrefix(word, "@40000000") {
			return true
		}
	}
	return false
}

func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }

func isClock(word string) bool {
	return len(word) >= 8 && isDigit(word[0]) && word[2] == ':' && word[5] == ':' && isDigit(word[7])
}

func isDate(word string) bool {
	return len(word) >= len("2026-11-22") && isDigit(word[0]) && word[4] == '-' && word[7] == '-' && isDigit(word[9])
}

// foreign says whether a field, in lower case, tells of the way of a message, not of what was said at its end.
func foreign(field string) bool {
	if strings.HasPrefix(field, "client-ip=") || strings.HasPrefix(field, "x-") && strings.HasSuffix(field, ":") {
		return true
	}
	for _, name := range [...]string{"received:", "received-spf:", "received-from-mta:", "authentication-results:", "arc-authentication-results:", "arc-seal:"} {
		if field == name {
			return true
		}
	}
	return false
}

// beginsOriginal says whether a line, in lower case, says that the message that bounced follows, or is of its header.
func beginsOriginal(line string) bool {
	line = strings.TrimLeft(line, "- ")
	for _, words := range [...]string{
		"received: from", "received: by", "return-path:", "received: (qmail",
		"below this line is a copy of the message",                                     // qmail
		"this is a copy of the message",                                                // Exim
		"this is a copy of your message",                                               // Exim
		"original message follows", "message header follows", "unsent message follows", // sendmail
		"original message headers",                        // Exchange, Office 365
		"original message -----",                          // Gmail; the quotes of Outlook have no blank there
		"the header of the original message is following", // GMX, WEB.DE
		"message headers follow",
		"message header:",
	} {
		if strings.HasPrefix(line, words) {
			return true
		}
	}
	return false
}

// lowered returns a text with ASCII in lower case, so that places in it are places in the text.
func lowered(s string) string {
	lower := []byte(s)
	for i, c := range lower {
		if isUpper(c) {
			lower[i] = c + 'a' - 'A'
		}
	}
	return string(lower)
}
