package survey

import (
	"flag"
	"net"
	"net/netip"
	"testing"
	"time"

	"go.uber.org/goleak"

	"check_dnsbl/internal/checktest"
	"check_dnsbl/internal/dnstest"
)

// The tests mostly wait, so many of them may run at a time, whatever the number of processors.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", "32"); err != nil {
		panic(err)
	}
	goleak.VerifyTestMain(m)
}

const longWait = 10 * time.Second // for answers that all come

// testWait is for answers that may not come: enough on a busy machine.
var testWait = checktest.Wait(time.Second)

func start(t *testing.T, world dnstest.World) *dnstest.Server {
	t.Helper()
	server, err := dnstest.Start(world)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	return server
}

// closedPort returns an address where nothing listens during the test. The port is that of a socket
// that takes packets from elsewhere only, so that no other server gets it meanwhile.
func closedPort(t *testing.T) netip.AddrPort {
	t.Helper()
	local, elsewhere := net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)}, net.UDPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 9}
	conn, err := net.DialUDP("udp", &local, &elsewhere)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn.LocalAddr().(*net.UDPAddr).AddrPort()
}
