package report

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/verdict"
)

// What a check prints is in the transcripts of the command. Here is what they cannot show: the limits.

// many returns findings on one address: so many listings with long reasons, so many failures.
func many(listed, failed int) []dnsbl.Finding {
	subject := dnsbl.Subject{Addr: netip.MustParseAddr("192.0.2.25")}
	var findings []dnsbl.Finding
	for i := range listed + failed {
		l := dnsbl.Unknown(fmt.Sprintf("list-number-%d.of.a.long.name.example", i))
		l.Name, l.Delisting, l.URL = "A list", strings.Repeat("somehow ", 10), "https://example.com/{ip}"
		f := dnsbl.Finding{Subject: subject, List: &l, Evidence: &dnsbl.Evidence{}, Outcome: dnsbl.Failed, Cause: dnsbl.OutsideLoopback, Detail: fmt.Sprintf("203.0.113.%d", i)}
		if i < listed {
			f.Outcome, f.Weight, f.Cause = dnsbl.Listed, 1, ""
			f.Codes = []dnsbl.Reading{{Code: netip.MustParseAddr("127.0.0.2"), Meaning: strings.Repeat("meaning ", 4)}}
			f.Matched = f.Codes
			f.Evidence = &dnsbl.Evidence{Reason: dnsbl.Answer{Texts: []string{strings.Repeat("reason ", 400), "second", "third"}}}
		}
		findings = append(findings, f)
	}
	return findings
}

// judge makes the verdict on one subject, of which all findings are kept.
func judge(findings []dnsbl.Finding) verdict.Verdict {
	tallier := verdict.NewTallier(verdict.Default())
	tallier.Add(tallier.Count(findings))
	v := tallier.Verdict(nil, verdict.ReverseDNS{})
	v.Every = [][]dnsbl.Finding{findings}
	return v
}

// However much there is to say: 1,000 bytes on the first line with all perfdata, 4,096 in all, and what is left out is counted.
func TestLimits(t *testing.T) {
	for _, tt := range []struct{ listed, failed, verbose int }{{1, 0, 0}, {3, 0, 2}, {100, 0, 0}, {0, 100, 0}, {0, 300, 1}, {60, 60, 2}, {370, 0, 1}} {
		v := judge(many(tt.listed, tt.failed))
		var out strings.Builder
		if err := Nagios(&out, &v, Run{Took: 1234567 * time.Microsecond, Timeout: 10 * time.Second, Verbose: tt.verbose, Warnings: []string{"a warning"}}); err != nil {
			t.Fatal(err)
		}
		first, rest, _ := strings.Cut(out.String(), "\n")
		if len(first) > 1000 || out.Len() > 4096 || !strings.HasSuffix(first, "time=1.235s;;10;0;") {
			t.Errorf("%d listed, %d failed: first line %d bytes, in all %d:\n%s", tt.listed, tt.failed, len(first), out.Len(), first)
		}
		if cut := out.Len() > maxOutput*3/4; cut != strings.Contains(rest, " more line") {
			t.Errorf("%d listed, %d failed: %d bytes, and what is missing:\n%s", tt.listed, tt.failed, out.Len(), rest)
		}
		if tt.listed > 0 && !strings.Contains(rest, "  code: ") || tt.failed > 0 && !strings.Contains(rest, "failed: ") {
			t.Errorf("%d listed, %d failed: one of the two is not there at all:\n%s", tt.listed, tt.failed, rest)
		}
		if !strings.Contains("\n"+rest, "\na warning\n") {
			t.Errorf("%d listed, %d failed: the warning is cut:\n%s", tt.listed, tt.failed, rest)
		}
		var all strings.Builder
		if err := Nagios(&all, &v, Run{Verbose: tt.verbose, Unlimited: true}); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(all.String(), "more line") || tt.listed > 0 && strings.Count(all.String(), "  code:") != tt.listed {
			t.Errorf("%d listed: without a limit something is missing", tt.listed)
		}
	}
}

func TestJoinLines(t *testing.T) {
	long := strings.Repeat("x", 60)
	tests := []struct {
		lines []string
		max   int
		want  string
	}{
		{[]string{"one", "two"}, 100, "one\ntwo\n"},
		{[]string{"one", "two"}, 8, "one\ntwo\n"},
		{[]string{"one", "two"}, 7, "and 2 more lines, which a terminal shows\n"},
		{[]string{"one", long, long}, 120, "one\n" + long + "\nand 1 more line, which a terminal shows\n"},
		{[]string{"one", long, "two"}, 60, "one\nand 2 more lines, which a terminal shows\n"},
		{nil, 100, ""},
	}
	for _, tt := range tests {
		if got := joinLines(tt.lines, tt.max); got != tt.want {
			t.Errorf("fit %d lines in %d bytes = %q, want %q", len(tt.lines), tt.max, got, tt.want)
		}
	}
}

// What comes from elsewhere is cleaned wherever it is printed.
func TestForeignTextIsClean(t *testing.T) {
	const hostile = "<b>\x1b[31m|x=1\n\xff"
	findings := many(1, 1)
	findings[0].Evidence.Reason = dnsbl.Answer{Question: dnsbl.Question{Name: "a.example", Type: dnsbl.TXT}, Texts: []string{hostile}}
	findings[1].Detail = hostile
	findings[1].Evidence.Question = dnsbl.Answer{Question: dnsbl.Question{Name: "b.example", Type: dnsbl.A}, Cause: dnsbl.Malformed, Detail: hostile}
	v := judge(findings)
	var out strings.Builder
	if err := Nagios(&out, &v, Run{Verbose: 2}); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(out.String(), "(b)?[31m/x=1 ?"); n != 5 || strings.ContainsAny(out.String(), "\x1b<") || strings.Contains(out.String(), "\xff") || strings.Count(out.String(), "|") != 1 {
		t.Errorf("%d times clean in\n%s", n, out.String())
	}
}

// The key of a list is in nothing that is printed, even where the operator echoes it: not a part of it where the text is
// cut, wherever that may be.
func TestKeyIsMasked(t *testing.T) {
	for before := range 2 * maxReason {
		findings := many(1, 1)
		for i := range findings {
			l := findings[i].List
			l.Zone, l.Key = dnsbl.KeyMark+".zen.dq.spamhaus.net", "s3cretkey"
			echo := strings.Repeat(".", before) + "s3cretkey S3CRETkey" + strings.Repeat(".S3cretKey", 100)
			findings[i].Evidence.Reason = dnsbl.Answer{Question: l.Question(findings[i].Subject, dnsbl.TXT), Texts: []string{echo}}
			findings[i].Evidence.Question = dnsbl.Answer{Question: l.Question(findings[i].Subject, dnsbl.A), Cause: dnsbl.Malformed, Detail: echo}
			if findings[i].Outcome == dnsbl.Failed {
				findings[i].Detail = echo
			}
		}
		v := judge(findings)
		var out strings.Builder
		if err := Nagios(&out, &v, Run{Verbose: 2, Unlimited: true}); err != nil {
			t.Fatal(err)
		}
		marks := strings.Count(out.String(), dnsbl.KeyMark)
		if strings.Contains(strings.ToLower(out.String()), "s3") || marks < 9 || before == 0 && marks < 100 {
			t.Fatalf("%d times the mark in\n%s", marks, out.String())
		}
	}
}

// A refused key is no fault of the resolver, however many lists refuse it; nor need be what wrong keys lead to else.
func TestRefusedKey(t *testing.T) {
	const source = "check the key that was given for spamhaus"
	for cause, want := range map[dnsbl.Cause]string{
		dnsbl.RefusesKey:  "failed: a.example, b.example: refuses the key; " + source + ", or leave it out to ask the open lists",
		dnsbl.NoTestEntry: "failed: a.example, b.example: does not list its test entry; the list answers only to those who have a valid key from its operator: " + source,
		dnsbl.Timeout:     "all lists failed in the same way: the resolver 192.0.2.53:53 does not answer in time; check it, name another in its place with --resolver, or raise -t if it is short",
	} {
		findings := many(0, 2)
		for i := range findings {
			l := findings[i].List
			l.Zone, l.Name, l.KeyOf, l.Access, l.Key = string(rune('a'+i))+".example", "A list", "spamhaus", dnsbl.Keyed, "s3cretkey"
			findings[i].Cause, findings[i].Detail, findings[i].Server = cause, "", netip.MustParseAddrPort("192.0.2.53:53")
		}
		v := judge(findings)
		if got := strings.Join(noteLines(&v), "\n"); got != want {
			t.Errorf("%s:\n got %s\nwant %s", cause, got, want)
		}
	}
}
