package main

import (
	"net"
	"net/netip"
	"testing"
	"time"

	"github.com/miekg/dns"
)

// The test entries come first, then each address on each list; packed as check_dnsbl does.
func TestPack(t *testing.T) {
	f := floor{lists: 101, tests: 1, network: netip.MustParsePrefix("198.18.0.0/16")}
	for index, want := range map[int]string{
		0:                     "2.0.0.127.l000.bench.example.",
		100:                   "2.0.0.127.l100.bench.example.",
		101:                   "0.0.18.198.l000.bench.example.",
		2*101 + 7:             "1.0.18.198.l007.bench.example.",
		(1+1<<16)*f.lists - 1: "255.255.18.198.l100.bench.example.",
	} {
		f.pack(index)
		m := new(dns.Msg).SetQuestion(want, dns.TypeA).SetEdns0(1232, false)
		m.Id = uint16(index)
		if packed, err := m.Pack(); err != nil || string(packed) != string(f.packet) {
			t.Errorf("%d: %x, want %x (%v)", index, f.packet, packed, err)
		}
	}
	without := floor{lists: 101, network: f.network}
	without.pack(7)
	if f.pack(101 + 7); string(without.packet[2:]) != string(f.packet[2:]) {
		t.Errorf("%x without test entries, want %x", without.packet, f.packet)
	}
}

// A lost query is sent again after the wait.
func TestResend(t *testing.T) {
	server, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	go func() {
		for packet, asked := make([]byte, 512), 0; ; asked++ {
			n, from, err := server.ReadFromUDPAddrPort(packet)
			if err != nil {
				return
			}
			if asked > 0 { // the first is lost
				_, _ = server.WriteToUDPAddrPort(packet[:n], from)
			}
		}
	}()
	const wait = 100 * time.Millisecond
	start := time.Now()
	args := []string{server.LocalAddr().String(), "1", "198.18.0.1/32", "1", wait.String()}
	answered, err := run(args)
	if took := time.Since(start); err != nil || answered != 2 || took < wait {
		t.Errorf("%d answers after %v, want 2 after %v (%v)", answered, took, wait, err)
	}
}
