package bounce

import (
	"strings"
	"testing"
)

// ASCII is found in every charset, and no byte of another character sticks to it.
func TestCharsets(t *testing.T) {
	for _, tt := range []struct{ charset, text, want string }{
		{"utf-8", "caf\u00e9 192.0.2.25", "caf\u00e9 192.0.2.25"},
		{"UTF-8", "\ufeff192.0.2.25", "192.0.2.25"},
		{"", "192.0.2.25", "192.0.2.25"},
		{"", "", ""},
		{"windows-1252", "caf\xe9 192.0.2.25", "caf\xe9 192.0.2.25"},
		{"koi8-r", "\xc1192.0.2.25", "\xc1192.0.2.25"},
		// The second byte is a letter.
		{"gbk", "\xd4\x61192.0.2.25\xa3\xac", " 192.0.2.25 "},
		// A character has four bytes, two of them digits.
		{"gb18030", "\x81\x30\x81\x30192.0.2.25", " 192.0.2.25"},
		// A character is cut off, by the end of the line or of the text.
		{"gb2312", "\xd4\n192.0.2.25", " \n192.0.2.25"},
		{"big5", "\xa7\x41zen.spamhaus.org\xa7", " zen.spamhaus.org "},
		{"euc-kr", "\xb0\xa1192.0.2.25", " 192.0.2.25"},
		// The last character before the digits has one byte.
		{"Shift_JIS", "\x83\x4c\xb1192.0.2.25", "  192.0.2.25"},
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

// The text of a page that a person sees remains, and the targets of its links.
func TestWithoutTags(t *testing.T) {
	for _, tt := range []struct{ page, want string }{
		{"550 <b>blocked</b>", "550 blocked"},
		{"192.<wbr>0.2.25&nbsp;&lt;x&gt;", "192.0.2.25\u00a0<x>"},
		{"<p>one</p>two<br/>three", "\n\none\n\ntwo\nthree"},
		{"<p class=MsoNormal>one<o:p></o:p></p>\r\n<p class=\"MsoPlainText\">two</p>" +
			"\n<p class=MsoNormal>three</p>\n<p>four",
			"\n\none  \ntwo\nthree\n\n\n\n\nfour"},
		{"<A class='x' HREF=\"https://psbl.org/listing?ip=192.0.2.25\">here</A>",
			" https://psbl.org/listing?ip=192.0.2.25 here "},
		{"<a href='https://psbl.org/'>", " https://psbl.org/ "},
		{"<style>bl.spamcop.net { }</STYLE>a<script>bl.spamcop.net</script>b" +
			"<!-- bl.spamcop.net > --> c", " a b  c"},
		{"<html><head><title>bl.spamcop.net</title></head><body>a", "  \n\na"},
		{"a<style>never ends", "a "},
		{"a<never ends", "a"},
		{"", ""},
	} {
		if got := withoutTags(tt.page); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.page, got, tt.want)
		}
	}
}

// A mail with more parts than any bounce has, or with deeper ones, is read up to the limit. So is a
// mailbox file with more mails.
func TestMaxParts(t *testing.T) {
	const head, reply = "From: a@r.example\nMIME-Version: 1.0\n", "550 5.7.1 client [192.0.2.25]"
	const multipart = head + "Content-Type: multipart/mixed; boundary=b\n\n"
	nested := func(depth int) string {
		text := "Content-Type: text/plain\n\n" + reply + "\n"
		for range depth {
			text = "Content-Type: message/rfc822\n\n" + text
		}
		return multipart + "--b\n\nx\n--b\n" + text + "--b--\n"
	}
	reads(t, nested(maxDepth-1), "192.0.2.25")
	reads(t, nested(maxDepth), "")
	many := func(parts int) string {
		return multipart + strings.Repeat("--b\n\nx\n", parts) + "--b\n\n" + reply + "\n--b--\n"
	}
	reads(t, many(maxParts-2), "192.0.2.25")
	reads(t, many(maxParts-1), "")
	mails := strings.Repeat("From x\n"+head+"\nx\n\n", maxMails)
	b := readText(t, mails+"From x\n"+head+"\n"+reply)
	if len(b.Rejected) != 0 || b.MoreMails != 1 {
		t.Errorf("the mail after the last: %v", b)
	}
	b = readText(t, strings.Replace(mails, "\nx\n", "\n"+reply+"\n", 1))
	if len(b.Rejected) != 1 || b.MoreMails != 0 {
		t.Errorf("no mail after the last: %v", b)
	}
}
