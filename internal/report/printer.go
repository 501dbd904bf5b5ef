package report

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"check_dnsbl/internal/bounce"
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
	to      io.Writer // the pump behind the mask
	pump    *pump
	mask    *secret.Mask
	format  string
	program func() string
	stream  *jsonStream // the results of a check, once there are any
}

// NewPrinter returns a printer to w. program returns the name and version that JSON has. A format
// that does not exist prints as ForNagios: its error must be printed in some way.
//
// A slow reader of w does not delay the run. A reader that has stopped is given up a moment after
// ctx ends, or after the deadline that GiveUpAt sets.
func NewPrinter(
	ctx context.Context, w io.Writer, mask *secret.Mask, format string, program func() string,
) *Printer {
	pump := startPump(ctx, w)
	return &Printer{
		to: mask.Writer(pump), pump: pump, mask: mask, format: format, program: program,
	}
}

// GiveUpAt sets the deadline of the run, after which nothing waits for the reader any more.
func (p *Printer) GiveUpAt(deadline time.Time) {
	time.AfterFunc(time.Until(deadline), p.pump.watch)
}

// Close waits until everything is read, or the reader is given up. It returns an error if anything
// that was printed could not be written.
func (p *Printer) Close() error { return p.pump.close() }

// Page prints what is known of lists.
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
		var of *BounceError
		var read *bounce.Bounce
		if errors.As(err, &of) {
			read = of.Read
		}
		fmt.Fprint(p.to, jsonFailureText(p.program(), reason, read))
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
	page := checkPage(v, p.complete(info))
	if p.format == AsJSON {
		p.stream.close(v, page, info)
		return
	}
	p.write(page, info)
}

// Health prints the result of a self-test.
func (p *Printer) Health(h *verdict.Health, info Info) {
	page := selfTestPage(h, p.complete(info))
	if p.format == AsJSON {
		fmt.Fprint(p.to, jsonHealthText(p.program(), h, page, info))
		return
	}
	p.write(page, info)
}

// complete adds what a page depends on besides the run: the mask, and whether it has details.
func (p *Printer) complete(info Info) Info {
	info.mask = p.mask.Hide
	info.details = p.format == AsTable || info.Verbose > 0
	return info
}

// write lays a page out in the format of the printer.
func (p *Printer) write(pg page, info Info) {
	if p.format == AsTable {
		writeTable(p.to, pg, info)
	} else {
		writeNagios(p.to, pg, info.Unlimited)
	}
}
