package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"check_dnsbl/internal/check"
	"check_dnsbl/internal/checktest"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
	"check_dnsbl/internal/parallel"
)

const nameServer = "127.0.1.9"

// TestHostilePaths queries lists by both paths, through the resolver and at their own name servers,
// and lets each query on each path meet any behavior of the fault table. There must be no verdict
// that neither path alone would give. The verdict must be the one that the resolver proves at once,
// or else the one that the name servers prove.
func TestHostilePaths(t *testing.T) {
	needsNameServer(t)
	start, runs := time.Now(), cmp.Or(*mixRuns, runs(5, 40))
	var direct atomic.Int32
	run := func(seed uint64) misdeeds { return pathRun(seed, &direct) }
	done := make([]misdeeds, runs)
	parallel.Each(runs, mixAtOnce, func(i int) {
		done[i] = run(*mixSeed + uint64(i))
	}, func(i int, reason any) { done[i].wrong = []string{fmt.Sprint("panic: ", reason)} })
	repeated, _ := settle(t, done, run)
	t.Logf("%d mixes in %d runs, %d verdicts from name servers, %.1f s; %d runs repeated",
		runs*mixSize, runs, direct.Load(), time.Since(start).Seconds(), repeated)
	if runs > 1 && int(direct.Load()) < runs {
		t.Errorf("only %d verdicts from name servers", direct.Load())
	}
}

// needsNameServer skips a test where the name servers' address is not on loopback.
func needsNameServer(t *testing.T) {
	probe, err := dnstest.StartAt(netip.AddrPortFrom(netip.MustParseAddr(nameServer), 0), dnstest.World{})
	if errors.Is(err, syscall.EADDRNOTAVAIL) {
		t.Skip("this machine has but one loopback address:", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	probe.Close()
}

// pathRun makes one run and returns what is wrong with it. It adds the verdicts that the name servers
// gave to direct.
func pathRun(seed uint64, direct *atomic.Int32) (faults misdeeds) {
	random := rand.New(rand.NewPCG(seed, 1))
	through := newMix(random, mixSize)
	at := newMix(random, mixSize)
	for i := range at { // the same lists
		at[i].facts, at[i].typed, at[i].there = through[i].facts, through[i].typed, through[i].there
	}
	addr, stop, err := startPaths(through, at)
	if err != nil {
		return misdeeds{wrong: []string{err.Error()}}
	}
	defer stop()
	cfg, err := readConfig(through.command(addr.String()))
	if err != nil {
		return misdeeds{wrong: []string{err.Error()}}
	}
	cfg.plan.Client.Port = addr.Port()
	ctx, cancel := context.WithTimeout(context.Background(),
		2*cfg.plan.Timeout*time.Duration(slowness()))
	defer cancel()
	cfg.plan.KeepAll = true
	var outcome check.Outcome
	faults.busy = !checktest.Undisturbed(func() { outcome, err = check.New(cfg.plan).Check(ctx, nil) })
	if err != nil {
		return misdeeds{wrong: []string{err.Error()}}
	}
	findings := outcome.Verdict.AllFindings[0] // on the one subject
	excused := faults.busy || checktest.Race() // every machine is too busy to be in time then
	for i, f := range findings {
		if f.Direct {
			direct.Add(1)
		}
		why, late := judgePaths(&through[i], &at[i], &f)
		if why == "" {
			continue
		}
		what := fmt.Sprintf("%s, %s\n  resolver:     %s\n  name servers: %s", verdictOf(&f), why, &through[i], &at[i])
		if late && excused {
			faults.late = append(faults.late, what)
		} else {
			faults.wrong = append(faults.wrong, what)
		}
	}
	return faults
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

// judgePaths returns what is wrong with a finding, given what each path alone may say of the list,
// and whether a machine too busy to answer in time would explain it.
func judgePaths(through, at *mixedList, f *dnsbl.Finding) (why string, late bool) {
	always := func(*behaviour, bool) bool { return true }
	never := func(*behaviour, bool) bool { return false }
	got, resolver, servers := kindOf(verdictOf(f)), through.verdicts(never)[0], at.verdicts(never)[0]
	either := append(through.verdicts(always), at.verdicts(always)...)
	listing := []string{isListed, isUnconfirmed}
	switch {
	case slices.Contains(listing, got) && !slices.ContainsFunc(either, func(v string) bool { return slices.Contains(listing, v) }):
		return "listed by neither path", false
	case got == notListed && !slices.Contains(either, notListed):
		return "clean by neither path", false
	case through.waits() || at.waits(): // then it is a matter of time who is heard
	case resolver == isListed && got != isListed:
		return "the resolver proves a listing", true
	case resolver == notListed && got != notListed:
		return "the resolver proves that there is none", true
	case at.meets("alias"): // to where the name server is not in charge
	case resolver == failed && slices.Contains([]string{isListed, notListed}, servers) && got != servers:
		return "the name servers prove: " + servers, true
	}
	return "", false
}

// meets reports whether any query to the list meets a behavior with a word in its name.
func (l *mixedList) meets(word string) bool {
	return slices.ContainsFunc(append([]*behaviour{l.question, l.positive}, l.negatives...), func(b *behaviour) bool {
		return b != nil && strings.Contains(b.name, word)
	})
}

// waits reports whether any query to the list is not answered at once.
func (l *mixedList) waits() bool {
	return slices.ContainsFunc(append([]*behaviour{l.question, l.positive}, l.negatives...), func(b *behaviour) bool { return b != nil && b.waits() })
}
