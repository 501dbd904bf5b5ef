package bounce

import "strings"

// A sentence is a passage and what is known about it as a whole.
type sentence struct {
	line      string // of the passage
	certain   int    // of the passage, or the end of the reply if that comes before
	reply     int    // offset of the first reply in line, or -1
	reason    Reason // of the reply
	status    bool   // the reply is nothing but a status code, which a program may have made up
	temporary bool   // the reply is a 4xx
	permanent bool   // the reply is a 5xx, or there is no other try
	policy    bool   // the reply has a code for refusing a client
	byList    bool   // it may say that the client was refused because of a list or its reputation
	certainly bool   // it does say so
	failed    bool   // it is about a look-up that failed
	entry     bool   // it is an entry of a log
	sent      bool   // it is an entry about mail that this server sent
	unreached bool   // the receiver could not be reached
	ownFilter bool   // a content filter of the sender speaks, of mail from others
	direction direction
}

// A direction is which server refused the message, as seen from the server that wrote the
// sentence.
type direction int

const (
	unknown  direction = iota
	outbound           // another server refused a message from this one
	inbound            // this server refused a message from another
)

func newSentence(p passage, book *phrasebook) sentence {
	s := sentence{line: p.line, certain: p.certain, reply: firstReply(p.line)}
	s.entry = beginsEntry(strings.SplitN(s.line, " ", 6))
	has := func(role role) bool { return book.has(role, s.line, s.entry) }
	s.byList = has(byList) && !has(notByList)
	s.certainly = s.byList && s.reply >= 0 && has(listRefusal)
	s.failed = has(failedLookup)
	s.permanent = has(finalFailure)
	s.unreached = has(unreached)
	s.ownFilter = has(ownFilter)
	s.sent = has(sentMail)
	out, in := book.first(refusedThere, s.line, s.entry), book.first(refusedHere, s.line, s.entry)
	switch {
	case in < out:
		s.direction = inbound
	case out < in:
		s.direction = outbound
	case s.entry && s.byList && s.reply < 0: // a program that quotes no reply has refused
		s.direction = inbound
	}
	if s.reply >= 0 {
		reply := s.line[s.reply:]
		s.reason, s.policy = book.reason(reply), refusesClient(reply)
		s.status = !isDigit(reply[1])
		s.temporary, s.permanent = reply[0] == '4', s.permanent || reply[0] == '5'
		s.certain = min(s.certain, s.replyEnd(book))
	}
	return s
}

// replyEnd returns where the reply ends: at the closing quotation mark if it has an opening one, or
// else at the words that a program adds, such as "(in reply to RCPT TO command)".
func (s *sentence) replyEnd(book *phrasebook) int {
	begin := s.reply + 1
	if strings.Count(s.line[:begin], `"`)%2 == 0 {
		return begin + book.first(replyEnd, s.line[begin:], s.entry)
	}
	if size := strings.IndexByte(s.line[begin:], '"'); size >= 0 {
		return begin + size
	}
	return len(s.line)
}

// isProse reports whether the sentence is not from a log.
func (s *sentence) isProse() bool { return s.direction == unknown && !s.entry }

// refuses reports whether the sentence is the refusal of a server, or may be one.
func (s *sentence) refuses() bool {
	return !s.failed && (s.byList || s.reply >= 0 && !s.reason.ofRecipient())
}

// blocks reports whether the sentence is a reply that blocks an address in it, if there is one, and
// gives no other reason.
func (s *sentence) blocks() bool {
	return s.byList && s.reply >= 0 && (s.reason == "" || s.reason.ofRecipient())
}

// inReply reports whether an offset is certainly within the reply.
func (s *sentence) inReply(at int) bool { return s.reply >= 0 && s.reply < at && at < s.certain }

// isOfContent reports whether the reply refuses the content of the message, and says nothing of a
// client: "considered spam by Cloudmark" is not about its list.
func (s *sentence) isOfContent() bool {
	return s.reason == Content && !s.byList
}
