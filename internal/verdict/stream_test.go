package verdict

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"runtime"
	"slices"
	"strings"
	"testing"

	"check_dnsbl/internal/dnsbl"

	"github.com/olorin/nagiosplugin"
)

// A tallier, which sees each subject once and keeps few, decides as if it had all of them at hand.
func TestStream(t *testing.T) {
	ruleWords := []string{"", "-w 2", "-w 2:", "-w 2: -c @3:5", "-c 2", "weighted -w 2 -c 5",
		"weighted -w @-9:0", "on:major -c 9", "known:M0.example known:m1.example", "weighted known:m0.example -c 2", "max:0", "max:100 -w 9"}
	kinds := []string{"-m", "-m", "+m", "pM", "+M", "!m", "!M", "+i", "!r"}
	for seed := range uint64(1000) {
		r := rand.New(rand.NewPCG(seed, 0))
		words := ruleWords[r.IntN(len(ruleWords))]
		var all [][]dnsbl.Finding
		for i := range 1 + r.IntN(12) {
			var lists []string
			for range 1 + r.IntN(6) {
				word := kinds[r.IntN(len(kinds))]
				if strings.HasPrefix(words, "weighted") && word[0] != '!' && word[0] != '-' {
					word += fmt.Sprintf("*%d", r.IntN(7)-3)
				}
				lists = append(lists, word)
			}
			all = append(all, findings(fmt.Sprint(i), strings.Join(lists, " ")))
		}
		v := judge(t, words, nil, all...)
		state, worst, most, listed := atOnce(v.Rules, all)
		got := fmt.Sprintln(v.State, v.Worst.Subject, len(v.MostListed.Listed),
			v.MostListed.Answered, names(v.Listings), v.Listed, v.Subjects)
		want := fmt.Sprintln(state, worst.Subject, len(most.Listed), most.Answered, names(listed),
			len(listed), len(all))
		if got != want {
			t.Errorf("seed %d, rules %q: %swant %s", seed, words, got, want)
		}
	}
}

// atOnce judges all subjects together.
func atOnce(rules Rules, all [][]dnsbl.Finding) (state nagiosplugin.Status, worst, mostListed *Tally, listed []*Tally) {
	var tallies []*Tally
	for i, f := range all {
		tally := count(f, rules)
		tally.class = class{slices.ContainsFunc(tally.Listed, rules.critical), rules.blind(&tally),
			len(tally.Listed) > 0}
		tally.place = i
		tallies = append(tallies, &tally)
	}
	most := slices.MaxFunc(tallies, func(a, b *Tally) int { return a.Score - b.Score }).Score
	for _, tally := range tallies {
		tally.State = rules.state(tally, tally.Score == most)
		if len(tally.Listed) > 0 {
			listed = append(listed, tally)
		}
	}
	worst = slices.MaxFunc(tallies,
		func(a, b *Tally) int { return cmp.Or(rank(a.State)-rank(b.State), a.Score-b.Score) })
	mostListed = worst
	for _, tally := range tallies {
		if len(tally.Listed) > len(mostListed.Listed) {
			mostListed = tally
		}
	}
	slices.SortStableFunc(listed, func(a, b *Tally) int {
		critical := func(t *Tally) int { return map[bool]int{true: 1}[t.State == nagiosplugin.CRITICAL] }
		return cmp.Or(critical(b)-critical(a), b.Score-a.Score)
	})
	return worst.State, worst, mostListed, listed
}

func names(tallies []*Tally) []string {
	var all []string
	for _, t := range tallies {
		all = append(all, t.Subject.String())
	}
	return all
}

// Whatever holds for one subject holds for the verdict, whatever subjects come after.
func TestOfSome(t *testing.T) {
	last := findings("", "!m -i")
	last[0].Subject.Addr = netip.MustParseAddr("192.0.2.1")
	last[0].Subject.Domain, last[1].Outcome = "", dnsbl.Failed
	for words, want := range map[string]string{
		"-m -i": "domains true, answered true, proved true, silent 1",
		"!m -i": "domains true, answered false, proved true, silent 1",
		"!m !i": "domains true, answered false, proved false, silent 0",
		"":      "domains false, answered false, proved false, silent 0",
	} {
		tallier := NewTallier(usualRules())
		if words != "" {
			tallier.Add(tallier.Count(findings("a", words)))
		}
		tallier.Add(tallier.Count(last))
		v := tallier.Verdict(nil, ReverseDNS{})
		got := fmt.Sprintf("domains %v, answered %v, proved %v, silent %d",
			v.HasDomains, v.Answered, v.Proved, v.NoEntry)
		if got != want {
			t.Errorf("%q: %s, want %s", words, got, want)
		}
	}
}

// Proved reports whether the resolver gave a proved verdict. Untested and direct verdicts do not
// matter, nor do weights.
func TestProved(t *testing.T) {
	for words, want := range map[string]bool{
		"-m": true, "+m*0": true, "+m*0 +M": true, "!m": false, "U": false, "D": false, "UD": false,
		"D*0 +m": true, "UD UD -m": true, "D D*0 UD": false,
	} {
		var all []dnsbl.Finding
		for word := range strings.FieldsSeq(words) {
			kind := strings.TrimLeft(word, "UD")
			outcome := map[byte]string{'U': "-m", 'D': "+m"}[word[0]]
			one := findings("a", outcome+kind)
			one[0].Untested = strings.Contains(word, "U")
			if strings.Contains(word, "D") {
				one[0].Direct, one[0].Other = true, &dnsbl.Finding{Outcome: dnsbl.Failed, Cause: dnsbl.ServFail}
			}
			all = append(all, one...)
		}
		tallier := NewTallier(usualRules())
		tallier.Add(tallier.Count(all))
		if v := tallier.Verdict(nil, ReverseDNS{}); v.Proved != want {
			t.Errorf("%q: proved %v", words, v.Proved)
		}
	}
}

// Clean counts the subjects that a counting list does not list: neither those with a listing of
// weight 0 nor those without a verdict.
func TestClean(t *testing.T) {
	tallier := NewTallier(Rules{Weighted: true})
	for _, words := range []string{"+m*0 -m", "-m -m -i", "!m !m", "!m -i", "+m*2 -m"} {
		tallier.Add(tallier.Count(findings(words, words)))
	}
	v := tallier.Verdict(nil, ReverseDNS{})
	if v.Subjects != 5 || v.Clean != 2 || v.MostListed.Clean != 1 || v.MostListed.Answered != 2 {
		t.Errorf("%d of %d, of the one on most lists %d of %d", v.Clean, v.Subjects,
			v.MostListed.Clean, v.MostListed.Answered)
	}
}

// estate adds n subjects, with a finding for each of the words. Each failure has a detail of its own.
func estate(tallier *Tallier, n int, words string) {
	lists := findings("", words)
	for i := range n {
		f := slices.Clone(lists)
		for j := range f {
			f[j].Subject = dnsbl.Subject{Addr: netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)})}
			f[j].Evidence = &dnsbl.Evidence{Reason: dnsbl.Answer{Texts: []string{strings.Repeat("why ", 64)}}}
			if f[j].Outcome == dnsbl.Failed {
				f[j].Detail = fmt.Sprint(i)
			}
		}
		tallier.Add(tallier.Count(f))
	}
}

// Memory has a limit, however many subjects there are and however much the findings differ.
func TestMemory(t *testing.T) {
	kept := func(n int) (int, Verdict) {
		var before, after runtime.MemStats
		tallier := NewTallier(usualRules())
		runtime.GC()
		runtime.ReadMemStats(&before)
		estate(tallier, n, "+m +M !m !M +i !r -m -m +m +m")
		v := tallier.Verdict(nil, ReverseDNS{})
		runtime.GC()
		runtime.ReadMemStats(&after)
		return int(after.HeapAlloc) - int(before.HeapAlloc), v
	}
	few, _ := kept(4096)
	many, v := kept(16384)
	if many > few+few/10+64<<10 || many > 4<<20 {
		t.Errorf("%d bytes are kept of 4,096 subjects, %d of 16,384", few, many)
	}
	if v.Listed != 16384 || len(v.Listings) != maxListings/4 || v.Failed[0].Count+total(v.Failed[1:]) != 2*16384 {
		t.Errorf("%d listed, %d shown, %d failures", v.Listed, len(v.Listings), total(v.Failed))
	}
}

// If there are more listings than are kept, the worst are: the subject on most lists, and those that
// are CRITICAL.
func TestWorstIsKept(t *testing.T) {
	tallier := NewTallier(usualRules())
	add := func(subject, words string) { tallier.Add(tallier.Count(findings(subject, words))) }
	for i := range 5000 {
		add(fmt.Sprint(i), "pM -m")
		switch i {
		case 2500:
			add("abuse", "+M -m")
		case 4999:
			add("most", "pM +m")
		}
	}
	v := tallier.Verdict(nil, ReverseDNS{})
	got := names(v.Listings[:4])
	if !slices.Equal(got, []string{"abuse", "most", "0", "1"}) || v.Listed != 5002 ||
		len(v.Listings) != 999 || v.Worst.Subject.Domain != "abuse" {
		t.Errorf("%q, %d listed, %d shown, worst %s", got, v.Listed, len(v.Listings), v.Worst.Subject)
	}
}

// The subject that decides the state is kept even if others are on more lists.
func TestWorstIsShown(t *testing.T) {
	tallier := NewTallier(rules(t, "-w 9 -c 10"))
	for i := range 2000 {
		tallier.Add(tallier.Count(findings(fmt.Sprint(i), "+m +m")))
	}
	tallier.Add(tallier.Count(findings("blind", "+m !M")))
	v := tallier.Verdict(nil, ReverseDNS{})
	if v.Worst.Subject.Domain != "blind" || v.State != nagiosplugin.UNKNOWN ||
		v.Listings[0] != v.Worst || len(v.Listings) != 501 {
		t.Errorf("%v by %s, %d shown, the first %s", v.State, v.Worst.Subject, len(v.Listings), v.Listings[0].Subject)
	}
}

func BenchmarkCount(b *testing.B) {
	all, rules := findings("a", strings.Repeat("-m ", 9)+"!m"), usualRules()
	b.ReportAllocs()
	for b.Loop() {
		count(all, rules)
	}
}

// Nearly all subjects of a network are like one of these.
func BenchmarkAdd(b *testing.B) {
	clean := strings.Repeat("-m ", 9)
	for name, words := range map[string]string{
		"clean": clean + "-m", "failed": clean + "!m", "listed": clean + "+m", "info": clean + "+i",
	} {
		b.Run(name, func(b *testing.B) {
			tallier := NewTallier(usualRules())
			all := findings("a", words)
			b.ReportAllocs()
			for b.Loop() {
				tallier.Add(tallier.Count(all))
			}
		})
	}
}
