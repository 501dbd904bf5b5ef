package bounce

import "strings"

// A sentence is a passage and what is known about it as a whole.
type sentence struct {
	line      string // of the passage
	certain   int    // of the passage, or the end of the reply if that comes before
	reply     int    // offset of the first reply in line, or -1
	reason    Reason // of the reply
	policy    bool   // the reply has a code for refusing a client
	byList    bool   // it says that the client was refused because of a list or its reputation
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
	s.byList = has(byList)
	s.unreached = has(unreached)
	s.ownFilter = has(ownFilter)
	s.sent = has(sentMail)
	out, in := book.first(refusedThere, s.line, s.entry), book.first(refusedHere, s.line, s.entry)
	switch {
	case in < out:
		s.direction = inbound
	case out < in:
		s.direction = outbound
	}
	if s.reply >= 0 {
		reply := s.line[s.reply:]
		s.reason, s.policy = book.reason(reply), refusesClient(reply)
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
func (s *sentence) refuses() bool { return s.byList || s.reply >= 0 && !s.reason.ofRecipient() }

// inReply reports whether an offset is certainly within the reply.
func (s *sentence) inReply(at int) bool { return s.reply >= 0 && s.reply < at && at < s.certain }
