package survey

import (
	"flag"
	"net/netip"
	"testing"
	"time"

	"go.uber.org/goleak"

	"check_dnsbl/internal/dnstest"
)

// The tests mostly wait, so many of them may run at a time, whatever the number of processors.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", "16"); err != nil {
		panic(err)
	}
	goleak.VerifyTestMain(m)
}

const (
	testWait = time.Second      // for answers that may not come: enough on a busy machine
	longWait = 10 * time.Second // for answers that all come
)

func start(t *testing.T, world dnstest.World) *dnstest.Server {
	t.Helper()
	server, err := dnstest.Start(world)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	return server
}

// closedPort returns an address where nothing listens.
func closedPort(t *testing.T) netip.AddrPort {
	t.Helper()
	server, err := dnstest.Start(dnstest.World{})
	if err != nil {
		t.Fatal(err)
	}
	server.Close()
	return server.Addr
}
