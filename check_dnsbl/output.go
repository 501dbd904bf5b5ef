package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/report"
	"check_dnsbl/internal/verdict"

	"github.com/olorin/nagiosplugin"
	"golang.org/x/term"
)

// The forms of output.
const (
	forNagios = "nagios"
	asTable   = "table"
	asJSON    = "json"
)

// fail tells why there is no check, as JSON if that was wanted.
func fail(to io.Writer, json bool, reason string) nagiosplugin.Status {
	if json {
		return report.FailJSON(to, programName(), reason)
	}
	return report.Fail(to, reason)
}

// asksJSON says whether arguments, well typed or not, ask for JSON: the last form that they name.
func asksJSON(args []string) bool {
	form, before := "", ""
	for _, arg := range args {
		if before == "-o" || before == "--output" {
			form, before = arg, ""
			continue
		}
		for strings.HasPrefix(arg, "-v") && len(arg) > len("-v") { // -vo
			arg = "-" + arg[len("-v"):]
		}
		before = arg
		for _, option := range [...]string{"--output=", "-o=", "-o"} {
			if named, ok := strings.CutPrefix(arg, option); ok {
				form = named
				break
			}
		}
	}
	return strings.EqualFold(form, asJSON)
}

// mostUnwritten is how many bytes of results may wait, for their reader or for those before them, before no more is asked.
const mostUnwritten = 4 << 20

// A journal is the results of a run as they come, in a document that goes to out. It is nil where the output is not JSON.
type journal struct {
	doc   *report.JSONStream
	out   *backlog
	held  atomic.Int64 // bytes of results that wait for those before them
	begun bool
}

func (o *options) journal(out *backlog, began time.Time) *journal {
	if o.output != asJSON {
		return nil
	}
	return &journal{doc: report.NewJSONStream(out, programName(), o.rules, began), out: out}
}

// result returns the text on one subject, for add.
func (r *journal) result(t *verdict.Tally, findings []dnsbl.Finding) []byte {
	if r == nil {
		return nil
	}
	text := r.doc.Encode(t, findings)
	r.held.Add(int64(len(text)))
	return text
}

func (r *journal) add(result []byte) {
	if r != nil {
		r.doc.Add(result)
		r.begun = true
		r.held.Add(-int64(len(result)))
	}
}

// breakOff ends the document after a panic. Where there is none, or nothing of it was written yet, that is for others.
func (r *journal) breakOff(reason any) nagiosplugin.Status {
	if r == nil || !r.begun {
		panic(reason)
	}
	_ = r.doc.Abort(fmt.Sprintf("internal error: %v", reason))
	return nagiosplugin.UNKNOWN
}

// full says whether too much waits.
func (r *journal) full() bool { return r != nil && int(r.held.Load())+r.out.size() > mostUnwritten }

// wait waits, where it is full, until all that was added is read, or the time is over.
func (r *journal) wait(ctx context.Context) {
	if r.full() {
		r.out.wait(ctx.Done())
	}
}

// print writes a verdict in the form that is wanted. Who has gone away cannot be told so.
func (o *options) print(to io.Writer, v *verdict.Verdict, results *journal, run report.Run) {
	switch o.output {
	case asJSON:
		_ = results.doc.Close(v, run)
	case asTable:
		_ = report.Table(to, v, run)
	default:
		_ = report.Nagios(to, v, run)
	}
}

// printHealth is print for how lists are.
func (o *options) printHealth(to io.Writer, h verdict.Health, run report.Run) {
	switch o.output {
	case asJSON:
		_ = report.HealthJSON(to, programName(), &h, run)
	case asTable:
		_ = report.HealthTable(to, &h, run)
	default:
		_ = report.Health(to, &h, run)
	}
}

// reader is what a run must know of who reads its output: a monitor takes so much and no more, a terminal has a width and may have
// colours (https://no-color.org).
func (o *options) reader(to io.Writer, environ []string) report.Run {
	run := report.Run{Timeout: o.timeout, Verbose: o.verbose}
	file := terminalOf(to)
	if file == nil {
		return run
	}
	run.Unlimited = true
	run.Width, run.Height, _ = term.GetSize(int(file.Fd()))
	run.Color = variable(environ, "NO_COLOR") == "" && variable(environ, "TERM") != "dumb"
	return run
}

// terminalOf returns the terminal that w is, if a person reads along, not a monitor; or nil.
func terminalOf(w io.Writer) *os.File {
	file, ok := w.(*os.File)
	if !ok || file == nil || !term.IsTerminal(int(file.Fd())) {
		return nil
	}
	return file
}
