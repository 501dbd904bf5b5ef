package resolver

import (
	"fmt"
	"net"
	"net/netip"
	"os"
	"sync/atomic"
	"testing"

	"github.com/miekg/dns"

	"check_dnsbl/internal/dnsbl"
)

// An attacker can send from the resolver's own address, but does not know the port and the ID of a
// question, nor when it is asked. So the test sends lies to every port that the kernel may choose,
// before the socket is bound and while it waits. The true answer is sent only when a lie has come
// to every port meanwhile, so that the client has read one before it.
func TestLiesBeforeTheQuestion(t *testing.T) {
	first, last := ephemeralPorts(t)
	conn, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	var asked atomic.Pointer[dns.Msg]
	var from atomic.Pointer[net.UDPAddr]
	go func() {
		buffer := make([]byte, bufferSize)
		for {
			n, addr, err := conn.ReadFromUDP(buffer)
			if err != nil {
				return
			}
			q := new(dns.Msg)
			if q.Unpack(buffer[:n]) == nil && !q.Response {
				from.Store(addr)
				asked.Store(q)
			}
		}
	}()
	before, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		sweep(conn, first, last, &asked) // not asked yet
		close(before)
		for asked.Load() == nil {
			sweep(conn, first, last, &asked)
		}
		sweep(conn, first, last, &asked)
		truth, _ := answerTo(asked.Load(), 2).Pack()
		_, _ = conn.WriteTo(truth, from.Load())
	}()
	<-before
	c := &Client{Resolvers: []netip.AddrPort{conn.LocalAddr().(*net.UDPAddr).AddrPort()}, Wait: generous}
	if got := said(ask(t, c, dnsbl.A, listedName)); got != listedAddrs {
		t.Errorf("%s, want %s", got, listedAddrs)
	}
	<-done
}

// sweep sends a lie to each port, right in everything but the ID, which is the next one to the true
// one if that is known.
func sweep(conn *net.UDPConn, first, last int, asked *atomic.Pointer[dns.Msg]) {
	guess := new(dns.Msg).SetQuestion(dns.Fqdn(listedName), dns.TypeA)
	lie := answerTo(guess, 66)
	for port := first; port <= last; port++ {
		if q := asked.Load(); q != nil {
			lie.Id = q.Id + 1
		}
		packet, _ := lie.Pack()
		_, _ = conn.WriteTo(packet, &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1), Port: port})
	}
}

// answerTo says that the name is at 127.0.0.code.
func answerTo(q *dns.Msg, code byte) *dns.Msg {
	m := new(dns.Msg).SetReply(q)
	header := dns.RR_Header{Name: q.Question[0].Name, Rrtype: dns.TypeA, Class: dns.ClassINET, Ttl: 60}
	m.Answer = []dns.RR{&dns.A{Hdr: header, A: net.IPv4(127, 0, 0, code)}}
	return m
}

// ephemeralPorts returns the ports that the kernel chooses from.
func ephemeralPorts(t *testing.T) (first, last int) {
	text, err := os.ReadFile("/proc/sys/net/ipv4/ip_local_port_range")
	if err == nil {
		_, err = fmt.Sscan(string(text), &first, &last)
	}
	if err != nil {
		t.Skip("which ports the kernel chooses from is known on Linux only:", err)
	}
	return first, last
}
