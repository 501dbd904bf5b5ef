package bounce

import (
	"strings"
)

// statements returns the text of a bounce as lines in which all white space is one blank: what was folded is one line again, each
// paragraph, entry of a log or field of a report has a line of its own, and what tells of other servers than the two is left out.
func statements(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u00a0", " ", "\u200b", "", "\u00ad", "", "%3A", ":", "%3a", ":").Replace(text)
	var out strings.Builder
	omitted, replied := -1, false // the indent of the field that is left out
	for line := range strings.Lines(text) {
		line = unquoted(line)
		words := strings.Fields(line)
		if len(words) == 0 {
			omitted = -1
			out.WriteByte('\n')
			continue
		}
		if replied && beginsOriginal(lowered(strings.Join(words, " "))) {
			break
		}
		indent := len(line) - len(strings.TrimLeft(line, " \t"))
		if omitted >= 0 && indent > omitted {
			continue
		}
		if omitted = -1; foreign(lowered(words[0])) {
			omitted = indent
			continue
		}
		if begins(words) {
			out.WriteByte('\n')
		}
		for _, word := range words {
			if isReply(word) {
				if replied && len(word) > 4 && word[3] == '-' {
					word = word[4:] // the next line of a reply, "554-No SMTP service 554-IP address is block listed"
				}
				replied = true
			}
			out.WriteString(word)
			out.WriteByte(' ')
		}
	}
	return out.String()
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

// begins says whether a line is the first of a statement: an entry of a log, the field of a report, or what befell a recipient.
func begins(words []string) bool {
	first := words[0]
	switch {
	case strings.HasSuffix(first, ">:"), strings.HasSuffix(first, ":") && len(first) > 2 && isUpper(first[0]):
		return true
	case len(words) > 2 && len(first) == 3 && isUpper(first[0]) && isClock(words[2]): // Nov 22 10:00:00
		return true
	}
	return len(first) >= len("2026-11-22") && strings.Count(first[:10], "-") == 2 && isDigit(first[0])
}

func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }

func isClock(word string) bool { return len(word) >= 8 && word[2] == ':' && word[5] == ':' }

// foreign says whether a field tells of the way of a message, not of what was said at its end.
func foreign(field string) bool {
	for _, name := range [...]string{"received:", "received-spf:", "received-from-mta:", "remote-mta:", "x-received:", "x-originating-ip:",
		"authentication-results:", "arc-authentication-results:", "arc-seal:", "arc-message-signature:", "dkim-signature:", "list-unsubscribe:",
		"x-spam-status:", "x-spam-report:", "x-forefront-antispam-report:", "x-microsoft-antispam:", "x-ms-exchange-organization-originalclientipaddress:"} {
		if field == name {
			return true
		}
	}
	return false
}

// beginsOriginal says whether a line, in lower case, says that the message that bounced follows.
func beginsOriginal(line string) bool {
	line = strings.TrimLeft(line, "- ")
	for _, words := range [...]string{
		"below this line is a copy of the message",                                     // qmail
		"this is a copy of the message",                                                // Exim
		"this is a copy of your message",                                               // Exim
		"original message follows", "message header follows", "unsent message follows", // sendmail
		"original message headers",                        // Exchange, Office 365
		"original message details",                        // Office 365
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

// isReply says whether a word begins as the replies do with which servers refuse: 550, 550-, 5.7.1.
func isReply(word string) bool {
	word = strings.TrimRight(strings.TrimLeft(strings.TrimPrefix(word, "smtp;"), "#'\"<("), ".:;,")
	if len(word) < 3 || word[0] != '4' && word[0] != '5' {
		return false
	}
	if isDigit(word[1]) && isDigit(word[2]) {
		return len(word) == 3 || word[3] == '-'
	}
	parts := strings.SplitN(word, ".", 4)
	return len(parts) == 3 && len(parts[0]) == 1 && isNumber(parts[1]) && isNumber(parts[2])
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isNumber(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != "" && len(s) <= 3
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
