package resolver

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"time"

	"github.com/miekg/dns"

	"check_dnsbl/internal/dnsbl"
)

const (
	udpSize      = 1232 // fits every path without fragments (DNS flag day 2020)
	headerSize   = 12   // RFC 1035 section 4.1.1
	typeAndClass = 4    // bytes at the end of a question (section 4.1.2)
	maxName      = 255  // RFC 1035 section 2.3.4
	optSize      = 11   // an OPT record without options (RFC 6891 section 6.1.2)
)

// A query is a question as it is sent.
type query struct {
	packet []byte
	asked  []byte // the question section within packet
	edns   bool
	want   dnsbl.Type

	iterative bool // sent to a name server: only what it has authority over is an answer
}

// A packError is why a question cannot be packed: its name is too long.
type packError struct{ error }

// newQuery packs a question: absolute, class IN, recursion desired (RFC 1035 section 4.1), and with
// an OPT record if edns is set (RFC 6891 section 6.1.2). Its ID is set when it is sent. It is
// packed by hand, as that saves most of the allocations of package dns.
func newQuery(q dnsbl.Question, edns bool) (*query, error) {
	longest := headerSize + min(len(q.Name)+2, maxName)
	packet := make([]byte, longest+typeAndClass+optSize)
	end, err := dns.PackDomainName(dns.Fqdn(q.Name), packet[:longest], headerSize, nil, false)
	if err != nil {
		return nil, packError{err}
	}
	packet[2], packet[5] = 1, 1 // RD, one question
	binary.BigEndian.PutUint16(packet[end:], uint16(q.Type))
	binary.BigEndian.PutUint16(packet[end+2:], dns.ClassINET)
	end += typeAndClass
	asked := packet[headerSize:end]
	if edns {
		packet[11] = 1 // one additional record, with the name of the root
		binary.BigEndian.PutUint16(packet[end+1:], dns.TypeOPT)
		binary.BigEndian.PutUint16(packet[end+3:], udpSize) // where others have their class
		end += optSize
	}
	return &query{packet: packet[:end], asked: asked, edns: edns, want: q.Type}, nil
}

// plain returns the packet without its OPT record, and with the same ID. A reply to it answers q.
func (q *query) plain() []byte {
	if !q.edns {
		return q.packet
	}
	packet := bytes.Clone(q.packet[:len(q.packet)-optSize])
	packet[11] = 0
	return packet
}

// setID gives the query a random ID.
func (q *query) setID() uint16 {
	_, _ = rand.Read(q.packet[:2]) // never fails
	return binary.BigEndian.Uint16(q.packet)
}

// A kind is what a packet is good for.
type kind int

const (
	unrelated kind = iota // not an answer to this query, as if it had not come
	malformed             // ours by its ID, but unreadable
	truncated             // TCP has the whole
	noEDNS                // the server does not take EDNS
	failed                // an error of the socket: nothing will come
	referred              // the server names others that know more
	complete              // the server's answer or failure
)

// A message is what a packet says.
type message struct {
	kind     kind
	answer   dnsbl.Answer // of complete, malformed and referred ones, and why others failed
	referral *Referral    // of referred ones
	alias    string       // whose target is missing in a complete one
	edns     bool         // it has an OPT record
	at       time.Time    // when it came
}

// Crashed returns the answer to a question after a panic.
func Crashed(reason any) dnsbl.Answer {
	return dnsbl.Answer{Cause: dnsbl.Internal, Detail: fmt.Sprint(reason)}
}

// judge decides what a packet is. The ID, the question and the kind of message must be right before
// anything else in it counts (RFC 5452 section 9.1). A failure may come without the question, from
// servers that did not read it, as it gives no verdict.
func (q *query) judge(packet []byte) message {
	if len(packet) < 2 || !bytes.Equal(packet[:2], q.packet[:2]) {
		return message{kind: unrelated}
	}
	if len(packet) < headerSize {
		return unreadable("cut short")
	}
	var m dns.Msg
	err := m.Unpack(packet) // sets the header in any case
	echoed := q.echoed(packet)
	isAnswer := m.Response && m.Opcode == dns.OpcodeQuery
	switch {
	case isAnswer && echoed && m.Truncated: // what is left of the records does not matter
		return message{kind: truncated}
	case err != nil:
		return unreadable("cannot be read")
	case !isAnswer:
		return message{kind: unrelated}
	case echoed && !sound(packet, &m):
		return unreadable("its records do not match its header")
	case !echoed && len(m.Question) > 0:
		return message{kind: unrelated}
	case !echoed && causeOf(m.Rcode) == "":
		return unreadable("no question in it")
	case q.edns && refusesEDNS(m.Rcode):
		return message{kind: noEDNS}
	case q.iterative && causeOf(m.Rcode) == "" && !q.isReason(&m) &&
		(!m.Authoritative || delegates(&m)):
		return judgeReferral(&m)
	case q.iterative && leadsElsewhere(&m, q.want):
		const detail = "an alias to a name that it does not serve"
		return message{kind: complete, answer: dnsbl.Answer{Cause: dnsbl.Lame, Detail: detail}}
	}
	answer, alias := answerOf(&m, q.want)
	return message{kind: complete, answer: answer, alias: alias, edns: m.IsEdns0() != nil}
}

// unreadable is the message of a packet that cannot be understood.
func unreadable(detail string) message {
	return message{kind: malformed, answer: malformedAnswer(detail)}
}

// refusesEDNS reports whether servers answer EDNS with this rcode if they do not know it (RFC 6891
// section 7).
func refusesEDNS(rcode int) bool {
	return rcode == dns.RcodeFormatError || rcode == dns.RcodeNotImplemented ||
		rcode == dns.RcodeBadVers
}

// isReason reports whether a message has the text that was asked for. It needs no authority, as no
// verdict rests on it: rbldnsd clears AA if it leaves records out of a large answer.
func (q *query) isReason(m *dns.Msg) bool { return q.want == dnsbl.TXT && len(m.Answer) > 0 }

// judgeReferral decides on an answer without authority: it is of use if it names who has that.
func judgeReferral(m *dns.Msg) message {
	lame := dnsbl.Answer{Cause: dnsbl.Lame}
	to := referralIn(m)
	if to == nil {
		return message{kind: complete, answer: lame}
	}
	lame.Detail = "it only refers to other name servers"
	return message{kind: referred, answer: lame, referral: to}
}

// echoed reports whether the packet has exactly our question. Letters may have changed their case
// on the way.
func (q *query) echoed(packet []byte) bool {
	if binary.BigEndian.Uint16(packet[4:]) != 1 || len(packet) < headerSize+len(q.asked) {
		return false
	}
	echo := packet[headerSize : headerSize+len(q.asked)]
	for i, b := range q.asked {
		if b != echo[i] && (i >= len(q.asked)-typeAndClass || lower(b) != lower(echo[i])) {
			return false
		}
	}
	return true
}

// lower is for the bytes of a name in a packet: its lengths are below 64 and so are not letters.
func lower(b byte) byte {
	if 'A' <= b && b <= 'Z' {
		return b + 'a' - 'A'
	}
	return b
}

// sound reports whether the packet has the records that its header promises, those of its answer
// with contents, and no others. Unpack sees neither a packet that ends between two records nor one
// that goes on after the last, and either may have lost the records of a listing.
func sound(packet []byte, m *dns.Msg) bool {
	for i, section := range [][]dns.RR{m.Answer, m.Ns, m.Extra} {
		if int(binary.BigEndian.Uint16(packet[6+2*i:])) != len(section) {
			return false
		}
	}
	for _, rr := range m.Answer {
		if rr.Header().Rdlength == 0 {
			return false
		}
	}
	absent := m.Rcode == dns.RcodeSuccess && len(m.Answer) == 0
	return !absent || endOf(packet, len(m.Ns)+len(m.Extra)) == len(packet)
}

// endOf returns where so many records behind one question end in a packet that can be read.
func endOf(packet []byte, records int) int {
	_, end, err := dns.UnpackDomainName(packet, headerSize)
	end += typeAndClass
	for ; records > 0 && err == nil; records-- {
		_, end, err = dns.UnpackRR(packet, end)
	}
	return end
}
