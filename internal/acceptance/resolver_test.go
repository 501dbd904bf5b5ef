//go:build linux

package acceptance

import (
	"fmt"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/miekg/dns"
	"github.com/olorin/nagiosplugin"

	"check_dnsbl/internal/checktest"
	"check_dnsbl/internal/dnstest"
)

// faultyWorld returns a world of scripted servers for a test of the program.
func faultyWorld(t *testing.T) *realWorld {
	t.Parallel()
	if !checktest.Real() {
		t.Skip("set CHECK_DNSBL_REAL=1; it runs the program that is built then")
	}
	return &realWorld{dir: t.TempDir(), names: map[string]string{}}
}

// zenWith returns zen.spamhaus.org with 192.0.2.25 on it, and a fault of that entry.
func zenWith(fault dnstest.Fault) dnstest.List {
	return dnstest.List{
		Zone:    "zen.spamhaus.org",
		Entries: map[string][]string{"192.0.2.25": {"127.0.0.2"}},
		FaultAt: map[string]dnstest.Fault{"192.0.2.25": fault},
	}
}

// manyLists returns so many lists, l0.test and so on, that answer after a while, and their zones as
// -l takes them. Each lists 192.0.2.25.
func manyLists(n int, latency time.Duration) (lists []dnstest.List, zones string) {
	names := make([]string, n)
	for i := range n {
		names[i] = fmt.Sprintf("l%d.test", i)
		lists = append(lists, dnstest.List{
			Zone: names[i], Latency: latency,
			Entries: map[string][]string{"192.0.2.25": {"127.0.0.2"}},
		})
	}
	return lists, strings.Join(names, ",")
}

// expect runs a command and checks the state and a part of the output.
func (w *realWorld) expect(t *testing.T, command string, state nagiosplugin.Status, part string) {
	t.Helper()
	status, out := w.run(t, command)
	if status != state || !strings.Contains(out, part) {
		t.Errorf("%s: %v, want %v and %q in\n%s", command, status, state, part, out)
	}
}

// A failure that passes costs a retry, not the verdict.
func TestFailureThatPasses(t *testing.T) {
	w := faultyWorld(t)
	for _, tt := range []struct {
		name string
		list dnstest.List
	}{
		{"SERVFAIL", zenWith(dnstest.First(1, dnstest.Rcode(dnstest.ServFail), dnstest.Healthy))},
		{"REFUSED", zenWith(dnstest.First(1, dnstest.Rcode(dnstest.Refused), dnstest.Healthy))},
	} {
		w.scripted(t, tt.name, dnstest.World{Lists: []dnstest.List{tt.list}})
		const command = "check_dnsbl -H 192.0.2.25 -l zen.spamhaus.org --resolver $"
		w.expect(t, command+tt.name, nagiosplugin.CRITICAL, "zen.spamhaus.org (SBL)")
	}
}

// The test entry of a list may fail for a moment too.
func TestTestEntryFailsOnce(t *testing.T) {
	w := faultyWorld(t)
	once := dnstest.First(1, dnstest.Rcode(dnstest.ServFail), dnstest.Healthy)
	list := dnstest.List{Zone: "a.test", FaultAt: map[string]dnstest.Fault{"127.0.0.2": once}}
	w.scripted(t, "DNS", dnstest.World{Lists: []dnstest.List{list}})
	const command = "check_dnsbl -H 192.0.2.26 -l a.test --resolver $DNS"
	w.expect(t, command, nagiosplugin.OK, " failed=0;")
}

// A resolver that refuses everything at some point, such as a Pi-hole with a rate limit, gets few
// queries more: it counts these too.
func TestRefusalsAreNoStorm(t *testing.T) {
	w := faultyWorld(t)
	const lists, addresses = 25, 8
	all, zones := manyLists(lists, 0)
	for name, answered := range map[string]int64{"NONE": 0, "FEW": 60} {
		server := w.scripted(t, name, dnstest.World{
			Lists: all,
			Fault: dnstest.After(answered, dnstest.Healthy, dnstest.Rcode(dnstest.Refused)),
		})
		command := "check_dnsbl -H 192.0.2.32/29 --direct never -l " + zones + " --resolver $" + name
		w.expect(t, command, nagiosplugin.UNKNOWN, " lists failed")
		// One query for each check and each test entry, and not as many again.
		if sent, most := len(server.Queries()), 2*lists*(addresses+1); sent > most {
			t.Errorf("%s: %d queries, want at most %d", name, sent, most)
		}
	}
}

// Firewalls that drop queries with EDNS leave a resolver that answers the others.
func TestEDNSIsDropped(t *testing.T) {
	w := faultyWorld(t)
	lists, zones := manyLists(5, 0)
	w.scripted(t, "DNS", dnstest.World{Lists: lists, Fault: dnstest.IfEDNS(dnstest.Silent)})
	command := "check_dnsbl -H 192.0.2.25 -l " + zones + " --resolver $DNS"
	status, out := w.run(t, command)
	if status != nagiosplugin.CRITICAL || !strings.Contains(out, " on 5 of 5 lists") {
		t.Errorf("%v: %s", status, out)
	}
	if n := strings.Count(out, "EDNS"); n != 1 {
		t.Errorf("EDNS is named %d times, want once: %s", n, out)
	}
}

// Where UDP is not answered, TCP may be.
func TestOnlyTCPIsAnswered(t *testing.T) {
	w := faultyWorld(t)
	lists, zones := manyLists(5, 0)
	w.scripted(t, "DNS", dnstest.World{
		Lists: lists, Fault: dnstest.ByTransport(dnstest.Silent, dnstest.Healthy),
	})
	command := "check_dnsbl -H 192.0.2.25 -l " + zones + " --resolver $DNS"
	w.expect(t, command, nagiosplugin.CRITICAL, " on 5 of 5 lists")
}

// "options use-vc" of resolv.conf(5), or the same in RES_OPTIONS, asks for TCP alone. The test has
// a resolv.conf of its own in a mount namespace.
func TestUseVC(t *testing.T) {
	w := faultyWorld(t)
	w.names["DNS"] = nameServerAddr(t, 64)
	var datagrams atomic.Int64
	lists, zones := manyLists(5, 0)
	w.scripted(t, "DNS", dnstest.World{Lists: lists, Fault: dnstest.ByTransport(
		func(w dns.ResponseWriter, q, healthy *dns.Msg) {
			datagrams.Add(1)
			dnstest.Healthy(w, q, healthy)
		}, dnstest.Healthy)})
	for _, tt := range []struct{ options, environment string }{
		{"options use-vc\n", "nothing=1"},
		{"", "RES_OPTIONS=use-vc"},
	} {
		conf := filepath.Join(w.dir, "resolv.conf")
		writeFile(t, conf, "nameserver "+w.names["DNS"]+"\n"+tt.options)
		command := "unshare --map-root-user --mount sh -c '" +
			"mount --bind " + conf + " /etc/resolv.conf && " +
			"exec env " + tt.environment + " check_dnsbl -H 192.0.2.25 -l " + zones + "'"
		w.expect(t, command, nagiosplugin.CRITICAL, " on 5 of 5 lists")
		if n := datagrams.Swap(0); n > 0 {
			t.Errorf("%v: %d queries over UDP", tt, n)
		}
	}
}

// A list that stops to list its test entry in the middle of a run proves nothing from then on.
func TestListDiesDuringTheRun(t *testing.T) {
	w := faultyWorld(t)
	dies := dnstest.List{
		Zone: "a.test", Entries: map[string][]string{"192.0.2.200": {"127.0.0.2"}},
		Fault: dnstest.After(49, dnstest.Healthy, dnstest.NXDomain),
	}
	w.scripted(t, "DNS", dnstest.World{Lists: []dnstest.List{dies, {Zone: "b.test"}}})
	const command = "check_dnsbl -H 192.0.2.0/24 -l a.test,b.test --resolver $DNS"
	w.expect(t, command, nagiosplugin.UNKNOWN, "failed: a.test")
}

// A resolver that starts while the program runs is not a failure.
func TestResolverStartsLate(t *testing.T) {
	w := faultyWorld(t)
	checktest.Patiently(t, func(wrong func(format string, args ...any)) {
		w.names = map[string]string{}
		lists, zones := manyLists(60, 0)
		w.names["DNS"] = freeAddrOf(t, "127.65.0.1", nil) // which no other test uses
		started := make(chan struct{})
		time.AfterFunc(300*time.Millisecond, func() {
			defer close(started)
			w.scripted(t, "DNS", dnstest.World{Lists: lists})
		})
		status, out := w.run(t, "check_dnsbl -H 192.0.2.25 -t 10 -l "+zones+" --resolver $DNS")
		if status != nagiosplugin.CRITICAL || !strings.Contains(out, " on 60 of 60 lists") {
			wrong("%v: %s", status, out)
		}
		<-started
	})
}

// A resolver that restarts for 10 ms during a run costs no verdict.
func TestResolverRestarts(t *testing.T) {
	w := faultyWorld(t)
	checktest.Patiently(t, func(wrong func(format string, args ...any)) {
		w.names = map[string]string{}
		lists, zones := manyLists(25, 0)
		server := w.scripted(t, "DNS", dnstest.World{Lists: lists})
		restarted, over := make(chan error), make(chan struct{})
		go func() {
			for len(server.Queries()) < 300 {
				select {
				case <-over:
					restarted <- fmt.Errorf("only %d queries", len(server.Queries()))
					return
				case <-time.After(time.Millisecond):
				}
			}
			restarted <- server.Restart(10 * time.Millisecond)
		}()
		command := "check_dnsbl -H 198.51.100.0/25 -t 25 -l " + zones + " --resolver $DNS"
		status, out := w.run(t, command)
		if status != nagiosplugin.OK || strings.Contains(out, "failed: ") {
			wrong("%v: %s", status, out)
		}
		close(over)
		if err := <-restarted; err != nil {
			wrong("%v", err)
		}
	})
}

// A port that stays closed ends the run long before its deadline.
func TestClosedPort(t *testing.T) {
	w := faultyWorld(t)
	w.names["DNS"] = closedAddr
	_, zones := manyLists(60, 0)
	start := time.Now()
	w.expect(t, "check_dnsbl -H 192.0.2.25 -t 25 -l "+zones+" --resolver $DNS",
		nagiosplugin.UNKNOWN, " failed=60;")
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("took %v", took)
	}
}

// Docker's embedded resolver answers SERVFAIL where it gets NXDOMAIN. As test entries are
// answered, its way to the Internet works.
func TestServFailInPlaceOfNXDomain(t *testing.T) {
	w := faultyWorld(t)
	lists, zones := manyLists(5, 0)
	for i := range lists {
		lists[i].Fault = dnstest.IfAbsent(dnstest.Rcode(dnstest.ServFail))
	}
	w.scripted(t, "DNS", dnstest.World{Lists: lists})
	command := "check_dnsbl -H 192.0.2.26 -l " + zones + " --resolver $DNS"
	w.expect(t, command, nagiosplugin.UNKNOWN, "NXDOMAIN")
	if _, out := w.run(t, command); strings.Contains(out, "Internet") {
		t.Errorf("wrong advice: %s", out)
	}
}

// A resolver that filters says so in an extended DNS error (RFC 8914), whatever the rcode.
func TestFilterIsNamed(t *testing.T) {
	w := faultyWorld(t)
	for name, fault := range map[string]dnstest.Fault{
		"SERVFAIL": dnstest.Rcode(dnstest.ServFail),
		"REFUSED":  dnstest.Rcode(dnstest.Refused),
		"NXDOMAIN": dnstest.NXDomain,
		"NOERROR":  dnstest.NoData,
		"SINKHOLE": dnstest.Answer("0.0.0.0"),
	} {
		t.Run(name, func(t *testing.T) {
			list := dnstest.List{Zone: "a.test", Fault: dnstest.Explained(dnstest.Blocked, fault)}
			w.scripted(t, name, dnstest.World{Lists: []dnstest.List{list}})
			const command = "check_dnsbl -H 192.0.2.25 -l a.test --resolver $"
			w.expect(t, command+name, nagiosplugin.UNKNOWN, "Blocked")
		})
	}
}
