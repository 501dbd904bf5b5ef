package bounce

import (
	"strings"
	"testing"
)

// Of a page the text is left that a person sees, and where its links lead.
func TestWithoutTags(t *testing.T) {
	for _, tt := range []struct{ page, want string }{
		{"550 <b>blocked</b>", "550 blocked"},
		{"192.<wbr>0.2.25&nbsp;&lt;x&gt;", "192.0.2.25\u00a0<x>"},
		{"<p>one</p>two<br/>three", "\n\none\n\ntwo\nthree"},
		{"<p class=MsoNormal>one<o:p></o:p></p>\r\n<p class=\"MsoPlainText\">two</p>\n<p class=MsoNormal>three</p>\n<p>four", "\n\none  \ntwo\nthree\n\n\n\n\nfour"},
		{"<A class='x' HREF=\"https://psbl.org/listing?ip=192.0.2.25\">here</A>", " https://psbl.org/listing?ip=192.0.2.25 here "},
		{"<a href='https://psbl.org/'>", " https://psbl.org/ "},
		{"<style>bl.spamcop.net { }</STYLE>a<script>bl.spamcop.net</script>b<!-- bl.spamcop.net > --> c", " a b  c"},
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

// What cannot be read is said, and what to do.
func TestUnreadable(t *testing.T) {
	for text, want := range map[string]string{
		"":          "there is no text in it",
		" \r\n\t\n": "there is no text in it",
		"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 550 192.0.2.25": "this is a file of Outlook's own form (.msg): save the mail as text or .eml, or paste its text",
	} {
		if _, err := Read(strings.NewReader(text), nil); err == nil || err.Error() != want {
			t.Errorf("%q: %v", text, err)
		}
	}
}
