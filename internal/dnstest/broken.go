package dnstest

import (
	"encoding/binary"
	"net"

	"github.com/miekg/dns"
)

// Empty answers with zero bytes.
func Empty(w dns.ResponseWriter, _, _ *dns.Msg) { _, _ = w.Write(nil) }

// HeaderOnly answers with an rcode in a message that ends after its header.
func HeaderOnly(code int) Fault {
	return func(w dns.ResponseWriter, _, healthy *dns.Msg) {
		healthy.MsgHdr.Rcode = code
		header, _ := (&dns.Msg{MsgHdr: healthy.MsgHdr}).Pack()
		_, _ = w.Write(header)
	}
}

// CutShort answers without the last three bytes of the message.
func CutShort(w dns.ResponseWriter, _, healthy *dns.Msg) {
	packet, _ := healthy.Pack()
	_, _ = w.Write(packet[:len(packet)-3])
}

// MissingRecord answers with a message that counts one more record than it has.
func MissingRecord(w dns.ResponseWriter, _, healthy *dns.Msg) {
	healthy.Answer, healthy.Ns, healthy.Extra = nil, nil, nil
	packet, _ := healthy.Pack()
	packet[7]++ // ANCOUNT, RFC 1035 section 4.1.1
	_, _ = w.Write(packet)
}

// PointerLoop answers with a record whose compressed name points to itself (RFC 1035 section
// 4.1.4).
func PointerLoop(w dns.ResponseWriter, q, _ *dns.Msg) {
	m := forged(q)
	m.Answer = nil
	packet, _ := m.Pack()
	packet[7]++
	at := uint16(len(packet))
	packet = binary.BigEndian.AppendUint16(packet, 0xc000|at)
	packet = append(packet, 0, 1, 0, 1, 0, 0, 1, 44, 0, 4, 127, 0, 0, 66) // A, IN, 300 s, 4 bytes
	_, _ = w.Write(packet)
}

// TruncatedAlways sends an empty truncated answer, over TCP too.
func TruncatedAlways(w dns.ResponseWriter, q, healthy *dns.Msg) { truncate(w, q, healthy) }

// Reset resets the TCP connection without an answer. Over UDP it is Silent.
func Reset(w dns.ResponseWriter, _, _ *dns.Msg) {
	if conn, ok := Stream(w).(*net.TCPConn); ok {
		_ = conn.SetLinger(0)
		_ = conn.Close()
	}
}

// Stall sends half of the answer over TCP and leaves the connection open. Over UDP it is Silent.
func Stall(w dns.ResponseWriter, _, healthy *dns.Msg) {
	if conn := Stream(w); conn != nil {
		packet, _ := healthy.Pack()
		_, _ = conn.Write(prefixed(packet, len(packet))[:2+len(packet)/2])
	}
}

// WrongLength sends the answer over TCP with a length that is wrong by off bytes. Over UDP it is
// Silent.
func WrongLength(off int) Fault {
	return func(w dns.ResponseWriter, _, healthy *dns.Msg) {
		if conn := Stream(w); conn != nil {
			packet, _ := healthy.Pack()
			_, _ = conn.Write(prefixed(packet, len(packet)+off))
		}
	}
}

// prefixed returns a packet with a length before it, as in TCP (RFC 1035 section 4.2.2).
func prefixed(packet []byte, length int) []byte {
	return append(binary.BigEndian.AppendUint16(nil, uint16(length)), packet...)
}

// UncountedRecord answers with an address behind the end of a message that counts no records.
func UncountedRecord(w dns.ResponseWriter, q, _ *dns.Msg) {
	m := forged(q)
	packet, _ := m.Pack()
	packet[7] = 0 // ANCOUNT, RFC 1035 section 4.1.1
	_, _ = w.Write(packet)
}
