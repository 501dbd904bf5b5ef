package suggest

import (
	"strings"
	"testing"
)

func TestClosest(t *testing.T) {
	tests := []struct{ word, known, want string }{
		{"excldue", "list exclude", "exclude"},      // swapped
		{"exlude", "list exclude", "exclude"},       // missing
		{"excludde", "list exclude", "exclude"},     // too many
		{"exklude", "list exclude", "exclude"},      // wrong
		{"xecldue", "list exclude", "exclude"},      // two
		{"xecldeu", "list exclude", ""},             // three: no letter is swapped twice
		{"EXCLUDES", "list exclude", "exclude"},     // in any case
		{"exclude", "list exclude", "exclude"},      // as it is
		{"liste", "list lister lists", "list"},      // the first of those as near
		{"abcdef", "abcdxx abcdex", "abcdex"},       // the nearest, though not the first
		{"kye", "key", "key"},                       // one of three letters
		{"ke", "key", ""},                           // one of two is half
		{"tset", "list", ""},                        // two of four are half
		{"xlits", "list", "list"},                   // two of five are less
		{"ca", "abc", ""},                           // none twice: three, not two
		{"", "a list", ""},                          // nothing
		{"key", "", ""},                             // nothing known
		{strings.Repeat("x", 1<<20), "exclude", ""}, // not even compared
		{"\xff\xfekey", "key", ""},                  // bytes that are not letters
	}
	for _, tt := range tests {
		if got := Closest(tt.word, strings.Fields(tt.known)); got != tt.want {
			t.Errorf("Closest(%.20q, %q) = %q, want %q", tt.word, tt.known, got, tt.want)
		}
	}
}
