package dnsbl

import (
	"reflect"
	"strings"
	"testing"
)

func TestParseChoices(t *testing.T) {
	tests := []struct {
		text string
		want []Choice
	}{
		{"zen.spamhaus.org", []Choice{{"zen.spamhaus.org", "", 1}}},
		{"Zen.Spamhaus.ORG", []Choice{{"zen.spamhaus.org", "", 1}}},
		{"zen.spamhaus.org=127.0.0.[2..11]*3", []Choice{{"zen.spamhaus.org", "127.0.0.[2..11]", 3}}},
		{"zen.spamhaus.org=127.0.0.[10;11]*8 zen.spamhaus.org=127.0.0.[4..7]*6, zen.spamhaus.org=127.0.0.3*4", []Choice{
			{"zen.spamhaus.org", "127.0.0.[10;11]", 8}, {"zen.spamhaus.org", "127.0.0.[4..7]", 6},
			{"zen.spamhaus.org", "127.0.0.3", 4}}},
		{"wl.mailspike.net=127.0.0.[18;19;20]*-2", []Choice{{"wl.mailspike.net", "127.0.0.[18;19;20]", -2}}},
		{"list.dnswl.org=127.0.[0..255].0*-2", []Choice{{"list.dnswl.org", "127.0.[0..255].0", -2}}},
		{"hostkarma.junkemailfilter.com=127.0.1.2*1", []Choice{{"hostkarma.junkemailfilter.com", "127.0.1.2", 1}}},
		{"dbl.spamhaus.org=127.0.1.[2..99]", []Choice{{"dbl.spamhaus.org", "127.0.1.[2..99]", 1}}},
		{"zen.spamhaus.org=127.255.255.[1..255]", []Choice{{"zen.spamhaus.org", "127.255.255.[1..255]", 1}}},
		{"a.example=[127.0.0.2]*+2", []Choice{{"a.example", "127.0.0.2", 2}}},
		{"a.example*0,b_c.example*-1", []Choice{{"a.example", "", 0}, {"b_c.example", "", -1}}},
		{"KEY.a.example=127.0.0.2*2", []Choice{{"KEY.a.example", "127.0.0.2", 2}}},
	}
	for _, tt := range tests {
		got, err := ParseChoices(tt.text)
		if err != nil || !reflect.DeepEqual(got, tt.want) {
			t.Errorf("ParseChoices(%q) = %v, %v, want %v", tt.text, got, err, tt.want)
		}
	}
}

func TestParseChoicesFaults(t *testing.T) {
	longLabel, longName := strings.Repeat("a", 64)+".b", strings.Repeat("a.", 126)+"bc"
	tests := []struct{ text, fault string }{
		{"", `"": must be a zone, such as bl.spamcop.net`},
		{" , ", `" , ": must be a zone, such as bl.spamcop.net`},
		{"zone.example*", `"zone.example*": weight must be a whole number, at most 1000000`},
		{"zone.example*2x", `"zone.example*2x": weight must be a whole number, at most 1000000`},
		{"zone.example*1.5", `"zone.example*1.5": weight must be a whole number, at most 1000000`},
		{"zone.example*9999999999", `"zone.example*9999999999": weight must be a whole number, at most 1000000`},
		{"zone.example*3=127.0.0.2", `"zone.example*3=127.0.0.2": weight must be a whole number, at most 1000000`},
		{"zen.spamhaus.org=127.0.0.[2..",
			`"zen.spamhaus.org=127.0.0.[2..": bad filter, numeric range error at "127.0.0.[2..><"`},
		{"zone.example=", `"zone.example=": bad filter, empty address pattern`},
		{"zone.example=1.2.3.4",
			`"zone.example=1.2.3.4": filter must begin with 127, like every return code`},
		{"zone.example=[1;128..255].0.0.2",
			`"zone.example=[1;128..255].0.0.2": filter must begin with 127, like every return code`},
		{"a..b", `"a..b": zone has one dot too many`},
		{".b", `".b": zone has one dot too many`},
		{"b.", `"b.": zone has one dot too many`},
		{"-a.b", `"-a.b": zone has a hyphen beside a dot or at an end`},
		{"a.b-.c", `"a.b-.c": zone has a hyphen beside a dot or at an end`},
		{"a;b", `"a;b": zone has the invalid character semicolon`},
		{"a.<key>.b", `"a.<key>.b": zone has the invalid character "<"`},
		{"192.0.2.1", `"192.0.2.1": zone has only numbers`},
		{"=127.0.0.2", `"=127.0.0.2": zone is empty`},
		{"a.b c..d", `"c..d": zone has one dot too many`},
		{longLabel, `"` + longLabel + `": zone has more than 63 characters between two dots`},
		{longName, `"` + longName + `": zone has more than 253 characters`},
	}
	for _, tt := range tests {
		if _, err := ParseChoices(tt.text); err == nil || err.Error() != tt.fault {
			t.Errorf("ParseChoices(%q) error = %v, want %s", tt.text, err, tt.fault)
		}
	}
}

// An accepted choice has a zone that can be queried, whatever was typed.
func FuzzParseChoices(f *testing.F) {
	for _, seed := range []string{"zen.spamhaus.org=127.0.0.[2..11]*3", "a*b=c", "a..b", "x=[1.2.3.4]*-2,y"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		choices, err := ParseChoices(s)
		for _, c := range choices {
			fault := hostnameFault(strings.TrimPrefix(c.Zone, "KEY."))
			if err == nil && (fault != "" || c.Zone != strings.ToLower(c.Zone)) {
				t.Errorf("ParseChoices(%q) lets %q through", s, c.Zone)
			}
		}
	})
}
