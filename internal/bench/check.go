package main

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"check_dnsbl/internal/dnsbl"
)

// wantExit returns an error if a run had another exit status.
func wantExit(u result, exit int) error {
	if u.exit != exit {
		return fmt.Errorf("exit status %d, want %d", u.exit, exit)
	}
	return nil
}

// checkFloor returns an error if the floor did not get an answer to every query, except those to
// silent lists.
func (s *scenario) checkFloor(_ int, u result) error {
	want := s.world.Lists * (1 << (32 - s.bits))
	if !s.lean {
		want += s.world.Lists
	}
	// Silent lists do not answer for the test entry and the one address of such scenarios.
	want -= 2 * s.world.Silent
	if got, _ := strconv.Atoi(strings.TrimSpace(u.out)); got != want {
		const format = "%d answers, want %d: it is too fast for this machine's buffers"
		return fmt.Errorf(format, got, want)
	}
	return nil
}

// checkVerdict returns an error if check_dnsbl names other lists than it should, or is later than
// -t.
func (s *scenario) checkVerdict(_ int, u result) error {
	w := &s.world
	failures := map[dnsbl.Cause][]string{
		dnsbl.Timeout:         w.zonesWith(silent),
		dnsbl.ServFail:        w.zonesWith(servFail),
		dnsbl.ListsEverything: w.zonesWith(wildcard),
		dnsbl.RefusesResolver: w.zonesWith(refusal),
	}
	failed := w.Silent + w.ServFails + w.Wildcards + w.Refusals
	exit := 0
	if w.Listings > 0 {
		exit = 2
	}
	wrong := []error{
		wantExit(u, exit),
		checkPerfdata(u.out, "listed", w.Listings),
		checkPerfdata(u.out, "failed", failed),
	}
	listed, want := matches(u.out, `(?m)^\* .* on (\S+\.bench\.example)\b`), w.zonesWith(listing)
	if !slices.Equal(listed, want) {
		wrong = append(wrong, fmt.Errorf("says that %q list it, want %q", listed, want))
	}
	for cause, zones := range failures {
		if named := failedWith(u.out, cause.Text()); !slices.Equal(named, zones) {
			err := fmt.Errorf("names %q as failed by %q, want %q", named, cause.Text(), zones)
			wrong = append(wrong, err)
		}
	}
	if limit, _ := strconv.Atoi(s.timeout); u.wall.Seconds() > float64(limit) {
		wrong = append(wrong, fmt.Errorf("took %v, more than -t %s", u.wall, s.timeout))
	}
	return errors.Join(wrong...)
}

// checkPerfdata returns an error if the perfdata of a label has another value.
func checkPerfdata(out, label string, want int) error {
	if got := matches(out, ` `+label+`=(\d+)`); !slices.Equal(got, []string{strconv.Itoa(want)}) {
		return fmt.Errorf("%s=%s, want %d", label, strings.Join(got, ","), want)
	}
	return nil
}

// matches returns the text of the group in a pattern, for each match.
func matches(out, pattern string) (all []string) {
	for _, match := range regexp.MustCompile(pattern).FindAllStringSubmatch(out, -1) {
		all = append(all, match[1])
	}
	return all
}

// failedWith returns the lists that the output reports as failed with a cause.
func failedWith(out, cause string) []string {
	lines := matches(out, `(?m)^failed: (.*): `+regexp.QuoteMeta(cause)+`[.,]? `)
	if len(lines) == 0 {
		return nil
	}
	return strings.Split(strings.Join(lines, ", "), ", ")
}
