package dnstest

import (
	"encoding/binary"
	"net"
	"strings"
	"time"

	"github.com/miekg/dns"
)

// Flood sends n forged answers with other IDs ahead of the right one.
func Flood(n int) Fault {
	const atOnce = 20 // fewer than the asker's socket holds, or the kernel would drop the right one
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		lie, _ := forged(q).Pack()
		for i := range n {
			binary.BigEndian.PutUint16(lie, q.Id+1+uint16(i))
			_, _ = w.Write(lie)
			if i%atOnce == atOnce-1 {
				time.Sleep(time.Millisecond)
			}
		}
		Healthy(w, q, healthy)
	}
}

// OtherAddress sends a forged answer from another address, but the right port, before the right one.
func OtherAddress(w dns.ResponseWriter, q, healthy *dns.Msg) {
	from, onUDP := w.LocalAddr().(*net.UDPAddr)
	for range 20 { // another answer may be using the address
		if !onUDP {
			break
		}
		conn, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 2), Port: from.Port})
		if err == nil {
			lie, _ := forged(q).Pack()
			_, _ = conn.WriteTo(lie, w.RemoteAddr())
			_ = conn.Close()
			break
		}
		time.Sleep(time.Millisecond)
	}
	Healthy(w, q, healthy)
}

// Only lets no more than the first n messages of a fault out: Only(1, WrongID) sends nothing but the lie.
func Only(n int, fault Fault) Fault {
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) { fault(&limited{w, n}, q, healthy) }
}

// A limited writer loses all but the first messages.
type limited struct {
	dns.ResponseWriter
	left int
}

func (l *limited) WriteMsg(m *dns.Msg) error {
	if l.left--; l.left < 0 {
		return nil
	}
	return l.ResponseWriter.WriteMsg(m)
}

func (l *limited) Write(packet []byte) (int, error) {
	if l.left--; l.left < 0 {
		return len(packet), nil
	}
	return l.ResponseWriter.Write(packet)
}

// Twice sends the answer two times.
func Twice(w dns.ResponseWriter, q, healthy *dns.Msg) {
	Healthy(w, q, healthy)
	Healthy(w, q, healthy)
}

// MixedCase answers with every name in letters of changing case, as "x20" resolvers and some middleboxes do.
func MixedCase(w dns.ResponseWriter, q, healthy *dns.Msg) {
	name := []byte(strings.ToLower(healthy.Question[0].Name))
	for i := 0; i < len(name); i += 2 {
		name[i] = strings.ToUpper(string(name[i]))[0]
	}
	healthy.Question[0].Name = string(name)
	for _, rr := range healthy.Answer {
		rr.Header().Name = strings.ToUpper(rr.Header().Name)
	}
	Healthy(w, q, healthy)
}
