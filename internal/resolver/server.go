package resolver

import (
	"context"
	"net"
	"net/netip"
	"time"

	"github.com/miekg/dns"

	"check_dnsbl/internal/dnsbl"
)

// A server is one of those that a question may be put to.
type server struct {
	addr     netip.AddrPort
	pending  *Pending     // the query that it was sent, nil before the first try
	tries    int          // left; 0 as soon as asking again at once is of no use
	sent     int          // tries made
	overTCP  bool         // the last one was, after silence
	answer   dnsbl.Answer // its answer, or the failure that tells most so far
	referral *Referral    // whom it says to ask instead
	alias    string       // what it says to ask for instead
}

// decided reports whether the server gave an answer or leads to one, so that no other is needed.
func (s *server) decided() bool {
	return s.answer.Cause == "" || s.referral != nil || s.alias != ""
}

// note keeps the answer if it tells more than the one before.
func (s *server) note(answer dnsbl.Answer) {
	if answer.Cause.Rank() >= s.answer.Cause.Rank() {
		s.answer = answer
	}
}

// failTry ends the try with an error of the socket. After a timeout there may be other tries; any
// other error is all there is to learn from this server, unless it said more before.
func (s *server) failTry(failure dnsbl.Answer) {
	if failure.Cause == dnsbl.Timeout {
		return
	}
	s.tries = 0
	if s.answer.Cause == dnsbl.Timeout {
		s.answer = failure
	}
}

// overTCP puts a query to a server over TCP and returns the reply, or why there is none.
func overTCP(ctx context.Context, to netip.AddrPort, q *query, wait time.Duration) message {
	deadline := time.Now().Add(wait)
	dialer := net.Dialer{Deadline: deadline}
	conn, err := dialer.DialContext(ctx, "tcp", to.String())
	if err != nil {
		return failedBy(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(deadline) // fails only on a closed connection
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	stream := dns.Conn{Conn: conn}
	if _, err := stream.Write(q.packet); err != nil {
		return failedBy(err)
	}
	for {
		packet, err := stream.ReadMsgHeader(nil)
		if err != nil {
			return failedBy(err)
		}
		if came := q.judge(packet); came.kind != unrelated {
			return came
		}
	}
}

// repeated returns what a truncated reply and the repetition over TCP say together: the latter's
// reply, or that the answer is truncated, and why TCP did not help.
func repeated(overTCP message) message {
	why := "over TCP: " + overTCP.answer.Detail
	switch overTCP.kind {
	case complete, noEDNS, referred:
		return overTCP
	case truncated:
		why = "over TCP too"
	case malformed:
		why = "malformed over TCP"
	}
	return message{kind: truncated, answer: dnsbl.Answer{Cause: dnsbl.Truncated, Detail: why}}
}
