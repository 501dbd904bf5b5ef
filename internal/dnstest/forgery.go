package dnstest

import (
	"encoding/binary"
	"net"
	"strings"
	"time"

	"github.com/miekg/dns"
)

// Flood sends n forged answers with other IDs before the real answer.
func Flood(n int) Fault {
	const burst = 20 // the client's socket must have room for the real answer

	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		forgery, _ := forged(q).Pack()
		for i := range n {
			binary.BigEndian.PutUint16(forgery, q.Id+1+uint16(i))
			_, _ = w.Write(forgery)
			if i%burst == burst-1 {
				time.Sleep(time.Millisecond)
			}
		}
		Healthy(w, q, healthy)
	}
}

// OtherAddress sends a forged answer from another address with the right port before the real
// answer.
func OtherAddress(w dns.ResponseWriter, q, healthy *dns.Msg) {
	from, onUDP := w.LocalAddr().(*net.UDPAddr)
	for range 20 { // another answer may use the address now
		if !onUDP {
			break
		}
		other := net.UDPAddr{IP: net.IPv4(127, 0, 0, 2), Port: from.Port}
		conn, err := net.ListenUDP("udp4", &other)
		if err == nil {
			forgery, _ := forged(q).Pack()
			_, _ = conn.WriteTo(forgery, w.RemoteAddr())
			_ = conn.Close()
			break
		}
		time.Sleep(time.Millisecond)
	}
	Healthy(w, q, healthy)
}

// Only sends the first n messages of a fault: Only(1, WrongID) sends the forged answer alone.
func Only(n int, fault Fault) Fault {
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) { fault(&limited{w, n}, q, healthy) }
}

// A limited writer drops all but the first messages.
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

// Twice sends the answer twice.
func Twice(w dns.ResponseWriter, q, healthy *dns.Msg) {
	Healthy(w, q, healthy)
	Healthy(w, q, healthy)
}

// MixedCase answers with names in mixed case, as "0x20" resolvers and some middleboxes do.
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
