package report

import (
	"strings"
	"testing"
)

// Texts are wrapped between words. A label or word that is too long has a line of its own.
func TestLayout(t *testing.T) {
	l := newLayout(Info{Width: 40})
	l.rows(2, plain, []fact{
		{label: "short", text: "one two three four five six seven eight"},
		{label: "a-label-of-more-than-34-characters.example", text: "beside it"},
		{label: "", text: strings.Repeat("x", 50) + " y"},
		{label: "command", text: "dig +short is not to be broken anywhere at all", verbatim: true},
		{label: "nothing"},
	})
	l.title("A TITLE: 2001:db8::25 (a-long-name.mail.example.com), on 3 lists", bold)
	l.lines([]string{"a line that is longer than the forty columns", ""})
	const want = `  short    one two three four five six
           seven eight
  a-label-of-more-than-34-characters.example
           beside it
           xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
           y
  command  dig +short is not to be broken anywhere at all
  nothing

A TITLE: 2001:db8::25
  (a-long-name.mail.example.com), on 3
  lists
  a line that is longer than the forty
    columns
  
`
	if got := l.out.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
