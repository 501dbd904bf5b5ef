package main

import (
	"io"
	"os"
	"slices"
	"time"

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

// fail tells why there is no check, in the form that was wanted as far as that is known.
func fail(to io.Writer, asked bool, reason string) nagiosplugin.Status {
	if asked {
		return report.FailJSON(to, programName(), reason)
	}
	return report.Fail(to, reason)
}

// asksJSON says whether arguments, well typed or not, ask for JSON.
func asksJSON(args []string) bool {
	for i, arg := range args {
		if slices.Contains([]string{"-ojson", "-o=json", "--output=json"}, arg) || i > 0 && arg == asJSON && (args[i-1] == "-o" || args[i-1] == "--output") {
			return true
		}
	}
	return false
}

// document returns the document of a run whose output is JSON, nil for others.
func (o *options) document(to io.Writer, began time.Time) *report.Document {
	if o.output != asJSON {
		return nil
	}
	return report.NewDocument(to, programName(), o.rules, began)
}

// print writes a verdict in the form that is wanted. Who has gone away cannot be told so.
func (o *options) print(to io.Writer, v *verdict.Verdict, doc *report.Document, run report.Run) {
	switch o.output {
	case asJSON:
		_ = doc.Close(v, run)
	case asTable:
		_ = report.Table(to, v, run)
	default:
		_ = report.Nagios(to, *v, run)
	}
}

// printHealth is print for how lists are.
func (o *options) printHealth(to io.Writer, h verdict.Health, run report.Run) {
	switch o.output {
	case asJSON:
		_ = report.HealthJSON(to, programName(), h, run)
	case asTable:
		_ = report.HealthTable(to, h, run)
	default:
		_ = report.Health(to, h, run)
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
	run.Width, _, _ = term.GetSize(int(file.Fd()))
	run.Color = variable(environ, "NO_COLOR") == "" && variable(environ, "TERM") != "dumb"
	return run
}

// terminalOf returns the terminal that w is, if a person reads along, not a monitor; or nil.
func terminalOf(w io.Writer) *os.File {
	if masked, ok := w.(*keyMask); ok {
		w = masked.to
	}
	file, ok := w.(*os.File)
	if !ok || file == nil || !term.IsTerminal(int(file.Fd())) {
		return nil
	}
	return file
}
