package bounce

import (
	"bytes"
	"slices"
	"strings"
)

// Of a bounce nothing is shown, and what is looked for is ASCII in every language: addresses, zones, the words of programs. So charsets need no
// tables of all their characters, which each check would have to carry: it suffices to tell ASCII from what only looks like it.

// utf8Of returns the text of a whole file: editors and shells of Windows write UTF-16, with a mark of it or without.
func utf8Of(data []byte) []byte {
	if text, ok := bytes.CutPrefix(data, []byte("\xef\xbb\xbf")); ok {
		return text
	}
	head := data[:min(len(data), 512)]
	zeros := bytes.Count(head, []byte{0})
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return fromUTF16(data, 0)
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return fromUTF16(data, 1)
	case zeros == 0 || zeros*3 < len(head):
		return data
	case head[0] == 0:
		return fromUTF16(data, 1)
	}
	return fromUTF16(data, 0)
}

// textOf returns what is ASCII in a part in the charset that it says it is in. UTF-8 stays what it is.
func textOf(data []byte, charset string) string {
	charset = strings.ToLower(strings.TrimSpace(charset))
	one := func(names ...string) bool { return slices.Contains(names, charset) }
	switch {
	case charset == "utf-16be":
		data = fromUTF16(data, 1)
	case charset == "utf-16le":
		data = fromUTF16(data, 0)
	case strings.HasPrefix(charset, "iso-2022-"):
		data = withoutShifted(data)
	case one("gb2312", "gbk", "gb18030", "cp936", "x-gbk", "big5", "big5-hkscs", "cp950", "euc-kr", "ks_c_5601-1987", "cp949", "euc-jp", "euc-tw"):
		data = withoutPairs(data, 0, 0)
	case one("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "cp932"):
		data = withoutPairs(data, 0xa1, 0xdf)
	default:
		data = utf8Of(data)
	}
	return string(data)
}

// fromUTF16 returns the ASCII of a text in UTF-16, the low byte of each character being at an even place (0) or an odd one (1).
func fromUTF16(data []byte, low int) []byte {
	text := make([]byte, 0, len(data)/2)
	for i := 0; i+1 < len(data); i += 2 {
		c := data[i+low]
		if data[i+1-low] != 0 || c >= 0x80 {
			c = ' '
		}
		text = append(text, c)
	}
	return text
}

// withoutPairs returns the ASCII of a text in which a byte of 0x80 or more makes a character with the next one, which may be a letter, or
// none if it is between from and to.
func withoutPairs(data []byte, from, to byte) []byte {
	text := make([]byte, 0, len(data))
	for i := 0; i < len(data); i++ {
		c := data[i]
		switch {
		case c < 0x80:
			text = append(text, c)
			continue
		case c >= from && c <= to:
		case i+3 < len(data) && isDigit(data[i+1]) && data[i+2] >= 0x81 && isDigit(data[i+3]): // four bytes of GB 18030
			i += 3
		case i+1 < len(data) && data[i+1] >= 0x40: // a second byte is never less: ends of lines and digits stay
			i++
		}
		text = append(text, ' ')
	}
	return text
}

// withoutShifted returns the ASCII of a text in ISO 2022: other characters are between ESC $ and ESC (, or between SO and SI.
func withoutShifted(data []byte) []byte {
	const so, si, esc = 0x0e, 0x0f, 0x1b
	text := make([]byte, 0, len(data))
	shifted := false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case c == so || c == si:
			shifted = c == so
		case c == esc && i+2 < len(data) && (data[i+1] == '$' || data[i+1] == '('):
			shifted = data[i+1] == '$'
			i += 2
			text = append(text, ' ')
		case c == '\n' || !shifted:
			shifted = false // each line begins in ASCII
			text = append(text, c)
		}
	}
	return text
}
