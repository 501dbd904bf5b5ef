//go:build linux

package acceptance

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"check_dnsbl/internal/dnstest"
)

// A step of the story that a service per list is for: what lists the server now, and which services
// send mail about it. One service for all lists is there to compare. Its state does not change when
// a second list lists the server, so it sends nothing.
type step struct {
	listed       []string // zones
	notified     []string // "service STATE"
	acknowledged []string // services, after that
}

// story returns the steps. All stands for the service with all lists, and each for the begin of the
// name of those with one.
func story(all, each string) []step {
	const zen, spamcop = "zen.spamhaus.org", "bl.spamcop.net"
	return []step{
		{},
		{[]string{spamcop}, []string{all + " CRITICAL", each + spamcop + " CRITICAL"}, []string{all, each + spamcop}},
		{[]string{spamcop, zen}, []string{each + zen + " CRITICAL"}, nil},
		{[]string{zen}, []string{each + spamcop + " OK"}, nil},
	}
}

// listing returns the world in which just these lists list an address.
func listing(addr string, zones []string) dnstest.World {
	world := nagiosWorld()
	for _, list := range world.Lists {
		delete(list.Entries, addr)
		if slices.Contains(zones, list.Zone) {
			list.Entries[addr] = []string{"127.0.0.2"}
		}
	}
	return world
}

// perList plays the story to Nagios, and reads from its log who was notified when.
func (n *nagios) perList(t *testing.T) {
	const host, all, each = "mail1.example.com", "all lists", "DNSBL "
	services := []string{all, each + "bl.spamcop.net", each + "zen.spamhaus.org"}
	before := 0
	for i, step := range story(all, each) {
		playWorld(t, n.dir, listing("192.0.2.25", step.listed))
		for _, service := range services {
			n.force(t, host, service)
		}
		lines := n.notifications(t, host)
		if i == 0 { // whatever came before the story
			before = len(lines)
		}
		var got []string
		for _, line := range lines[before:] {
			fields := strings.Split(line, ";")
			got = append(got, fields[2]+" "+fields[3])
			t.Log(line)
		}
		before = len(lines)
		if !slices.Equal(got, step.notified) {
			t.Errorf("listed on %q: notified %q, want %q", step.listed, got, step.notified)
		}
		for _, service := range step.acknowledged {
			n.command(t, fmt.Sprintf("ACKNOWLEDGE_SVC_PROBLEM;%s;%s;2;0;0;admin;known", host, service))
		}
	}
}

// notifications returns the lines of the log on the notifications of the services of a host.
func (n *nagios) notifications(t *testing.T, host string) []string {
	var lines []string
	for line := range bytes.Lines(readFile(t, n.dir+"/var/log")) {
		if strings.Contains(string(line), "] SERVICE NOTIFICATION: dnsbl-admin;"+host+";") {
			lines = append(lines, strings.TrimSpace(string(line)))
		}
	}
	return lines
}

// perList plays the story to Icinga. Its notification command writes a line to a file.
func (ic *icinga) perList(t *testing.T) {
	const host, all, each = "story!", "dnsbl", "dnsbl "
	services := []string{all, each + "bl.spamcop.net", each + "zen.spamhaus.org"}
	var want []string
	for _, step := range story(all, each) {
		playWorld(t, ic.dir, listing("192.0.2.30", step.listed))
		for _, service := range services {
			ic.force(t, host+service)
		}
		want = append(want, step.notified...)
		if got := ic.notified(t, len(want)); !slices.Equal(got, want) {
			t.Errorf("listed on %q: notified %q, want %q", step.listed, got, want)
		}
		for _, service := range step.acknowledged {
			status, answer := ic.ask("POST", "/v1/actions/acknowledge-problem", map[string]any{
				"type": "Service", "service": host + service, "author": "admin", "comment": "known", "sticky": true})
			if status != http.StatusOK {
				t.Errorf("%s: %d %s", service, status, answer)
			}
		}
	}
	t.Logf("%s", readFile(t, ic.dir+"/notes"))
}

// notified waits until n notifications were sent and returns all that were: "service STATE", in the
// order of the services of each step.
func (ic *icinga) notified(t *testing.T, n int) []string {
	var got []string
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		text, _ := os.ReadFile(ic.dir + "/notes") // there is none before the first
		got = nil
		for line := range strings.Lines(string(text)) {
			_, note, _ := strings.Cut(strings.TrimSpace(line), "; ")
			got = append(got, note)
		}
		if len(got) >= n || time.Now().After(deadline) {
			return got
		}
	}
}
