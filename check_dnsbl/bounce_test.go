package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"check_dnsbl/internal/bounce"
	"check_dnsbl/internal/checktest"
	"check_dnsbl/internal/dnstest"
)

// bounceWorld starts a resolver with a list that lists 192.0.2.25, and returns its address.
func bounceWorld(t *testing.T) string {
	server, err := dnstest.Start(dnstest.World{Lists: []dnstest.List{{Zone: "bl.spamcop.net", Entries: map[string][]string{"192.0.2.25": {"127.0.0.2"}}},
		{Zone: "psbl.surriel.com"}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	return server.Addr.String()
}

// A bounce comes from a pipe as it comes from a file.
func TestBounceFromPipe(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../internal/bounce/testdata/lists/qmail-spamcop.eml")
	if err != nil {
		t.Fatal(err)
	}
	const want = "CRITICAL: 192.0.2.25 on 1 of 2 lists: bl.spamcop.net |"
	const line = "bounce: 192.0.2.25 was refused because of bl.spamcop.net (SpamCop Blocking List)"
	var out bytes.Buffer
	args := []string{"--bounce", "-", "-l", "psbl.surriel.com", "--resolver", bounceWorld(t)}
	if state := run(t.Context(), args, nil, console{in: bytes.NewReader(text), out: &out}); state != 2 || !strings.HasPrefix(out.String(), want) || !strings.Contains(out.String(), "\n"+line+"\n") {
		t.Errorf("%v: %s", state, out.String())
	}
}

// A silent reader is a standard input that must not be read.
type silent struct{ t *testing.T }

func (s silent) Read([]byte) (int, error) {
	s.t.Error("standard input was read")
	return 0, errors.New("this is not to be read")
}

// Only --bounce - reads standard input.
func TestStandardInputIsLeftAlone(t *testing.T) {
	t.Parallel()
	resolver := bounceWorld(t)
	for args, want := range map[string]int{
		"192.0.2.25": 2,
		"--bounce ../internal/bounce/testdata/lists/qmail-spamcop.eml": 2,
		"--self-test":               0,
		"--self-test --bounce -":    3,
		"--catalog --bounce -":      3,
		"--bounce - --resolver x.y": 3, // an error that needs no bounce
		"-V":                        3,
	} {
		var out bytes.Buffer
		line := append(strings.Fields(args), "-l", "bl.spamcop.net")
		if strings.HasPrefix(args, "-V") {
			line = strings.Fields(args)
		}
		if !strings.Contains(args, "--resolver") {
			line = append(line, "--resolver", resolver)
		}
		if state := run(t.Context(), line, nil, console{in: silent{t}, out: &out}); int(state) != want {
			t.Errorf("%s: %v: %s", args, state, out.String())
		}
	}
}

// Only the first 10 MB of a long bounce are read, and the output says so.
func TestLongBounce(t *testing.T) {
	t.Parallel()
	if !checktest.Long() {
		t.Skip("set CHECK_DNSBL_REAL=1; it reads a bounce of 10 MB, which takes seconds")
	}
	file := filepath.Join(t.TempDir(), "long.eml")
	text := "550 5.7.1 Client host [192.0.2.25] blocked using bl.spamcop.net\n\n" + strings.Repeat("and so on\n", bounce.MaxBytes/10) + "\n550 zen.spamhaus.org\n"
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	args := []string{"--bounce", file, "-l", "psbl.surriel.com", "-t", "120", "--resolver", bounceWorld(t)} // reading is slow with -race
	const line = "text: 192.0.2.25 was refused because of bl.spamcop.net (SpamCop Blocking List)\nonly the first 10 MB of it were read\n"
	if state := invoke(t.Context(), args, nil, &out); state != 2 || !strings.Contains(out.String(), line) {
		t.Errorf("%v: %s", state, out.String())
	}
}

// A bounce that names all lists does not have them all queried, and its line in the output stays
// short.
func TestGreedyBounce(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	text.WriteString("550 [192.0.2.25] blocked using")
	for _, zone := range values()["list"] {
		text.WriteString(" " + zone)
	}
	text.WriteString(strings.Repeat(" listed by "+strings.Repeat("very.", 40)+"long.example, blocked using secretkey123.other.dq.spamhaus.net", 50))
	var out bytes.Buffer
	args := []string{"--bounce", "-", "-t", "20", "--direct", "never", "-l", "psbl.surriel.com", "--resolver", bounceWorld(t)}
	run(t.Context(), args, nil, console{in: strings.NewReader(text.String()), out: &out})
	if broken := checktest.BrokenPromise("a greedy bounce", 3, out.String()); broken != "" {
		t.Error(broken)
	}
	_, line, _ := strings.Cut(out.String(), "\nbounce: ")
	line, _, _ = strings.Cut(line, "\n")
	const want = "192.0.2.25 was refused because of zen.spamhaus.org (Spamhaus ZEN), b.barracudacentral.org"
	asked := regexp.MustCompile(`listed=\d+;0;2;0;(\d+) failed=\d+;\d+;;0;(\d+)`).FindStringSubmatch(out.String())
	if !strings.HasPrefix(line, want) || !regexp.MustCompile(`, and \d{3} more$`).MatchString(line) || len(asked) != 3 || len(asked[2]) > 2 || strings.Contains(out.String(), "secretkey") {
		t.Errorf("%s\n%s", line, out.String())
	}
}

// Slowly read is what comes through a pipe.
type slowly struct{ text *strings.Reader }

func (s slowly) Read(p []byte) (int, error) {
	time.Sleep(300 * time.Millisecond)
	return s.text.Read(p)
}

// Reading a bounce is part of the time of the run.
func TestTimeOfBounce(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	args := []string{"--bounce", "-", "-l", "bl.spamcop.net", "--resolver", bounceWorld(t)}
	run(t.Context(), args, nil, console{in: slowly{strings.NewReader("550 client 192.0.2.25 blocked")}, out: &out})
	if !regexp.MustCompile(` time=(0\.[6-9]|[1-9])`).MatchString(out.String()) { // the text, and its end
		t.Error(out.String())
	}
}

// A compressed bounce is an error with the way to read it.
func TestCompressedBounce(t *testing.T) {
	file := filepath.Join(t.TempDir(), "mail.log.1.gz")
	writeFile(t, file, "\x1f\x8b\x08\x00zen.spamhaus.org")
	var out bytes.Buffer
	want := "UNKNOWN: --bounce: cannot read " + file + ": this is compressed (gzip): give what zcat makes of it to --bounce -\n"
	if state := invoke(t.Context(), []string{"--bounce", file}, nil, &out); state != 3 || out.String() != want {
		t.Errorf("%v: %s", state, out.String())
	}
}

// The output calls an address delisted only if a block list was queried for all of its entries.
func TestAfterwards(t *testing.T) {
	t.Parallel()
	resolver := bounceWorld(t)
	const clean, out = "not on psbl.surriel.com any more. The listing has expired", "not queried: psbl.surriel.com, which -x leaves out. Delisting: "
	for _, tt := range []struct{ text, args, has, hasNot string }{
		{"550 client 192.0.2.26 listed in psbl.surriel.com", "-l bl.spamcop.net", clean, out},
		{"550 client 192.0.2.26 listed in psbl.surriel.com", "-l psbl.surriel.com=127.0.0.9", "bounce: ", clean},
		{"550 client 192.0.2.26 listed in psbl.surriel.com", "-l psbl.surriel.com*2", "bounce: ", clean},
		{"550 client 192.0.2.26 listed in psbl.surriel.com", "-l bl.spamcop.net -x psbl.surriel.com", out, clean},
		{"550 client 192.0.2.26 and client 192.0.2.27 listed in psbl.surriel.com", "-l bl.spamcop.net", "bounce: ", clean},
		{"550 client 192.0.2.26 on list.dnswl.org", "-l psbl.surriel.com", "It names no list", "dnswl"},
		{"550 client 192.0.2.26 on dbl.spamhaus.org", "-l psbl.surriel.com", "because of dbl.spamhaus.org (lists domains), not listed (1 other list answered)", "not on dbl"},
	} {
		var to bytes.Buffer
		args := append([]string{"--bounce", "-", "--resolver", resolver, "-t", "20"}, strings.Fields(tt.args)...)
		run(t.Context(), args, nil, console{in: strings.NewReader(tt.text), out: &to})
		if !strings.Contains(to.String(), tt.has) || strings.Contains(to.String(), tt.hasNot) {
			t.Errorf("%s, %s:\n%s", tt.text, tt.args, to.String())
		}
	}
}

// If a bounce names more lists than are read, the output says so and is not OK.
func TestMoreListsThanAreRead(t *testing.T) {
	t.Parallel()
	text := "550 client 192.0.2.26 blocked using " + strings.Join(values()["list"][:20], " ")
	var out bytes.Buffer
	args := []string{"--bounce", "-", "-H", "192.0.2.26", "--direct", "never", "--max-failed", "100", "-t", "20", "-l", "bl.spamcop.net", "--resolver", bounceWorld(t)}
	run(t.Context(), args, nil, console{in: strings.NewReader(text), out: &out})
	if !regexp.MustCompile(`\nnot checked: the bounce names \d+ more lists\. Name them with -l\n`).MatchString(out.String()) || strings.HasPrefix(out.String(), "OK") {
		t.Error(out.String())
	}
}

// Of a mailbox, the sources of all complaints are checked, or the output shows a gap.
func TestComplaintAmongBounces(t *testing.T) {
	t.Parallel()
	const arf = "From x Sun Nov 29 10:00:00 2026\n" +
		"Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n" +
		"--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n%\n\n--b--\n\n"
	const mail = "From x Sun Nov 29 10:00:00 2026\nFrom: x@isp.example\n\n%\n\n"
	listed := strings.Replace(arf, "%", "Source-IP: 192.0.2.25", 1)
	clean := strings.Replace(arf, "%", "Source-IP: 192.0.2.27", 1)
	bounced := strings.Replace(mail, "%", "550 5.7.1 client [192.0.2.26] blocked using psbl.surriel.com", 1)
	unclear := strings.Replace(mail, "%", "554 5.7.1 blocked using psbl.surriel.com, says mx[198.51.100.10]", 1)
	for _, tt := range []struct{ mails, first, line string }{
		{strings.Replace(mail, "%", "I am away", 1) + listed, "CRITICAL: 192.0.2.25 on 1", "complaint: somebody complained about mail from 192.0.2.25"},
		{bounced + listed, "CRITICAL: 1 of 2 addresses", "because of psbl.surriel.com (Passive Spam Block List). Somebody complained about mail from 192.0.2.25"},
		{listed + bounced, "CRITICAL: 1 of 2 addresses", "Somebody complained about mail from 192.0.2.25"},
		{clean + strings.Replace(arf, "%", "User-Agent: x", 1), "UNKNOWN: ", "not checked: 1 complaint without a public address of the sender. Name your server with -H"},
		{clean + unclear, "UNKNOWN: ", "not checked: it is not clear whether 198.51.100.10 was refused because of psbl.surriel.com. Name the refused address with -H"},
	} {
		var out bytes.Buffer
		args := []string{"--bounce", "-", "-l", "bl.spamcop.net", "--resolver", bounceWorld(t)}
		run(t.Context(), args, nil, console{in: strings.NewReader(tt.mails), out: &out})
		if !strings.HasPrefix(out.String(), tt.first) || !strings.Contains(out.String(), tt.line) {
			t.Errorf("want %s\n%s\ngot %s", tt.first, tt.line, out.String())
		}
	}
}
