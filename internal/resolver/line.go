package resolver

import (
	"encoding/binary"
	"errors"
	"net/netip"
	"syscall"
)

// A Line is a question's end of a port.
type Line struct {
	ports  *ports
	server netip.AddrPort
	port   *port
	id     uint16     // of the packets that are for it
	query  *query     // that they answer
	heard  chan Heard // what came, or that nothing will
	box    *Mailbox   // where that goes instead, if it is not nil
}

// A Heard is a packet that was Judged, or why there will be none.
type Heard struct {
	Judged
	Err error
}

// put leaves what came for who waits on the Line, unless there is too much already.
func (l *Line) put(h Heard) {
	switch {
	case l.box == nil && len(l.heard) < backlog:
		l.heard <- h
	case l.box != nil && len(l.box.letters) < mostLetters:
		l.box.letters = append(l.box.letters, Letter{l, h})
		select {
		case l.box.Bell <- struct{}{}:
		default:
		}
	}
}

// Alone lets what comes from now on go to the Line itself, no longer into the box.
func (l *Line) Alone() {
	l.ports.mu.Lock()
	defer l.ports.mu.Unlock()
	l.box = nil
	if l.heard == nil {
		l.heard = make(chan Heard, backlog)
	}
}

// Forward gives the Line what went into a box, unless nobody waits on the Line itself.
func (l *Line) Forward(h Heard) {
	l.ports.mu.Lock()
	defer l.ports.mu.Unlock()
	if l.box == nil {
		l.put(h)
	}
}

// send sends a query, with the ID of the Line. What the kernel reports now may be about an earlier packet of another Line.
func (l *Line) send(q *query) error {
	l.expect(q)
	l.ports.sent.Add(1)
	_, err := l.port.conn.Write(q.packet)
	if ofServer(err) {
		l.ports.fail(l.server, l.port, err)
	}
	return err
}

// ofServer says whether an error is what the network reports of a server, and so holds for all who ask it; others are of one packet only.
func ofServer(err error) bool {
	return errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, syscall.EHOSTUNREACH) || errors.Is(err, syscall.ENETUNREACH)
}

// expect makes the Line one for answers to a query. For another query than before there is another ID: what comes for the old one is not
// for the Line any more.
func (l *Line) expect(q *query) {
	l.ports.mu.Lock()
	defer l.ports.mu.Unlock()
	if l.query == q {
		return
	}
	if l.query != nil {
		delete(l.port.lines, l.id)
		l.port.register(l)
	}
	l.query = q
	binary.BigEndian.PutUint16(q.packet, l.id)
}

// leave ends the Line. The last to leave closes the port.
func (l *Line) leave() {
	l.ports.mu.Lock()
	defer l.ports.mu.Unlock()
	delete(l.port.lines, l.id)
	if len(l.port.lines) > 0 {
		return
	}
	if l.ports.open[l.server] == l.port {
		delete(l.ports.open, l.server)
	}
	_ = l.port.conn.Close() // nothing to lose
}
