package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"check_dnsbl/internal/check"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/report"
	"check_dnsbl/internal/secret"
	"check_dnsbl/internal/verdict"

	"github.com/olorin/nagiosplugin"
)

// The formats of output.
const (
	forNagios = "nagios"
	asTable   = "table"
	asJSON    = "json"
)

// formatOf returns the format that arguments ask for, well typed or not, since errors must be
// printed in it too: the last one named, in lower case, and nagios if none is.
func formatOf(args []string) string {
	format, before := forNagios, ""
	for _, arg := range args {
		if before == "-o" || before == "--output" {
			format, before = arg, ""
			continue
		}
		for strings.HasPrefix(arg, "-v") && len(arg) > len("-v") { // -vo json
			arg = "-" + arg[len("-v"):]
		}
		before = arg
		for _, option := range [...]string{"--output=", "-o=", "-o"} {
			if named, ok := strings.CutPrefix(arg, option); ok && named != "" {
				format = named
				break
			}
		}
	}
	return strings.ToLower(format)
}

// A printer prints what came of a run, in the format that the user chose.
type printer struct {
	to     io.Writer // masks keys
	mask   *secret.Mask
	pump   *pump
	format string
	stream *report.JSONStream // the results of a check, once there are any
}

func newPrinter(to io.Writer, args []string, line *commandLine, environ []string) *printer {
	p, mask := newPump(to), secret.NewMask(args, environ)
	mask.Learn(line.all())
	return &printer{to: mask.Writer(p), mask: mask, pump: p, format: formatOf(line.all())}
}

// giveUpAfter makes the printer give up on a reader that has not read all of it a moment after ctx
// is over.
func (o *printer) giveUpAfter(ctx context.Context) { o.pump.giveUpAfter(ctx) }

// close waits until all output is read or given up.
func (o *printer) close() { o.pump.close() }

// page prints help, the version or what is known of lists.
func (o *printer) page(text string) nagiosplugin.Status {
	fmt.Fprint(o.to, text)
	return nagiosplugin.UNKNOWN
}

// fail prints why there is no verdict. Where results are printed already, it ends the document.
func (o *printer) fail(err error) nagiosplugin.Status {
	reason := o.mask.Message(err.Error())
	switch {
	case o.stream != nil:
		_ = o.stream.Abort(reason)
		return nagiosplugin.UNKNOWN
	case o.format == asJSON:
		return report.FailJSON(o.to, programName(), reason)
	}
	return report.Fail(o.to, reason)
}

// subjects returns the function that prints the results on each subject as they come, or nil in
// formats that need all of them first.
func (o *printer) subjects(rules verdict.Rules, began time.Time) check.Each {
	if o.format != asJSON {
		return nil
	}
	stream := report.NewJSONStream(o.to, programName(), rules, began)
	return func(t *verdict.Tally, findings []dnsbl.Finding) {
		o.stream = stream
		stream.Add(stream.Encode(t, findings))
	}
}

// verdict prints the verdict of a check.
func (o *printer) verdict(v *verdict.Verdict, info report.Run) {
	switch o.format {
	case asJSON:
		_ = o.stream.Close(v, info)
	case asTable:
		_ = report.Table(o.to, v, info)
	default:
		_ = report.Nagios(o.to, v, info)
	}
}

// health prints the result of a self-test.
func (o *printer) health(h *verdict.Health, info report.Run) {
	switch o.format {
	case asJSON:
		_ = report.HealthJSON(o.to, programName(), h, info)
	case asTable:
		_ = report.HealthTable(o.to, h, info)
	default:
		_ = report.Health(o.to, h, info)
	}
}

const (
	maxChunks = 256         // writes that wait for the reader; a result is up to some 20 kB
	grace     = time.Second // for the reader, after the run is over
)

// A pump writes in the background: a reader that is slow for a while delays no query, and one that
// has stopped reading does not hold the program past its deadline.
type pump struct {
	chunks  chan []byte
	written chan struct{} // closed when all is written
	gone    chan struct{} // closed when the reader is given up
}

func newPump(to io.Writer) *pump {
	p := &pump{chunks: make(chan []byte, maxChunks), written: make(chan struct{}), gone: make(chan struct{})}
	go func() {
		defer close(p.written)
		for chunk := range p.chunks {
			if _, err := to.Write(chunk); err != nil {
				to = io.Discard // a reader that has gone away cannot be told
			}
		}
	}()
	return p
}

// Write implements io.Writer. It waits if too much is unread.
func (p *pump) Write(b []byte) (int, error) {
	select {
	case p.chunks <- bytes.Clone(b):
		return len(b), nil
	case <-p.gone:
		return 0, errors.New("the output is not read")
	}
}

// giveUpAfter gives up the reader a moment after ctx is over.
func (p *pump) giveUpAfter(ctx context.Context) {
	context.AfterFunc(ctx, func() { time.AfterFunc(grace, func() { close(p.gone) }) })
}

// close waits until all is written, or the reader is given up. Nothing may be written after it.
func (p *pump) close() {
	close(p.chunks)
	select {
	case <-p.written:
	case <-p.gone:
	}
}
