package resolver

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"syscall"
	"time"

	"github.com/miekg/dns"

	"check_dnsbl/internal/dnsbl"
)

// A server is one resolver while one question is put to it.
type server struct {
	addr      netip.AddrPort
	question  dnsbl.Question
	authority bool         // it is asked for what it has itself
	cut       string       // where its zone begins then
	tries     int          // left; 0 as soon as asking again is of no use
	sent      int          // tries made
	answer    dnsbl.Answer // its answer, or the failure that says most so far
	referral  *Referral    // whom it says to ask instead

	query *query // the same for every try
	line  *Line  // on which it is asked, nil before the first try
}

// try sends the question and listens until the server has answered or failed, or wait is over.
func (s *server) try(ctx context.Context, ports *ports, wait time.Duration) {
	if s.begin(ports, nil) {
		s.await(ctx, wait, wait)
	}
}

// begin sends the question. It returns whether that is possible. What comes goes into box, if that is not nil.
func (s *server) begin(ports *ports, box *Mailbox) bool {
	s.tries--
	s.sent++
	err := s.open(ports, box)
	if err == nil {
		err = s.line.send(s.query)
	}
	if err != nil {
		s.fail(err)
	}
	return err == nil
}

// await listens until the server has answered or failed, or what is left of the wait is over.
func (s *server) await(ctx context.Context, wait, left time.Duration) {
	enough := time.NewTimer(left)
	defer enough.Stop()
	for {
		select {
		case came := <-s.line.heard:
			if came.Err != nil {
				s.fail(came.Err)
				return
			}
			if s.hear(ctx, wait, came.Judged) {
				return
			}
		case <-enough.C:
			s.hearLast(ctx)
			return
		case <-ctx.Done():
			s.hearLast(ctx)
			return
		}
	}
}

// hearLast hears what came just in time, an error too: who has little time must not say "no answer" of a closed port.
func (s *server) hearLast(ctx context.Context) {
	select {
	case came := <-s.line.heard:
		switch {
		case came.Err != nil:
			s.fail(came.Err)
		case came.Kind == Final:
			s.hear(ctx, 0, came.Judged)
		}
	default:
	}
}

// hear does what a packet calls for. It returns whether the try is over.
func (s *server) hear(ctx context.Context, wait time.Duration, came Judged) bool {
	if came.Kind == cut {
		came = s.overTCP(ctx, wait)
	}
	switch came.Kind {
	case Final:
		s.note(came.Answer)
		s.tries = 0
	case referred:
		s.note(came.Answer)
		s.tries = 0
		if to := came.Referral; Below(to.Cut, s.cut) && Within(Plain(s.question.Name), to.Cut) { // neither round in a circle nor astray
			s.referral = to
		}
	case cut:
		s.note(came.Answer)
	case broken: // it may be forged: the right one may still come
		s.note(came.Answer)
		return false
	case stranger:
		return false
	case noEDNS:
		return s.askPlainly()
	}
	return true
}

// askPlainly asks once more without EDNS, with a new ID. It returns whether the try is over.
func (s *server) askPlainly() bool {
	query, err := s.pack(false)
	if err == nil {
		s.query = query
		err = s.line.send(query)
	}
	if err != nil {
		s.fail(err)
	}
	return err != nil
}

// open makes the query and gets a line, unless an earlier try did.
func (s *server) open(ports *ports, box *Mailbox) error {
	if s.line != nil {
		return nil
	}
	var err error
	if s.query, err = s.pack(true); err != nil {
		return err
	}
	s.line, err = ports.join(s.addr, box)
	return err
}

// pack makes the question a query, of the kind that this server is asked.
func (s *server) pack(edns bool) (*query, error) {
	if s.authority {
		return newIterativeQuery(s.question, edns)
	}
	return newQuery(s.question, edns)
}

func (s *server) close() {
	if s.line != nil {
		s.line.leave()
		s.line = nil
	}
}

// interruptible lets the end of ctx end all waiting on conn, until the returned function is called.
func interruptible(ctx context.Context, conn net.Conn) (stop func() bool) {
	return context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
}

// overTCP asks again over TCP, with a wait of its own: the server is alive, and the UDP answer may have used up the first.
// It returns cut where that fails.
func (s *server) overTCP(ctx context.Context, wait time.Duration) Judged {
	until := time.Now().Add(wait)
	dialer := net.Dialer{Deadline: until}
	conn, err := dialer.DialContext(ctx, "tcp", s.addr.String())
	if err != nil {
		return truncated(Words(err))
	}
	defer conn.Close()
	defer interruptible(ctx, conn)()
	_ = conn.SetDeadline(until) // fails only on a closed connection
	if ctx.Err() != nil {
		return truncated(Words(ctx.Err()))
	}
	stream := dns.Conn{Conn: conn}
	if _, err := stream.Write(s.query.packet); err != nil {
		return truncated(Words(err))
	}
	for {
		packet, err := stream.ReadMsgHeader(nil)
		if err != nil {
			return truncated(Words(err))
		}
		switch came := s.query.judge(packet); came.Kind {
		case Final, noEDNS, referred:
			return came
		case cut:
			return Judged{Kind: cut, Answer: dnsbl.Answer{Cause: dnsbl.Truncated, Detail: "over TCP too"}}
		case broken:
			return Judged{Kind: cut, Answer: dnsbl.Answer{Cause: dnsbl.Truncated, Detail: "malformed over TCP"}}
		}
	}
}

// truncated says why TCP did not help.
func truncated(why string) Judged {
	return Judged{Kind: cut, Answer: dnsbl.Answer{Cause: dnsbl.Truncated, Detail: "over TCP: " + why}}
}

// note keeps what says most of the server's answers.
func (s *server) note(answer dnsbl.Answer) {
	if answer.Cause.Rank() >= s.answer.Cause.Rank() {
		s.answer = answer
	}
}

// fail ends the try with an error of the socket. A silence leaves the answer as it is, and the other tries;
// any other error is all there is to learn from this server.
func (s *server) fail(err error) {
	if isTimeout(err) {
		return
	}
	s.tries = 0
	if s.answer.Cause != dnsbl.Timeout {
		return
	}
	cause := dnsbl.Unreachable
	var bad nameError
	var ours panicked
	switch {
	case errors.As(err, &ours):
		cause = dnsbl.Internal
	case errors.As(err, &bad):
		cause = dnsbl.NameTooLong
	case errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE):
		cause = dnsbl.NoSockets
	}
	s.answer = dnsbl.Answer{Cause: cause, Detail: Words(err)}
}
