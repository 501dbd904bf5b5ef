package resolver

import (
	"fmt"
	"net"
	"net/netip"
	"os"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/miekg/dns"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/parallel"
)

// echo answers each packet with those that answers makes of it. Where they came from is sent on a channel.
func echo(t *testing.T, answers func(packet []byte) [][]byte) (netip.AddrPort, chan string) {
	conn, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	from := make(chan string, 2*MostPerPort)
	go func() {
		buffer := make([]byte, bufferSize)
		for {
			n, addr, err := conn.ReadFromUDPAddrPort(buffer)
			if err != nil {
				return
			}
			from <- addr.String()
			for _, answer := range answers(buffer[:n]) {
				_, _ = conn.WriteToUDPAddrPort(answer, addr)
			}
		}
	}()
	return conn.LocalAddr().(*net.UDPAddr).AddrPort(), from
}

// queryFor returns a query that nothing else asks.
func queryFor(t *testing.T, name string) *query {
	q, err := newQuery(dnsbl.Question{Name: name, Type: dnsbl.A}, false)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// answering makes a query an answer that says nothing.
func answering(packet []byte) []byte {
	answer := slices.Clone(packet)
	answer[2] |= 0x80
	return answer
}

// Questions under way share a port until it has taken enough; each packet comes to the line of its ID and question, and to no other.
func TestPortsAreShared(t *testing.T) {
	server, from := echo(t, func(packet []byte) [][]byte {
		stranger, other := answering(packet), answering(packet)
		stranger[0] ^= 0xff
		other[headerSize+1] = 'x'
		return [][]byte{{}, {packet[0]}, packet, stranger, other, answering(packet)}
	})
	var shared ports
	lines := make([]*Line, MostPerPort+2)
	for i := range lines {
		var err error
		if lines[i], err = shared.join(server, nil); err != nil {
			t.Fatal(err)
		}
	}
	for i, l := range lines {
		if err := l.send(queryFor(t, fmt.Sprintf("l%d.example", i))); err != nil {
			t.Fatal(err)
		}
		select {
		case came := <-l.heard:
			if came.Err != nil || came.Kind != Final || came.Answer.Cause != "" {
				t.Errorf("line %d heard %+v", i, came)
			}
		case <-time.After(generous):
			t.Fatalf("line %d heard nothing", i)
		}
		if len(l.heard) > 0 {
			t.Errorf("line %d heard more", i)
		}
	}
	if lines[0].port != lines[MostPerPort-1].port || lines[MostPerPort].port != lines[MostPerPort+1].port || lines[0].port == lines[MostPerPort].port {
		t.Error("the ports are not shared as they should be")
	}
	asked := map[string]int{}
	for range lines {
		asked[<-from]++
	}
	if len(asked) != 2 || shared.sent.Load() != MostPerPort+2 {
		t.Errorf("asked from %v, %d packets", asked, shared.sent.Load())
	}
	for _, l := range lines {
		l.leave()
	}
	if len(shared.open) > 0 {
		t.Error("a port is open though nobody waits")
	}
	if err := lines[0].port.conn.Close(); err == nil {
		t.Error("the port was not closed")
	}
}

// Another query has another ID: what comes for the old one is for nobody.
func TestAnotherQuery(t *testing.T) {
	server, _ := echo(t, func(packet []byte) [][]byte { return nil })
	var own ports
	l, err := own.join(server, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer l.leave()
	first := queryFor(t, "a.example")
	l.expect(first)
	late := answering(first.packet)
	l.expect(first)
	if again := answering(first.packet); !slices.Equal(again, late) {
		t.Error("the same query has another ID")
	}
	l.expect(queryFor(t, "a.example"))
	if own.hand(l.port, late); len(l.heard) > 0 {
		t.Errorf("heard %+v", <-l.heard)
	}
}

// That nobody listens at a server is told to all who share the port, whoever learns it first, and the next question has a port of its own.
func TestPortFails(t *testing.T) {
	c := &Client{Resolvers: []netip.AddrPort{closedPort(t)}, Wait: generous, ports: new(ports)}
	answers := make([]dnsbl.Answer, 20)
	parallel.Each(len(answers), len(answers), func(i int) { answers[i] = ask(t, c, dnsbl.A, listedName) }, mustNot(t))
	for _, answer := range answers {
		if got := said(answer); got != "resolver unreachable: connection refused" {
			t.Error(got)
		}
	}
	if len(c.ports.open) > 0 {
		t.Error("a port is still open")
	}
}

// A wait that ends together with what the network reports does not hide it.
func TestFailsJustInTime(t *testing.T) {
	s := server{line: &Line{heard: make(chan Heard, 1)}, answer: dnsbl.Answer{Cause: dnsbl.Timeout}}
	s.line.heard <- Heard{Err: syscall.ECONNREFUSED}
	s.hearLast(t.Context())
	if got := said(s.answer); got != "resolver unreachable: connection refused" {
		t.Error(got)
	}
}

// What came for many is passed on to the one whose question goes on, and not to one whose question is over.
func TestForward(t *testing.T) {
	server, _ := echo(t, func(packet []byte) [][]byte { return nil })
	var own ports
	box := NewMailbox()
	l, err := own.join(server, box)
	if err != nil {
		t.Fatal(err)
	}
	q := queryFor(t, "a.example")
	l.expect(q)
	own.hand(l.port, answering(q.packet))
	<-box.Bell
	letters := own.collect(box, nil)
	l.Forward(letters[0].Heard)
	if len(box.letters) > 0 {
		t.Error("it is in the box again")
	}
	l.Alone()
	l.Forward(letters[0].Heard)
	if len(letters) != 1 || letters[0].Line != l || len(l.heard) != 1 || (<-l.heard).Kind != Final {
		t.Errorf("%+v", letters)
	}
	l.leave()
}

// A fault of ours in reading a packet is told to whom it was for, and ends nothing else.
func TestPanicOnTheWire(t *testing.T) {
	addr, _ := echo(t, func(packet []byte) [][]byte { return [][]byte{answering(packet)} })
	var own ports
	l, err := own.join(addr, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer l.leave()
	q := queryFor(t, "a.example")
	l.expect(q)
	packet := q.packet
	q.packet = nil // which panics
	if _, err := l.port.conn.Write(packet); err != nil {
		t.Fatal(err)
	}
	s := server{tries: 1, answer: dnsbl.Answer{Cause: dnsbl.Timeout}}
	if s.fail((<-l.heard).Err); s.answer.Cause != dnsbl.Internal {
		t.Errorf("%+v", s.answer)
	}
	other, err := own.join(addr, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer other.leave()
	if err := other.send(queryFor(t, "b.example")); err != nil || other.port != l.port || (<-other.heard).Kind != Final {
		t.Errorf("the port is of no more use: %v", err)
	}
}

// What is sent is what a library would send.
func TestNewQuery(t *testing.T) {
	for _, edns := range []bool{false, true} {
		for _, name := range []string{listedName, "a", ""} {
			m := new(dns.Msg).SetQuestion(dns.Fqdn(name), dns.TypeTXT)
			m.Id = 0
			if edns {
				m.SetEdns0(udpSize, false)
			}
			want, err := m.Pack()
			q, queryErr := newQuery(dnsbl.Question{Name: name, Type: dnsbl.TXT}, edns)
			if err != nil || queryErr != nil || !slices.Equal(q.packet, want) {
				t.Errorf("%q, EDNS %v: %v %v\n% x\n% x", name, edns, err, queryErr, q.packet, want)
			}
		}
	}
}

// What the network says of a server holds for all; that one packet could not be sent does not.
func TestOfServer(t *testing.T) {
	for errno, want := range map[syscall.Errno]bool{syscall.ECONNREFUSED: true, syscall.EHOSTUNREACH: true, syscall.ENETUNREACH: true,
		syscall.ENOBUFS: false, syscall.EPERM: false, syscall.EMSGSIZE: false} {
		if got := ofServer(&net.OpError{Op: "write", Net: "udp", Err: os.NewSyscallError("write", errno)}); got != want {
			t.Errorf("%v: %v", errno, got)
		}
	}
	if ofServer(nil) {
		t.Error("no error is one of the server")
	}
}
