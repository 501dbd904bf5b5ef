package bounce

import "strings"

// A statement is what a text says in one go.
type statement struct {
	line      string // in lower case, all white space being one blank
	sure      int    // until here it goes on for certain; what follows may be somebody else's words
	reply     int    // where the first reply of a server begins, or -1
	why       Reason // what the reply is about, as it says itself
	policy    bool   // its code is one for refusing a server
	lists     bool   // it has the words of those who refuse by a list
	timed     bool   // it is an entry of a log
	unreached bool   // the receiver was not reached: the address in it may be the receiver's
	filter    bool   // it is a filter of our own that speaks, of messages of others
	sent      bool   // it is an entry of the log of who sends mail
	way       way
}

// The way of a message that a log tells of.
type way int

const (
	unsaid   way = iota
	outgoing     // another server did not take it
	incoming     // this server did not take it
)

func newStatement(line string, sure int) statement {
	s := statement{line: line, sure: sure, reply: replyIn(line), lists: containsAny(line, listWords()...), unreached: strings.Contains(line, "failure to connect")}
	words := strings.SplitN(line, " ", 6)
	s.filter = containsAny(line, "relay=127.", "relay=localhost", "[127.0.0.1] said", "[::1] said")
	s.timed = timed(words) || strings.HasPrefix(line, `{"`)
	out := firstOf(line, "status=bounced", "status=deferred", "status=undeliverable", " said: ", "refused to talk to me", "stat=", "reply=")
	in := firstOf(line, "noqueue:", "/smtpd[", "/smtpd ", "/postscreen[", "/dnsblog[", "milter-reject:", "connect from ",
		"reject=4", "reject=5", "rblsmtpd:", "failed-command", ",>,5", `,>,"5`) // of sendmail, qmail, OpenSMTPD, Exchange
	if s.timed {
		out = min(out, firstOf(line, " ** ", " == "))
		s.sent = containsAny(line, "status=sent", " => ")
		if strings.Contains(line, " h=") {
			in = min(in, firstOf(line, " rejected "))
		}
	}
	switch {
	case in < out:
		s.way = incoming
	case out < in:
		s.way = outgoing
	}
	if s.reply >= 0 {
		s.why, s.policy = whyOf(line[s.reply:]), isPolicy(line[s.reply:])
	}
	if s.sure = min(s.sure, len(line)); s.reply >= 0 {
		end, begin := "(in reply to", s.reply+1
		if strings.Count(line[:begin], `"`)%2 == 1 { // it is a quotation, in words or in JSON
			end = `"`
		}
		s.sure = min(s.sure, begin+firstOf(line[begin:], end))
	}
	return s
}

// firstOf returns where the first of some words begins in a line, or its end.
func firstOf(line string, words ...string) int {
	first := len(line)
	for _, w := range words {
		if at := strings.Index(line[:first], w); at >= 0 {
			first = at
		}
	}
	return first
}

func containsAny(line string, words ...string) bool { return firstOf(line, words...) < len(line) }

// listWords are the words of those who refuse by a list, whatever the code says that they put before.
func listWords() []string {
	return []string{"listed", "block", "black", "banned", "reputation", "dnsbl", " rbl", "found in", "found on", "is in ", "is on ", "service refus"}
}

// refuses says whether a statement is, or may be, the refusal of a server.
func (s *statement) refuses() bool { return s.lists || s.reply >= 0 && !s.why.ofRecipient() }

// replyIn returns where the first reply begins in a line, or -1.
func replyIn(line string) int {
	for at := 0; at < len(line); {
		size := strings.IndexByte(line[at:], ' ')
		if size < 0 {
			size = len(line) - at
		}
		word := line[at : at+size]
		if i := strings.LastIndexAny(word[:max(0, size-1)], "=;\"(<'"); i >= 0 && !isReply(word) && isReply(word[i+1:]) { // reply=550, smtp;550
			return at + i + 1
		}
		if isReply(word) {
			return at
		}
		at += size + 1
	}
	return -1
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
