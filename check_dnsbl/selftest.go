package main

import (
	"context"
	"io"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/report"
	"check_dnsbl/internal/survey"
	"check_dnsbl/internal/verdict"

	"github.com/olorin/nagiosplugin"
)

// testLists makes the check of --self-test: are the lists healthy, as seen from here?
func testLists(ctx context.Context, opts *options, told report.Run, to io.Writer) nagiosplugin.Status {
	run := survey.New(&opts.client, opts.lists)
	run.Expect(map[dnsbl.Subjects]int{dnsbl.IPv4: 1, dnsbl.IPv6: 1, dnsbl.Domain: 1}) // at the pace that operators want
	health := verdict.JudgeHealth(oneEach(run.Test(ctx)), opts.rules.Warning, opts.rules.Critical)
	told.Took, told.Warnings = time.Since(told.Began), opts.leaks
	told.Notes = append(opts.notes, runNotes(ctx, run)...)
	opts.printHealth(to, health, told)
	return health.State
}

// oneEach keeps one finding of each list, where it was tested for addresses and for domains: of a list of the catalog the worse,
// of a list of which nothing is known what was heard, as it need not carry both; but one that lists everything is never well.
func oneEach(findings []dnsbl.Finding) []dnsbl.Finding {
	var kept []dnsbl.Finding
	for _, f := range findings {
		last := len(kept) - 1
		switch {
		case last < 0 || kept[last].List != f.List:
			kept = append(kept, f)
		case kept[last].Cause != dnsbl.ListsEverything && (f.Cause == dnsbl.ListsEverything || decides(&f, &kept[last])):
			kept[last] = f
		}
	}
	return kept
}

// decides says whether f rather than other, on the same list, tells how the list is.
func decides(f, other *dnsbl.Finding) bool {
	known := f.List.Name != ""
	if !known && (f.Outcome == dnsbl.Failed || other.Outcome == dnsbl.Failed) {
		return other.Outcome == dnsbl.Failed && f.Outcome != dnsbl.Failed
	}
	return health(f) < health(other)
}

// health ranks findings: failed, tested in half, tested.
func health(f *dnsbl.Finding) int {
	switch {
	case f.Outcome == dnsbl.Failed:
		return 0
	case f.Unconfirmed:
		return 1
	}
	return 2
}
