package resolver

import (
	"context"
	"encoding/binary"
	"errors"
	"net"
	"net/netip"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/parallel"
)

const (
	// MaxPerSocket bounds how many queries ever share a source port, so that spoofing stays as hard
	// as with a port for each query (RFC 5452 section 9.2).
	MaxPerSocket = 64

	// maxBuffered replies are kept for each query until they are heard. More can only be
	// forgeries, and are dropped.
	maxBuffered = 4

	bufferSize = 4096 // more than our EDNS record allows, for servers that do not keep to it

	tick = 50 * time.Millisecond // between searches for overdue answers
)

// A transport has the UDP sockets of a run. Queries to one server that are under way together share
// sockets, at most MaxPerSocket each: after these, or as soon as none is under way, a socket is
// closed, and the next query has a new one.
type transport struct {
	sent    atomic.Int64 // packets
	mu      sync.Mutex
	open    map[*path]*socket // that take more queries
	sockets map[*socket]bool  // all that are not closed
	paths   map[netip.AddrPort]*path
	timer   *time.Timer // calls sendOverdue
	due     time.Time   // when it does; zero if it is not running
}

// A socket is connected to a server, so that the kernel drops packets from elsewhere and reports a
// closed port. The kernel chooses its port at random.
type socket struct {
	conn    *net.UDPConn
	path    *path
	taken   int                 // queries that it ever took
	pending map[uint16]*Pending // by ID
}

// A Pending is a query that was sent and whose replies are wanted.
type Pending struct {
	transport *transport
	server    netip.AddrPort
	socket    *socket
	id        uint16
	query     *query
	replies   chan<- Reply // nil after the release

	first, last time.Time // when it was sent
	copies      int       // that were sent, the first included; maxCopies if no more are needed
	plain       bool      // the last one had no OPT record
	failed      bool      // an error of the socket was delivered, and none is until the next try
}

// A Reply is a packet that came for a query, or the reason why none will come.
type Reply struct {
	Pending *Pending
	*message
}

// Refused reports whether the server refused the query, as a forwarder does that has too many.
func (r Reply) Refused() bool { return r.answer.Cause == dnsbl.Refused }

// Forward delivers a reply again, to where the replies to its query go now. If the query is over,
// the reply is dropped.
func (r Reply) Forward() {
	r.Pending.transport.mu.Lock()
	defer r.Pending.transport.mu.Unlock()
	r.Pending.deliver(r)
}

// send sends a query to a server. Replies go to replies, until the query is released.
func (t *transport) send(to netip.AddrPort, q *query, replies chan<- Reply) (*Pending, error) {
	p, err := t.register(to, q, replies)
	if err != nil {
		return nil, err
	}
	if err := p.resend(); err != nil {
		p.release()
		return nil, err
	}
	return p, nil
}

// register gives a query an ID at a socket.
func (t *transport) register(to netip.AddrPort, q *query, replies chan<- Reply) (*Pending, error) {
	if !to.IsValid() { // which the kernel would take for this host
		return nil, errors.New("no address")
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	path := t.path(to)
	s := t.open[path]
	if s == nil {
		conn, err := net.DialUDP("udp", nil, net.UDPAddrFromAddrPort(to))
		if err != nil {
			path.report(time.Now())
			return nil, err
		}
		s = &socket{conn: conn, path: path, pending: map[uint16]*Pending{}}
		t.open[path], t.sockets[s] = s, true
		go t.listen(s)
	}
	s.taken++
	if s.taken == MaxPerSocket {
		delete(t.open, path)
	}
	p := &Pending{transport: t, server: to, socket: s, replies: replies, copies: 1}
	p.first = time.Now()
	p.last = p.first
	p.identify(q)
	t.watch(q)
	return p, nil
}

// path returns the path to a server. It is called with the lock.
func (t *transport) path(to netip.AddrPort) *path {
	if t.paths == nil {
		t.paths = map[netip.AddrPort]*path{}
		t.open, t.sockets = map[*path]*socket{}, map[*socket]bool{}
	}
	p := t.paths[to]
	if p == nil {
		p = new(path)
		t.paths[to] = p
	}
	return p
}

// watch starts the timer of sendOverdue for a query. It is called with the lock. Name servers are
// sent no copies: there are several, so that another one is asked instead.
func (t *transport) watch(q *query) {
	if q.iterative || !t.due.IsZero() {
		return
	}
	t.due = time.Now().Add(leastOverdue)
	if t.timer == nil {
		t.timer = time.AfterFunc(leastOverdue, t.sendOverdue)
	} else {
		t.timer.Reset(leastOverdue)
	}
}

// sendOverdue sends the queries again whose answers are overdue, with the same ID, so that an
// answer to any copy counts. It does so once more after a while if there may be others by then.
func (t *transport) sendOverdue() {
	type copied struct {
		conn   *net.UDPConn
		packet []byte
	}
	var overdue []copied
	t.mu.Lock()
	now := time.Now()
	stalled := now.Sub(t.due) > tick // so that there are replies that were not read yet
	t.due = time.Time{}
	for s := range t.sockets {
		for _, p := range s.pending {
			age := now.Sub(p.first)
			if p.query.iterative || p.copies == maxCopies || age > lastOverdue {
				continue
			}
			t.due = now.Add(tick)
			if !stalled && s.path.due(p.copies, age) {
				p.copies++
				s.path.copies++
				p.last = now
				overdue = append(overdue, copied{s.conn, p.query.packet})
			}
		}
	}
	if !t.due.IsZero() {
		t.timer.Reset(tick)
	}
	t.mu.Unlock()
	for _, o := range overdue {
		t.sent.Add(1)
		_, _ = o.conn.Write(o.packet) // whatever is wrong, the next try learns it
	}
}

// identify makes q the query of p, with a random ID that no other query at the socket has.
func (p *Pending) identify(q *query) {
	taken := p
	for taken != nil {
		p.id = q.setID()
		taken = p.socket.pending[p.id]
	}
	p.socket.pending[p.id] = p
	p.query = q
}

// again makes the next try, with the same ID, and without EDNS if plain is set. From then on only
// further tries send the query again.
func (p *Pending) again(plain bool) error {
	p.transport.mu.Lock()
	p.copies, p.last, p.failed, p.plain = maxCopies, time.Now(), false, plain
	p.transport.mu.Unlock()
	return p.resend()
}

// resend sends the query, with the same ID if it was sent before. An error of the server that the
// kernel reports first is about an earlier packet, of any query at the socket, and this one was not
// sent.
func (p *Pending) resend() error {
	err := p.write()
	if isServerError(err) {
		p.transport.fail(p, p.socket, err)
		err = p.write()
	}
	return err
}

func (p *Pending) write() error {
	p.transport.sent.Add(1)
	packet := p.query.packet
	if p.plain {
		packet = p.query.plain()
	}
	_, err := p.socket.conn.Write(packet)
	return err
}

// isServerError reports whether the network reports an error of the server, which holds for all
// queries to it. Other errors are about one packet only.
func isServerError(err error) bool {
	return errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, syscall.EHOSTUNREACH) ||
		errors.Is(err, syscall.ENETUNREACH)
}

// replace sends another query with another ID. Replies to the one before are dropped from now on.
func (p *Pending) replace(q *query) error {
	p.transport.mu.Lock()
	delete(p.socket.pending, p.id)
	p.identify(q)
	p.first, p.copies, p.failed = time.Now(), 1, false
	p.last = p.first
	p.transport.mu.Unlock()
	return p.resend()
}

// redirect makes further replies go to another channel.
func (p *Pending) redirect(replies chan<- Reply) {
	p.transport.mu.Lock()
	defer p.transport.mu.Unlock()
	p.replies = replies
}

// release ends the query. Its replies are dropped from now on. The last query closes the socket.
func (p *Pending) release() {
	if p == nil {
		return
	}
	t, s := p.transport, p.socket
	t.mu.Lock()
	defer t.mu.Unlock()
	p.replies = nil
	if s.pending[p.id] != p { // released before
		return
	}
	delete(s.pending, p.id)
	if len(s.pending) > 0 {
		return
	}
	if t.open[s.path] == s {
		delete(t.open, s.path)
	}
	delete(t.sockets, s)
	_ = s.conn.Close() // nothing to lose
}

// listen hands over what comes to a socket, until it is closed or fails. It goes on after an error
// of the server, which may be there again for the next packet.
func (t *transport) listen(s *socket) {
	buffer := make([]byte, bufferSize)
	for {
		n, err := s.conn.Read(buffer)
		if err != nil {
			t.fail(nil, s, err)
			if !isServerError(err) {
				return
			}
		}
		if n >= 2 {
			t.receive(s, buffer[:n])
		}
	}
}

// receive judges a packet, without the lock, and delivers it if its query still has its ID.
func (t *transport) receive(s *socket, packet []byte) {
	id := binary.BigEndian.Uint16(packet)
	t.mu.Lock()
	p := s.pending[id]
	var q *query
	if p != nil {
		q = p.query
	}
	t.mu.Unlock()
	if q == nil {
		return
	}
	came := time.Now()
	var m message
	parallel.Guard(func() { m = q.judge(packet) }, func(reason any) {
		m = message{kind: failed, answer: Crashed(reason)}
	})
	if m.kind == unrelated {
		return
	}
	m.at = came
	t.mu.Lock()
	defer t.mu.Unlock()
	if s.pending[id] == p && p.query == q {
		if m.kind != malformed {
			if p.plain && !m.edns && s.path.replies == 0 {
				s.path.noEDNS = true
			}
			s.path.observe(came.Sub(p.first), came.Sub(p.last))
			p.copies = maxCopies
			if m.answer.Cause == dnsbl.Refused {
				s.path.refused++
			}
			if m.kind == complete && m.answer.Cause == "" {
				s.path.answered = true
			}
		}
		p.deliver(Reply{p, &m})
	}
}

// fail delivers the error of a socket to its queries, but not to the one that is about to be sent,
// nor twice to one: there may be an error for each packet. A socket that failed for another reason
// than its server takes no more queries.
func (t *transport) fail(but *Pending, s *socket, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if isServerError(err) {
		s.path.report(time.Now())
	} else if t.open[s.path] == s {
		delete(t.open, s.path)
	}
	if len(s.pending) == 0 { // it was closed
		return
	}
	m := failedBy(err)
	for _, p := range s.pending {
		if p != but && !p.failed {
			p.failed, p.copies = true, maxCopies
			p.deliver(Reply{p, &m})
		}
	}
}

// known returns a copy of the path to a server.
func (t *transport) known(server netip.AddrPort) (known path) {
	t.with(server, func(p *path) { known = *p })
	return known
}

// with calls use with the path to a server, while it holds the lock.
func (t *transport) with(server netip.AddrPort, use func(p *path)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	use(t.path(server))
}

// failedBy returns what an error says of the server that a query was for. A timeout says nothing.
func failedBy(err error) message {
	cause := dnsbl.Unreachable
	switch {
	case isTimeout(err):
		cause = dnsbl.Timeout
	case errors.As(err, new(packError)):
		cause = dnsbl.NameTooLong
	case errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE):
		cause = dnsbl.NoSockets
	}
	sendFailed := cause == dnsbl.Unreachable && !errors.Is(err, syscall.ECONNREFUSED)
	return message{kind: failed, answer: dnsbl.Answer{
		Cause: cause, Detail: reasonOf(err), SendFailed: sendFailed,
	}}
}

func isTimeout(err error) bool {
	return errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, context.DeadlineExceeded) ||
		errors.Is(err, context.Canceled)
}

// reasonOf returns the reason of an error, e.g. "connection refused", without the addresses that
// package net adds.
func reasonOf(err error) string {
	var errno syscall.Errno
	switch {
	case isTimeout(err):
		return "no answer"
	case errors.As(err, &errno):
		return errno.Error()
	}
	return err.Error()
}

// deliver is called with the lock. If the channel is full, the reply is dropped, as the kernel
// would drop the packet.
func (p *Pending) deliver(r Reply) {
	select {
	case p.replies <- r:
	default:
	}
}
