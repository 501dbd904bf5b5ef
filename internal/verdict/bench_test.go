package verdict

import (
	"slices"
	"strings"
	"testing"
)

// A hundred lists, most of which are silent about the address.
const usual = "+M +m !m !m +i -r -u "

func BenchmarkCount(b *testing.B) {
	all := findings("a", usual+strings.Repeat("-m ", 93))
	b.ReportAllocs()
	for b.Loop() {
		Count(all, Default(), false)
	}
}

func BenchmarkJudge(b *testing.B) {
	one := Count(findings("a", usual+strings.Repeat("-m ", 93)), Default(), false)
	network := slices.Repeat(one, 256)
	b.ReportAllocs()
	for b.Loop() {
		Judge(network, nil, Default())
	}
}
