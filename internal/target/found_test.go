package target

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"testing"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/resolver"
)

// found resolves targets that need no look-up.
func found(t testing.TB, texts ...string) Found {
	t.Helper()
	return Resolve(t.Context(), &resolver.Client{}, parse(t, true, texts...), scope(true), ignore)
}

// naive walks all targets and remembers all subjects.
func naive(t testing.TB, texts ...string) []dnsbl.Subject {
	var all []dnsbl.Subject
	seen := map[dnsbl.Subject]bool{}
	for _, target := range parse(t, true, texts...) {
		subjects := []dnsbl.Subject{{Domain: target.name}}
		for i, network := range target.networks {
			if i == 0 {
				subjects = nil
			}
			for addr := network.Addr(); network.Contains(addr); addr = addr.Next() {
				subjects = append(subjects, dnsbl.Subject{Addr: addr})
			}
		}
		for _, s := range subjects {
			if !seen[s] {
				seen[s], all = true, append(all, s)
			}
		}
	}
	return all
}

// check compares a stream with what naive says, twice: it may be ranged over more than once.
func check(t *testing.T, texts ...string) {
	t.Helper()
	got, want := found(t, texts...), naive(t, texts...)
	var kinds dnsbl.Subjects
	for _, s := range want {
		kinds |= s.Kind()
	}
	for range 2 {
		all := slices.Collect(got.Subjects)
		if !slices.Equal(all, want) || got.Count != len(want) ||
			got.Kinds != kinds {
			t.Fatalf("%q: %d subjects said to be %d of kinds %b, want %d of %b\n got %v\nwant %v",
				texts, len(all), got.Count, got.Kinds, len(want), kinds, all, want)
		}
	}
}

func TestOverlaps(t *testing.T) {
	for _, texts := range [][]string{
		{},
		{"198.51.100.0/24", "198.51.100.7"},
		{"198.51.100.7", "198.51.100.0/24"},
		{"198.51.100.0", "198.51.100.255", "198.51.100.0/24", "198.51.100.0/23"},
		{"198.51.100.0/25", "198.51.100.128/25", "198.51.100.0/24"},               // nothing is left of the last
		{"198.51.100.4/30", "198.51.100.0/28", "198.51.100.6", "198.51.100.0/24"}, // one in another in another
		{"198.51.100.0/28", "198.51.100.4/30", "198.51.100.0/24", "198.51.100.64/26"},
		{"198.51.100.0/24", "198.51.100.0/24", "198.51.100.0/25"},
		{"255.255.255.254/31", "255.255.255.255", "255.255.255.252/30", "0.0.0.0", "0.0.0.0/31"},
		{"2001:db8::8/126", "2001:db8::/120", "198.51.100.8/30", "2001:db8::ff", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/127"},
		{"domain:a.test", "198.51.100.7", "domain:b.test", "domain:a.test", "198.51.100.6/31"},
		{"::ffff:198.51.100.7", "198.51.100.6/31", "::ffff:198.51.100.0/124"},
		{"198.51.100.1-198.51.100.30", "198.51.100.9", "198.51.100.0-255", "198.51.100.0/24"},
		{"198.51.100.9", "198.51.100.1-30", "2001:db8::1-2001:db8::1e", "2001:db8::10/124"},
		{"255.255.255.250-255.255.255.255", "0.0.0.0-1"},
	} {
		check(t, texts...)
	}
}

// Random networks within 198.51.100.0/24 and within as many IPv6 addresses, with names between
// them.
func TestOverlapsAtRandom(t *testing.T) {
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 0))
	for range 1000 {
		var texts []string
		for range random.IntN(12) {
			bits := random.IntN(9)
			switch random.IntN(5) {
			case 0:
				texts = append(texts, fmt.Sprintf("domain:%d.test", random.IntN(3)))
			case 1:
				texts = append(texts, fmt.Sprintf("2001:db8::%x/%d", random.IntN(256), 128-bits))
			default:
				texts = append(texts, fmt.Sprintf("198.51.100.%d/%d", random.IntN(256), 32-bits))
			}
		}
		check(t, texts...)
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

// The widest networks: every address counts, and after those that others had before come the rest
// up to the last.
func TestWidest(t *testing.T) {
	tests := map[string]struct {
		before      []string
		first, last string
	}{
		"53.0.0.0/8": {
			[]string{"53.0.0.0/9", "53.128.0.0/10", "53.192.0.0/11", "53.224.0.0/12"},
			"53.240.0.0",
			"53.255.255.255",
		},
		"2001:db8::/104": {
			[]string{
				"2001:db8::/105",
				"2001:db8::80:0/106",
				"2001:db8::c0:0/107",
				"2001:db8::e0:0/108",
			},
			"2001:db8::f0:0",
			"2001:db8::ff:ffff",
		},
	}
	for widest, tt := range tests {
		got := found(t, append(tt.before, widest)...)
		count, last := 0, netip.Addr{}
		part := got.parts[len(got.parts)-1]
		part.walk(func(s dnsbl.Subject) bool {
			if count, last = count+1, s.Addr; count == 1 && last != netip.MustParseAddr(tt.first) {
				t.Errorf("%s: the first is %s, want %s", widest, last, tt.first)
			}
			return true
		})
		if got.Count != 1<<24 || count != 1<<20 || part.count() != count ||
			last != netip.MustParseAddr(tt.last) {
			t.Errorf("%s: %d addresses, %d of them in the last part, said to be %d, up to %s",
				widest, got.Count, count, part.count(), last)
		}
	}
}

// A walk ends as soon as it is told to.
func TestStop(t *testing.T) {
	var seen []dnsbl.Subject
	for s := range found(t, "198.51.100.7", "53.0.0.0/8", "domain:a.test").Subjects {
		if seen = append(seen, s); len(seen) == 3 {
			break
		}
	}
	want := []dnsbl.Subject{
		{Addr: netip.MustParseAddr("198.51.100.7")},
		{Addr: netip.MustParseAddr("53.0.0.0")},
		{Addr: netip.MustParseAddr("53.0.0.1")},
	}
	if !slices.Equal(seen, want) {
		t.Errorf("saw %v, want %v", seen, want)
	}
}

func TestKeep(t *testing.T) {
	got := found(
		t, "198.51.100.7", "domain:a.test", "2001:db8::7", "198.51.100.6/31", "2001:db8::/104",
	)
	var left []string
	for _, p := range got.Keep(dnsbl.IPv4 | dnsbl.Domain) {
		left = append(left, p.String())
	}
	want := []dnsbl.Subject{
		{Addr: netip.MustParseAddr("198.51.100.7")},
		{Domain: "a.test"},
		{Addr: netip.MustParseAddr("198.51.100.6")},
	}
	all := slices.Collect(got.Subjects)
	if !slices.Equal(all, want) || got.Count != 3 ||
		got.Kinds != dnsbl.IPv4|dnsbl.Domain {
		t.Errorf("kept %v, %d of kinds %b", all, got.Count, got.Kinds)
	}
	if want := []string{"2001:db8::7", "2001:db8::/104"}; !slices.Equal(left, want) {
		t.Errorf("left out %q, want %q", left, want)
	}
}

// However many addresses there are, walking them allocates nothing for each.
func TestWalkAllocatesNothing(t *testing.T) {
	got := found(t, "53.0.7.9", "53.0.8.0/24", "53.0.0.0/20")
	count := 0
	allocations := testing.AllocsPerRun(10, func() {
		for range got.Subjects {
			count++
		}
	})
	if count != 11*4096 || allocations > 2 {
		t.Errorf("%d addresses, %v allocations", count, allocations)
	}
}

func BenchmarkWalk(b *testing.B) {
	got := found(b, "53.0.7.9", "53.0.8.0/24", "53.0.0.0/8")
	b.ReportAllocs()
	for b.Loop() {
		for range got.Subjects {
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(got.Count), "ns/address")
}

// 100,000 targets, each beside the other and then a network around them.
func BenchmarkWithoutRepeats(b *testing.B) {
	var parts []Part
	for i := range 100_000 {
		addr := netip.AddrFrom4(
			[4]byte{53, byte(i * 7919 >> 16), byte(i * 7919 >> 8), byte(i * 7919)},
		)
		parts = append(parts, Part{Network: netip.PrefixFrom(addr, 32)})
	}
	parts = append(parts, Part{Network: netip.MustParsePrefix("53.0.0.0/8")})
	b.ReportAllocs()
	for b.Loop() {
		parts[len(parts)-1].earlier = nil
		withoutRepeats(parts)
	}
}
