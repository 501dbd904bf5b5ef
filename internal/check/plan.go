package check

import (
	"sync/atomic"
	"time"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/resolver"
	"check_dnsbl/internal/secret"
	"check_dnsbl/internal/survey"
	"check_dnsbl/internal/target"
	"check_dnsbl/internal/verdict"
)

// A Plan is all that a run needs to know, in ready values.
type Plan struct {
	Targets    []target.Target
	Families   dnsbl.Subjects // of the addresses that names stand for: dnsbl.IPv4, IPv6 or both
	Selection  catalog.Selection
	Rules      verdict.Rules
	Client     resolver.Client
	Direct     survey.Direct // when lists are queried at their own name servers
	Rate       float64       // queries a second to each list at most; 0: the limits of operators
	Timeout    time.Duration // of the whole run, look-ups of hosts included
	ReverseDNS bool          // look up the reverse DNS of the addresses too
	Gaps       []dnsbl.Note  // what the user wants checked and the run leaves out
	Mask       secret.Mask   // of the keys, which operators may repeat in what they write
	KeepAll    bool          // keep all findings, with their evidence, and name all skipped lists
}

// A Run executes a Plan.
type Run struct {
	Plan
	survey *survey.Survey

	// For Progress.
	lookUps lookUps
	total   atomic.Int64 // subjects found
	listed  atomic.Int64 // of those that are done
	reverse atomic.Int64 // addresses whose reverse DNS is not looked up yet

	allFindings [][]dnsbl.Finding // on the first subjects, with KeepAll
}

// An Outcome is the result of a run.
type Outcome struct {
	Verdict verdict.Verdict
	Queries int          // sent by UDP, each try counted
	Notes   []dnsbl.Note // to print below the verdict
}

// An OnSubject function is called with the findings on each subject, in the order of the subjects.
// The findings are valid until it returns. The run waits for it, so that a slow reader of the
// output slows the run down.
type OnSubject func(*verdict.Tally, []dnsbl.Finding)

// New returns the run of a plan. Nothing is sent before Check or SelfTest.
func New(p Plan) *Run {
	s := survey.New(&p.Client, p.Selection.Lists)
	s.Direct, s.Rate = p.Direct, p.Rate
	return &Run{Plan: p, survey: s}
}

// Progress returns how far the run has come. It may be called at any time.
func (r *Run) Progress() Progress {
	return Progress{
		LookUps:  r.lookUps.left(),
		Subjects: int(r.total.Load()),
		Done:     r.survey.Done(),
		Listed:   int(r.listed.Load()),
		Lists:    len(r.Selection.Lists),
		Waiting:  r.survey.Waiting(),
		Servers:  int(r.reverse.Load()),
	}
}
