package dnstest

import (
	"net"
	"net/netip"
	"slices"
	"sync"
	"time"

	"github.com/miekg/dns"
)

// A Fault answers question q in place of the healthy answer, which it may change and send, or not.
// Raw bytes go out with w.Write, which adds the length over TCP; see also Stream.
type Fault func(w dns.ResponseWriter, q, healthy *dns.Msg)

// Healthy sends the answer as it is, cut to the size that the asker can take.
func Healthy(w dns.ResponseWriter, q, healthy *dns.Msg) {
	if onUDP(w) {
		size := dns.MinMsgSize
		if opt := q.IsEdns0(); opt != nil {
			size = int(opt.UDPSize())
		}
		healthy.Truncate(size)
	}
	_ = w.WriteMsg(healthy) // who asked may be gone
}

// Silent never answers; over TCP the connection stays open.
func Silent(dns.ResponseWriter, *dns.Msg, *dns.Msg) {}

// HangUp closes the connection without an answer; over UDP it is Silent.
func HangUp(w dns.ResponseWriter, _, _ *dns.Msg) {
	if !onUDP(w) {
		_ = w.Close()
	}
}

// Rcodes for those who need not know package dns.
const (
	ServFail = dns.RcodeServerFailure
	Refused  = dns.RcodeRefused
)

// Rcode answers with nothing but this rcode.
func Rcode(code int) Fault {
	return func(w dns.ResponseWriter, _, healthy *dns.Msg) {
		bare(healthy, code)
		_ = w.WriteMsg(healthy)
	}
}

// NoData says that every name exists, without a record.
func NoData(w dns.ResponseWriter, q, healthy *dns.Msg) {
	Rcode(dns.RcodeSuccess)(w, q, healthy)
}

// NXDomain says that no name exists.
func NXDomain(w dns.ResponseWriter, q, healthy *dns.Msg) {
	Rcode(dns.RcodeNameError)(w, q, healthy)
}

// Answer gives every name these addresses, as a captive resolver, a parked domain or a list that lists everything does.
func Answer(addrs ...string) Fault {
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		bare(healthy, dns.RcodeSuccess)
		header := dns.RR_Header{Name: q.Question[0].Name, Rrtype: q.Question[0].Qtype, Class: dns.ClassINET, Ttl: ttl}
		for _, addr := range addrs {
			ip := netip.MustParseAddr(addr)
			switch {
			case header.Rrtype == dns.TypeA && ip.Is4():
				healthy.Answer = append(healthy.Answer, &dns.A{Hdr: header, A: ip.AsSlice()})
			case header.Rrtype == dns.TypeAAAA && ip.Is6():
				healthy.Answer = append(healthy.Answer, &dns.AAAA{Hdr: header, AAAA: ip.AsSlice()})
			}
		}
		Healthy(w, q, healthy)
	}
}

// Strip takes A records in 127.0.0.0/8 away, as resolvers with protection against DNS rebinding do.
func Strip(w dns.ResponseWriter, q, healthy *dns.Msg) {
	healthy.Answer = slices.DeleteFunc(healthy.Answer, func(rr dns.RR) bool {
		a, ok := rr.(*dns.A)
		return ok && a.A.IsLoopback()
	})
	Healthy(w, q, healthy)
}

// Garbage answers with noise behind the right ID.
func Garbage(w dns.ResponseWriter, q, _ *dns.Msg) {
	noise := slices.Repeat([]byte{0xff}, 40)
	_, _ = w.Write(append([]byte{byte(q.Id >> 8), byte(q.Id)}, noise...))
}

// WrongID sends a forged answer with another ID before the right one.
func WrongID(w dns.ResponseWriter, q, healthy *dns.Msg) {
	lie := forged(q)
	lie.Id++
	_ = w.WriteMsg(lie)
	Healthy(w, q, healthy)
}

// WrongQuestion sends a forged answer to another question before the right one.
func WrongQuestion(w dns.ResponseWriter, q, healthy *dns.Msg) {
	lie := forged(q)
	lie.Question[0].Name = "other." + lie.Question[0].Name
	_ = w.WriteMsg(lie)
	Healthy(w, q, healthy)
}

// NotAnAnswer sends a forged answer that is marked as a question before the right one.
func NotAnAnswer(w dns.ResponseWriter, q, healthy *dns.Msg) {
	lie := forged(q)
	lie.Response = false
	_ = w.WriteMsg(lie)
	Healthy(w, q, healthy)
}

// Stranger sends a forged answer from another port before the right one.
func Stranger(w dns.ResponseWriter, q, healthy *dns.Msg) {
	if to, ok := w.RemoteAddr().(*net.UDPAddr); ok {
		conn, err := net.DialUDP("udp4", nil, to)
		if err == nil {
			lie, _ := forged(q).Pack()
			_, _ = conn.Write(lie)
			_ = conn.Close()
		}
	}
	Healthy(w, q, healthy)
}

// Truncated says over UDP that the answer does not fit, and gives it over TCP.
func Truncated(w dns.ResponseWriter, q, healthy *dns.Msg) {
	ByTransport(cut, Healthy)(w, q, healthy)
}

// TruncatedThen says over UDP that the answer does not fit, and leaves TCP to another fault.
func TruncatedThen(tcp Fault) Fault { return ByTransport(cut, tcp) }

func cut(w dns.ResponseWriter, _, healthy *dns.Msg) {
	bare(healthy, dns.RcodeSuccess)
	healthy.Truncated = true
	_ = w.WriteMsg(healthy)
}

// NoEDNS answers this rcode to a question with an OPT record and is healthy otherwise (RFC 6891 section 7).
func NoEDNS(code int) Fault {
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		if q.IsEdns0() == nil {
			Healthy(w, q, healthy)
			return
		}
		Rcode(code)(w, q, healthy)
	}
}

// ByTransport behaves differently over UDP and over TCP.
func ByTransport(udp, tcp Fault) Fault {
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		if onUDP(w) {
			udp(w, q, healthy)
			return
		}
		tcp(w, q, healthy)
	}
}

// First gives the first n copies of each question to bad, the others to then: First(1, Silent, Healthy) loses every first packet.
func First(n int, bad, then Fault) Fault {
	var mu sync.Mutex
	seen := map[dns.Question]int{}
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		mu.Lock()
		seen[q.Question[0]]++
		copies := seen[q.Question[0]]
		mu.Unlock()
		if copies <= n {
			bad(w, q, healthy)
			return
		}
		then(w, q, healthy)
	}
}

// Late waits before it answers. Server.Close waits for it.
func Late(delay time.Duration, then Fault) Fault {
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		time.Sleep(delay)
		then(w, q, healthy)
	}
}

// bare takes everything but the question and the OPT record out of an answer. FORMERR and NOTIMP lose that too:
// who answers so does not know it.
func bare(m *dns.Msg, code int) {
	m.Rcode, m.Answer, m.Ns = code, nil, nil
	if code == dns.RcodeFormatError || code == dns.RcodeNotImplemented {
		m.Extra = nil
	}
}

// forged returns a lie about q: everything is at 127.0.0.66.
func forged(q *dns.Msg) *dns.Msg {
	m := new(dns.Msg).SetReply(q)
	m.Question = slices.Clone(q.Question)
	header := dns.RR_Header{Name: q.Question[0].Name, Rrtype: dns.TypeA, Class: dns.ClassINET, Ttl: ttl}
	m.Answer = []dns.RR{&dns.A{Hdr: header, A: net.IPv4(127, 0, 0, 66)}}
	return m
}
