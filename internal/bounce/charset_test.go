package bounce

import "testing"

// What is ASCII in a charset is found, with nothing sticking to it.
func TestCharsets(t *testing.T) {
	for _, tt := range []struct{ charset, text, want string }{
		{"utf-8", "caf\u00e9 192.0.2.25", "caf\u00e9 192.0.2.25"},
		{"UTF-8", "\ufeff192.0.2.25", "192.0.2.25"},
		{"", "192.0.2.25", "192.0.2.25"},
		{"", "", ""},
		{"windows-1252", "caf\xe9 192.0.2.25", "caf\xe9 192.0.2.25"},
		{"koi8-r", "\xc1192.0.2.25", "\xc1192.0.2.25"},
		{"gbk", "\xd4\x61192.0.2.25\xa3\xac", " 192.0.2.25 "},          // the second byte is a letter
		{"gb18030", "\x81\x30\x81\x30192.0.2.25", " 192.0.2.25"},       // four bytes, with digits among them
		{"gb2312", "\xd4\n192.0.2.25", " \n192.0.2.25"},                // cut in the middle
		{"big5", "\xa7\x41zen.spamhaus.org\xa7", " zen.spamhaus.org "}, // and at the end
		{"euc-kr", "\xb0\xa1192.0.2.25", " 192.0.2.25"},
		{"Shift_JIS", "\x83\x4c\xb1192.0.2.25", "  192.0.2.25"}, // a character of one byte before the digits
		{"iso-2022-jp", "\x1b$B$G$-\x1b(B192.0.2.25", "  192.0.2.25"},
		{"iso-2022-jp", "\x1b$B$G$-\n192.0.2.25", " \n192.0.2.25"},
		{"iso-2022-kr", "\x1b$)C\x0e0!\x0f 192.0.2.25", "  192.0.2.25"},
		{"utf-16be", "\x005\x00.\x20\x0b", "5. "},
		{"utf-16le", "5\x00.\x00", "5."},
		{"utf-16", "\x005\x00.\x007", "5.7"},
		{"utf-16", "5\x00.\x007\x00x", "5.7"},
		{"utf-16", "\xff\xfe5\x00 \x00\xe9\x00A\x05", " 5   "},
	} {
		if got := decodePart([]byte(tt.text), tt.charset); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.charset, got, tt.want)
		}
	}
}
