package survey

import (
	"context"
	"net/netip"
	"strings"
	"sync"
	"testing"

	"github.com/miekg/dns"

	"check_dnsbl/internal/checktest"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
	"check_dnsbl/internal/parallel"
	"check_dnsbl/internal/resolver"
)

// Through a resolver that minimizes query names strictly nothing is called clean, whatever is in
// its cache: it fails, or its own name servers tell.
func TestStrictMinimization(t *testing.T) {
	t.Parallel()
	for name, strict := range map[string]func(string) dnstest.Fault{
		"unbound": dnstest.StrictUnbound, "BIND": dnstest.StrictBIND,
	} {
		entries := map[string][]string{"192.0.2.25": {"127.0.0.2"}, "evil.example.com": {"127.0.0.2"}}
		list := dnstest.List{Zone: "bl.example", Entries: entries, Fault: strict("bl.example")}
		_, client := surveyWorld(t, list)
		client.Wait = longWait
		subjects := addresses("198.51.100.7", "192.0.2.25", "203.0.113.9")
		subjects = append(subjects, dnsbl.Subject{Domain: "evil.example.com"})
		for range 6 {
			survey := New(client, unknowns("bl.example"))
			for _, f := range found(t.Context(), survey, subjects) {
				if f.Outcome == dnsbl.NotListed || f.Outcome == dnsbl.Failed && f.Cause != dnsbl.StrictResolver {
					t.Errorf("%s: %s: %s %s", name, f.Subject, f.Outcome, f.Cause.Text())
				}
			}
			survey = New(client, unknowns("bl.example"))
			if f := survey.Test(t.Context()); f[0].Cause != dnsbl.StrictResolver {
				t.Errorf("%s: self-test: %s %s", name, f[0].Outcome, f[0].Cause.Text())
			}
		}
	}
}

// A list whose name server knows that a name exists if there is one below it shows nothing: a strict
// resolver finds its listings, but not those of others.
func TestListWithoutGaps(t *testing.T) {
	t.Parallel()
	whole := func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		if labels, _, _ := strings.Cut(q.Question[0].Name, "whole.example."); strings.Count(labels, ".") < 4 {
			dnstest.NoData(w, q, healthy)
			return
		}
		dnstest.Healthy(w, q, healthy)
	}
	entries := map[string][]string{"198.51.100.25": {"127.0.0.2"}, "203.0.113.25": {"127.0.0.2"}}
	_, client := surveyWorld(t,
		dnstest.List{Zone: "bl.example", Fault: dnstest.StrictUnbound("bl.example"), Entries: entries},
		dnstest.List{Zone: "whole.example", Fault: whole})
	for range 6 { // the test entry gets into the cache
		for _, subject := range []string{"192.0.2.1", "198.51.100.25", "203.0.113.25"} {
			survey := New(client, unknowns("bl.example", "whole.example"))
			f := found(t.Context(), survey, addresses(subject))[0]
			if f.Outcome == dnsbl.NotListed && f.List.Zone == "bl.example" {
				t.Errorf("%s: %s", subject, f.Outcome)
			}
		}
	}
}

// A resolver that finds all names is trusted, after three queries more at a list or a few. A domain
// on a list without addresses is queried once more for each of its labels.
func TestRelaxedMinimization(t *testing.T) {
	t.Parallel()
	checktest.Patiently(t, func(wrong func(format string, args ...any)) {
		server, client := surveyWorld(t, dnstest.List{Zone: "bl.example"})
		survey := New(client, unknowns("bl.example"))
		if f := found(t.Context(), survey, addresses("192.0.2.1")); f[0].Outcome != dnsbl.NotListed {
			wrong("%s %s", f[0].Outcome, f[0].Cause.Text())
		}
		if n := len(server.Queries()); n != 5 {
			wrong("%d queries: %q", n, server.Queries())
		}
		names := unknowns("bl.example")
		names[0].Subjects = dnsbl.Domain
		survey = New(client, names)
		f := found(t.Context(), survey, []dnsbl.Subject{{Domain: "mail.example.com"}})
		if f[0].Outcome != dnsbl.NotListed {
			wrong("%s %s", f[0].Outcome, f[0].Cause.Text())
		}
		if n := server.Count("A mail.example.com.bl.example"); n != 3 {
			wrong("%d queries for the domain", n)
		}
	})
}

// A domain whose repetitions get no answer is not called clean: nothing shows that the resolver
// finds listings.
func TestUnknownMinimization(t *testing.T) {
	t.Parallel()
	once := dnstest.First(1, dnstest.NXDomain, dnstest.Rcode(dnstest.ServFail))
	fault := func(w dns.ResponseWriter, q, healthy *dns.Msg) {
		if q.Question[0].Name == "mail.example.com.bl.example." {
			once(w, q, healthy)
			return
		}
		dnstest.Healthy(w, q, healthy)
	}
	_, client := surveyWorld(t, dnstest.List{Zone: "bl.example", Fault: fault})
	names := unknowns("bl.example")
	names[0].Subjects = dnsbl.Domain
	f := found(t.Context(), New(client, names), []dnsbl.Subject{{Domain: "mail.example.com"}})
	if f[0].Outcome != dnsbl.Failed || f[0].Cause != dnsbl.ServFail {
		t.Errorf("%s %s", f[0].Outcome, f[0].Cause.Text())
	}
}

// A list may look as if the resolver were strict: its SOA records come and go, it has a wildcard, or
// one of its mirrors does not know the spellings of zeros. All but one name come from that mirror.
func TestListLooksStrict(t *testing.T) {
	t.Parallel()
	faults := map[string]dnstest.Fault{
		"SOA records": dnstest.First(1, func(w dns.ResponseWriter, q, healthy *dns.Msg) {
			healthy.Ns = nil
			dnstest.Healthy(w, q, healthy)
		}, dnstest.Healthy),
		"wildcard": func(w dns.ResponseWriter, q, healthy *dns.Msg) {
			switch name := q.Question[0].Name; {
			case name == "1.0.0.127.bl.example.":
			case strings.HasSuffix(name, ".0.127.bl.example."):
				dnstest.Answer("127.0.0.2")(w, q, healthy)
				return
			case strings.HasSuffix(name, "0.127.bl.example."):
				healthy.Rcode = dns.RcodeNameError
			}
			dnstest.Healthy(w, q, healthy)
		},
	}
	for _, other := range append(unwalked(), "00.0.127", "000.0.127") {
		faults["mirrors, but for "+other] = func(w dns.ResponseWriter, q, healthy *dns.Msg) {
			labels, _ := strings.CutSuffix(q.Question[0].Name, ".bl.example.")
			unknown := strings.HasPrefix(labels, "2.") && strings.HasSuffix(labels, "00.127")
			if unknown != (labels == "2."+other) {
				healthy.Rcode, healthy.Answer = dns.RcodeNameError, nil
			}
			dnstest.Healthy(w, q, healthy)
		}
	}
	for name, fault := range faults {
		for range 4 { // a probe takes its names at random
			_, client := surveyWorld(t, dnstest.List{Zone: "bl.example", Fault: fault})
			survey := New(client, unknowns("bl.example"))
			f := found(t.Context(), survey, addresses("198.51.100.7"))[0]
			if f.Outcome != dnsbl.NotListed {
				t.Errorf("%s: %s %s", name, f.Outcome, f.Cause.Text())
			}
		}
	}
}

// A probe that fails is not waited for: it is not repeated as a query of the run is.
func TestProbeFails(t *testing.T) {
	t.Parallel()
	checktest.Patiently(t, func(wrong func(format string, args ...any)) {
		server, client := surveyWorld(t, dnstest.List{
			Zone: "bl.example", Fault: func(w dns.ResponseWriter, q, healthy *dns.Msg) {
				if q.Question[0].Qtype == dns.TypeAAAA {
					dnstest.Rcode(dnstest.ServFail)(w, q, healthy)
					return
				}
				dnstest.Healthy(w, q, healthy)
			},
		})
		survey := New(client, unknowns("bl.example"))
		f := found(t.Context(), survey, addresses("192.0.2.1"))[0]
		if n := len(server.Queries()); f.Outcome != dnsbl.NotListed || n != 5 {
			wrong("%s %s after %d queries: %q", f.Outcome, f.Cause.Text(), n, server.Queries())
		}
	})
}

// A probe is begun when anyone has it, also if another goroutine has only just put it there.
func TestProbeIsBegun(t *testing.T) {
	t.Parallel()
	s := New(&resolver.Client{}, nil) // without lists to probe, a resolver stays undecided
	s.background = &parallel.Background{Context: t.Context()}
	for port := range uint16(2000) {
		server := netip.AddrPortFrom(netip.MustParseAddr("192.0.2.53"), port+1)
		begin := make(chan struct{})
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				<-begin
				parallel.Guard(func() {
					s.probe(server).Get(t.Context(), s.background, nil)
				}, func(reason any) { t.Errorf("port %d: %v", port, reason) })
			})
		}
		close(begin)
		all.Wait()
		if t.Failed() {
			return
		}
	}
}

// Name servers that a list is queried at are not taken for resolvers.
func TestNameServersAreNotProbed(t *testing.T) {
	s := New(&resolver.Client{}, unknowns("a.example"))
	s.background = &parallel.Background{Context: t.Context()}
	server := netip.MustParseAddrPort("192.0.2.53:53")
	direct := absences{direct: true, server: server, checks: make([]*check, 1)}
	d := newScheduler(s)
	d.queues = []*queue{{absences: []*absences{&direct}}}
	if d.probed(); len(direct.checks) != 1 {
		t.Error("an absence that needs no resolver is doubted")
	}
	if _, begun := s.probes.Load(server); begun {
		t.Error("a name server is probed")
	}
}

// An absence by a strict resolver never waits for a proof that none can give, also if its check came
// back only after the probe.
func TestAbsenceAfterProbe(t *testing.T) {
	for _, over := range []bool{false, true} {
		ctx, end := context.WithCancel(t.Context())
		s := New(&resolver.Client{}, unknowns("a.example"))
		s.background = &parallel.Background{Context: ctx}
		server := netip.MustParseAddrPort("192.0.2.53:53")
		known := parallel.NewLazy[minimization]()
		known.Set(strict)
		s.probes.Store(server, known)
		d := newScheduler(s)
		d.onSettled = func(*check) {}
		c := check{subject: addresses("192.0.2.1")[0], list: &s.lists[0], row: &row{left: 1}}
		c.queue = d.queue(&c)
		c.resolvers = newProof(c.list, c.subject, s.client, s.background)
		if over {
			end()
		}
		d.settle(&c, dnsbl.Finding{Outcome: dnsbl.NotListed, Server: server})
		d.proveRest(false)
		switch again := len(c.queue.checks) == 1; {
		case c.row.unproved > 0:
			t.Errorf("over %t: the absence waits forever", over)
		case over && c.result().Cause != dnsbl.StrictResolver, !over && !again:
			t.Errorf("over %t: %s, again %t", over, c.result().Outcome, again)
		}
		end()
	}
}
