package verdict

import (
	"fmt"
	"strings"
	"testing"

	"check_dnsbl/internal/dnsbl"

	"github.com/olorin/nagiosplugin"
)

// findings reads a shorthand with one word for each list: its outcome (+ listed, p policy listing,
// - not listed, ! failed), then its nature (M major, m minor, i info, a allow, s score, r
// registration, k key that we have, u unsure), then the user's weight, if any. "+M*2" is a listing
// of weight 2 on a major list. The zone of the list is its nature and place: "M0.example".
func findings(subject string, words string) []dnsbl.Finding {
	var all []dnsbl.Finding
	for i, word := range strings.Fields(words) {
		word, weight, weighted := strings.Cut(word, "*")
		l := dnsbl.Unknown(fmt.Sprintf("%s%d.example", word[1:], i))
		f := dnsbl.Finding{Subject: dnsbl.Subject{Domain: subject}, List: &l}
		switch word[1] {
		case 'M':
			l.Tier = dnsbl.Major
		case 'i':
			l.Tier = dnsbl.Info
		case 'a':
			l.Kind = dnsbl.Allow
		case 's':
			l.Kind = dnsbl.Score
		case 'r':
			l.Tier, l.Access = dnsbl.Major, dnsbl.Registration
		case 'k':
			l.Access, l.Key = dnsbl.Keyed, "s3cret"
		case 'u':
			l.Status = dnsbl.Unsure
		}
		switch word[0] {
		case '+':
			f.Outcome, f.Weight, f.Matched = dnsbl.Listed, 1, []dnsbl.Reading{{Effect: dnsbl.Listing}}
		case 'p':
			f.Outcome, f.Weight, f.Matched = dnsbl.Listed, 1, []dnsbl.Reading{{Effect: dnsbl.PolicyOnly}}
		case '-':
			f.Outcome = dnsbl.NotListed
		case '!':
			f.Outcome, f.Cause = dnsbl.Failed, dnsbl.Timeout
		}
		if weighted {
			fmt.Sscan(weight, &f.Weight)
			l.Choices = []dnsbl.Choice{{Weight: f.Weight}}
		}
		all = append(all, f)
	}
	return all
}

func threshold(t *testing.T, s string) Threshold {
	t.Helper()
	parsed, err := ParseThreshold(s)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func TestState(t *testing.T) {
	ten := strings.Repeat("-m ", 10)
	tests := []struct{ rules, findings, want string }{
		// default rules
		{"", ten, "OK"},
		{"", ten + "+m", "WARNING"},
		{"", ten + "+m +m", "WARNING"},
		{"", ten + "+m +m +m", "CRITICAL"},
		{"", ten + "pm pm pm", "CRITICAL"},
		{"", ten + "+M", "CRITICAL"},
		{"", ten + "pM", "WARNING"},
		// what never counts
		{"", ten + "+i +i +i +a +a +s +s", "OK"},
		{"", ten + "+u", "WARNING"},
		{"", ten + "+r", "CRITICAL"},
		// the user's thresholds
		{"-w 2", ten + "+m", "OK"},
		{"-w 2 -c 5", ten + "+m +m", "WARNING"},
		{"-c 2", ten + "+M", "WARNING"},
		{"-c 2", ten + "+M +m", "CRITICAL"},
		{"-w 2: -c @3:5", ten + "+m", "WARNING"},
		{"-w 2: -c @3:5", ten + "+m +m", "OK"},
		{"-w 2: -c @3:5", ten + "+m +m +m", "CRITICAL"},
		{"-w 2: -c @3:5", "!m !m !m", "UNKNOWN"}, // nothing was seen: do not alert on few listings
		{"-c 5 on:major", ten + "pM", "CRITICAL"},
		{"-c 5 on:major", ten + "+m", "WARNING"},
		{"-c 5 on:m10.example", ten + "+m", "CRITICAL"},
		{"-c 5 on:i10.example", ten + "+i", "CRITICAL"}, // a named list counts
		// failures
		{"", ten + "!m !m !m", "OK"},         // 3 of 13
		{"", ten + "!m !m !m !m", "UNKNOWN"}, // 4 of 14
		{"max:50", ten + "!m !m !m !m", "OK"},
		{"max:0", ten + "!m", "UNKNOWN"},
		{"max:0", ten, "OK"},
		{"", ten + "!M", "UNKNOWN"},
		{"max:100", ten + "!M", "UNKNOWN"},
		{"", ten + "!r !r !r !u !u !u !i !i !i", "OK"},
		{"", ten + "!M +m", "WARNING"},
		{"", ten + "!M +M", "CRITICAL"},
		{"-w 2", ten + "!M +m", "UNKNOWN"},
		// nothing that counts answered
		{"", "!m", "UNKNOWN"},
		{"max:100", "!m !m", "UNKNOWN"},
		{"", "!r", "UNKNOWN"},
		{"", "!r -i", "UNKNOWN"},
		{"", "-i", "UNKNOWN"},
		{"", "+i", "UNKNOWN"},
		{"", "-a -s", "UNKNOWN"},
		{"", "!k -m -m -m -m -m", "OK"},
		{"", "!k -m -m", "UNKNOWN"},
		// weights
		{"weighted -w 5 -c 10", ten + "+m*3 +m*2", "WARNING"},
		{"weighted -w 5 -c 10", ten + "+m*3 +m*1", "OK"},
		{"weighted -w 5 -c 10", ten + "+m*8 +m*8 +m*-7", "WARNING"},
		{"weighted -w 5 -c 10", ten + "+m*8 +m*8 +a*-7", "WARNING"},
		// an allow list that the user gave a negative weight
		{"weighted -w 5 -c 10", ten + "+m*3 +a*7 +i*7 +s*7", "OK"},
		{"weighted", ten + "+M*2 +m*-2", "OK"}, // by weights alone, without a -c too
		{"weighted", ten + "+M*0", "OK"},
		{"weighted", "+M*0", "OK"},
		{"weighted", ten + "+M*2", "WARNING"},
		{"weighted on:M10.example", ten + "+M*2", "CRITICAL"},
		{"weighted -w 1 -c 2", ten + "+m*0", "OK"},
		{"weighted -w 1 -c 2", ten + "+m*-9", "OK"},
	}
	for _, tt := range tests {
		if v := judge(t, tt.rules, nil, findings("a.example", tt.findings)); v.State.String() != tt.want {
			t.Errorf("rules %q, findings %q: %v, want %s", tt.rules, tt.findings, v.State, tt.want)
		}
	}
}

// judge returns the verdict on subjects from the findings on each.
func judge(t *testing.T, words string, gaps []string, subjects ...[]dnsbl.Finding) Verdict {
	tallier := NewTallier(rules(t, words))
	for i := range subjects {
		tallier.Add(tallier.Count(subjects[i]))
	}
	v := tallier.Verdict(dnsbl.Notes("x", gaps...), ReverseDNS{})
	return v
}

// usualRules returns the rules of a user who gives no options: WARNING on one list; CRITICAL on three
// lists, or on a major list for abuse.
func usualRules() Rules {
	return Rules{Warning: AtLeast(1), Critical: AtLeast(3), CriticalOnAbuse: true, MaxFailed: 25}
}

// rules returns the usual rules with changes such as "-w 1 -c 2 max:50 on:zone known:zone weighted".
func rules(t *testing.T, words string) Rules {
	r := usualRules()
	fields := strings.Fields(words)
	for i, word := range fields {
		switch name, value, _ := strings.Cut(word, ":"); {
		case word == "-w":
			r.Warning = threshold(t, fields[i+1])
		case word == "-c":
			r.Critical, r.CriticalOnAbuse = threshold(t, fields[i+1]), false
		case word == "weighted":
			r.Weighted = true
		case name == "max":
			fmt.Sscan(value, &r.MaxFailed)
		case name == "on":
			r.CriticalOn = append(r.CriticalOn, value)
		case name == "known":
			r.Known = append(r.Known, Known{Zone: value})
		}
	}
	return r
}

// The subject on most lists decides; another one may make the state worse, not better.
func TestSeveral(t *testing.T) {
	clean := strings.Repeat("-m ", 10)
	tests := []struct {
		rules string
		a, b  string
		want  string
		worst string
	}{
		{"", clean, clean + "+m", "WARNING", "b"},
		{"", clean + "+m +m +m", clean + "+m", "CRITICAL", "a"},
		{"", clean + "+m +m", clean + "+M", "CRITICAL", "b"},
		{"", clean, clean + "!M", "UNKNOWN", "b"},
		{"", clean + "!M", clean + "+m", "WARNING", "b"},
		{"-w 9 -c 2:", clean, clean + "+m +m", "OK", "a"},
		{"-w 2:", clean, clean + "+m +m", "OK", "a"}, // 2: alerts below 2, and the one on most lists is not below
	}
	for _, tt := range tests {
		v := judge(t, tt.rules, nil, findings("a", tt.a), findings("b", tt.b))
		if v.State.String() != tt.want || v.Worst.Subject.Domain != tt.worst && tt.want != "OK" {
			t.Errorf("%q: a %q, b %q: %v by %s, want %s by %s", tt.rules, tt.a, tt.b, v.State,
				v.Worst.Subject, tt.want, tt.worst)
		}
	}
}

// A listing that lowers the sum must be proved.
func TestUnconfirmedWeights(t *testing.T) {
	for _, tt := range []struct {
		unconfirmed int // which of the two findings
		want        int
	}{{-1, 1}, {0, 1}, {1, 3}} {
		all := findings("a", "+m*3 +a*-2")
		if tt.unconfirmed >= 0 {
			all[tt.unconfirmed].Unconfirmed = true
		}
		if got := count(all, rules(t, "weighted")).Score; got != tt.want {
			t.Errorf("unconfirmed %d: score %d, want %d", tt.unconfirmed, got, tt.want)
		}
	}
}

func TestGaps(t *testing.T) {
	for words, want := range map[string]nagiosplugin.Status{
		"-m -m": nagiosplugin.UNKNOWN, "-m +m": nagiosplugin.WARNING,
	} {
		if v := judge(t, "", []string{"mail.example: timeout"}, findings("a", words)); v.State != want {
			t.Errorf("%q with a gap: %v, want %v", words, v.State, want)
		}
	}
}
