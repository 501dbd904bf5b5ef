// Command floor shows the minimal cost of a check: it sends the same queries as check_dnsbl and
// reads the answers, without a look at them. It packs queries by hand.
//
//	floor ADDR:PORT LISTS NETWORK TESTS WAIT
//
// For each of LISTS lists, it queries the positive test entry if TESTS is 1, not if it is 0, and
// each address of an IPv4 network. It sends a query again after WAIT, such as 500ms. It prints the
// number of answers.
package main

import (
	"errors"
	"net"
	"net/netip"
	"os"
	"strconv"
	"time"
)

// tries is how often a query is sent at most.
const tries = 3

// window is the number of queries that wait for an answer at a time, as in check_dnsbl. Their
// answers fit into the buffer of any socket.
const window = 320

// A floor sends queries from one socket. They are numbered; the low 16 bits of the number are the
// ID.
type floor struct {
	conn    *net.UDPConn
	lists   int
	network netip.Prefix
	tests   int           // test entries of each list that are queried: 0 or 1
	wait    time.Duration // for an answer, before a query is sent again
	packet  []byte
	next    int            // the number of the next query
	waiting int            // the number of queries without an answer yet
	sent    [1 << 16]uint8 // by ID, how often a waiting query was sent; 0 if none waits
}

func main() {
	if len(os.Args) != 6 {
		os.Stderr.WriteString("usage: floor ADDR:PORT LISTS NETWORK TESTS WAIT\n")
		os.Exit(1)
	}
	answered, err := run(os.Args[1:])
	if err != nil {
		os.Stderr.WriteString("floor: " + err.Error() + "\n")
		os.Exit(1)
	}
	os.Stdout.WriteString(strconv.Itoa(answered) + "\n")
}

// run sends all queries that the arguments call for and returns the number of answers.
func run(args []string) (int, error) {
	f := floor{packet: make([]byte, 0, 512)}
	var err error
	if f.lists, err = strconv.Atoi(args[1]); err != nil {
		return 0, err
	}
	if f.network, err = netip.ParsePrefix(args[2]); err != nil {
		return 0, err
	}
	if f.tests, err = strconv.Atoi(args[3]); err != nil {
		return 0, err
	}
	if f.wait, err = time.ParseDuration(args[4]); err != nil {
		return 0, err
	}
	addr, err := netip.ParseAddrPort(args[0])
	if err != nil {
		return 0, err
	}
	if f.conn, err = net.DialUDP("udp", nil, net.UDPAddrFromAddrPort(addr)); err != nil {
		return 0, err
	}
	defer f.conn.Close()
	_ = f.conn.SetReadBuffer(1 << 22) // as much as the system allows
	return f.ask()
}

// ask sends as many queries as the window has room for, and one more for each answer.
func (f *floor) ask() (answered int, err error) {
	all := f.lists * (f.tests + 1<<(32-f.network.Bits()))
	buffer := make([]byte, 4096)
	left := 0 // answers until the deadline is set again, as setting it each time costs too much
	for ; f.next < all || f.waiting > 0; left-- {
		for f.next < all && f.waiting < window {
			if err := f.send(f.next); err != nil {
				return answered, err
			}
			f.next++
		}
		if left == 0 {
			left = window
			_ = f.conn.SetReadDeadline(time.Now().Add(f.wait)) // if it fails, so does Read
		}
		n, err := f.conn.Read(buffer)
		switch {
		case errors.Is(err, os.ErrDeadlineExceeded):
			left = 1
			err = f.resend()
		case err == nil && f.settle(buffer[:n]):
			answered++
		}
		if err != nil {
			return answered, err
		}
	}
	return answered, nil
}

// settle reports whether a packet answers a waiting query, which then no longer waits.
func (f *floor) settle(packet []byte) bool {
	if len(packet) < 2 {
		return false
	}
	id := uint16(packet[0])<<8 | uint16(packet[1])
	if f.sent[id] == 0 {
		return false
	}
	f.sent[id] = 0
	f.waiting--
	return true
}

// resend sends the waiting queries again, and gives up those that have been sent three times.
func (f *floor) resend() error {
	for index := max(0, f.next-len(f.sent)); index < f.next; index++ {
		id := uint16(index)
		switch {
		case f.sent[id] >= tries:
			f.sent[id] = 0
			f.waiting--
		case f.sent[id] > 0:
			if err := f.send(index); err != nil {
				return err
			}
		}
	}
	return nil
}

// send sends a query.
func (f *floor) send(index int) error {
	id := uint16(index)
	if f.sent[id] == 0 {
		f.waiting++
	}
	f.sent[id]++
	f.pack(index)
	_, err := f.conn.Write(f.packet)
	return err
}

// pack packs a query. The positive test entries of all lists come first, then address by address.
func (f *floor) pack(index int) {
	addr := [4]byte{127, 0, 0, 2}
	if host := index/f.lists - f.tests; host >= 0 {
		addr = f.network.Addr().As4()
		addr[2] += byte(host >> 8)
		addr[3] += byte(host)
	}
	list := index % f.lists
	// recursion desired, one question, one OPT record
	p := append(f.packet[:0], byte(index>>8), byte(index), 1, 0, 0, 1, 0, 0, 0, 0, 0, 1)
	for i := len(addr) - 1; i >= 0; i-- {
		at := len(p)
		p = strconv.AppendUint(append(p, 0), uint64(addr[i]), 10)
		p[at] = byte(len(p) - at - 1)
	}
	p = append(p, 4, 'l', '0'+byte(list/100%10), '0'+byte(list/10%10), '0'+byte(list%10))
	p = append(p, "\x05bench\x07example\x00"...)
	p = append(p, 0, 1, 0, 1)                                // A, IN
	f.packet = append(p, 0, 0, 41, 4, 208, 0, 0, 0, 0, 0, 0) // EDNS, 1232 bytes
}
