package dnstest

import (
	"net"
	"net/netip"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/miekg/dns"
)

// Healthy sends the answer, truncated to the size that the client accepts over UDP.
func Healthy(w dns.ResponseWriter, q, healthy *dns.Msg) {
	if onUDP(w) {
		size := dns.MinMsgSize
		if opt := q.IsEdns0(); opt != nil {
			size = int(opt.UDPSize())
		}
		healthy.Truncate(size)
	}
	_ = w.WriteMsg(healthy) // the client may be gone
}

// Silent never answers. Over TCP it leaves the connection open.
func Silent(dns.ResponseWriter, *dns.Msg, *dns.Msg) {}

// HangUp closes the TCP connection without an answer. Over UDP it is Silent.
func HangUp(w dns.ResponseWriter, _, _ *dns.Msg) {
	if !onUDP(w) {
		_ = w.Close()
	}
}

// Rcodes, for callers that do not import package dns.
const (
	ServFail = dns.RcodeServerFailure
	Refused  = dns.RcodeRefused
)

// Rcode answers with this rcode and no records.
func Rcode(code int) Fault {
	return func(w dns.ResponseWriter, _, healthy *dns.Msg) {
		stripAnswer(healthy, code)
		_ = w.WriteMsg(healthy)
	}
}

// NoData answers that every name exists, without records.
func NoData(w dns.ResponseWriter, q, healthy *dns.Msg) {
	Rcode(dns.RcodeSuccess)(w, q, healthy)
}

// NXDomain answers that the name does not exist.
func NXDomain(w dns.ResponseWriter, q, healthy *dns.Msg) {
	Rcode(dns.RcodeNameError)(w, q, healthy)
}

// Answer answers every query with these addresses, as a captive portal, a parked domain or a list
// of everything does.
func Answer(addrs ...string) Fault {
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		stripAnswer(healthy, dns.RcodeSuccess)
		header := headerOf(q.Question[0].Name, q.Question[0].Qtype)
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

// Strip removes A records in 127.0.0.0/8, as resolvers with protection against DNS rebinding do.
func Strip(w dns.ResponseWriter, q, healthy *dns.Msg) {
	healthy.Answer = slices.DeleteFunc(healthy.Answer, func(rr dns.RR) bool {
		a, ok := rr.(*dns.A)
		return ok && a.A.IsLoopback()
	})
	Healthy(w, q, healthy)
}

// Garbage answers with the right ID and no valid message.
func Garbage(w dns.ResponseWriter, q, _ *dns.Msg) {
	noise := slices.Repeat([]byte{0xff}, 40)
	_, _ = w.Write(append([]byte{byte(q.Id >> 8), byte(q.Id)}, noise...))
}

// WrongID sends a forged answer with another ID before the real answer.
func WrongID(w dns.ResponseWriter, q, healthy *dns.Msg) {
	forgery := forged(q)
	forgery.Id++
	_ = w.WriteMsg(forgery)
	Healthy(w, q, healthy)
}

// WrongQuestion sends a forged answer to another question before the real answer.
func WrongQuestion(w dns.ResponseWriter, q, healthy *dns.Msg) {
	forgery := forged(q)
	forgery.Question[0].Name = "other." + forgery.Question[0].Name
	_ = w.WriteMsg(forgery)
	Healthy(w, q, healthy)
}

// NotAnAnswer sends a forged answer that is marked as a query before the real answer.
func NotAnAnswer(w dns.ResponseWriter, q, healthy *dns.Msg) {
	forgery := forged(q)
	forgery.Response = false
	_ = w.WriteMsg(forgery)
	Healthy(w, q, healthy)
}

// OtherPort sends a forged answer from another port before the real answer.
func OtherPort(w dns.ResponseWriter, q, healthy *dns.Msg) {
	if to, ok := w.RemoteAddr().(*net.UDPAddr); ok {
		conn, err := net.DialUDP("udp4", nil, to)
		if err == nil {
			forgery, _ := forged(q).Pack()
			_, _ = conn.Write(forgery)
			_ = conn.Close()
		}
	}
	Healthy(w, q, healthy)
}

// Truncated sends an empty truncated answer over UDP, and the real answer over TCP.
func Truncated(w dns.ResponseWriter, q, healthy *dns.Msg) {
	ByTransport(truncate, Healthy)(w, q, healthy)
}

// TruncatedThen sends an empty truncated answer over UDP, and uses tcp over TCP.
func TruncatedThen(tcp Fault) Fault { return ByTransport(truncate, tcp) }

func truncate(w dns.ResponseWriter, _, healthy *dns.Msg) {
	stripAnswer(healthy, dns.RcodeSuccess)
	healthy.Truncated = true
	_ = w.WriteMsg(healthy)
}

// NoEDNS answers queries with an OPT record with this rcode (RFC 6891 section 7), others properly.
func NoEDNS(code int) Fault { return IfEDNS(Rcode(code)) }

// IfEDNS uses fault for queries with an OPT record, and answers others properly: IfEDNS(Silent) is
// a firewall that drops them.
func IfEDNS(fault Fault) Fault {
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		if q.IsEdns0() == nil {
			Healthy(w, q, healthy)
			return
		}
		fault(w, q, healthy)
	}
}

// ByTransport uses udp over UDP and tcp over TCP.
func ByTransport(udp, tcp Fault) Fault {
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		if onUDP(w) {
			udp(w, q, healthy)
			return
		}
		tcp(w, q, healthy)
	}
}

// First uses bad for the first n queries with the same question, and then for the others:
// First(1, Silent, Healthy) loses every first packet.
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

// After uses before for the first n queries, whatever they are about, and then for the others:
// After(49, Healthy, NXDomain) is a list that dies at its 50th query.
func After(n int64, before, then Fault) Fault {
	var queries atomic.Int64
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		if queries.Add(1) <= n {
			before(w, q, healthy)
			return
		}
		then(w, q, healthy)
	}
}

// AtMost uses fault for n queries at a time and answers REFUSED to those beyond, as dnsmasq does:
// AtMost(150, Late(120*time.Millisecond, Healthy)).
func AtMost(n int64, fault Fault) Fault {
	var underWay atomic.Int64
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		defer underWay.Add(-1)
		if underWay.Add(1) > n {
			Rcode(dns.RcodeRefused)(w, q, healthy)
			return
		}
		fault(w, q, healthy)
	}
}

// Late waits before it uses then. Server.Close waits for it.
func Late(delay time.Duration, then Fault) Fault {
	return func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		time.Sleep(delay)
		then(w, q, healthy)
	}
}

// stripAnswer removes the records of m, and the OPT record too for FORMERR and NOTIMP: a server
// that answers with these does not know EDNS.
func stripAnswer(m *dns.Msg, code int) {
	m.Rcode, m.Answer, m.Ns = code, nil, nil
	if code == dns.RcodeFormatError || code == dns.RcodeNotImplemented {
		m.Extra = nil
	}
}

// forged returns a wrong answer to q: 127.0.0.66.
func forged(q *dns.Msg) *dns.Msg {
	m := new(dns.Msg).SetReply(q)
	m.Question = slices.Clone(q.Question)
	header := headerOf(q.Question[0].Name, dns.TypeA)
	m.Answer = []dns.RR{&dns.A{Hdr: header, A: net.IPv4(127, 0, 0, 66)}}
	return m
}
