package main

import (
	"bytes"
	"encoding/binary"
)

// Packets are read and made by hand, as a DNS library would take more time than the programs under
// test.
const (
	headerSize = 12 // RFC 1035 section 4.1.1
	typeA      = 1
	typeNS     = 2
	typeTXT    = 16
	rcodeFail  = 2
	rcodeNo    = 3
	apexName   = "\x05bench\x07example\x00"
)

// A query is a packet, parsed as far as it takes to answer it: the resolver must not be the
// bottleneck.
type query struct {
	packet []byte // up to the end of the question
	name   []byte // as in the packet
	kind   uint16
	list   int     // the number of the list, -1 if none
	addr   [4]byte // zero in a name without an address
	edns   bool
}

// parse parses a packet with one question. It reports whether it is a query at all.
func parse(packet []byte) (q query, ok bool) {
	end := headerSize
	for end < len(packet) && packet[end] != 0 {
		end += 1 + int(packet[end])
	}
	end++
	if end+4 > len(packet) || packet[2]&0x80 != 0 {
		return q, false
	}
	q.packet, q.name, q.edns = packet[:end+4], packet[headerSize:end], packet[11] > 0
	q.kind = binary.BigEndian.Uint16(packet[end:])
	q.parseName()
	return q, true
}

// parseName sets addr and list from a name such as 25.2.0.192.l007.bench.example.
func (q *query) parseName() {
	q.list = -1
	rest, ok := bytes.CutSuffix(q.name, []byte(apexName))
	if !ok || len(rest) < 5 {
		return
	}
	at := len(rest) - 5
	list, ok := number(rest[at+2:])
	if rest[at] != 4 || rest[at+1] != 'l' || !ok {
		return
	}
	q.list = list
	for i, at := len(q.addr)-1, 0; i >= 0 && at < len(rest)-5; i-- {
		next := at + 1 + int(rest[at])
		octet, ok := number(rest[at+1 : next])
		if !ok {
			return
		}
		q.addr[i] = byte(octet)
		at = next
	}
}

// number returns the value of decimal digits, and whether there are any and nothing else.
func number(digits []byte) (n int, ok bool) {
	for _, d := range digits {
		if d < '0' || d > '9' {
			return 0, false
		}
		n = n*10 + int(d-'0')
	}
	return n, len(digits) > 0
}

// hash returns the FNV-1a hash of the question.
func (q *query) hash() uint64 {
	hash := uint64(0xcbf29ce484222325)
	for _, b := range q.packet[headerSize:] {
		hash = (hash ^ uint64(b)) * 0x100000001b3
	}
	return hash
}

// reply appends the answer to b[:0], with the sections that a resolver would send.
func (w *world) reply(q *query, b []byte) []byte {
	b = append(b[:0], q.packet...)
	b[2], b[3] = 0x81, 0x80                         // response, recursion desired and available
	copy(b[4:], "\x00\x01\x00\x00\x00\x00\x00\x00") // one question, no records yet
	code, ok := w.code(q)
	switch {
	case w.behaviorOf(q.list) == servFail && q.kind != typeNS:
		b[3] |= rcodeFail
	case ok && q.kind == typeA: // \xc0\x0c is a pointer to the name in the question
		b[7] = 1
		b = append(append(b, "\xc0\x0c\x00\x01\x00\x01\x00\x00\x01\x2c\x00\x04"...), code[:]...)
	case ok && q.kind == typeTXT:
		const text = "listed by a list that is not there"
		b[7] = 1
		b = append(b, "\xc0\x0c\x00\x10\x00\x01\x00\x00\x01\x2c\x00"...)
		b = append(append(b, byte(len(text)+1), byte(len(text))), text...)
	case !ok:
		b[3] |= rcodeNo
	}
	if b[7] == 0 && q.list >= 0 { // the SOA: all of its names are compressed to the apex
		apex := []byte{0xc0, byte(headerSize + len(q.name) - len(apexName))}
		b[9] = 1
		b = append(append(b, apex...), "\x00\x06\x00\x01\x00\x00\x00\x3c\x00\x18"...)
		b = append(append(b, apex...), apex...)
		b = append(b, "\x00\x00\x00\x01\x00\x00\x02\x58\x00\x00\x01\x2c"...)
		b = append(b, "\x00\x01\x51\x80\x00\x00\x00\x3c"...)
	}
	if q.edns {
		b[11] = 1
		b = append(b, "\x00\x00\x29\x04\xd0\x00\x00\x00\x00\x00\x00"...)
	}
	return b
}

// code returns the return code of the entry in a query, and whether there is one.
func (w *world) code(q *query) (code [4]byte, ok bool) {
	listed := [4]byte{127, 0, 0, 2}
	switch w.behaviorOf(q.list) {
	case wildcard:
		return listed, q.addr != [4]byte{}
	case refusal:
		return [4]byte{127, 255, 255, 254}, q.addr != [4]byte{}
	case listing:
		return listed, q.addr != [4]byte{} && q.addr != [4]byte{127, 0, 0, 1}
	}
	return listed, q.list >= 0 && q.addr == listed
}
