package dnsbl

import (
	"net/netip"
	"strings"
	"testing"
)

// The patterns and results are those of Postfix's own test of its parser (src/util/ip_match.in).
func TestParsePattern(t *testing.T) {
	tests := []struct{ text, want, fault string }{
		{text: "1.2.3.4", want: "1.2.3.4"},
		{text: "1.2.300.4", fault: `need decimal number 0..255 or "[" at "1.2.>300<.4"`},
		{text: "1.2.3000.4", fault: `need decimal number 0..255 or "[" at "1.2.>3000<.4"`},
		{text: "1.2.3.", fault: `need decimal number 0..255 or "[" at "1.2.3.><"`},
		{text: "1.2.3", fault: `need "." at "1.2.3><"`},
		{text: "a", fault: `need decimal number 0..255 or "[" at ">a<"`},
		{text: "1.2.3;4", fault: `need "." at "1.2.3>;<4"`},
		{text: "1.2.[3].4", want: "1.2.[3].4"},
		{text: "1.2.[].4", fault: `need decimal number 0..255 at "1.2.[>]<.4"`},
		{text: "1.2.[.4", fault: `need decimal number 0..255 at "1.2.[>.<4"`},
		{text: "1.2.].4", fault: `need decimal number 0..255 or "[" at "1.2.>]<.4"`},
		{text: "1.2.[1..127;128..255].5", want: "1.2.[1..127;128..255].5"},
		{text: "1.2.[1-255].5", fault: `need semicolon or "]" at "1.2.[1>-<255].5"`},
		{text: "1.2.[1..127.128..255].5", fault: `need semicolon or "]" at "1.2.[1..127>.<128..255].5"`},
		{text: "1.2.3.[4]", want: "1.2.3.[4]"},
		{text: "1.2.3.[4..1]", fault: `numeric range error at "1.2.3.[4..>1<]"`},
		{text: "1.2.3.[4.1]", fault: `numeric range error at "1.2.3.[4.>1<]"`},
		{text: "1.2.3.[4.x]", fault: `numeric range error at "1.2.3.[4.>x<]"`},
		{text: "1.2.3.[x]", fault: `need decimal number 0..255 at "1.2.3.[>x<]"`},
		{text: "1.2.3.4x", fault: `garbage after pattern at "1.2.3.4>x<"`},
		{text: "1.2.[3..11].5", want: "1.2.[3..11].5"},
		{text: "1.2.[3;5;7;9;11].5", want: "1.2.[3;5;7;9;11].5"},
		{text: "[1;2].3.4.5", want: "[1;2].3.4.5"},
		{text: "[[1;2].3.4.5]", want: "[1;2].3.4.5"},
		{text: "[[1;2].3.4.5", fault: `missing "]" character`},
		{text: "1;2].3.4.5", fault: `need "." at "1>;<2].3.4.5"`},
		// beyond Postfix's vectors
		{text: "", fault: "empty address pattern"},
		{text: "[]", fault: "empty address pattern"},
		{text: "1.2.3.4.5", fault: `garbage after pattern at "1.2.3.4>.<5"`},
		{text: "127.0.0.[2..", fault: `numeric range error at "127.0.0.[2..><"`},
		{text: "127.0.0.N", fault: `need decimal number 0..255 or "[" at "127.0.0.>N<"`},
		{text: "127.0.0.99999999999999999999",
			fault: `need decimal number 0..255 or "[" at "127.0.0.>99999999999999999999<"`},
	}
	for _, tt := range tests {
		got, err := ParsePattern(tt.text)
		if tt.fault != "" && (err == nil || err.Error() != tt.fault) {
			t.Errorf("ParsePattern(%q) error = %v, want %s", tt.text, err, tt.fault)
		}
		if tt.fault == "" && (err != nil || string(got) != tt.want) {
			t.Errorf("ParsePattern(%q) = %q, %v, want %q", tt.text, got, err, tt.want)
		}
	}
}

func TestPatternMatches(t *testing.T) {
	tests := []struct{ pattern, yes, no string }{
		{"1.2.[3..11].5", "1.2.3.5 1.2.11.5", "1.2.2.5 1.2.12.5 1.2.11.6"},
		{"1.2.[3;5;7;9;11].5", "1.2.3.5 1.2.11.5", "1.2.2.5 1.2.4.5 1.2.12.5 1.2.11.6"},
		{"[1;2].3.4.5", "1.3.4.5 2.3.4.5", "3.3.4.5"},
		{"[[1;2].3.4.5]", "1.3.4.5 2.3.4.5", "3.3.4.5"},
		{"127.0.0.[2..4;9;11..12]", "127.0.0.2 127.0.0.4 127.0.0.9 127.0.0.12",
			"127.0.0.1 127.0.0.5 127.0.0.10 127.0.1.2"},
		{"127.0.[0..255].0", "127.0.0.0 127.0.255.0", "127.0.0.1 127.1.0.0"},
	}
	for _, tt := range tests {
		p, err := ParsePattern(tt.pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, code := range strings.Fields(tt.yes) {
			if !p.Matches(netip.MustParseAddr(code)) {
				t.Errorf("%s does not match %s", p, code)
			}
		}
		for _, code := range strings.Fields(tt.no) {
			if p.Matches(netip.MustParseAddr(code)) {
				t.Errorf("%s matches %s", p, code)
			}
		}
	}
	if !Pattern("").Matches(netip.MustParseAddr("127.0.0.9")) {
		t.Error("no filter must match everything")
	}
}

func TestPatternOverlaps(t *testing.T) {
	tests := []struct {
		a, b string
		want bool
	}{
		{"", "127.0.0.2", true},
		{"127.0.0.2", "127.0.0.2", true},
		{"127.0.0.2", "127.0.0.3", false},
		{"127.0.0.[2..4]", "127.0.0.[4..9]", true},
		{"127.0.0.[2;4]", "127.0.0.[3;5..9]", false},
		{"127.[0..1].0.2", "127.1.0.[2..3]", true},
		{"127.[0..1].0.2", "127.2.0.2", false},
	}
	for _, tt := range tests {
		a, b := Pattern(tt.a), Pattern(tt.b)
		if a.Overlaps(b) != tt.want || b.Overlaps(a) != tt.want {
			t.Errorf("%q and %q, want %v", a, b, tt.want)
		}
	}
}

// A filter has a listing if it lets through a row that is one, or a code with the bit of such a row.
func TestHasListing(t *testing.T) {
	table := List{Kind: Block, Codes: []Code{
		{Match: "127.0.0.[2..3]", Effect: Listing},
		{Match: "127.0.0.10", Effect: PolicyOnly},
		{Match: "127.0.0.20", Effect: Informational},
		{Match: "127.255.255.254", Effect: Refusal},
	}}
	bits := List{Kind: Block, Codes: []Code{{Bit: 8, Effect: Listing}, {Bit: 16, Effect: Informational}}}
	for _, tt := range []struct {
		list   List
		filter Pattern
		want   bool
	}{
		{table, "127.0.0.2", true},
		{table, "127.0.0.[3..9]", true},
		{table, "127.0.0.10", true},
		{table, "127.0.0.4", false},
		{table, "127.0.0.20", false},
		{table, "127.255.255.254", false},
		{bits, "127.0.0.8", true},
		{bits, "127.0.0.12", true},
		{bits, "127.0.0.16", false},
		{bits, "127.0.1.8", false},
		{List{Kind: Block}, "127.0.0.99", true}, // its codes are not known
	} {
		if got := tt.list.HasListing(tt.filter); got != tt.want {
			t.Errorf("%v, %s: %v", tt.list.Codes, tt.filter, got)
		}
	}
}

// An accepted pattern can be parsed again, and matching it against any code is safe.
func FuzzParsePattern(f *testing.F) {
	for _, seed := range []string{
		"127.0.0.2", "127.0.0.[2..11]", "[[1;2].3.4.5]", "1.2.[1-255].5", "1.2.3.[4.", "N.E.1.2",
	} {
		f.Add(seed, byte(2))
	}
	f.Fuzz(func(t *testing.T, s string, last byte) {
		p, err := ParsePattern(s)
		if err != nil {
			return
		}
		again, err := ParsePattern(string(p))
		if err != nil || again != p {
			t.Errorf("ParsePattern(%q) = %q, then %q, %v", s, p, again, err)
		}
		p.Matches(netip.AddrFrom4([4]byte{127, 0, 0, last}))
	})
}

func TestMeets(t *testing.T) {
	tests := []struct {
		a, b Pattern
		want bool
	}{
		{"127.0.0.2", "127.0.0.2", true},
		{"127.0.0.2", "127.0.0.3", false},
		{"127.0.0.[2..9]", "127.0.0.9", true},
		{"127.0.0.[2..9]", "127.0.0.[1;10..11]", false},
		{"127.0.[0..255].[1..3]", "127.0.5.2", true},
		{"127.0.0.2", "127.0.1.2", false},
		{"", "127.0.0.2", true},
		{"127.0.0.2", "", true},
	}
	for _, tt := range tests {
		if tt.a.meets(tt.b) != tt.want || tt.b.meets(tt.a) != tt.want {
			t.Errorf("%q and %q, want %v", tt.a, tt.b, tt.want)
		}
	}
}
