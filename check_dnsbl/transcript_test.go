package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"check_dnsbl/internal/checktest"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"

	"github.com/olorin/nagiosplugin"
)

var update = flag.Bool("update", false, "write what the program prints into the transcripts")

// world is what the transcripts are about. 192.0.2.25 is the listed server, 198.51.100.7 a clean one.
func world() dnstest.World {
	const listed = "192.0.2.25"
	on := func(codes ...string) map[string][]string {
		return map[string][]string{listed: codes, "127.0.0.2": codes}
	}
	return dnstest.World{
		Lists: []dnstest.List{
			{Zone: "zen.spamhaus.org",
				Entries: map[string][]string{listed: {"127.0.0.3", "127.0.0.2"}, "192.0.2.26": {"127.0.0.10"}, "2001:db8::25": {"127.0.0.4"},
					"192.0.2.27": {"127.255.255.254"}, "192.0.2.28": {"127.0.0.99"}, "192.0.2.29": {"127.0.0.2", "203.0.113.9"}},
				Texts: map[string][]string{listed: {"https://www.spamhaus.org/sbl/query/SBL123", "https://check.spamhaus.org/query/ip/192.0.2.25"}}},
			{Zone: "sbl.spamhaus.org", Entries: on("127.0.0.2")},
			{Zone: "bl.spamcop.net", Entries: on("127.0.0.2"), Texts: map[string][]string{listed: {"Blocked - see https://www.spamcop.net/bl.shtml?192.0.2.25"}}},
			{Zone: "psbl.surriel.com", Entries: on("127.0.0.2")},
			{Zone: "dnsbl-2.uceprotect.net", Entries: on("127.0.0.2")},
			{Zone: "truncate.gbudb.net", Entries: map[string][]string{"192.0.2.195": {"127.0.0.2"}},
				Texts: map[string][]string{"192.0.2.195": {"http://www.gbudb.com/truncate/ [192.0.2.195]"}}},
			{Zone: "list.dnswl.org", Entries: map[string][]string{listed: {"127.0.5.2"}, "127.0.0.2": {"127.0.10.0"}}},
			{Zone: "hostkarma.junkemailfilter.com", Entries: map[string][]string{"192.0.2.26": {"127.0.0.1", "127.0.1.1"}}},
			{Zone: "b.barracudacentral.org", Fault: dnstest.Silent},
			{Zone: "multi.uribl.com", Fault: dnstest.Answer("127.0.0.1")},
			{Zone: "dbl.spamhaus.org", Entries: map[string][]string{"dbltest.com": {"127.0.1.2"}, "bad.example": {"127.0.1.4"}}},
			{Zone: "bl.spameatingmonkey.net", Entries: map[string][]string{"127.0.0.2": {"127.0.0.2"}}},
			{Zone: "113.0.203.in-addr.arpa", NoTests: true, FaultAt: map[string]dnstest.Fault{"29": dnstest.Rcode(dnstest.ServFail), "30": dnstest.Silent}},
			{Zone: "good.example", Entries: on("127.0.0.2")},
			{Zone: "better.example"},
			{Zone: "world.example", Fault: dnstest.Answer("127.0.0.2")},
			{Zone: "parked.example", Fault: dnstest.Answer("203.0.113.9")},
			{Zone: "nothing.example", Fault: dnstest.NXDomain},
			{Zone: "stripped.example", Entries: on("127.0.0.2"), Fault: dnstest.Strip},
			{Zone: "silent.example", Fault: dnstest.Silent},
			{Zone: "servfail.example", Fault: dnstest.Rcode(dnstest.ServFail)},
			{Zone: "refused.example", Fault: dnstest.Rcode(dnstest.Refused)},
			{Zone: "loopback.example", Entries: map[string][]string{listed: {"127.0.0.2"}, "127.0.0.1": {"127.0.0.2"}}},
			{Zone: "unconfirmed.example", Entries: on("127.0.0.2"), FaultAt: map[string]dnstest.Fault{"127.0.0.1": dnstest.Rcode(dnstest.ServFail)}},
			{Zone: "untested.example", NoTests: true, Entries: map[string][]string{listed: {"127.0.0.2"}}},
			{Zone: "d4taKeyOfOurs.zen.dq.spamhaus.net", Entries: map[string][]string{listed: {"127.0.0.3"}, "192.0.2.26": {"127.0.0.10"}},
				Texts: map[string][]string{listed: {"account D4TAKEYOFOURS: https://check.spamhaus.org/?k=d4takeyofours|" + strings.Repeat("A", 125) + "d4taKeyOfOurs"}}},
			{Zone: "d4taKeyOfOurs.sbl.dq.spamhaus.net", Entries: on("127.0.0.2")},
			{Zone: "d4taKeyOfOurs.dbl.dq.spamhaus.net", Entries: map[string][]string{"dbltest.com": {"127.0.1.2"}, "bad.example": {"127.0.1.4"}}},
			{Zone: "d4taKeyOfOurs.authbl.dq.spamhaus.net", Entries: map[string][]string{"127.0.0.2": {"127.0.0.20"}}},
			{Zone: "disabledKey.zen.dq.spamhaus.net", Fault: dnstest.Answer("127.255.255.250")},
			{Zone: "disabledKey.authbl.dq.spamhaus.net", Fault: dnstest.Answer("127.255.255.250")},
			{Zone: "rejectedKey.zen.dq.spamhaus.net", Fault: dnstest.Answer("127.255.255.251")},
			{Zone: "m4ilKeyOfOurs.combined.mail.abusix.zone", Entries: on("127.0.0.2")},
			{Zone: "m4ilKeyOfOurs.dblack.mail.abusix.zone", Entries: map[string][]string{"listed.test": {"127.0.1.1"}}},
			{Zone: "r4tsKeyOfOurs.all.spamrats.com", Entries: on("127.0.0.38")},
			{Zone: "r4tsKeyOfOurs.spam.spamrats.com", NoTests: true, Entries: map[string][]string{listed: {"127.0.0.38"}}},
			{Zone: "hostile.example", Entries: on("127.0.0.2"), Texts: map[string][]string{listed: {
				"line one\nline two | x=1;2 <script>alert(1)</script> \x1b[31mred\x1b[0m \xff\xfe caf\u00e9 " + strings.Repeat("A", 2000)}}},
		},
		Records: []string{
			"mail.good.test. A 198.51.100.7", "mail.listed.test. A 192.0.2.25", "mail.listed.test. AAAA 2001:db8::25",
			"shop.test. MX 10 mx.shop.test.", "shop.test. MX 20 mail.listed.test.", "mx.shop.test. A 198.51.100.8", "own.test. A 198.51.100.9",
			"null.test. MX 0 .", "gone.test. MX 10 mail.gone.test.", "gone.test. MX 20 mx.shop.test.",
			`shop.test. TXT "v=spf1 mx ip4:198.51.100.128/30 " "include:_spf.relay.test -all"`, `_spf.relay.test. TXT "v=spf1 ip4:192.0.2.24/31 ip6:2001:db8::/32 ?all"`,
			`wide.test. TXT "v=spf1 a:mail.good.test/31 ip4:0.0.0.0/0 ip4:10.0.0.0/24 exists:%{ir}.wide.test +all"`,
			`bad.test. TXT "v=spf1 ip4:192.0.2.25 ip4:198.51.100.256 <b>|x=1 include:bad.test -all"`, `none.test. TXT "v=spf1 -all"`,
			`two.test. TXT "v=spf1 a -all"`, `two.test. TXT "v=spf1 mx -all"`, `many.test. TXT "v=spf1 ip4:198.51.100.7` + strings.Repeat(" a:mail.good.test", 11) + `"`,
			"inside.test. A 10.0.0.5", "half.test. A 198.51.100.7", "half.test. A 10.0.0.5", "empty.test. TXT nothing",

			// reverse DNS: 203.0.113.20 and 2001:db8:1::20 have it as it should be, 203.0.113.21 to .34 do not
			"in-addr.arpa. NS a.in-addr-servers.arpa.", "ip6.arpa. NS a.ip6-servers.arpa.",
			"20.113.0.203.in-addr.arpa. CNAME 20.16/28.113.0.203.in-addr.arpa.", "20.16/28.113.0.203.in-addr.arpa. PTR mail.well.test.",
			reverse("2001:db8:1::20") + " PTR mail.well.test.", "mail.well.test. A 203.0.113.20", "mail.well.test. AAAA 2001:db8:1::20", "well.test. MX 10 mail.well.test.",
			"22.113.0.203.in-addr.arpa. PTR mail1.two.test.", "22.113.0.203.in-addr.arpa. PTR mail2.two.test.", "mail1.two.test. A 203.0.113.22", "mail2.two.test. A 203.0.113.22",
			"23.113.0.203.in-addr.arpa. PTR mail.lost.test.", "24.113.0.203.in-addr.arpa. PTR 24.113.0.203.dyn.isp.test.", "24.113.0.203.dyn.isp.test. A 203.0.113.24",
			"25.113.0.203.in-addr.arpa. PTR pool-7.isp.test.", "pool-7.isp.test. A 203.0.113.25", "26.113.0.203.in-addr.arpa. PTR srv7.hoster.test.", "srv7.hoster.test. A 203.0.113.26",
			"mail.renamed.test. A 203.0.113.26", "renamed.test. MX 10 mail.renamed.test.", `renamed.test. TXT "v=spf1 mx -all"`, "mail.nameless.test. A 203.0.113.21",
			`27.113.0.203.in-addr.arpa. PTR a\124x=1<b>.` + strings.Repeat("a", 60) + "." + strings.Repeat("b", 60) + "." + strings.Repeat("c", 60) + ".test.",
			"28.113.0.203.in-addr.arpa. PTR mail.inside.test.", "mail.inside.test. A 10.0.0.5", "hosted.test. MX 10 mail.renamed.test.",
			"31.113.0.203.in-addr.arpa. PTR ip31.ip-203-0-113.test.", "ip31.ip-203-0-113.test. A 203.0.113.31", "32.113.0.203.in-addr.arpa. PTR localhost.", "localhost. A 127.0.0.1",
			"34.113.0.203.in-addr.arpa. PTR mail.servfail.example.", "33.113.0.203.in-addr.arpa. PTR mail.nat.test.", "mail.nat.test. A 100.64.0.5", reverse("2001:db8::25") + " PTR dyn-2001-db8--25.isp.test.",
		},
	}
}

// reverse returns the name that the names of an address are at.
func reverse(addr string) string {
	return dnsbl.ReverseQuestion(netip.MustParseAddr(addr)).Name + "."
}

// Each transcript is a page of commands, each with the state, exit status and exact output that follow. Variables of the
// environment stand before the command. $DNS stands for the world's resolver, T for a time; -t 1 keeps the silent ones short.
func TestTranscripts(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no transcripts", err)
	}
	server, err := dnstest.Start(world())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	names := brokenResolvers(t)
	names["$DNS"] = server.Addr.String()
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := replay(t, string(text), names)
			switch {
			case *update:
				err = os.WriteFile(file, []byte(got), 0o644)
			case got != string(text):
				t.Errorf("%s differs; got:\n%s", file, checktest.Difference(string(text), got))
			}
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

// run makes a check that nobody watches.
func run(ctx context.Context, args, environ []string, to io.Writer) nagiosplugin.Status {
	return check(ctx, args, environ, strings.NewReader(""), to, nil)
}

// replay runs the commands of a transcript and returns it as it should read: its comments and commands, each command
// with what came of it. Names stand for addresses of resolvers.
func replay(t *testing.T, text string, names map[string]string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		environ, command, isCommand := strings.Cut(strings.TrimSuffix(line, "\n"), "check_dnsbl")
		environ, isPrompt := strings.CutPrefix(environ, "$ ")
		if strings.HasPrefix(line, "# ") {
			out.WriteString(line)
		}
		if !isCommand || !isPrompt {
			continue
		}
		for name, addr := range names {
			command = strings.ReplaceAll(command, name, addr)
		}
		var stdout bytes.Buffer
		status := run(t.Context(), checktest.Words(command), checktest.Words(environ), &stdout)
		if broken := checktest.BrokenPromise(command, int(status), stdout.String()); broken != "" {
			t.Errorf("%s: %s in\n%s", command, broken, stdout.String())
		}
		printed := stdout.String()
		for name, addr := range names {
			printed = strings.ReplaceAll(printed, addr, name)
		}
		fmt.Fprintf(&out, "%s--> %v %d\n%s\n", line, status, status, checktest.Steady(printed))
	}
	return out.String()
}
