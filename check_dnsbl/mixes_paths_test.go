package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
	"check_dnsbl/internal/lookup"
)

const (
	pathRuns   = 40
	nameServer = "127.0.1.9"
)

// TestHostilePaths asks lists by both paths, through the resolver and at their own name servers, and lets each question on each path meet
// any behaviour of the fault table. Whichever path is taken, late or early: there is no verdict that neither path alone would give, and what
// the resolver proves at once, or the name servers where it does not, is what is reported.
func TestHostilePaths(t *testing.T) {
	probe, err := dnstest.StartAt(netip.AddrPortFrom(netip.MustParseAddr(nameServer), 0), dnstest.World{})
	if errors.Is(err, syscall.EADDRNOTAVAIL) {
		t.Skip("this machine has but one loopback address:", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	probe.Close()
	start := time.Now()
	wrong := make([][]string, pathRuns)
	direct := make([]int, pathRuns)
	lookup.Each(pathRuns, mixAtOnce, func(i int) {
		wrong[i], direct[i] = pathRun(*mixSeed + uint64(i))
	}, func(i int, reason any) { wrong[i] = []string{fmt.Sprint("panic: ", reason)} })
	sum := 0
	for i, faults := range wrong {
		sum += direct[i]
		for _, what := range faults {
			t.Errorf("seed %d: %s", *mixSeed+uint64(i), what)
		}
	}
	t.Logf("%d mixes in %d runs, %d verdicts from name servers, %.1f s", pathRuns*mixSize, pathRuns, sum, time.Since(start).Seconds())
	if sum < pathRuns {
		t.Errorf("only %d verdicts from name servers", sum)
	}
}

// pathRun makes one run and returns what is wrong with it, and how many verdicts the name servers gave.
func pathRun(seed uint64) (wrong []string, direct int) {
	random := rand.New(rand.NewPCG(seed, 1))
	through := newMix(random, mixSize)
	at := newMix(random, mixSize)
	for i := range at { // the same lists
		at[i].facts, at[i].typed, at[i].there = through[i].facts, through[i].typed, through[i].there
	}
	addr, stop, err := startPaths(through, at)
	if err != nil {
		return []string{err.Error()}, 0
	}
	defer stop()
	opts, err := optionsOf(through.command(addr.String()))
	if err != nil {
		return []string{err.Error()}, 0
	}
	opts.client.Port = addr.Port()
	ctx, cancel := context.WithTimeout(context.Background(), 2*opts.timeout)
	defer cancel()
	var findings []dnsbl.Finding // on the one subject
	for _, found := range opts.client.Survey(opts.lists).Ask(ctx, find(ctx, &opts).Subjects) {
		findings = slices.Clone(found)
	}
	for i, f := range findings {
		if f.Direct {
			direct++
		}
		if why := judgePaths(&through[i], &at[i], &f); why != "" {
			wrong = append(wrong, fmt.Sprintf("%s: %s\n  resolver:     %s\n  name servers: %s", verdictOf(&f), why, &through[i], &at[i]))
		}
	}
	return wrong, direct
}

// startPaths starts a resolver and, on the same port, the one name server of all lists.
func startPaths(through, at mix) (addr netip.AddrPort, stop func(), err error) {
	world, own := through.world(), at.world()
	world.Records = []string{"ns.test A " + nameServer}
	for i := range through {
		zone := through[i].typed
		world.Records = append(world.Records, zone+" NS ns.test")
		own.Zones = append(own.Zones, zone)
	}
	resolver, err := dnstest.Start(world)
	if err != nil {
		return addr, nil, err
	}
	server, err := dnstest.StartAt(netip.AddrPortFrom(netip.MustParseAddr(nameServer), resolver.Addr.Port()), own)
	if err != nil {
		resolver.Close()
		return addr, nil, err
	}
	return resolver.Addr, func() { resolver.Close(); server.Close() }, nil
}

// judgePaths says what is wrong with a finding, given what may be said of the list by each path alone.
func judgePaths(through, at *mixedList, f *dnsbl.Finding) string {
	always := func(*behaviour, bool) bool { return true }
	never := func(*behaviour, bool) bool { return false }
	got, resolver, servers := kindOf(verdictOf(f)), through.verdicts(never)[0], at.verdicts(never)[0]
	either := append(through.verdicts(always), at.verdicts(always)...)
	listing := []string{isListed, isUnconfirmed}
	switch {
	case slices.Contains(listing, got) && !slices.ContainsFunc(either, func(v string) bool { return slices.Contains(listing, v) }):
		return "listed by neither path"
	case got == notListed && !slices.Contains(either, notListed):
		return "clean by neither path"
	case through.waits() || at.waits(): // then it is a matter of time who is heard
	case resolver == isListed && got != isListed:
		return "the resolver proves a listing"
	case resolver == notListed && got != notListed:
		return "the resolver proves that there is none"
	case at.meets("alias"): // to where the name server is not in charge
	case resolver == failed && slices.Contains([]string{isListed, notListed}, servers) && got != servers:
		return "the name servers prove: " + servers
	}
	return ""
}

// meets says whether anything that is asked about the list meets a behaviour with a word in its name.
func (l *mixedList) meets(word string) bool {
	return slices.ContainsFunc(append([]*behaviour{l.question, l.positive}, l.negatives...), func(b *behaviour) bool {
		return b != nil && strings.Contains(b.name, word)
	})
}

// waits says whether anything that is asked about the list is not answered at once.
func (l *mixedList) waits() bool {
	return slices.ContainsFunc(append([]*behaviour{l.question, l.positive}, l.negatives...), func(b *behaviour) bool { return b != nil && b.waits() })
}
