package resolver

import (
	"bytes"
	"fmt"
	"net"
	"net/netip"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/miekg/dns"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
)

// TestQuestionOnTheWire looks at what is sent: three copies, the last of them without EDNS.
func TestQuestionOnTheWire(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var sent []string
	record := func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		size := 0
		if opt := q.IsEdns0(); opt != nil {
			size = int(opt.UDPSize())
		}
		mu.Lock()
		defer mu.Unlock()
		sent = append(
			sent,
			fmt.Sprintf("%v id=%d rd=%v edns=%d %v", w.RemoteAddr(), q.Id, q.RecursionDesired, size, q.Question),
		)
		if len(sent) > 1 {
			dnstest.NoEDNS(dns.RcodeFormatError)(w, q, healthy)
		}
	}
	server := start(t, lists(record))
	if got := said(ask(t, client(server), dnsbl.TXT, listedName)); got != `"why"` {
		t.Fatal(got)
	}
	mu.Lock()
	defer mu.Unlock()
	if len(sent) < 3 || sent[0] != sent[1] ||
		!strings.Contains(sent[0], "rd=true edns=1232 [{"+listedName+". 16 1}]") {
		t.Fatalf("sent %q", sent)
	}
	last := sent[len(sent)-1] // a busy machine sends more
	if !strings.Contains(last, "rd=true edns=0 [{"+listedName+". 16 1}]") ||
		strings.Fields(last)[0] != strings.Fields(sent[0])[0] {
		t.Errorf("without EDNS %q after %q", last, sent[0])
	}
}

// TestTypeIsNotALetter has a type that differs from another only as a small letter does from a
// capital one.
func TestTypeIsNotALetter(t *testing.T) {
	q, err := newQuery(dnsbl.Question{Name: listedName, Type: 'a'}, false)
	if err != nil {
		t.Fatal(err)
	}
	for want, kind := range map[kind]byte{complete: 'a', unrelated: 'A'} {
		packet := bytes.Clone(q.packet)
		packet[2] |= 0x80
		packet[len(packet)-3] = kind
		if got := q.judge(packet); got.kind != want {
			t.Errorf("answer for type %d to a question for type %d: %+v", kind, 'a', got)
		}
	}
}

func TestClosedPortEndsTriesButTellsLess(t *testing.T) {
	s := server{tries: 2, answer: malformedAnswer("cannot be read")}
	s.failTry(failedBy(syscall.ECONNREFUSED).answer)
	if s.tries != 0 || s.answer.Cause != dnsbl.Malformed {
		t.Errorf("%d tries left, %s", s.tries, said(s.answer))
	}
}

// If the host has no sockets left, the cause says so: the resolver is not at fault.
func TestNoSockets(t *testing.T) {
	for _, errno := range []syscall.Errno{syscall.EMFILE, syscall.ENFILE} {
		s := server{answer: dnsbl.Answer{Cause: dnsbl.Timeout}, tries: 2}
		s.failTry(failedBy(&net.OpError{Op: "dial", Net: "udp", Err: os.NewSyscallError("socket", errno)}).answer)
		if want := "too many open files: " + errno.Error(); said(s.answer) != want || s.tries != 0 {
			t.Errorf("%s with %d tries left, want %s", said(s.answer), s.tries, want)
		}
	}
}

func TestTimeoutNamesWhoWasAsked(t *testing.T) {
	silent := dnsbl.Answer{Cause: dnsbl.Timeout}
	addrs := resolvers("192.0.2.1", "192.0.2.2")
	got := mostTelling([]server{{addr: addrs[0], sent: 1, answer: silent}, {addr: addrs[1], answer: silent}})
	if said(got.answer) != "timeout: no answer" || got.addr != addrs[0] {
		t.Errorf("%s from %v", said(got.answer), got.addr)
	}
}

func TestIPv6Resolver(t *testing.T) {
	conn, err := net.ListenUDP("udp6", &net.UDPAddr{IP: net.IPv6loopback})
	if err != nil {
		t.Skip("no IPv6 on this machine:", err)
	}
	server := &dns.Server{PacketConn: conn, Handler: dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		_ = w.WriteMsg(new(dns.Msg).SetRcode(q, dns.RcodeNameError))
	})}
	started, ended := make(chan struct{}), make(chan error)
	server.NotifyStartedFunc = func() { close(started) }
	go func() { ended <- server.ActivateAndServe() }()
	<-started
	port := conn.LocalAddr().(*net.UDPAddr).AddrPort().Port()
	for _, addr := range []string{"::1", "::1%lo", "::1%1"} {
		c := &Client{Resolvers: []netip.AddrPort{netip.AddrPortFrom(netip.MustParseAddr(addr), port)}, Wait: testWait}
		if got := said(ask(t, c, dnsbl.A, listedName)); got != "NXDOMAIN" {
			t.Errorf("%s: %s", addr, got)
		}
	}
	_ = server.Shutdown()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
