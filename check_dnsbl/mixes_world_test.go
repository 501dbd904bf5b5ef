package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
)

// mixKey is a secret that must not appear in any output.
const mixKey = "0topsecretkey0topsecretkey"

// A mixedList is a list each query to which meets a behavior of its own; nil is none.
type mixedList struct {
	facts
	typed              string // the zone as the user types it
	there              bool   // it lists the address
	question, positive *behaviour
	negatives          []*behaviour
}

// A mix is a world of such lists.
type mix []mixedList

// newMix draws a world of so many lists: nearly healthy or full of faults, with many faults or a
// single one as of a resolver, with or without listings and major lists.
func newMix(random *rand.Rand, size int) mix {
	pool := mixable()
	pick := func(odds []float64) float64 { return odds[random.IntN(len(odds))] }
	if random.IntN(2) == 0 {
		pool = []behaviour{pool[random.IntN(len(pool))]}
	}
	known := mixedCatalog()[:random.IntN(2)*len(mixedCatalog())]
	listed, faulty := pick([]float64{0, 0, 0.01, 0.5}), pick([]float64{0.01, 0.1, 0.5, 1})
	draw := func() *behaviour {
		if random.Float64() >= faulty {
			return nil
		}
		return &pool[random.IntN(len(pool))]
	}
	lists := make(mix, size)
	for i := range lists {
		l := &lists[i]
		l.facts = facts{text: hostileText()}
		l.typed = fmt.Sprintf("m%d.example", i)
		if i < len(known) {
			l.facts, l.typed = known[i], known[i].zone
		}
		l.there = random.Float64() < listed
		l.question, l.positive = draw(), draw()
		l.negatives = []*behaviour{draw(), draw(), draw()}
	}
	return lists
}

// mixable are the behaviours that can befall any list beside others, with a flood that leaves the
// machine room to breathe.
func mixable() []behaviour {
	var pool []behaviour
	for _, ch := range anyList() {
		for _, b := range ch.behaviours {
			if b.via == "" {
				pool = append(pool, b)
			}
		}
	}
	return append(pool, harmless("forged answers", dnstest.Flood(20)))
}

// mixedCatalog are real lists, with code tables in which 127.0.0.2 is a listing.
func mixedCatalog() []facts {
	return []facts{
		{zone: "zen.spamhaus.org", code: "127.0.0.2", major: true, text: hostileText()},
		{zone: "bl.spamcop.net", code: "127.0.0.2", major: true},
		{zone: "psbl.surriel.com", code: "127.0.0.2", major: true},
		{zone: mixKey + ".zen.dq.spamhaus.net", code: "127.0.0.4", major: true, text: "see https://dq.spamhaus.net/" + mixKey},
	}
}

func (m mix) world() dnstest.World {
	world := dnstest.World{Lists: []dnstest.List{failing()}}
	for i := range m {
		l := &m[i]
		list := dnstest.List{Zone: l.typed, Entries: map[string][]string{}, Texts: map[string][]string{}, FaultAt: map[string]dnstest.Fault{}}
		if l.there {
			list.Entries[carriedAddr] = []string{or(l.code, "127.0.0.3")}
			list.Texts[carriedAddr] = []string{or(l.text, "why")}
		}
		entry, _ := l.facts.positive()
		for j, b := range append([]*behaviour{l.question, l.positive}, l.negatives...) {
			if b != nil {
				list.FaultAt[append([]string{carriedAddr, entry}, l.facts.negatives()...)[j]] = b.fault
			}
		}
		world.Lists = append(world.Lists, list)
	}
	return world
}

// command is what the user types to ask this world.
func (m mix) command(resolver string) []string {
	args := []string{"-H", carriedAddr, "--resolver", resolver, "-t", mixTimeout.String()[:1], "-v"}
	for i := range m {
		args = append(args, "-l", m[i].typed)
	}
	return args
}

// verdicts returns the verdicts that are right if queries for which missed returns true may have
// had no answer in time. All failures count as one, because the cause depends on timing.
func (l *mixedList) verdicts(missed func(b *behaviour, isQuestion bool) bool) []string {
	words := []string{seen(l.question, l.there), seen(l.positive, true)}
	maybe := []bool{missed(l.question, true), missed(l.positive, false)}
	for _, b := range l.negatives {
		words, maybe = append(words, seen(b, false)), append(maybe, missed(b, false))
	}
	var all []string
	var decide func(i int)
	decide = func(i int) { // the words before i are decided
		if i == len(words) {
			all = append(all, kindOf(expected(sight{words[0], words[1], words[2:]}, l.facts)))
			return
		}
		decide(i + 1)
		if word := words[i]; maybe[i] {
			words[i] = dnsbl.Timeout.Text()
			decide(i + 1)
			words[i] = word
		}
	}
	decide(0)
	return all
}

const failed = "failed"

// kindOf takes all causes for one.
func kindOf(verdict string) string {
	if slices.Contains([]string{isListed, isUnconfirmed, notListed, isUntested}, verdict) {
		return verdict
	}
	return failed
}

func (l *mixedList) String() string {
	names := make([]string, 0, 5)
	for _, b := range append([]*behaviour{l.question, l.positive}, l.negatives...) {
		name := "healthy"
		if b != nil {
			name = b.name
		}
		names = append(names, name)
	}
	return fmt.Sprintf("%s, listed %t, through: %s", l.typed, l.there, strings.Join(names, " / "))
}
