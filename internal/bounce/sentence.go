package bounce

import "strings"

// A sentence is a passage with what is known of it as a whole.
type sentence struct {
	line      string // see passage
	certain   int    // end of the reply, or as far as it goes on for certain
	reply     int    // where the first reply begins in line, or -1
	reason    Reason // of the reply
	policy    bool   // the reply has a code for refusing a client
	byList    bool   // it says that a list or a bad reputation is the reason
	entry     bool   // it is an entry of a log
	sent      bool   // it is an entry about mail that this server sent
	direction direction
	// The receiver could not be reached: addresses may be those of the receiver.
	unreached bool
	// A content filter of our own speaks, about messages of others.
	ownFilter bool
}

// A direction is the way of the message that was refused, seen from the server whose log tells of
// it.
type direction int

const (
	unknown  direction = iota
	outbound           // another server refused it
	inbound            // this server refused it
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

// replyEnd returns where the reply ends: at the words of a program that quotes it, or at the
// closing quotation mark, in prose or in JSON.
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

// inReply reports whether a place in the line is within the reply for certain.
func (s *sentence) inReply(at int) bool { return s.reply >= 0 && s.reply < at && at < s.certain }
