package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"time"

	"golang.org/x/net/ipv4"
)

// A world is a resolver in front of made-up lists: l000.bench.example and so on, each with the test entries of RFC 5782. The first
// Holes of them swallow every question, the next ServFails fail, and so on; what is left over is healthy and lists nothing.
type world struct {
	Lists                                           int
	Holes, ServFails, Wildcards, Refusals, Listings int
	MinDelay, MaxDelay                              time.Duration // of an answer, drawn by its question
	Loss                                            float64       // the part of the questions that is lost, drawn by question and try
}

// zone returns the name of a list.
func zone(list int) string { return fmt.Sprintf("l%03d.bench.example", list) }

// zones returns the names of all lists.
func (w *world) zones() []string {
	zones := make([]string, w.Lists)
	for i := range zones {
		zones[i] = zone(i)
	}
	return zones
}

// A play is a world while it is asked.
type play struct {
	world
	mu    sync.Mutex
	asked int
	tries map[uint64]int // by question, where some are lost
}

// places is where a world can be asked; Port53 is empty where that port is not to be had.
type places struct{ Any, Port53 string }

// serveWorlds plays the worlds that it reads, one after the other until there are no more: it is the process that all programs ask.
// It begins by writing where it can be asked; after each world it writes how many questions came to the one before.
func serveWorlds(in io.Reader, out io.Writer) error {
	p := &play{}
	conn, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		return err
	}
	defer conn.Close()
	at := places{Any: conn.LocalAddr().String()}
	go p.serve(conn)
	if conn, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 83, 53, 1), Port: 53}); err == nil {
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
		if err := replies.Encode(p.become(next)); err != nil {
			return err
		}
	}
}

// become begins a world and returns how many questions came to the last one.
func (p *play) become(next world) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	asked := p.asked
	p.world, p.asked, p.tries = next, 0, map[uint64]int{}
	return asked
}

// batch is how many packets are received and sent at a time, so that the programs wait for themselves and not for this one.
const batch = 64

// serve answers the questions that come to a socket, until it is closed.
func (p *play) serve(conn *net.UDPConn) {
	_ = conn.SetReadBuffer(1 << 22) // as much as may be had
	packets := ipv4.NewPacketConn(conn)
	questions, answers := buffers(), buffers()
	for {
		n, err := packets.ReadBatch(questions, 0)
		if err != nil {
			return
		}
		for ready := p.answers(conn, questions[:n], answers); len(ready) > 0; {
			sent, err := packets.WriteBatch(ready, 0)
			if err != nil {
				break // who asked may have gone
			}
			ready = ready[sent:]
		}
	}
}

// answers puts the answers that are due at once into the first of the buffers, and returns these; it has the others sent in their time.
func (p *play) answers(conn *net.UDPConn, questions, buffers []ipv4.Message) []ipv4.Message {
	ready := 0
	for i := range questions {
		q, ok := parse(questions[i].Buffers[0][:questions[i].N])
		if !ok {
			continue
		}
		packet, delay := p.answer(&q, buffers[ready].Buffers[0])
		from := questions[i].Addr
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

// buffers returns a batch of packets to be filled.
func buffers() []ipv4.Message {
	messages := make([]ipv4.Message, batch)
	for i := range messages {
		messages[i].Buffers = [][]byte{make([]byte, 1500)}
	}
	return messages
}

// answer counts a question and returns the answer to it, made in buffer, and after how long that is sent; nil if it never is.
func (p *play) answer(q *question, buffer []byte) (packet []byte, delay time.Duration) {
	hash := q.hash()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked++
	if p.Loss > 0 {
		p.tries[hash]++
		if part(hash, uint64(p.tries[hash])) < p.Loss {
			return nil, 0
		}
	}
	if p.is(q.list) == hole && q.kind != typeNS {
		return nil, 0
	}
	return p.reply(q, buffer), p.MinDelay + time.Duration(part(hash, 0)*float64(p.MaxDelay-p.MinDelay))
}

// What a list is.
type behaviour int

const (
	healthy behaviour = iota
	hole
	servFail
	wildcard
	refusal
	listing // carries every address that is no test entry
)

// is returns how a list behaves.
func (w *world) is(list int) behaviour {
	for b, n := range [...]int{hole: w.Holes, servFail: w.ServFails, wildcard: w.Wildcards, refusal: w.Refusals, listing: w.Listings} {
		if list >= 0 && list < n {
			return behaviour(b)
		}
		list -= n
	}
	return healthy
}

// of returns the zones of the lists that behave so.
func (w *world) of(b behaviour) (zones []string) {
	for i := range w.Lists {
		if w.is(i) == b {
			zones = append(zones, zone(i))
		}
	}
	return zones
}

// part returns a number from 0 to 1 that follows from two others.
func part(hash, n uint64) float64 {
	hash ^= n * 0x9e3779b97f4a7c15
	hash = (hash ^ hash>>33) * 0xff51afd7ed558ccd
	hash = (hash ^ hash>>33) * 0xc4ceb9fe1a85ec53
	return float64(hash>>11) / (1 << 53)
}
