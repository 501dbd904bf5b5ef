package survey

import (
	"context"
	"time"

	"check_dnsbl/internal/dnsbl"
)

// A proof grows old: a list may end, or begin to refuse us, in the middle of a run. So an absence
// counts between two proofs that hold, and a few absences count right after one.
const (
	mostAbsences  = 256             // before the proof is renewed
	leastAbsences = 64              // before it is renewed because it is old
	fewAbsences   = 32              // that count without a second proof ...
	freshFor      = 5 * time.Second // ... unless the first is older than this
)

// absencesOf returns the absences that a finding belongs to.
func (q *queue) absencesOf(f *dnsbl.Finding, p *proof) *absences {
	for _, a := range q.absences {
		if a.direct == f.Direct && a.server == f.Server {
			return a
		}
	}
	a := &absences{direct: f.Direct, server: f.Server, proof: p, proved: p.since}
	q.absences = append(q.absences, a)
	return a
}

// add notes an absence. It reports whether the proof is due to be renewed: there are as many
// absences as there may be, or enough and the proof is older than age.
func (a *absences) add(c *check, now time.Time, most int, age time.Duration) bool {
	a.checks = append(a.checks, c)
	a.total++
	a.last = now
	n, old := len(a.checks), now.Sub(a.proved) >= age
	return len(a.asked) == 0 && (n >= most || n >= leastAbsences && old)
}

// few reports whether the absences are so few, and so soon after the proof, that they need no
// other.
func (a *absences) few() bool {
	return a.total <= fewAbsences && a.last.Sub(a.proved) < freshFor
}

// begin makes the absences so far wait for a proof that is under way.
func (a *absences) begin(now time.Time) {
	a.asked, a.checks, a.begun = a.checks, nil, now
}

// renew queries the positive test entries again. It runs in a goroutine of its own, and p is the
// proof at its start: the scheduler may replace it meanwhile.
func (a *absences) renew(ctx context.Context, p *proof) {
	a.answers = p.askPositive(ctx, p.path.Only(a.server), nil)
}

// end ends a proof. It returns the checks that it is for, and whether it holds: if not, nothing
// that was heard since the one before counts.
func (a *absences) end() (checks []*check, holds bool) {
	checks, a.asked = a.asked, nil
	if f := a.judge(checks[0], a.answers); f.Outcome == dnsbl.NotListed {
		a.proved = a.begun
		return checks, true
	}
	a.refuted, a.refutation = time.Now(), a.answers
	checks, a.checks = append(checks, a.checks...), nil
	return checks, false
}

// remove returns the checks that no proof is under way for, and forgets them.
func (a *absences) remove() []*check {
	checks := a.checks
	a.checks = nil
	return checks
}

// judge returns what an absence is worth after a proof.
func (a *absences) judge(c *check, proof []dnsbl.Answer) dnsbl.Finding {
	q := c.list.Question(c.subject, dnsbl.A)
	absent := dnsbl.Answer{Question: q, NXDomain: true, Server: a.server}
	f := c.list.Judge(c.subject, &dnsbl.Evidence{Question: absent, Positive: proof})
	f.Direct = a.direct
	return f
}
