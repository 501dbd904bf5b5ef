package report

import (
	"context"
	"fmt"
	"io"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/secret"
	"check_dnsbl/internal/verdict"

	"github.com/olorin/nagiosplugin"
)

// The formats of output.
const (
	ForNagios = "nagios"
	AsTable   = "table"
	AsJSON    = "json"
)

// A Printer prints the result of a run in one format. It masks keys in all that it prints.
type Printer struct {
	out     io.Writer // where all goes in the end
	to      io.Writer // out behind the mask and, once the run has begun, the pump
	pump    *pump     // nil before the run
	mask    *secret.Mask
	format  string
	program func() string
	stream  *jsonStream // the results of a check, once there are any
}

// NewPrinter returns a printer to w. program returns the name and version that JSON has. A format
// that does not exist prints as ForNagios: its error must be printed in some way.
func NewPrinter(
	w io.Writer, mask *secret.Mask, format string, program func() string,
) *Printer {
	return &Printer{out: w, to: mask.Writer(w), mask: mask, format: format, program: program}
}

// Begin marks the beginning of the run, which ends with ctx. From here on a slow
// reader does not delay the run, and is given up a moment after ctx is over.
func (p *Printer) Begin(ctx context.Context) {
	p.pump = startPump(ctx, p.out)
	p.to = p.mask.Writer(p.pump)
}

// Close waits until everything is read, or the reader is given up.
func (p *Printer) Close() {
	if p.pump != nil {
		p.pump.close()
	}
}

// Page prints help, the version or what is known of lists.
func (p *Printer) Page(text string) nagiosplugin.Status {
	fmt.Fprint(p.to, text)
	return nagiosplugin.UNKNOWN
}

// Fail prints why there is no verdict. Where results are printed already, it ends the document.
func (p *Printer) Fail(err error) nagiosplugin.Status {
	reason := p.mask.Message(err.Error())
	switch {
	case p.stream != nil:
		p.stream.abort(reason)
	case p.format == AsJSON:
		fmt.Fprint(p.to, jsonFailureText(p.program(), reason))
	default:
		fmt.Fprint(p.to, nagiosFailureText(reason))
	}
	return nagiosplugin.UNKNOWN
}

// Subjects returns the function that prints the results on each subject as they come, in the order
// of its calls, or nil in formats that need all results first.
func (p *Printer) Subjects(
	rules verdict.Rules, began time.Time,
) func(*verdict.Tally, []dnsbl.Finding) {
	if p.format != AsJSON {
		return nil
	}
	stream := newJSONStream(p.to, p.program(), rules, began)
	return func(t *verdict.Tally, findings []dnsbl.Finding) {
		p.stream = stream
		stream.add(t, findings)
	}
}

// Verdict prints the verdict of a check.
func (p *Printer) Verdict(v *verdict.Verdict, info Info) {
	info.Mask = p.mask.Hide
	switch p.format {
	case AsJSON:
		p.stream.close(v, info)
	case AsTable:
		fmt.Fprint(p.to, tableText(v, info))
	default:
		fmt.Fprint(p.to, nagiosText(v, info))
	}
}

// Health prints the result of a self-test.
func (p *Printer) Health(h *verdict.Health, info Info) {
	info.Mask = p.mask.Hide
	switch p.format {
	case AsJSON:
		fmt.Fprint(p.to, jsonHealthText(p.program(), h, info))
	case AsTable:
		fmt.Fprint(p.to, tableHealthText(h, info))
	default:
		fmt.Fprint(p.to, nagiosHealthText(h, info))
	}
}
