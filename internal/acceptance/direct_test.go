//go:build linux

package acceptance

import (
	"fmt"
	"net"
	"os"
	"testing"

	"check_dnsbl/internal/checktest"
)

// directData is what the lists' own name server serves, and what one elsewhere gives to a resolver
// that is not welcome.
var directData = [...]dataset{
	{"NAMESERVER", "zen.spamhaus.org", "ip4set", "zen.zone"},
	{"NAMESERVER", "ip4.bl.test", "ip4set", "ip4.zone"},
	{"NAMESERVER", "works.bl.test", "ip4set", "ip4.zone"},
	{"NAMESERVER", "refused.bl.test", "ip4set", "ip4.zone"},
	{"NAMESERVER", "unheard.bl.test", "ip4set", "ip4.zone"},
	{"NAMESERVER", "servfail.bl.test", "ip4set", "ip4.zone"},
	{"NAMESERVER", "rewritten.bl.test", "ip4set", "ip4.zone"},
	{"NAMESERVER", "stripped1.bl.test", "ip4set", "ip4.zone"},
	{"NAMESERVER", "stripped2.bl.test", "ip4set", "ip4.zone"},
	{"NAMESERVER", "stripped3.bl.test", "ip4set", "ip4.zone"},
	{"NAMESERVER", "refusing.bl.test", "ip4trie", "refusing.zone"},
	{"NAMESERVER", "world.bl.test", "ip4trie", "world.zone"},
	{"NAMESERVER", "parted.bl.test", "ip4set", "ip4.zone"},
	{"ELSEWHERE", "zen.spamhaus.org", "ip4trie", "refusing.zone"},
	{"ELSEWHERE", "refusing.bl.test", "ip4trie", "refusing.zone"},
	{"ELSEWHERE", "rewritten.bl.test", "ip4trie", "rewritten.zone"},
	{"ELSEWHERE", "ip4.bl.test", "ip4set", "ip4.zone"},
}

// TestRealDirect is TestReal with resolvers that fail, so that lists are queried at their own name
// servers. "rbldnsd was asked" in its transcripts shows the queries to the lists' own name server.
func TestRealDirect(t *testing.T) {
	rbldnsd, unbound := checktest.Installed(t, "rbldnsd"), checktest.Installed(t, "unbound")
	own := map[string]string{}
	for i, name := range []string{"NAMESERVER", "PARENT", "SILENT", "CLOSED"} {
		own[name] = nameServerAddr(t, 57+i)
	}
	w := newRealWorld(t, "testdata/real-direct/zones")
	w.names, w.log = own, w.logOf("NAMESERVER")
	silentAt(t, withPort(w.names["SILENT"]))
	for _, name := range []string{"ELSEWHERE", "DNS", "STRIPPING"} {
		w.names[name] = freeAddr(t, w.names)
	}
	w.served = directData[:]
	w.serve(t, "NAMESERVER", rbldnsd)
	w.serve(t, "ELSEWHERE", rbldnsd)
	w.fill(t, "testdata/real-direct/parent.zone", "parent.zone")
	w.start(t, "PARENT", unbound, "-d", "-p", "-c", w.configure(t, "PARENT", "testdata/real-direct/parent.conf", ""))
	const form = "testdata/real-direct/unbound.conf"
	w.notes = append(notesIn(t, form), notesIn(t, "testdata/real-direct/parent.zone")...)
	w.start(t, "DNS", unbound, "-d", "-p", "-c", w.configure(t, "DNS", form, ""))
	// The addresses of name servers are on loopback here, and are not to be stripped.
	strip := "private-address: 127.0.0.0/8\n    private-domain: \"ns0.bl.test.\"\n    private-domain: \"ns1.bl.test.\""
	w.start(t, "STRIPPING", unbound, "-d", "-p", "-c", w.configure(t, "STRIPPING", form, strip))
	w.replayAll(t, "testdata/real-direct/*.txt")
}

// nameServerAddr returns a loopback address in 127.NETWORK.0.0/16 whose port 53 is free. It differs
// from process to process, so that several can test at a time.
func nameServerAddr(t *testing.T, network int) string {
	const tries = 5
	var err error
	for i := range tries {
		n := os.Getpid() + i<<12
		addr := fmt.Sprintf("127.%d.%d.%d", network, n>>8&255, n&255)
		var udp net.PacketConn
		var tcp net.Listener
		if udp, err = net.ListenPacket("udp", withPort(addr)); err != nil {
			continue
		}
		tcp, err = net.Listen("tcp", withPort(addr))
		_ = udp.Close()
		if err == nil {
			_ = tcp.Close()
			return addr
		}
	}
	why := fmt.Sprintf("no name server can be started: %v; it takes root, or net.ipv4.ip_unprivileged_port_start of 53 or less, and no server at 0.0.0.0:53", err)
	if checktest.Real() && os.Getuid() == 0 {
		t.Fatal(why)
	}
	t.Skip(why)
	return ""
}
