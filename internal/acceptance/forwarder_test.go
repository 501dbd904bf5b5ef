//go:build linux

package acceptance

import (
	"net"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/olorin/nagiosplugin"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/checktest"
	"check_dnsbl/internal/dnstest"
)

// TestRealForwarder runs the program with Debian's dnsmasq as it comes: it forwards at most 150
// queries at a time, here to a resolver that takes 120 ms, and refuses the others.
func TestRealForwarder(t *testing.T) {
	t.Parallel()
	dnsmasq := checktest.Installed(t, "dnsmasq")
	w := &realWorld{dir: t.TempDir(), names: map[string]string{}}
	own, zones := manyLists(25, 0)
	upstream := w.scripted(t, "UPSTREAM", dnstest.World{
		Lists: append(everyList(t), own...), Fault: dnstest.Late(120*time.Millisecond, dnstest.Healthy),
	})
	w.names["DNS"] = freeAddr(t, w.names)
	host, port, _ := net.SplitHostPort(w.names["DNS"])
	user, _ := self(t)
	w.launch(t, "DNS", dnsmasq, "--keep-in-foreground", "--conf-file=/dev/null", "--no-resolv",
		"--no-hosts", "--bind-interfaces", "--listen-address="+host, "--port="+port,
		"--user="+user, "--pid-file=", "--log-facility=-",
		"--server="+strings.Replace(upstream.Addr.String(), ":", "#", 1))
	w.await(t, "DNS", "2.0.0.127.zen.spamhaus.org.", answers)
	for name, options := range map[string]string{
		"an address":             "-H 192.0.2.32",
		"eight addresses":        "-H 192.0.2.32/29",
		"eight on 25 lists":      "-H 192.0.2.32/29 -l " + zones,
		"an address, every list": "-H 192.0.2.32 --set all",
	} {
		t.Run(name, func(t *testing.T) {
			status, out := w.run(t, "check_dnsbl "+options+" --resolver $DNS")
			if status != nagiosplugin.OK || strings.Contains(out, "REFUSED") ||
				!regexp.MustCompile(` failed=0;`).MatchString(out) {
				t.Errorf("%v: %s", status, out)
			}
		})
	}
}

// everyList returns all lists of the catalog that are open to all, with their test entries.
func everyList(t *testing.T) []dnstest.List {
	set, ok := catalog.Set("all")
	if !ok {
		t.Fatal("no set of all lists")
	}
	var lists []dnstest.List
	for _, l := range set {
		list := dnstest.List{Zone: l.Zone, Entries: map[string][]string{}}
		for _, own := range []string{l.Tests.IPv4, l.Tests.Domain} {
			if own != "" {
				list.Entries[own] = []string{"127.0.0.2"}
			}
		}
		lists = append(lists, list)
	}
	return lists
}
