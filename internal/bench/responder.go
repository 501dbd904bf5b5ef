package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net"
	"sync"
	"time"

	"golang.org/x/net/ipv4"
)

// A responder answers queries to a world.
type responder struct {
	world
	mu      sync.Mutex
	queries int
	tries   map[uint64]int // by the hash of the question, if Loss is not 0
}

// serveWorlds is the process of the resolver. It writes its addresses, then reads worlds and serves
// each until it has read the next, when it writes the number of queries so far. All is in JSON.
func serveWorlds(in io.Reader, out io.Writer) error {
	p := &responder{}
	conn, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		return err
	}
	defer conn.Close()
	at := addresses{Any: conn.LocalAddr().String()}
	go p.serve(conn)
	// An address of its own, as a resolver of the machine may have port 53 of 127.0.0.1.
	port53 := net.UDPAddr{IP: net.IPv4(127, 83, 53, 1), Port: 53}
	if conn, err := net.ListenUDP("udp", &port53); err == nil {
		defer conn.Close()
		at.Port53 = "127.83.53.1"
		go p.serve(conn)
	}
	replies, worlds := json.NewEncoder(out), json.NewDecoder(in)
	if err := replies.Encode(at); err != nil {
		return err
	}
	for {
		var next world
		if err := worlds.Decode(&next); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if err := replies.Encode(p.replace(next)); err != nil {
			return err
		}
	}
}

// replace starts a world and returns the number of queries to the last one.
func (p *responder) replace(next world) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	queries := p.queries
	p.world, p.queries, p.tries = next, 0, map[uint64]int{}
	return queries
}

// batch is the number of packets per system call, so that the resolver is faster than the programs.
const batch = 64

// serve answers the queries to a socket until it is closed.
func (p *responder) serve(conn *net.UDPConn) {
	_ = conn.SetReadBuffer(1 << 22) // as much as the system allows
	packets := ipv4.NewPacketConn(conn)
	queries, answers := buffers(), buffers()
	for {
		n, err := packets.ReadBatch(queries, 0)
		if err != nil {
			return
		}
		for ready := p.dueNow(conn, queries[:n], answers); len(ready) > 0; {
			sent, err := packets.WriteBatch(ready, 0)
			if err != nil {
				break // the program may have ended
			}
			ready = ready[sent:]
		}
	}
}

// dueNow returns the answers without a delay, in buffers. It arranges for the others to be sent
// later.
func (p *responder) dueNow(conn *net.UDPConn, queries, buffers []ipv4.Message) []ipv4.Message {
	ready := 0
	for i := range queries {
		q, ok := parse(queries[i].Buffers[0][:queries[i].N])
		if !ok {
			continue
		}
		packet, delay := p.answer(&q, buffers[ready].Buffers[0])
		from := queries[i].Addr
		switch {
		case packet == nil:
		case delay > 0:
			late := bytes.Clone(packet)
			time.AfterFunc(delay, func() { _, _ = conn.WriteTo(late, from) })
		default:
			buffers[ready].Buffers[0], buffers[ready].Addr = packet, from
			ready++
		}
	}
	return buffers[:ready]
}

// buffers returns a batch of empty packets.
func buffers() []ipv4.Message {
	messages := make([]ipv4.Message, batch)
	for i := range messages {
		messages[i].Buffers = [][]byte{make([]byte, 1500)}
	}
	return messages
}

// answer counts a query and returns the answer, in buffer, and its delay. Without an answer packet
// is nil.
func (p *responder) answer(q *query, buffer []byte) (packet []byte, delay time.Duration) {
	hash := q.hash() // without the lock
	p.mu.Lock()
	defer p.mu.Unlock()
	p.queries++
	if p.Loss > 0 {
		p.tries[hash]++
		if fraction(hash, uint64(p.Turn<<8+p.tries[hash])) < p.Loss {
			return nil, 0
		}
	}
	if p.behaviorOf(q.list) == silent && q.kind != typeNS {
		return nil, 0
	}
	delay = p.MinDelay + time.Duration(fraction(hash, 0)*float64(p.MaxDelay-p.MinDelay))
	return p.reply(q, buffer), delay
}

// fraction returns a number from 0 to 1 that depends on two others and looks random (MurmurHash3).
func fraction(hash, n uint64) float64 {
	hash ^= n * 0x9e3779b97f4a7c15
	hash = (hash ^ hash>>33) * 0xff51afd7ed558ccd
	hash = (hash ^ hash>>33) * 0xc4ceb9fe1a85ec53
	return float64(hash>>11) / (1 << 53)
}
