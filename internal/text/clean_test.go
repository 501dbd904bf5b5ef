package text

import (
	"strings"
	"testing"
)

func TestShort(t *testing.T) {
	tests := []struct{ text, want string }{
		{
			"Listed by SBL, see https://check.spamhaus.org/sbl/query/SBL2",
			"Listed by SBL, see https://check.spamhaus.org/sbl/query/SBL2",
		},
		{"two\nlines\r\nand\ta tab", "two lines and a tab"},
		{"text | forged=1;2;3", "text / forged=1;2;3"},
		{"<script>alert(1)</script>", "(script)alert(1)(/script)"},
		{"\x1b[31mred\x1b[0m \x07\x00\x7f", "?[31mred?[0m ???"},
		{"caf\u00e9 \xff\xfe \u202eevil", "caf? ?? ?evil"},
		{"  spaces  everywhere  ", "spaces everywhere"},
		{"<<key>><keys></key><KEY>", "((key))(keys)(/key)(KEY)"},
		{"", ""},
		{"\n", ""},
		{strings.Repeat("a", 201), strings.Repeat("a", 197) + "..."},
		{strings.Repeat("a", 200), strings.Repeat("a", 200)},
	}
	for _, tt := range tests {
		if got := Short(tt.text, 200); got != tt.want {
			t.Errorf("Short(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestClip(t *testing.T) {
	tests := []struct{ text, want string }{
		{"0123456789", "0123456789"},
		{"0123456789a", "0123456..."},
		{"caf\u00e9 caf\u00e9", "caf\u00e9 c..."},
		{"012345\u00e9 and more", "012345..."},
	}
	for _, tt := range tests {
		if got := Clip(tt.text, 10); got != tt.want {
			t.Errorf("Clip(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

// Any input comes out as one short line of harmless ASCII.
func FuzzShort(f *testing.F) {
	for _, seed := range []string{
		"plain",
		"a|b\n<c>\x1b\x00\xff",
		strings.Repeat("\u00e9", 2000),
		"\u2028\u0085",
		"<<key>key>",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Short(s, 200)
		if len(got) > 200 {
			t.Errorf("%d bytes of %q", len(got), s)
		}
		harmful := func(r rune) bool { return r < ' ' || r > '~' || strings.ContainsRune("|<>", r) }
		if i := strings.IndexFunc(got, harmful); i >= 0 {
			t.Errorf("%q lets %q through", s, got)
		}
	})
}

// Quoted words stay as they are, but cannot open a tag, start perfdata or break the line.
func TestMessage(t *testing.T) {
	tests := []struct{ text, want string }{
		{`need "." at "1.2.3>;<4"`, `need "." at "1.2.3>;<4"`},
		{`numeric range error at "127.0.0.[2..><"`, `numeric range error at "127.0.0.[2..><"`},
		{"<script>x</script>|\n\x1b", "(script>x(/script>/ ?"},
		{"<!-- <?php <A <", "(!-- (?php (A <"},
		{"<key>.zen.dq.spamhaus.net", "(key>.zen.dq.spamhaus.net"},
		{"", ""},
	}
	for _, tt := range tests {
		if got := Message(tt.text, 200); got != tt.want {
			t.Errorf("Message(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}
