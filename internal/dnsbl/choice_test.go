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
		{"", `no list in ""`},
		{" , ", `no list in " , "`},
		{"zone.example*", `bad DNSBL weight factor "" in "zone.example*"`},
		{"zone.example*2x", `bad DNSBL weight factor "2x" in "zone.example*2x"`},
		{"zone.example*1.5", `bad DNSBL weight factor "1.5" in "zone.example*1.5"`},
		{"zone.example*9999999999", `bad DNSBL weight factor "9999999999" in "zone.example*9999999999"`},
		{"zone.example*3=127.0.0.2", `bad DNSBL weight factor "3=127.0.0.2" in "zone.example*3=127.0.0.2"`},
		{"zen.spamhaus.org=127.0.0.[2..",
			`bad DNSBL filter syntax: numeric range error at "127.0.0.[2..><" in "zen.spamhaus.org=127.0.0.[2.."`},
		{"zone.example=", `bad DNSBL filter syntax: empty address pattern in "zone.example="`},
		{"zone.example=1.2.3.4",
			`useless DNSBL filter "1.2.3.4" in "zone.example=1.2.3.4": return codes begin with 127`},
		{"zone.example=[1;128..255].0.0.2",
			`useless DNSBL filter "[1;128..255].0.0.2" in "zone.example=[1;128..255].0.0.2": ` +
				`return codes begin with 127`},
		{"a..b", `bad DNSBL domain name "a..b" in "a..b": misplaced delimiter`},
		{".b", `bad DNSBL domain name ".b" in ".b": misplaced delimiter`},
		{"b.", `bad DNSBL domain name "b." in "b.": misplaced delimiter`},
		{"-a.b", `bad DNSBL domain name "-a.b" in "-a.b": misplaced hyphen`},
		{"a.b-.c", `bad DNSBL domain name "a.b-.c" in "a.b-.c": misplaced hyphen`},
		{"a;b", `bad DNSBL domain name "a;b" in "a;b": invalid character ";"`},
		{"a.<key>.b", `bad DNSBL domain name "a.<key>.b" in "a.<key>.b": invalid character "<"`},
		{"192.0.2.1", `bad DNSBL domain name "192.0.2.1" in "192.0.2.1": numeric hostname`},
		{"=127.0.0.2", `bad DNSBL domain name "" in "=127.0.0.2": empty hostname`},
		{"a.b c..d", `bad DNSBL domain name "c..d" in "c..d": misplaced delimiter`},
		{longLabel, `bad DNSBL domain name "` + longLabel + `" in "` + longLabel +
			`": hostname label too long`},
		{longName, `bad DNSBL domain name "` + longName + `" in "` + longName +
			`": hostname too long`},
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
