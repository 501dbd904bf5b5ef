package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"check_dnsbl/internal/checktest"
	"check_dnsbl/internal/dnsbl"

	"github.com/miekg/dns"
)

// The bench starts itself again as the simulated resolver. In a test that is the test binary.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == worldMode {
		main()
		return
	}
	os.Exit(m.Run())
}

// needsBuilds skips a test that builds several programs, unless all tests are to run.
func needsBuilds(t *testing.T) {
	if !checktest.Real() {
		t.Skip("set CHECK_DNSBL_REAL=1; it builds what is compared, which takes seconds")
	}
}

// A quick scenario measures plausible values and has all of them in its table.
func TestBench(t *testing.T) {
	needsBuilds(t)
	var out strings.Builder
	if err := bench([]string{"-run", "^fast$", "-n", "1"}, &out); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	for _, want := range []string{
		`(?m)^ +floor( +[0-9.]+ ms){3} +<? ?[0-9.]+ MB +200 +\d+ +1\.00 +[0-9.]+ +1\.00$`,
		`(?m)^ +check_dnsbl( +[0-9.]+ ms){3} +<? ?[0-9.]+ MB +20[246] +\d+( +[0-9.]+){3}$`,
		`(?m)^(passed|missed)  fast: CPU, in floors +[0-9.]+ +at most 2$`,
	} {
		if !regexp.MustCompile(want).MatchString(out.String()) {
			t.Errorf("nothing like %s in\n%s", want, out.String())
		}
	}
	if strings.Contains(out.String(), "net16") {
		t.Errorf("a target of a scenario that did not run:\n%s", out.String())
	}
}

// A wrong verdict is an error, however fast it was.
func TestWrong(t *testing.T) {
	program := filepath.Join(t.TempDir(), "program")
	err := os.WriteFile(program, []byte("#!/bin/sh\necho 'OK: | listed=0;; failed=1;;'\n"), 0o755)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		args []string
		want string
	}{
		{[]string{"-run", "^none$"}, "-run: no scenario of this name"},
		{[]string{"-n", "0"}, "want -n of 1 or more, and nothing but options: see -h"},
		{
			[]string{"-run", "^fast$", "-n", "1", "-program", program},
			"fast: turn 0, check_dnsbl: failed=1, want 0; it printed:\nOK: |",
		},
	}
	for _, tt := range tests {
		if slices.Contains(tt.args, "-run") {
			needsBuilds(t)
		}
		var out strings.Builder
		if err := bench(tt.args, &out); err == nil || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%v: %v, want %s", tt.args, err, tt.want)
		}
	}
}

// A bad day's output is read list by list.
func TestCheckOurs(t *testing.T) {
	good := `CRITICAL: 198.18.0.1 on 1 of 2 lists (4 failed): l004.bench.example | listed=1;0;2;0;2 failed=4;1;;0;6 queries=20;;;0; time=6s;;10;0;
* 198.18.0.1 is on l004.bench.example
` + failedLine("l000", dnsbl.Timeout) + failedLine("l001", dnsbl.ServFail) +
		failedLine("l002", dnsbl.ListsEverything) + failedLine("l003", dnsbl.RefusesResolver)
	s := scenario{
		world:   world{Lists: 6, Silent: 1, ServFails: 1, Wildcards: 1, Refusals: 1, Listings: 1},
		timeout: "10",
	}
	for _, tt := range []struct{ from, to, want string }{
		{"", "", ""},
		{"failed=4", "failed=3", "failed=3, want 4"},
		{"is on l004", "is on l005", `says that ["l005.bench.example"] list it, want ["l004.bench.example"]`},
		{failedLine("l001", dnsbl.ServFail), "", `names [] as failed by "SERVFAIL", want ["l001.bench.example"]`},
	} {
		err := s.checkVerdict(0, result{out: strings.Replace(good, tt.from, tt.to, 1), exit: 2})
		if got := fmt.Sprint(err); got != tt.want && (tt.want != "" || err != nil) {
			t.Errorf("%q for %q: %v, want %s", tt.to, tt.from, err, tt.want)
		}
	}
}

// failedLine returns a line on a list that failed.
func failedLine(list string, cause dnsbl.Cause) string {
	return fmt.Sprintf("failed: %s.bench.example: %s (some detail). Some fix\n", list, cause.Text())
}

// The world's packets, as another reads them.
func TestReply(t *testing.T) {
	w := world{Lists: 6, Silent: 1, ServFails: 1, Wildcards: 1, Refusals: 1, Listings: 1}
	tests := []struct {
		name string
		kind uint16
		want string
	}{
		{"2.0.0.127.l005.bench.example.", dns.TypeA, "NOERROR 127.0.0.2"},
		{"1.0.0.127.l005.bench.example.", dns.TypeA, "NXDOMAIN SOA"},
		{"2.0.0.127.l005.bench.example.", dns.TypeMX, "NOERROR SOA"},
		{"1.0.18.198.l004.bench.example.", dns.TypeA, "NOERROR 127.0.0.2"},
		{
			"1.0.18.198.l004.bench.example.",
			dns.TypeTXT,
			"NOERROR listed by a list that is not there",
		},
		{"1.0.0.127.l004.bench.example.", dns.TypeA, "NXDOMAIN SOA"},
		{"1.0.18.198.l003.bench.example.", dns.TypeA, "NOERROR 127.255.255.254"},
		{"1.0.0.127.l002.bench.example.", dns.TypeA, "NOERROR 127.0.0.2"},
		{"1.0.18.198.l001.bench.example.", dns.TypeA, "SERVFAIL SOA"},
		{"l001.bench.example.", dns.TypeNS, "NXDOMAIN SOA"},
		{"bench.example.", dns.TypeNS, "NXDOMAIN"},
		{".", dns.TypeNS, "NXDOMAIN"},
	}
	for _, tt := range tests {
		m := new(dns.Msg).SetQuestion(tt.name, tt.kind).SetEdns0(1232, false)
		packet, _ := m.Pack()
		q, ok := parse(packet)
		if !ok {
			t.Errorf("%s cannot be read", tt.name)
			continue
		}
		var reply dns.Msg
		err := reply.Unpack(w.reply(&q, make([]byte, 0, 1500)))
		if err != nil || reply.Id != m.Id || reply.Question[0] != m.Question[0] ||
			reply.IsEdns0() == nil {
			t.Errorf("%s: %v %v", tt.name, err, &reply)
		}
		got := dns.RcodeToString[reply.Rcode]
		for _, rr := range append(reply.Answer, reply.Ns...) {
			switch rr := rr.(type) {
			case *dns.A:
				got += " " + rr.A.String()
			case *dns.TXT:
				got += " " + strings.Join(rr.Txt, "")
			case *dns.SOA:
				got += " SOA"
			}
		}
		if got != tt.want {
			t.Errorf("%s %s: %s, want %s", tt.name, dns.TypeToString[tt.kind], got, tt.want)
		}
	}
}

// Packets of strangers do not end the world.
func FuzzParse(f *testing.F) {
	packet, _ := new(dns.Msg).SetQuestion("2.0.0.127.l005.bench.example.", dns.TypeA).Pack()
	f.Add(packet)
	f.Add([]byte("123456789012\x06255.25\x04l005\x05bench\x07example\x00\x00\x01\x00\x01"))
	f.Fuzz(func(t *testing.T, packet []byte) {
		if q, ok := parse(packet); ok {
			w := world{Lists: 1}
			w.reply(&q, nil)
		}
	})
}
