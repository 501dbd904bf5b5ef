package main

import (
	"bytes"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"check_dnsbl/internal/dnstest"

	"github.com/miekg/dns"
	"github.com/olorin/nagiosplugin"
)

// testdata/fcrdns.txt has the output for each problem. These tests hold what a transcript cannot
// show: which names are queried, and how long it takes.

// checkIn makes a check in a world of its own, and returns how long it took, what it printed, and
// what was asked beside the lists.
func checkIn(t *testing.T, world dnstest.World, args ...string) (state nagiosplugin.Status, took time.Duration, out string, asked []string) {
	server, err := dnstest.Start(world)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	var stdout bytes.Buffer
	start := time.Now()
	state = invoke(t.Context(), append(args, "--resolver", server.Addr.String()), nil, &stdout)
	took = time.Since(start)
	for _, question := range server.Queries() {
		if !strings.HasSuffix(question, ".a.example") {
			asked = append(asked, question)
		}
	}
	slices.Sort(asked)
	return state, took, stdout.String(), asked
}

func named() dnstest.World {
	return dnstest.World{
		Lists:   []dnstest.List{{Zone: "a.example"}, {Zone: "in-addr.arpa", NoTests: true}},
		Records: []string{"25.2.0.192.in-addr.arpa. PTR mail.test.", "mail.test. A 192.0.2.25"},
	}
}

// Without the option no names are queried, and with it each needed one once.
func TestReverseQuestions(t *testing.T) {
	for _, tt := range []struct{ args, want string }{
		{"-H 192.0.2.25 -l a.example", ""},
		{"-H 192.0.2.25 -l a.example --fcrdns", "A mail.test, PTR 25.2.0.192.in-addr.arpa"},
		{"-H 192.0.2.26 -l a.example --fcrdns", "NS in-addr.arpa, PTR 26.2.0.192.in-addr.arpa"},
		{"-H 192.0.2.25 -H 192.0.2.25/32 -H domain:mail.test -l a.example --fcrdns", "A mail.test, PTR 25.2.0.192.in-addr.arpa"},
		{"-H 127.0.0.2 -l a.example --fcrdns", ""},
		{"-H 198.51.100.0/23 -l a.example --fcrdns", ""},
	} {
		_, _, out, asked := checkIn(t, named(), strings.Fields(tt.args)...)
		if got := strings.Join(asked, ", "); got != tt.want {
			t.Errorf("%s: asked %s, want %s\n%s", tt.args, got, tt.want, out)
		}
	}
	_, _, _, asked := checkIn(t, named(), "-H", "198.51.100.0/24", "-l", "a.example", "--fcrdns")
	if len(asked) != 2*256 {
		t.Errorf("a /24: %d questions beside the lists, want %d", len(asked), 2*256)
	}
}

// The names are looked up while the lists are queried: each is held until the other has come.
func TestReverseGoesBeside(t *testing.T) {
	t.Parallel()
	var ptr, list = make(chan struct{}), make(chan struct{})
	tellPTR, tellList := sync.OnceFunc(func() { close(ptr) }), sync.OnceFunc(func() { close(list) })
	world := named()
	world.Fault = func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		other := list
		switch name := q.Question[0].Name; {
		case q.Question[0].Qtype == dns.TypePTR:
			tellPTR()
		case strings.HasSuffix(name, ".a.example."):
			tellList()
			other = ptr
		}
		select {
		case <-other:
			dnstest.Healthy(w, q, healthy)
		case <-t.Context().Done():
		}
	}
	state, _, out, _ := checkIn(t, world, "-H", "192.0.2.25", "-l", "a.example", "--fcrdns", "-t", "60")
	if state != nagiosplugin.OK || strings.Contains(out, "not checked") {
		t.Errorf("%v: %s", state, out)
	}
}

// The look-ups of names end with the run, and take nothing of what the lists say.
func TestReverseEndsInTime(t *testing.T) {
	t.Parallel()
	silent := named()
	silent.Lists[1].Fault = dnstest.Silent
	silent.Records = []string{"in-addr.arpa. NS a.in-addr-servers.arpa."}
	state, took, out, _ := checkIn(t, silent, "-H", "192.0.2.0/24", "-l", "a.example", "--fcrdns", "-t", "8")
	if took > 30*time.Second || state == nagiosplugin.OK || !strings.Contains(out, "none of 256 addresses listed") {
		t.Errorf("%v after %v: %s", state, took, out)
	}
}
