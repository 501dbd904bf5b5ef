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

	"check_dnsbl/internal/checktest"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
	"check_dnsbl/internal/parallel"
)

// echo answers each packet with those that answers makes of it. Where they came from is sent on a
// channel.
func echo(t *testing.T, answers func(packet []byte) [][]byte) (netip.AddrPort, chan string) {
	conn, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	from := make(chan string, 2*MaxPerSocket)
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

// register returns n queries of their own at a server, each with a channel of its own.
func register(t *testing.T, tr *transport, server netip.AddrPort, n int) ([]*Pending, []chan Reply) {
	queries, replies := make([]*Pending, n), make([]chan Reply, n)
	for i := range queries {
		replies[i] = make(chan Reply, maxBuffered)
		var err error
		queries[i], err = tr.register(server, queryFor(t, fmt.Sprintf("q%d.example", i)), replies[i])
		if err != nil {
			t.Fatal(err)
		}
	}
	return queries, replies
}

// Queries in flight share a socket until it has taken enough. Each packet is delivered to the query
// of its ID and question, and to no other.
func TestSocketsAreShared(t *testing.T) {
	server, from := echo(t, func(packet []byte) [][]byte {
		unrelated, other := answering(packet), answering(packet)
		unrelated[0] ^= 0xff
		other[headerSize+1] = 'x'
		return [][]byte{{}, {packet[0]}, packet, unrelated, other, answering(packet)}
	})
	var shared transport
	queries, replies := register(t, &shared, server, MaxPerSocket+2)
	for i, p := range queries {
		if err := p.resend(); err != nil {
			t.Fatal(err)
		}
		select {
		case r := <-replies[i]:
			if r.kind != complete || r.answer.Cause != "" || r.Pending != p {
				t.Errorf("query %d: %+v", i, r)
			}
		case <-time.After(generous):
			t.Fatalf("query %d got no reply", i)
		}
		if len(replies[i]) > 0 {
			t.Errorf("query %d got more replies", i)
		}
	}
	first, last, next, after := queries[0].socket, queries[MaxPerSocket-1].socket,
		queries[MaxPerSocket].socket, queries[MaxPerSocket+1].socket
	if first != last || next != after || first == next {
		t.Error("the sockets are not shared as they should be")
	}
	asked := map[string]int{}
	for range queries {
		asked[<-from]++
	}
	if len(asked) != 2 || shared.sent.Load() != MaxPerSocket+2 {
		t.Errorf("asked from %v, %d packets", asked, shared.sent.Load())
	}
	for _, p := range queries {
		p.release()
		p.release()
	}
	if len(shared.open) > 0 {
		t.Error("a socket is open though no query is in flight")
	}
	if err := first.conn.Close(); err == nil {
		t.Error("the socket was not closed")
	}
}

// A query that replaces another has another ID. A reply to the old one is dropped.
func TestReplace(t *testing.T) {
	server, _ := echo(t, func(packet []byte) [][]byte { return nil })
	var own transport
	queries, replies := register(t, &own, server, 1)
	p := queries[0]
	defer p.release()
	late := answering(p.query.packet)
	if err := p.resend(); err != nil || !slices.Equal(answering(p.query.packet), late) {
		t.Errorf("the same query has another ID, %v", err)
	}
	if err := p.replace(queryFor(t, "q0.example")); err != nil {
		t.Fatal(err)
	}
	if own.receive(p.socket, late); len(replies[0]) > 0 {
		t.Errorf("got %+v", <-replies[0])
	}
}

// A closed port is told to all queries at the socket, whoever learns of it first, and the next
// query has a socket of its own.
func TestSocketFails(t *testing.T) {
	t.Parallel()
	c := &Client{Resolvers: []netip.AddrPort{closedPort(t)}, Wait: generous, transport: new(transport)}
	answers := make([]dnsbl.Answer, 20)
	ask := func(i int) { answers[i] = ask(t, c, dnsbl.A, listedName) }
	parallel.Each(len(answers), len(answers), ask, mustNot(t))
	for _, answer := range answers {
		if got := said(answer); got != "resolver unreachable: connection refused" {
			t.Error(got)
		}
	}
	if len(c.transport.open) > 0 {
		t.Error("a socket is still open")
	}
}

// A wait that ends together with an error of the network does not hide it.
func TestFailsJustInTime(t *testing.T) {
	p := new(Pending)
	r := rounds{servers: []server{{pending: p, answer: dnsbl.Answer{Cause: dnsbl.Timeout}}}}
	refused := new(message)
	*refused = failedBy(syscall.ECONNREFUSED)
	r.replies = make(chan Reply, 1)
	r.replies <- Reply{p, refused}
	r.hearLast(t.Context(), &r.servers[0])
	if got := said(r.servers[0].answer); got != "resolver unreachable: connection refused" {
		t.Error(got)
	}
}

// A reply that came before its exchange was detached is forwarded to the exchange. A reply for an
// exchange that is over is dropped.
func TestForward(t *testing.T) {
	server, _ := echo(t, func(packet []byte) [][]byte { return nil })
	c := (&Client{Resolvers: []netip.AddrPort{server}}).Shared()
	all := make(chan Reply, 1)
	x := c.Start(t.Context(), dnsbl.Question{Name: "a.example", Type: dnsbl.A}, all)
	c.transport.receive(x.Pending.socket, answering(x.Pending.query.packet))
	r := <-all
	x.Detach()
	if r.Forward(); len(all) > 0 || len(x.replies) != 1 {
		t.Errorf("%d replies where they went before, %d where they go now", len(all), len(x.replies))
	}
	if got := said(x.Complete(t.Context())); got != "NODATA" {
		t.Error(got)
	}
	if r.Forward(); len(x.replies) > 0 {
		t.Error("a reply to a query that is over")
	}
}

// The late reply to the first try answers an exchange that was handed over, and one that is
// settled needs no other.
func TestExchange(t *testing.T) {
	t.Parallel()
	checktest.Patiently(t, func(wrong func(format string, args ...any)) {
		server := start(t, lists(dnstest.First(1, dnstest.Late(testWait*3/2, dnstest.Healthy), dnstest.Silent)))
		replies := make(chan Reply, 1)
		c := client(server).Shared()
		x := c.Start(t.Context(), dnsbl.Question{Name: listedName, Type: dnsbl.A}, replies)
		x.Detach()
		handedOver := x // by value
		if got := said(handedOver.Complete(t.Context())); got != listedAddrs {
			wrong("%s, want %s", got, listedAddrs)
		}
		if n := server.Count("A " + listedName); n < 2 {
			wrong("%d queries", n)
		}
		x = client(start(t, lists(nil))).Start(t.Context(), dnsbl.Question{Name: listedName, Type: dnsbl.A}, replies)
		settled := x.Settle(<-replies)
		if got := said(x.Complete(t.Context())); !settled || got != listedAddrs || said(x.Answer()) != got {
			wrong("settled %v, %s", settled, got)
		}
	})
}

// A panic while a packet is read fails its query, and ends nothing else.
func TestPanicOnTheWire(t *testing.T) {
	addr, _ := echo(t, func(packet []byte) [][]byte { return [][]byte{answering(packet)} })
	var own transport
	queries, replies := register(t, &own, addr, 2)
	defer queries[0].release()
	defer queries[1].release()
	packet := queries[0].query.packet
	queries[0].query.packet = nil // which panics
	if _, err := queries[0].socket.conn.Write(packet); err != nil {
		t.Fatal(err)
	}
	s := server{tries: 1, answer: dnsbl.Answer{Cause: dnsbl.Timeout}}
	if s.failTry((<-replies[0]).answer); s.answer.Cause != dnsbl.Internal {
		t.Errorf("%+v", s.answer)
	}
	if err := queries[1].resend(); err != nil || (<-replies[1]).kind != complete {
		t.Errorf("the socket is of no more use: %v", err)
	}
}

// A query is packed as package dns would pack it.
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

// A packet that the kernel cannot send is a fault of this host, whatever the error. If no program
// listens on the port, ECONNREFUSED comes back. Other causes do not set SendFailed.
func TestSendFailed(t *testing.T) {
	for errno, want := range map[syscall.Errno]bool{
		syscall.ENETUNREACH: true, syscall.EHOSTUNREACH: true, syscall.EPERM: true, syscall.EINVAL: true,
		syscall.ECONNREFUSED: false, syscall.EMFILE: false,
	} {
		err := &net.OpError{Op: "write", Net: "udp", Err: os.NewSyscallError("write", errno)}
		if got := failedBy(err).answer.SendFailed; got != want {
			t.Errorf("%v: %v", errno, got)
		}
	}
	if failedBy(os.ErrDeadlineExceeded).answer.SendFailed {
		t.Error("a timeout is not a failure to send")
	}
}

// An error of a server holds for all queries to it; that one packet could not be sent does not.
func TestIsServerError(t *testing.T) {
	for errno, want := range map[syscall.Errno]bool{syscall.ECONNREFUSED: true, syscall.EHOSTUNREACH: true, syscall.ENETUNREACH: true,
		syscall.ENOBUFS: false, syscall.EPERM: false, syscall.EMSGSIZE: false} {
		if got := isServerError(&net.OpError{Op: "write", Net: "udp", Err: os.NewSyscallError("write", errno)}); got != want {
			t.Errorf("%v: %v", errno, got)
		}
	}
	if isServerError(nil) {
		t.Error("no error is one of the server")
	}
}
