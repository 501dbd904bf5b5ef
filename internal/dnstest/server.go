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

// A Server answers over UDP and TCP on one port of a loopback address. Its methods may be called at any time, from any goroutine.
type Server struct {
	Addr netip.AddrPort

	world   World
	index   *index
	servers []*dns.Server
	closing chan struct{} // closed by Close, to wake the answers that wait
	closed  sync.Once

	mu    sync.Mutex
	asked []string
}

// Start serves the world on some port of 127.0.0.1 until Close.
func Start(world World) (*Server, error) {
	return StartAt(netip.AddrPortFrom(netip.AddrFrom4([4]byte{127, 0, 0, 1}), 0), world)
}

// StartAt is Start at another loopback address, and at a certain port unless that is 0.
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
	s.Addr = udp.LocalAddr().(*net.UDPAddr).AddrPort()
	s.serve(&dns.Server{PacketConn: udp, UDPSize: udpSize})
	if world.UDPOnly {
		return s, tcp.Close()
	}
	s.serve(&dns.Server{Listener: streamListener{tcp}})
	return s, nil
}

// listen opens a port for both UDP and TCP: if it is 0, one that is free for both.
func listen(addr netip.AddrPort) (*net.UDPConn, net.Listener, error) {
	var refused error
	for range 50 {
		udp, err := net.ListenUDP("udp", net.UDPAddrFromAddrPort(addr))
		if err != nil {
			return nil, nil, err
		}
		tcp, err := net.Listen("tcp", udp.LocalAddr().String())
		if err == nil {
			_ = udp.SetReadBuffer(4 << 20) // for hundreds of questions at once; the system may allow less
			return udp, tcp, nil
		}
		refused = errors.Join(err, udp.Close())
	}
	return nil, nil, fmt.Errorf("no port free for both UDP and TCP: %w", refused)
}

// serve runs one of the two servers and returns when it is ready.
func (s *Server) serve(server *dns.Server) {
	started := make(chan struct{})
	server.Handler = dns.HandlerFunc(s.handle)
	server.NotifyStartedFunc = func() { close(started) }
	s.servers = append(s.servers, server)
	go func() { _ = server.ActivateAndServe() }() // fails only before it is started, with a socket that is none
	<-started
}

// Close ends the server; when it returns, no goroutine is left.
func (s *Server) Close() {
	s.closed.Do(func() {
		close(s.closing)
		for _, server := range s.servers {
			_ = server.Shutdown() // fails only if it was not started
		}
	})
}

// handle answers one question; package dns gives each packet its own goroutine.
func (s *Server) handle(w dns.ResponseWriter, q *dns.Msg) {
	name := plain(q.Question[0].Name)
	s.mu.Lock()
	s.asked = append(s.asked, dns.TypeToString[q.Question[0].Qtype]+" "+name)
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
	if e := s.index.entries[name]; e != nil && e.fault != nil {
		fault = e.fault
	}
	if s.world.Fault != nil {
		fault = s.world.Fault
	}
	fault(w, q, s.index.reply(q))
}

// wait returns false if the server is closed meanwhile.
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

// Questions returns all that was asked so far, in order, as "A 10.2.0.192.bl.example"; resends and TCP count again.
func (s *Server) Questions() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.asked)
}

// Count returns how often a question, e.g. "A 10.2.0.192.bl.example", was asked so far.
func (s *Server) Count(question string) int {
	n := 0
	for _, asked := range s.Questions() {
		if asked == question {
			n++
		}
	}
	return n
}
