package bounce

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// utf8Of returns the text of a whole file: editors and shells of Windows write UTF-16, with a mark of it or without.
func utf8Of(data []byte) []byte {
	if text, ok := bytes.CutPrefix(data, []byte("\xef\xbb\xbf")); ok {
		return text
	}
	head := data[:min(len(data), 512)]
	switch zeros := bytes.Count(head, []byte{0}); {
	case bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")):
		return decoded(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), data)
	case zeros*3 < len(head) || zeros == 0:
		return data
	case head[0] == 0:
		return decoded(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), data)
	}
	return decoded(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), data)
}

// textOf returns the text of a part in the charset that it says it is in. Where nobody knows that one it is Windows-1252, unless it
// can be UTF-8: what matters here is ASCII in nearly all of them.
func textOf(data []byte, charset string) string {
	e := encodingOf(strings.ToLower(strings.TrimSpace(charset)))
	if e == nil && utf8.Valid(data) {
		return string(utf8Of(data))
	}
	if e == nil {
		e = charmap.Windows1252
	}
	return string(decoded(e, data))
}

// decoded returns data in UTF-8, or as it is if it cannot be decoded.
func decoded(e encoding.Encoding, data []byte) []byte {
	text, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return data
	}
	return text
}

// encodingOf returns the encoding of a charset by its name in mail, in lower case, or nil for UTF-8 and what nobody knows. An index of all
// names, as golang.org/x/text has it, is made at the start of each check, whether a bounce is read or not.
func encodingOf(charset string) encoding.Encoding {
	switch charset {
	case "utf-16", "utf-16be", "utf-16le":
		order := unicode.BigEndian
		if charset == "utf-16le" {
			order = unicode.LittleEndian
		}
		return unicode.UTF16(order, unicode.UseBOM)
	case "iso-2022-jp", "csiso2022jp":
		return japanese.ISO2022JP
	case "shift_jis", "shift-jis", "sjis", "windows-31j", "cp932":
		return japanese.ShiftJIS
	case "euc-jp":
		return japanese.EUCJP
	case "gb2312", "gbk", "cp936", "gb18030":
		return simplifiedchinese.GB18030
	case "hz-gb-2312":
		return simplifiedchinese.HZGB2312
	case "big5", "big5-hkscs", "cp950":
		return traditionalchinese.Big5
	case "euc-kr", "ks_c_5601-1987", "cp949":
		return korean.EUCKR
	}
	return singleByte(charset)
}

// singleByte is encodingOf for charsets of one byte a character.
func singleByte(charset string) encoding.Encoding {
	plain := strings.NewReplacer("-", "", "_", "", " ", "", "Code Page", "")
	number, isPage := strings.CutPrefix(charset, "cp")
	for _, e := range charmap.All {
		c, ok := e.(*charmap.Charmap)
		if !ok {
			continue
		}
		switch known := strings.ToLower(plain.Replace(c.String())); {
		case known == plain.Replace(charset), isPage && (known == "windows"+number || known == "ibm"+number):
			return e
		}
	}
	return nil
}
