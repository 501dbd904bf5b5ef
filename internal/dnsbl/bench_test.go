package dnsbl

import "testing"

func BenchmarkQuestion(b *testing.B) {
	l := Unknown("zen.example")
	for _, text := range []string{"192.0.2.25", "2001:db8::25"} {
		s := address(text)
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				l.Question(s, A)
			}
		})
	}
}

// The commonest answer comes first, the most expensive one last.
func BenchmarkJudge(b *testing.B) {
	for _, bb := range []struct{ name, question, negative string }{
		{"not listed", "NX", "-"},
		{"failed", "timeout", "-"},
		{"listed", "127.0.0.2", "NX"},
	} {
		e := Evidence{Question: answer(bb.question), Positive: answers("127.0.0.2"), Negative: answers(bb.negative)}
		l, s := lists()["zen"], address("192.0.2.25")
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				l.Claims(e.Question)
				l.Judge(s, &e)
			}
		})
	}
}

func BenchmarkRead(b *testing.B) {
	l, a := lists()["zen"], answer("127.0.0.2 127.0.0.10")
	b.ReportAllocs()
	for b.Loop() {
		l.Read(a.Addrs)
	}
}

func BenchmarkParseChoices(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ParseChoices("zen.example=127.0.0.[2..11]*3, bl.example"); err != nil {
			b.Fatal(err)
		}
	}
}
