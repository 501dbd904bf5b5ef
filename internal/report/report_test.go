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
		l.Name, l.Leaves, l.URL = "A list", strings.Repeat("somehow ", 10), "https://example.com/{ip}"
		f := dnsbl.Finding{Subject: subject, List: &l, Evidence: &dnsbl.Evidence{}, Outcome: dnsbl.Failed, Cause: dnsbl.OutsideLoop, Detail: fmt.Sprintf("203.0.113.%d", i)}
		if i < listed {
			f.Outcome, f.Weight, f.Cause = dnsbl.Listed, 1, ""
			f.Codes = []dnsbl.Reading{{Code: netip.MustParseAddr("127.0.0.2"), Meaning: strings.Repeat("meaning ", 4)}}
			f.Taken = f.Codes
			f.Evidence = &dnsbl.Evidence{Reason: dnsbl.Answer{Texts: []string{strings.Repeat("reason ", 400), "second", "third"}}}
		}
		findings = append(findings, f)
	}
	return findings
}

func judge(findings []dnsbl.Finding) verdict.Verdict {
	return verdict.Judge(verdict.Count(findings, verdict.Default(), true), nil, verdict.Default())
}

// However much there is to say: 1,000 bytes on the first line with all perfdata, 4,096 in all, and what is left out is counted.
func TestLimits(t *testing.T) {
	for _, tt := range []struct{ listed, failed, verbose int }{{1, 0, 0}, {3, 0, 2}, {100, 0, 0}, {0, 100, 0}, {0, 300, 1}, {60, 60, 2}, {370, 0, 1}} {
		v := judge(many(tt.listed, tt.failed))
		var out strings.Builder
		if err := Nagios(&out, v, Run{Took: 1234567 * time.Microsecond, Timeout: 10 * time.Second, Verbose: tt.verbose}); err != nil {
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
		var all strings.Builder
		if err := Nagios(&all, v, Run{Verbose: tt.verbose, Unlimited: true}); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(all.String(), "more line") || tt.listed > 0 && strings.Count(all.String(), "  code:") != tt.listed {
			t.Errorf("%d listed: without a limit something is missing", tt.listed)
		}
	}
}

func TestJoin(t *testing.T) {
	words := []string{"alpha", "beta", "gamma"}
	tests := []struct {
		max  int
		want string
	}{{100, "alpha, beta, gamma"}, {18, "alpha, beta, gamma"}, {17, "alpha and 2 more"}, {0, "alpha and 2 more"}, {-5, "alpha and 2 more"}}
	for _, tt := range tests {
		if got := join(words, tt.max); got != tt.want {
			t.Errorf("join in %d bytes = %q, want %q", tt.max, got, tt.want)
		}
	}
}

func TestFit(t *testing.T) {
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
		if got := fit(tt.lines, tt.max); got != tt.want {
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
	var out strings.Builder
	if err := Nagios(&out, judge(findings), Run{Verbose: 2}); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(out.String(), "(b)?[31m/x=1 ?"); n != 5 || strings.ContainsAny(out.String(), "\x1b<") || strings.Contains(out.String(), "\xff") || strings.Count(out.String(), "|") != 1 {
		t.Errorf("%d times clean in\n%s", n, out.String())
	}
}

// The key of a list is in nothing that is printed, even where the operator echoes it.
func TestKeyIsMasked(t *testing.T) {
	findings := many(1, 0)
	l := findings[0].List
	l.Zone, l.Key = dnsbl.KeyMark+".zen.dq.spamhaus.net", "s3cretkey"
	findings[0].Evidence.Reason.Texts = []string{"your key s3cretkey is fine"}
	findings[0].Evidence.Question.Question = l.Question(findings[0].Subject, dnsbl.A)
	var out strings.Builder
	if err := Nagios(&out, judge(findings), Run{Verbose: 2}); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "s3cret") || !strings.Contains(out.String(), "your key (key) is fine") {
		t.Error(out.String())
	}
}
