package resolver

import (
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"

	"check_dnsbl/internal/parallel"
)

const (
	bufferSize  = 4096 // more than the answer that our EDNS record allows, for servers that do not keep to it
	MostPerPort = 64   // questions that a port takes; each of them is as hard to guess the port of as if it had one of its own
	backlog     = 4    // packets that wait for the one who asked; more are forged, and dropped as the kernel would drop them
)

// ports are the sockets of a run. Questions to one server that are under way at the same time share a port, at most MostPerPort of
// them: after these, or as soon as nobody waits, it is closed, and the next question has a new one.
type ports struct {
	sent atomic.Int64 // packets
	mu   sync.Mutex
	open map[netip.AddrPort]*port // that take more questions
}

// A port is a socket that is connected to a server: the kernel chooses its number at random, drops packets from elsewhere and
// reports that nobody listens there.
type port struct {
	conn  *net.UDPConn
	taken int              // questions that it ever took
	lines map[uint16]*Line // of the questions that are under way, by ID
}

// A Mailbox takes what comes on many lines, for one who waits for all of them.
type Mailbox struct {
	letters []Letter      // guarded by the ports' lock
	Bell    chan struct{} // has a value while there may be letters
}

type Letter struct {
	Line *Line
	Heard
}

// mostLetters is far more than what comes while one reads; a flood beyond it is dropped as the kernel would drop it.
const mostLetters = 1 << 14

func NewMailbox() *Mailbox { return &Mailbox{Bell: make(chan struct{}, 1)} }

// Collect returns the letters of a client's box, and puts an empty slice in their place.
func (c *Client) Collect(box *Mailbox, empty []Letter) []Letter { return c.ports.collect(box, empty) }

func (ps *ports) collect(box *Mailbox, empty []Letter) []Letter {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	letters := box.letters
	box.letters = empty[:0]
	return letters
}

// join returns a Line to a server. What comes goes into box, if that is not nil.
func (ps *ports) join(server netip.AddrPort, box *Mailbox) (*Line, error) {
	if !server.IsValid() { // which the kernel would take for this host
		return nil, errors.New("no address")
	}
	ps.mu.Lock()
	defer ps.mu.Unlock()
	p := ps.open[server]
	if p == nil {
		conn, err := net.DialUDP("udp", nil, net.UDPAddrFromAddrPort(server))
		if err != nil {
			return nil, err
		}
		p = &port{conn: conn, lines: map[uint16]*Line{}}
		if ps.open == nil {
			ps.open = map[netip.AddrPort]*port{}
		}
		ps.open[server] = p
		go ps.listen(server, p)
	}
	p.taken++
	if p.taken == MostPerPort {
		delete(ps.open, server)
	}
	l := &Line{ports: ps, server: server, port: p, box: box}
	if box == nil {
		l.heard = make(chan Heard, backlog)
	}
	p.register(l)
	return l, nil
}

// register gives a Line an ID that no other has.
func (p *port) register(l *Line) {
	taken := l
	for taken != nil {
		var id [2]byte
		_, _ = rand.Read(id[:]) // which never fails
		l.id = binary.BigEndian.Uint16(id[:])
		taken = p.lines[l.id]
	}
	p.lines[l.id] = l
}

// listen hands what comes to whom it is for, until the port is closed or fails.
func (ps *ports) listen(server netip.AddrPort, p *port) {
	buffer := make([]byte, bufferSize)
	for {
		n, err := p.conn.Read(buffer)
		if err != nil {
			ps.fail(server, p, err)
			return
		}
		if n >= 2 {
			ps.hand(p, buffer[:n])
		}
	}
}

// hand judges a packet, and leaves what it is to the Line of its ID.
func (ps *ports) hand(p *port, packet []byte) {
	id := binary.BigEndian.Uint16(packet)
	query := ps.queryOf(p, id)
	if query == nil {
		return
	}
	var came Heard
	parallel.Guard(func() { came.Judged = query.judge(packet) }, func(reason any) { came.Err = panicked(fmt.Sprint(reason)) })
	if came.Err == nil && came.Kind == stranger {
		return
	}
	ps.mu.Lock()
	defer ps.mu.Unlock()
	if l := p.lines[id]; l != nil && l.query == query {
		l.put(came)
	}
}

// queryOf returns the query that has an ID, or nil.
func (ps *ports) queryOf(p *port, id uint16) *query {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	if l := p.lines[id]; l != nil {
		return l.query
	}
	return nil
}

// fail tells all who wait at a port that nothing will come.
func (ps *ports) fail(server netip.AddrPort, p *port, err error) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	if ps.open[server] == p {
		delete(ps.open, server)
	}
	for _, l := range p.lines {
		l.put(Heard{Err: err})
	}
}
