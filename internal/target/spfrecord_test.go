package target

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"check_dnsbl/internal/dnsbl"
)

// said returns a term in words.
func (t term) said() string {
	words := t.kind
	if !t.pass {
		words = "not " + words
	}
	switch {
	case t.network.IsValid():
		words += " " + t.network.String()
	case t.macro:
		words += " macro"
	case t.name != "":
		words += " " + t.name
	}
	if t.bits4 != 32 || t.bits6 != 128 {
		words += fmt.Sprintf(" /%d //%d", t.bits4, t.bits6)
	}
	return words
}

func TestParseSPF(t *testing.T) {
	for record, want := range map[string]string{
		"v=spf1":                      "",
		"v=spf1 -all":                 "not all",
		"v=spf1 a ~all":               "a, not all",
		"v=spf1 ?A +MX/24 -all":       "not a, mx /24 //128, not all",
		"v=spf1 a//64 mx/0//0":        "a /32 //64, mx /0 //0",
		"v=spf1 a:X.test/24//64 ptr":  "a x.test /24 //64, ptr",
		"v=spf1 a:_spf.x.test. mx:-x": "a _spf.x.test; mx:-x",
		"v=spf1 ip4:192.0.2.1 ip4:192.0.2.77/24 ip6:2001:DB8::/32 ip6:::ffff:192.0.2.1": "ip4 192.0.2.1/32, ip4 192.0.2.0/24, ip6 2001:db8::/32, ip6 192.0.2.1/32",
		"v=spf1 redirect=x.test a":               "a, redirect x.test",
		"v=spf1 redirect=x.test a all":           "a, all",
		"v=spf1 all a mx":                        "all",
		"v=spf1 all -all a:b":                    "all; a:b", // an error is one wherever it stands
		"v=spf1 redirect=x.test redirect=y.test": "redirect x.test; redirect=y.test",
		"v=spf1 exp=x.test exp=y.test a":         "a; exp=y.test",
		"v=spf1 foo=bar x-y.z_1= a":              "a",
		"v=spf1 ip4=192.0.2.1":                   "", // an unknown modifier
		"v=spf1 a:%{d}.x.test/24 include:%{ir}.%{v}._spf.%{d2} exists:a%%b%_c%-d": "a macro, include macro, exists macro",
		// an invalid term
		"v=spf1 foo foo:x.test foo/24 -- + =x 1=x":                             "; foo foo:x.test foo/24 -- + =x 1=x",
		"v=spf1 all: all/8 all:x.test":                                         "; all: all/8 all:x.test",
		"v=spf1 include include: include:x include:x.test/24 exists redirect=": "; include include: include:x include:x.test/24 exists redirect=",
		"v=spf1 ip4 ip4: ip4:x ip4:1.2.3 ip4:01.2.3.4 ip4:1.2.3.4/ ip4:1.2.3.4/33 ip4:1.2.3.4/08 ip4:1.2.3.4//24 ip4:2001:db8::1 ip4/24": "; ip4 ip4: ip4:x ip4:1.2.3 ip4:01.2.3.4 ip4:1.2.3.4/ ip4:1.2.3.4/33 ip4:1.2.3.4/08 ip4:1.2.3.4//24 ip4:2001:db8::1 ip4/24",
		"v=spf1 ip6:192.0.2.1 ip6:2001:db8::/129 ip6:fe80::1%eth0 ip6:x":                                                                 "; ip6:192.0.2.1 ip6:2001:db8::/129 ip6:fe80::1%eth0 ip6:x",
		"v=spf1 a/ a/33 a/+1 a/01 a//129 a// a/24/24 a//64/24 a:/24 a:":                                                                  "; a/ a/33 a/+1 a/01 a//129 a// a/24/24 a//64/24 a:/24 a:",
		"v=spf1 a:192.0.2.1 a:x..test a:x!.test a:%x.test a:x% a:%{d.test":                                                               "; a:192.0.2.1 a:x..test a:x!.test a:%x.test a:x% a:%{d.test",
		"v=spf1 a\tmx a:b\u00fccher.test":                                                                                                "; a\tmx a:b\u00fccher.test",
	} {
		terms, faults := parseSPF(record)
		var words []string
		for _, t := range terms {
			words = append(words, t.said())
		}
		got := strings.Join(words, ", ")
		if len(faults) > 0 {
			got += "; " + strings.Join(faults, " ")
		}
		if got != want {
			t.Errorf("%q:\n got %q\nwant %q", record, got, want)
		}
	}
}

func TestIsSPF(t *testing.T) {
	for text, want := range map[string]bool{"v=spf1": true, "V=SPF1 a": true, "v=spf1  ": true, "v=spf10": false, "v=spf1\ta": false, " v=spf1": false, "": false, "v=spf2.0/mfrom a": false} {
		if isSPF(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}

// Foreign text is quoted short and without what could start markup, perfdata or a line.
func TestQuote(t *testing.T) {
	for s, want := range map[string]string{
		"a:mail.test":             `"a:mail.test"`,
		"<b>|\"\n\x1b\xffb\u00fc": `"?b??????b?"`,
		strings.Repeat("x", 60):   `"` + strings.Repeat("x", 60) + `"`,
		strings.Repeat("x", 61):   `"` + strings.Repeat("x", 57) + `..."`,
	} {
		if got := quote(s); got != want {
			t.Errorf("quote(%q) = %s, want %s", s, got, want)
		}
	}
}

// FuzzSPF gives the parser records from anywhere. Each word is a term, a modifier without a say, or
// a fault; what a term names can be asked for, and what is shown of it is harmless.
func FuzzSPF(f *testing.F) {
	for _, seed := range []string{
		"v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 a mx -all", "v=spf1 a:x.test/24//64 mx:y.test//112 include:_spf.z.test ~all", "v=spf1 redirect=x.test exp=%{d}",
		"v=spf1 exists:%{ir}.%{v}.x.test ptr ?all", "V=SPF1   +all +a", "v=spf1 ip4:1.2.3.4/33 a:1.2.3.4 include: foo \x1b[31m|<b>",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, record string) {
		terms, faults := parseSPF(record)
		for i, term := range terms {
			checkTerm(t, term)
			if (term.kind == "all" || term.kind == "redirect") && i != len(terms)-1 {
				t.Errorf("%q: %s is not the last", record, term.text)
			}
			again, wrong := parseSPF("v=spf1 " + term.text)
			if len(again) != 1 || again[0] != term || len(wrong) > 0 {
				t.Errorf("%q is %+v, alone %+v", term.text, term, again)
			}
		}
		words := strings.FieldsFunc(record, func(r rune) bool { return r == ' ' })
		for _, fault := range faults {
			if !slices.Contains(words, fault) {
				t.Errorf("%q: no word %q", record, fault)
			}
			shown := quote(fault)
			harmful := func(r rune) bool { return r < ' ' || r > '~' || r == '|' || r == '<' || r == '>' }
			if len(shown) > 62 || strings.ContainsFunc(shown, harmful) {
				t.Errorf("%q is shown as %q", fault, shown)
			}
		}
	})
}

// checkTerm checks what holds for each term.
func checkTerm(t *testing.T, term term) {
	kinds := []string{"all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists", "redirect"}
	if !slices.Contains(kinds, term.kind) {
		t.Errorf("%+v", term)
	}
	if (term.kind == "ip4" || term.kind == "ip6") != term.network.IsValid() ||
		term.network != term.network.Masked() {
		t.Errorf("%+v", term)
	}
	if term.bits4 < 0 || term.bits4 > 32 || term.bits6 < 0 || term.bits6 > 128 ||
		term.macro && term.name != "" {
		t.Errorf("%+v", term)
	}
	if term.name != "" {
		if domain, err := dnsbl.ParseDomain(term.name); err != nil || domain.Domain != term.name {
			t.Errorf("%+v: %v", term, err)
		}
	}
}
