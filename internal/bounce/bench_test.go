package bounce

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"check_dnsbl/internal/catalog"
)

// hostile returns bounces of MaxBytes that are made to be slow to read, by the trick in them.
func hostile() map[string]string {
	const head = "From: a@b.example\nMIME-Version: 1.0\nContent-Type: "
	nested, boundaries := strings.Builder{}, MaxBytes/80
	nested.WriteString(head + "multipart/mixed; boundary=b0\n\n")
	for i := range boundaries {
		fmt.Fprintf(&nested, "--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n", i, i+1)
	}
	var many strings.Builder
	for i := range MaxBytes / 60 {
		fmt.Fprintf(&many, "550 [%d.%d.%d.7] listed at x%d.example H=[%[1]d.%[2]d.%[3]d.8]\n",
			11+i>>16, i>>8&255, i&255, i)
	}
	base := head + "text/plain; charset=gbk\nContent-Transfer-Encoding: base64\n\n"
	pairs := bytes.Repeat([]byte("550 \xc4\xe3"), (MaxBytes-1000)/8)
	return map[string]string{
		"one line":        fill("", "550 "),
		"no blank":        fill("550 ", "a"),
		"labels":          fill("550 ", "a."),
		"colons":          fill("550 ", ":"),
		"addresses":       fill("550 ", "[192.0.2.25] "),
		"other addresses": fill("550 ", "name.example[192.0.2.25] said "),
		"reversed names":  fill("550 ", "25.2.0.192.zen.spamhaus.org "),
		"empty lines":     fill("550 x\n", "\n"),
		"short lines":     fill("", "a\n"),
		"logs": fill("",
			"Nov 20 09:14:06 mail postfix/smtp[1]: status=bounced (550 [192.0.2.25])\n"),
		"words":           fill("550 ", "xspamhaus "),
		"quoted":          fill("550 ", ">>>>>>>>>>>>>>>>>>>>>>>>\n"),
		"fields":          fill("", "Received: x\n"),
		"header":          fill("From: x\n", "a:\n"),
		"folded header":   fill("From: x\n", " a\n"),
		"nested parts":    nested.String(),
		"nested mails":    fill("", head+"message/rfc822\n\n"),
		"tiny parts":      fill(head+"multipart/mixed; boundary=b\n\n", "--b\n\nx\n"),
		"near boundaries": fill(head+"multipart/mixed; boundary=b\n\n--b\n\n", "\n--"),
		"tags":            fill(head+"text/html\n\n", "<b>"),
		"open tags":       fill(head+"text/html\n\n", "<style "),
		"styles":          fill(head+"text/html\n\n", "<style>"),
		"entities":        fill(head+"text/html\n\n", "&amp;#x41;&"),
		"base64":          base + base64.StdEncoding.EncodeToString(pairs),
		"quoted-printable": fill(head+"text/plain\nContent-Transfer-Encoding: quoted-printable\n\n",
			"=\n"),
		"utf-16":       fill("\xff\xfe", "5\x000\x00"),
		"markers":      fill("", "550 x\nmessage headers follow\n"),
		"mailbox":      fill("", "From x\nFrom: x\n\n\n"),
		"soft breaks":  fill("550 ", "=\na"),
		"many of each": many.String(),
		"percent":      fill("550 ", "%3A"),
	}
}

// fill returns MaxBytes that begin with one text and repeat another.
func fill(begin, rest string) string {
	return (begin + strings.Repeat(rest, MaxBytes/len(rest)+1))[:MaxBytes]
}

func BenchmarkHostile(b *testing.B) {
	lists := catalog.All()
	for name, text := range hostile() {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Read(strings.NewReader(text),
					lists); err != nil && !strings.Contains(err.Error(), "no text") {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkBounce(b *testing.B) {
	lists := catalog.All()
	const bounce = "From: a@b.example\n\n<a@b.example>: host mx.example[198.51.100.25] said: " +
		"550 [192.0.2.25] blocked using zen.spamhaus.org\n"
	text := fill(bounce, "x")[:5000]
	for b.Loop() {
		if _, err := Read(strings.NewReader(text), lists); err != nil {
			b.Fatal(err)
		}
	}
}
