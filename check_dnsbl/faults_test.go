package main

import (
	"context"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"check_dnsbl/internal/check"
	"check_dnsbl/internal/checktest"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
	"check_dnsbl/internal/parallel"
	"check_dnsbl/internal/verdict"

	"github.com/olorin/nagiosplugin"
)

// The subjects of the table: each list has one address and one domain listed and one of each not
// listed.
const (
	carriedAddr, carriedDomain = "192.0.2.25", "listed.test"
	absentAddr, absentDomain   = "198.51.100.7", "clean.test"
)

// A cell is one behaviour of some of the questions about one entry: Q the question proper, P the
// positive test entry, N the negative ones; the others are healthy.
type cell struct {
	behaviour           *behaviour
	label               string // keeps its list apart from the others
	faulty              string
	there               bool
	list                dnsbl.List
	want, got           string
	wantState, gotState nagiosplugin.Status
}

// The columns of the table.
func columns() []string { return []string{"Q", "P", "N", "QP", "QN", "PN", "QPN"} }

// through returns the behaviour if it befalls a question of this kind, or nil.
func (c *cell) through(kind string) *behaviour {
	if strings.Contains(c.faulty, kind) {
		return c.behaviour
	}
	return nil
}

// newCell makes a cell with its list and what is expected of it.
func newCell(b *behaviour, row int, faulty string, there bool) *cell {
	c := &cell{behaviour: b, label: fmt.Sprintf("r%d-%s-%t", row, faulty, there), faulty: faulty, there: there, got: "was not asked"}
	s := sight{question: seen(c.through("Q"), there), positive: seen(c.through("P"), !b.list.untested)}
	for range b.list.negatives() {
		s.negatives = append(s.negatives, seen(c.through("N"), false))
	}
	c.want = expected(s, b.list)
	c.wantState = expectedState(c.want, b.list)
	return c
}

// scripted returns the list of a world in which the cell is true.
func (c *cell) scripted() dnstest.List {
	l := c.behaviour.list
	list := dnstest.List{Zone: c.list.Origin(), NoTests: true, Entries: map[string][]string{}, Texts: map[string][]string{}, FaultAt: map[string]dnstest.Fault{}}
	subject := subjectOf(c.there, l.domains)
	if c.there {
		list.Entries[subject] = []string{or(l.code, "127.0.0.3")}
		list.Texts[subject] = []string{or(l.text, "why")}
	}
	entry, code := l.positive()
	if !l.untested {
		list.Entries[entry] = []string{code}
	}
	if c.through("Q") != nil {
		list.FaultAt[subject] = c.behaviour.fault
	}
	if c.through("P") != nil {
		list.FaultAt[entry] = c.behaviour.fault
	}
	for _, negative := range l.negatives() {
		if c.through("N") != nil {
			list.FaultAt[negative] = c.behaviour.fault
		}
	}
	return list
}

func subjectOf(there, domains bool) string {
	switch {
	case there && domains:
		return carriedDomain
	case there:
		return carriedAddr
	case domains:
		return absentDomain
	}
	return absentAddr
}

// TestFaultTable queries through every behavior on the wire, with every combination of faulty and
// healthy queries, about an address that is listed and one that is not. An oracle of its own knows
// the verdict for each; testdata/faults/table.txt shows them all. With -v it prints behavior,
// expected and got.
func TestFaultTable(t *testing.T) {
	t.Parallel()
	holdTable(t, "table.txt", legend(), append(anyList(), operators()...))
}

// TestFaultTableDirect is the same at the lists' own name servers, of answers without a record.
func TestFaultTableDirect(t *testing.T) {
	t.Parallel()
	needsNameServer(t)
	chapters := []chapter{{"no record, and no proof that there is none", noProofs()}, {"the domain has ended", ended()}}
	for _, ch := range chapters {
		for i := range ch.behaviours {
			ch.behaviours[i] = ch.behaviours[i].atNameServers()
		}
	}
	const legend = "The same as table.txt, if the lists are asked at their own name servers (--direct always).\n"
	holdTable(t, "direct.txt", legend, chapters)
}

// holdTable asks through every behaviour, and holds what comes of it against what is expected and
// against the file of the table.
func holdTable(t *testing.T, file, legend string, chapters []chapter) {
	var cells []*cell
	rows := 0
	for _, ch := range chapters {
		for i := range ch.behaviours {
			for _, faulty := range columns() {
				if ch.behaviours[i].via == closedPort && faulty != "QPN" {
					continue // no server answers any query
				}
				cells = append(cells, newCell(&ch.behaviours[i], rows, faulty, true), newCell(&ch.behaviours[i], rows, faulty, false))
			}
			rows++
		}
	}
	askPatiently(t, cells)
	for _, c := range cells {
		line := fmt.Sprintf("%-45s %-4s listed %-6t expected %-32s %-8v got %-32s %v", c.behaviour.name, c.faulty, c.there, c.want, c.wantState, c.got, c.gotState)
		if c.want != c.got || c.wantState != c.gotState {
			t.Error(line)
			continue
		}
		if testing.Verbose() {
			t.Log(line)
		}
	}
	t.Logf("%d behaviours, %d cells", rows, len(cells))
	golden(t, filepath.Join("testdata", "faults", file), legend+tableOf(chapters, cells))
}

// golden holds text against a file, or writes it there.
func golden(t *testing.T, path, text string) {
	if *update {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != text {
		t.Errorf("%s differs:\n%s", path, checktest.Difference(string(want), text))
	}
}

// askPatiently asks again, a few times, where the difference may be that the machine is too busy to
// answer in time: there are fewer to ask each time. A verdict that should not be, listed or not, is
// wrong at once, and so is any other failure.
func askPatiently(t *testing.T, cells []*cell) {
	late := []string{isUnconfirmed, dnsbl.Timeout.Text(), dnsbl.Truncated.Text(), dnsbl.Malformed.Text(), dnsbl.NoNameServers.Text(), dnsbl.ServFail.Text()}
	for round := range 8 {
		for _, c := range cells {
			c.list = c.behaviour.list.as(fmt.Sprintf("%s-%d", c.label, round))
		}
		askCells(t, cells)
		cells = slices.DeleteFunc(slices.Clone(cells), func(c *cell) bool { return c.got == c.want || !slices.Contains(late, c.got) })
		if len(cells) == 0 {
			return
		}
		t.Logf("%d cells are asked again", len(cells))
	}
}

// A run of the program asks all that can be asked together: through one resolver, about one
// subject, in one pace.
type batchOf struct {
	via          string
	there, waits bool
}

// askCells runs the program's survey over the cells. Those with nothing to wait for come first: a
// machine that is busy answering must not look like a silent resolver.
func askCells(t *testing.T, cells []*cell) {
	runs := map[batchOf][]*cell{}
	for _, c := range cells {
		b := batchOf{c.behaviour.via, c.there, c.behaviour.waits()}
		runs[b] = append(runs[b], c)
	}
	for _, waits := range []bool{false, true} {
		var parts []func()
		for b, together := range runs {
			for part := range slices.Chunk(together, mostTogether) {
				if b.waits == waits {
					parts = append(parts, func() { askTogether(t, b, part) })
				}
			}
		}
		together := mostParts
		if waits {
			together *= 2 // which are idle most of the time
		}
		parallel.Each(len(parts), together, func(i int) { parts[i]() },
			func(i int, reason any) { t.Errorf("run %d: %v", i, reason) })
	}
}

// mostTogether is how many lists are queried in one run: some are tried again after a pause, and as
// many pause together as a resolver may be sent.
const mostTogether = 200

// mostParts is how many runs there are at a time: a machine that is too busy to answer would look
// like a resolver that is silent.
const mostParts = 3

// askTogether asks the lists of the cells in one run and notes what each of them would have made of
// the plugin alone.
func askTogether(t *testing.T, b batchOf, cells []*cell) {
	resolver, port := serve(t, b, cells)
	args := []string{"-H", subjectOf(b.there, false), "-H", "domain:" + subjectOf(b.there, true), "-v", "-t", "60", "--resolver", resolver}
	if b.via == nameServers {
		args = append(args, "--direct", "always")
	}
	cfg, err := readConfig(args)
	if err != nil {
		t.Error(err)
		return
	}
	cfg.plan.Selection.Lists = nil
	byZone := map[string]*cell{}
	for _, c := range cells {
		cfg.plan.Selection.Lists = append(cfg.plan.Selection.Lists, c.list)
		byZone[c.list.Zone] = c
	}
	if b.waits {
		cfg.plan.Client.Wait = faultWait
	}
	cfg.plan.Client.Port = port
	ctx, cancel := context.WithTimeout(t.Context(), cfg.plan.Timeout)
	defer cancel()
	together, err := check.New(cfg.plan).Check(ctx, nil)
	if err != nil {
		t.Error(err)
		return
	}
	for _, f := range slices.Concat(together.Verdict.AllFindings...) {
		c := byZone[f.List.Zone]
		c.got = verdictOf(&f)
		alone := verdict.NewTallier(cfg.plan.Rules)
		alone.Add(alone.Count([]dnsbl.Finding{f}))
		c.gotState = alone.Verdict(nil, verdict.ReverseDNS{}).State
	}
}

// serve starts the world in which the cells are true and returns the resolver to ask, and the port
// of name servers.
func serve(t *testing.T, b batchOf, cells []*cell) (resolver string, port uint16) {
	world := dnstest.World{UDPOnly: b.via == noTCP}
	world.Lists = append(world.Lists, failing())
	own := dnstest.World{}
	for _, c := range cells {
		list := c.scripted()
		world.Lists = append(world.Lists, list)
		if b.via == nameServers {
			world.Records = append(world.Records, list.Zone+" NS ns.test")
			own.Zones = append(own.Zones, list.Zone)
		}
	}
	if b.via == nameServers {
		own.Lists, world.Lists = world.Lists, nil
		world.Records = append(world.Records, "ns.test A "+nameServer)
	}
	server, err := dnstest.Start(world)
	if err != nil {
		t.Error(err)
		return "127.0.0.1", 0
	}
	t.Cleanup(server.Close)
	switch b.via {
	case closedPort:
		server.Close()
	case nameServers:
		at, err := dnstest.StartAt(netip.AddrPortFrom(netip.MustParseAddr(nameServer), server.Addr.Port()), own)
		if err != nil {
			t.Error(err)
			break
		}
		t.Cleanup(at.Close)
	}
	return server.Addr.String(), server.Addr.Port()
}
