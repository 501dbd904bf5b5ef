package survey

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/parallel"
	"check_dnsbl/internal/resolver"
)

// A resolver that minimizes query names (RFC 9156) asks for 127.ZONE before 0.127.ZONE, and so on.
// If it does so strictly, it stops where there are no records. Many lists answer NXDOMAIN there, as
// rbldnsd does. So it finds no listing, except for names whose parents it has cached: above all the
// test entries. A proof through such a resolver proves nothing.
//
// A probe needs a name that exists and whose parents are not cached. For rbldnsd, 000.00.127 is
// 0.0.127. So 2.000.00.127.ZONE exists, 000.00.127.ZONE does not, and nothing else queries them.
// The probe queries AAAA records, as unbound then does not cache the parents.
type minimization int

const (
	undecided minimization = iota // no list that was probed has such a name
	strict
	relaxed // or it does not minimize them
)

const (
	probedAtOnce = 2 // lists, at random
	mostProbed   = 6 // until one decides
	mostSteps    = 4 // as many as an IPv4 address has labels
)

// A probe has what is known of how a resolver minimizes query names.
type probe = parallel.Lazy[minimization]

// probe returns the probe of a resolver, and begins it if there is none. Its end is signaled.
func (s *Survey) probe(server netip.AddrPort) *probe {
	found, begun := s.probes.Load(server)
	if !begun {
		found, begun = s.probes.LoadOrStore(server, parallel.NewLazy[minimization]())
	}
	p := found.(*probe)
	// Also if it was there: who stored it may not have got to this line yet.
	p.Start(s.background, func(ctx context.Context) minimization {
		client := s.client.Only(server)
		client.Final = true // all wait for the probe
		return s.minimization(ctx, client)
	})
	if begun {
		return p
	}
	go func() {
		parallel.Guard(func() { p.Get(context.Background(), s.background, nil) }, func(any) {})
		select {
		case s.probed <- struct{}{}:
		default: // there is a signal already
		}
	}()
	return p
}

// minimizes returns what is known of a resolver by now; ok is false if the probe has not ended.
func (s *Survey) minimizes(server netip.AddrPort) (m minimization, ok bool) {
	found, begun := s.probes.Load(server)
	if !begun {
		found = s.probe(server)
	}
	p := found.(*probe)
	if !p.Known() {
		return undecided, false
	}
	m, _ = p.Value()
	return m, true
}

// mayBeAbsent reports whether an absence may be settled. For an address the probe of the resolver
// may still be under way: the absence waits for it later. For a domain the resolver must be known
// to be relaxed.
func (s *Survey) mayBeAbsent(c *check, server netip.AddrPort) bool {
	m, _ := s.minimizes(server)
	return m == relaxed || m == undecided && c.subject.Addr.IsValid()
}

// trusts reports whether the resolver behind absences is known not to be strict, or nothing more
// will be known of it.
func (s *Survey) trusts(a *absences) bool {
	if a.direct {
		return true
	}
	m, known := s.minimizes(a.server)
	return known && m != strict
}

// minimization probes a resolver at some lists, until one shows that it is relaxed: a list that
// changes in between can only seem to show that it is strict.
func (s *Survey) minimization(ctx context.Context, client *resolver.Client) minimization {
	ctx, cancel := context.WithTimeout(ctx, s.client.Share(ctx, 4))
	defer cancel()
	var lists, limited []*dnsbl.List
	for _, i := range rand.Perm(len(s.lists)) {
		l := &s.lists[i]
		switch usual := l.Subjects&dnsbl.IPv4 != 0 && !l.Tests.None && l.Tests.IPv4 == ""; {
		case !usual || s.limiters[l] != nil:
		case l.Limit.PerDay > 0: // probed only if there are no others
			limited = append(limited, l)
		default:
			lists = append(lists, l)
		}
	}
	if len(lists) == 0 {
		lists = limited
	}
	lists = lists[:min(len(lists), mostProbed)]
	results := make([]minimization, len(lists))
	parallel.Each(len(lists), probedAtOnce, func(i int) {
		if results[i] = probeList(ctx, lists[i], client); results[i] == relaxed {
			cancel()
		}
	}, func(int, any) {})
	return slices.Max(append(results, undecided))
}

// An asker queries names on a list, all at a time, through the resolver that is probed.
type asker func(t dnsbl.Type, names ...string) []dnsbl.Answer

// probeList probes a resolver at one list. It is relaxed if it finds a name that the list has,
// although the name above does not exist. It is strict if it finds no name of that kind. BIND shows
// that it is strict by an NXDOMAIN that has no SOA record at first, and one later. Mirrors of a
// list that differ look like that too, but not each time.
func probeList(ctx context.Context, l *dnsbl.List, client *resolver.Client) minimization {
	ask := asker(func(t dnsbl.Type, names ...string) []dnsbl.Answer {
		questions := make([]dnsbl.Question, len(names))
		for i := range names {
			questions[i] = dnsbl.Question{Name: names[i] + "." + l.Origin(), Type: t}
		}
		return client.AskAll(ctx, questions...)
	})
	above, absent := unwalked(), reserved()
	answers := ask(dnsbl.AAAA, "2."+above[0], above[0], "1."+absent)
	there, not := answers[0], answers[2]
	switch {
	case there.Cause != "" || !answers[1].NXDomain || !not.NXDomain:
		return undecided
	case there.NXDomain && !ask.findsWalked(l):
		return undecided
	case there.NXDomain && ask.findsNone(above[1:]):
		return strict
	}
	found := relaxed
	if not.Zone == "" {
		found = ask.compareSOA(absent)
	}
	if there.NXDomain && found == relaxed {
		return undecided
	}
	return found
}

// findsWalked reports whether the test entry is found by the names 2.00.0.127 and 2.000.0.127,
// which differ from 2.0.0.127 in the last step only. A list with a wildcard there has any name.
func (ask asker) findsWalked(l *dnsbl.List) bool {
	for _, zeros := range [...]string{"00", "000"} {
		listed := false
		for step := 0; step < mostSteps && !listed; step++ { // each gets one step further
			listed = l.Lists(ask(dnsbl.A, "2."+zeros+".0.127")[0])
		}
		if !listed {
			return false
		}
	}
	// Some lists answer NXDOMAIN to all AAAA queries.
	answers := ask(dnsbl.AAAA, "2.00.0.127", "2.000.0.127", "1.00.0.127")
	exists := func(a dnsbl.Answer) bool { return a.Cause == "" && !a.NXDomain }
	return exists(answers[0]) && exists(answers[1]) && answers[2].NXDomain
}

// findsNone reports whether the resolver finds the test entry below none of these names.
func (ask asker) findsNone(above []string) bool {
	names := make([]string, len(above))
	for i := range above {
		names[i] = "2." + above[i]
	}
	found := func(a dnsbl.Answer) bool { return !a.NXDomain } // or not known
	return !slices.ContainsFunc(ask(dnsbl.AAAA, names...), found)
}

// compareSOA compares the answers to names that do not exist. A resolver is strict if all four seem
// to show it. A list that sends SOA records only now and then seldom does.
func (ask asker) compareSOA(absent string) minimization {
	if first := ask.walk(absent, 1); first != strict {
		return first
	}
	var more [3]minimization
	parallel.Each(len(more), len(more), func(i int) {
		more[i] = ask.walk(reserved(), 0)
	}, func(int, any) {})
	if slices.ContainsFunc(more[:], func(m minimization) bool { return m != strict }) {
		return undecided
	}
	return strict
}

// walk queries a name until the answer has an SOA record. The resolver seems strict if the first
// answer has none, and other names there have one at once. It is relaxed if there never is one.
func (ask asker) walk(above string, steps int) minimization {
	for ; steps <= mostSteps; steps++ {
		answer := ask(dnsbl.AAAA, "1."+above)[0]
		switch {
		case answer.NXDomain && answer.Zone == "":
			continue
		case !answer.NXDomain || steps == 0:
			return undecided
		}
		others := ask(dnsbl.AAAA, "2."+above, "3."+above)
		if others[0].Zone == "" || others[1].Zone == "" {
			return undecided
		}
		return strict
	}
	return relaxed
}

// unwalked returns, in random order, all other ways to write 0.0.127 that nothing else queries.
func unwalked() []string {
	names := []string{
		"0.00.127", "0.000.127", "00.00.127", "00.000.127", "000.00.127", "000.000.127",
	}
	rand.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	return names
}

// reserved returns the first three bytes, reversed, of a random reserved address (RFC 1112 section
// 4).
func reserved() string {
	return fmt.Sprintf("%d.%d.%d", rand.IntN(256), rand.IntN(256), 240+rand.IntN(15))
}

// unlessStrict returns a finding through a resolver as a failure if the resolver is strict, so that
// absences and test entries mean nothing. If nothing is known of the resolver, a domain is queried
// once more for each of its labels, as each query gets one step further. If one of these gets no
// answer, the check has failed.
func (s *Survey) unlessStrict(ctx context.Context, c *check, f dnsbl.Finding) dnsbl.Finding {
	missing := f.Cause == dnsbl.NoTestEntry
	if !f.Server.IsValid() || f.Outcome != dnsbl.NotListed && !missing && !c.test {
		return f
	}
	m, _ := s.probe(f.Server).Get(ctx, s.background, nil)
	if m == undecided && !missing && !c.test {
		for range strings.Count(c.subject.Domain, ".") { // not for an address
			c.resolvers.sent.Add(1)
			answer := c.resolvers.path.Only(f.Server).Ask(ctx, f.Evidence.Question.Question)
			if answer.Cause != "" { // and so the resolver may be strict
				return c.list.Judge(c.subject, &dnsbl.Evidence{Question: answer})
			}
			if c.list.Claims(answer) {
				m = strict
				break
			}
		}
	}
	if m != strict {
		return f
	}
	q := c.list.Question(c.subject, dnsbl.A)
	stopped := dnsbl.Answer{Question: q, Cause: dnsbl.StrictResolver, Server: f.Server}
	return c.list.Judge(c.subject, &dnsbl.Evidence{Question: stopped})
}
