package report

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/verdict"
)

// A list that fails differently for each of many addresses gets a line without details.
func TestManyWays(t *testing.T) {
	list, info := dnsbl.Unknown("broken.example"), dnsbl.Unknown("info.example")
	info.Tier = dnsbl.Info
	tallier := verdict.NewTallier(usualRules())
	for i := range 200 {
		subject := dnsbl.Subject{Addr: netip.AddrFrom4([4]byte{192, 0, 2, byte(i)})}
		code := []dnsbl.Reading{
			{Code: netip.AddrFrom4([4]byte{127, 0, 1, byte(i)}), Effect: dnsbl.Listing},
		}
		tallier.Add(tallier.Count([]dnsbl.Finding{
			{
				Subject: subject,
				List:    &list,
				Outcome: dnsbl.Failed,
				Cause:   dnsbl.UndocumentedCode,
				Detail:  fmt.Sprint("127.0.0.", i),
			},
			{
				Subject: subject,
				List:    &info,
				Outcome: dnsbl.Listed,
				Weight:  1,
				Codes:   code,
				Matched: code,
			},
		}))
	}
	v := tallier.Verdict(nil, verdict.ReverseDNS{})
	lines := strings.Split(printed(v, Info{Unlimited: true}), "\n")
	const remedy = "The code proves neither a listing nor its absence. " +
		"Ask the list's operator what the code means"
	for _, want := range []string{
		"failed: broken.example for 192.0.2.31: undocumented return code (127.0.0.31). " + remedy,
		"failed: broken.example for 168 of 200: undocumented return code. " + remedy,
		"not counted: 192.0.2.31 is on info.example (informational): 127.0.1.31",
		"not counted: 168 of 200 addresses are on info.example (informational)",
	} {
		if !slices.Contains(lines, want) {
			t.Errorf("missing %q in\n%s", want, strings.Join(lines, "\n"))
		}
	}
	if len(lines) != 1+2*33+1 {
		t.Errorf("%d lines", len(lines))
	}
}

// A list that returns its test entry is alive, even if little is known of it otherwise.
func TestHalfTestedList(t *testing.T) {
	l := dnsbl.Unknown("a.example")
	l.Status = dnsbl.Unsure
	f := dnsbl.Finding{
		List: &l, Outcome: dnsbl.Listed, Unconfirmed: true, Cause: dnsbl.ServFail,
	}
	const want = "the test entry that must not be listed gave no clear answer (SERVFAIL)"
	if got := failureText(&f, 1, ""); got != want {
		t.Errorf("got %q", got)
	}
}

// To raise -t is the advice where -t ended the run, but not for a list that is silent for longer than
// any list takes.
func TestRaise(t *testing.T) {
	const short, long = 2 * time.Second, time.Minute
	for _, tt := range []struct {
		took, timeout time.Duration
		subjects      int
		want          string
	}{
		{time.Second, short, 1, ""},
		{short, short, 1, "Raise -t to 10 s or more. "},
		{short, short, 9, "Raise -t to 10 s or more. "},
		{long, long, 1, ""},
		{long, long, 9, "Raise -t. "},
		{short, long, 9, ""},
		{short, 0, 9, ""},
	} {
		info := Info{Took: tt.took, Timeout: tt.timeout}
		if got := info.raise(tt.subjects); got != tt.want {
			t.Errorf("%+v: %q", tt, got)
		}
	}
}
