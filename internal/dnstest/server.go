package dnstest

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"sync"
	"time"

	"github.com/miekg/dns"
)

// readBuffer has room for hundreds of queries at a time, in bytes.
const readBuffer = 4 << 20

// A Server answers over UDP and TCP, on one port of a loopback address. Its methods may be called
// from several goroutines, also after Close.
type Server struct {
	Addr netip.AddrPort

	world   World
	index   *index
	servers []*dns.Server
	udp     *net.UDPConn
	closing chan struct{} // closed by Close, so that answers with a Latency do not delay it
	closed  sync.Once

	mu      sync.Mutex
	queries []string
}

// Start starts a server on a free port of 127.0.0.1. The caller must call Close.
func Start(world World) (*Server, error) {
	return StartAt(netip.AddrPortFrom(netip.AddrFrom4([4]byte{127, 0, 0, 1}), 0), world)
}

// StartAt is Start with another loopback address and, unless it is 0, a port.
func StartAt(addr netip.AddrPort, world World) (*Server, error) {
	s := &Server{world: world, closing: make(chan struct{})}
	var err error
	if s.index, err = newIndex(&s.world); err != nil {
		return nil, err
	}
	udp, tcp, err := listen(addr)
	if err != nil {
		return nil, err
	}
	s.udp, s.Addr = udp, udp.LocalAddr().(*net.UDPAddr).AddrPort()
	s.serve(&dns.Server{PacketConn: udp, UDPSize: udpSize})
	if world.UDPOnly {
		return s, tcp.Close()
	}
	s.serve(&dns.Server{Listener: streamListener{tcp}})
	return s, nil
}

// listen opens the port for UDP and TCP. For port 0 it tries until it finds one that is free for
// both.
func listen(addr netip.AddrPort) (*net.UDPConn, net.Listener, error) {
	var refused error
	for range 50 {
		udp, err := net.ListenUDP("udp", net.UDPAddrFromAddrPort(addr))
		if err != nil {
			return nil, nil, err
		}
		tcp, err := net.Listen("tcp", udp.LocalAddr().String())
		if err == nil {
			_ = udp.SetReadBuffer(readBuffer)
			return udp, tcp, nil
		}
		refused = errors.Join(err, udp.Close())
	}
	return nil, nil, fmt.Errorf("no port free for both UDP and TCP: %w", refused)
}

// serve starts the server for one transport and returns when it is ready.
func (s *Server) serve(server *dns.Server) {
	started := make(chan struct{})
	server.Handler = dns.HandlerFunc(s.handle)
	server.NotifyStartedFunc = func() { close(started) }
	s.servers = append(s.servers, server)
	go func() { _ = server.ActivateAndServe() }() // can only fail before the start
	<-started
}

// Restart closes the UDP port at once, whatever is under way, and opens it again after a pause. In
// between the kernel answers that the port is unreachable.
func (s *Server) Restart(pause time.Duration) error {
	_ = s.udp.Close()
	time.Sleep(pause)
	conn, err := net.ListenUDP("udp", net.UDPAddrFromAddrPort(s.Addr))
	for range 100 {
		if err == nil {
			break
		}
		time.Sleep(time.Millisecond) // whoever is reading or writing still has the old port
		conn, err = net.ListenUDP("udp", net.UDPAddrFromAddrPort(s.Addr))
	}
	if err != nil {
		return err
	}
	s.udp = conn
	_ = conn.SetReadBuffer(readBuffer)
	s.serve(&dns.Server{PacketConn: conn, UDPSize: udpSize})
	return nil
}

// Close stops the server and waits for its goroutines. It must not be called during Restart.
func (s *Server) Close() {
	s.closed.Do(func() {
		close(s.closing)
		for _, server := range s.servers {
			_ = server.Shutdown() // can only fail before the start
		}
	})
}

// handle answers one query, in a goroutine of its own.
func (s *Server) handle(w dns.ResponseWriter, q *dns.Msg) {
	name := canonical(q.Question[0].Name)
	s.mu.Lock()
	s.queries = append(s.queries, dns.TypeToString[q.Question[0].Qtype]+" "+name)
	s.mu.Unlock()
	list, fault := s.index.list(name), Fault(Healthy)
	if list != nil {
		if !s.wait(list.Latency) {
			return
		}
		if list.Fault != nil && s.index.records[name] == nil {
			fault = list.Fault
		}
	}
	if e := s.index.find(name); e != nil && e.fault != nil {
		fault = e.fault
	}
	if s.world.Fault != nil {
		fault = s.world.Fault
	}
	fault(w, q, s.index.reply(q))
}

// wait waits for latency. It reports whether the server is still open.
func (s *Server) wait(latency time.Duration) bool {
	if latency == 0 {
		return true
	}
	select {
	case <-time.After(latency):
		return true
	case <-s.closing:
		return false
	}
}

// Queries returns the queries so far, such as "A 10.2.0.192.bl.example", in order. A query that was
// sent again, or over TCP after UDP, is there again.
func (s *Server) Queries() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.queries)
}

// Count returns the number of times that a query, such as "A 10.2.0.192.bl.example", was sent so
// far.
func (s *Server) Count(question string) int {
	n := 0
	for _, asked := range s.Queries() {
		if asked == question {
			n++
		}
	}
	return n
}
