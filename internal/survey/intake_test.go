package survey

import (
	"context"
	"net/netip"
	"slices"
	"testing"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
)

// numbered returns n addresses, each of the next kind of those given.
func numbered(n int, kinds ...dnsbl.Subjects) []dnsbl.Subject {
	subjects := make([]dnsbl.Subject, n)
	for i := range subjects {
		subjects[i].Addr = netip.AddrFrom4([4]byte{198, 51, byte(i >> 8), byte(i)})
		if kinds[i%len(kinds)] == dnsbl.IPv6 {
			subjects[i].Addr = netip.AddrFrom16([16]byte{0: 0x20, 14: byte(i >> 8), 15: byte(i)})
		}
	}
	return subjects
}

// intakeOf returns an intake of subjects for one list.
func intakeOf(t *testing.T, subjects []dnsbl.Subject) *intake {
	next := make(chan dnsbl.Subject, len(subjects))
	for _, s := range subjects {
		next <- s
	}
	close(next)
	return &intake{ctx: t.Context(), lists: unknowns("a.example"), next: func() (dnsbl.Subject, bool) {
		s, ok := <-next
		return s, ok
	}}
}

// settle tells an intake what came of a row of one check.
func settle(in *intake, c *check, verdict bool) {
	c.row, c.finding = new(row), &dnsbl.Finding{Outcome: dnsbl.Failed}
	if verdict {
		c.finding.Outcome = dnsbl.NotListed
	}
	in.note(c)
}

// If no list gives a verdict on a kind of subjects, the first few are taken and the rest is given
// up.
func TestIntake(t *testing.T) {
	four, both := []dnsbl.Subjects{dnsbl.IPv4}, []dnsbl.Subjects{dnsbl.IPv4, dnsbl.IPv6}
	tests := []struct {
		kinds         []dnsbl.Subjects
		n             int
		verdict       func(i int) bool // on the i-th subject that is taken
		taken, gaveUp int
	}{
		{four, 200, func(int) bool { return false }, 200, 0},
		{four, 1000, func(int) bool { return false }, 256, 744},
		{four, 1000, func(i int) bool { return i == 255 }, 512, 488},
		{four, 1000, func(i int) bool { return i%256 == 0 }, 1000, 0},
		{both, 1000, func(int) bool { return false }, 512, 488},
	}
	for _, tt := range tests {
		in := intakeOf(t, numbered(tt.n, tt.kinds...))
		taken := 0
		for checks := in.fill(nil); len(checks) > 0; checks = in.fill(nil) {
			settle(in, &checks[0], tt.verdict(taken))
			taken++
		}
		if taken != tt.taken || in.gaveUp != tt.gaveUp {
			t.Errorf("%v, %d: %d taken and %d given up, want %d and %d",
				tt.kinds, tt.n, taken, in.gaveUp, tt.taken, tt.gaveUp)
		}
	}
}

// Counting what is given up ends with the run, however many subjects are left.
func TestIntakeEnds(t *testing.T) {
	in := intakeOf(t, numbered(1000, dnsbl.IPv4))
	for checks := in.fill(nil); len(checks) > 0; checks = in.fill(nil) {
		settle(in, &checks[0], false)
		if in.kinds[dnsbl.IPv4].silent == hopeless {
			ctx, cancel := context.WithCancel(t.Context())
			in.ctx = ctx
			cancel()
		}
	}
	if in.gaveUp != 0 {
		t.Errorf("gave up on %d", in.gaveUp)
	}
}

// Subjects that no list lists are passed over, however many there are.
func TestIntakePassesOver(t *testing.T) {
	in := intakeOf(t, append(numbered(2*hopeless, dnsbl.IPv6), addresses("192.0.2.1")...))
	in.lists[0].Subjects = dnsbl.IPv4
	if checks := in.fill(nil); len(checks) != 1 || in.gaveUp > 0 {
		t.Errorf("%d checks, gave up on %d", len(checks), in.gaveUp)
	}
}

// An intake that is far ahead of the verdicts takes no more subjects of a kind that is given up,
// and no fewer of another.
func TestIntakeAhead(t *testing.T) {
	in := intakeOf(t, numbered(2000, dnsbl.IPv4, dnsbl.IPv6))
	taken := map[dnsbl.Subjects]int{}
	for more := true; more; {
		var ahead []check
		for checks := in.fill(nil); len(checks) > 0; checks = in.fill(nil) {
			ahead = append(ahead, checks...)
		}
		more = len(ahead) > 0
		for i := range ahead {
			kind := ahead[i].subject.Kind()
			taken[kind]++
			settle(in, &ahead[i], kind == dnsbl.IPv6)
		}
	}
	if taken[dnsbl.IPv4] != 256 || taken[dnsbl.IPv6] != 1000 || in.gaveUp != 744 {
		t.Errorf("%v taken, %d given up", taken, in.gaveUp)
	}
}

// A run that is over before it begins has findings on one subject, to tell why there are no others.
func TestNoTime(t *testing.T) {
	server, client := surveyWorld(t, dnstest.List{Zone: "a.example"})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	survey := New(client, unknowns("a.example"))
	got := short(found(ctx, survey, addresses("192.0.2.1", "192.0.2.2")))
	if want := []string{"a.example 192.0.2.1 failed timeout"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if asked := server.Queries(); len(asked) > 0 || survey.GaveUp() > 0 {
		t.Errorf("asked %q, gave up on %d", asked, survey.GaveUp())
	}
}
