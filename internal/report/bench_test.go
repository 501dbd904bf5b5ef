package report

import (
	"io"
	"testing"
	"time"
)

func BenchmarkNagios(b *testing.B) {
	for _, bb := range []struct {
		name           string
		listed, failed int
	}{{"some", 3, 2}, {"too much", 60, 60}} {
		v := judge(many(bb.listed, bb.failed))
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := Nagios(io.Discard, &v, Run{Took: time.Second, Timeout: 10 * time.Second}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
