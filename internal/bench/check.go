package main

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

func wantExit(u usage, exit int) error {
	if u.exit != exit {
		return fmt.Errorf("exit status %d, want %d", u.exit, exit)
	}
	return nil
}

// checkFloor says if the floor did not get all answers that there are.
func (s *scenario) checkFloor(_ int, u usage) error {
	want := s.world.Lists * (1 + 1<<(32-s.bits))
	want -= 2 * s.world.Holes
	if got, _ := strconv.Atoi(strings.TrimSpace(u.out)); got != want {
		return fmt.Errorf("%d answers, want %d: it is too fast for this machine's buffers", got, want)
	}
	return nil
}

// checkOurs says what is wrong with the verdict of check_dnsbl, and with its time.
func (s *scenario) checkOurs(_ int, u usage) error {
	w := &s.world
	failures := map[string][]string{
		"timeout":              w.of(hole),
		"SERVFAIL":             w.of(servFail),
		"lists everything":     w.of(wildcard),
		"refuses the resolver": w.of(refusal),
	}
	failed := w.Holes + w.ServFails + w.Wildcards + w.Refusals
	exit := 0
	if w.Listings > 0 {
		exit = 2
	}
	wrong := []error{wantExit(u, exit), figure(u.out, "listed", w.Listings), figure(u.out, "failed", failed)}
	if listed := found(u.out, `(?m)^\S+ is on (\S+\.bench\.example)$`); !slices.Equal(listed, w.of(listing)) {
		wrong = append(wrong, fmt.Errorf("says that %q list it, want %q", listed, w.of(listing)))
	}
	for cause, zones := range failures {
		if named := named(u.out, cause); !slices.Equal(named, zones) {
			wrong = append(wrong, fmt.Errorf("names %q as failed by %q, want %q", named, cause, zones))
		}
	}
	if limit, _ := strconv.Atoi(s.timeout); u.wall.Seconds() > float64(limit) {
		wrong = append(wrong, fmt.Errorf("took %v, more than -t %s", u.wall, s.timeout))
	}
	return errors.Join(wrong...)
}

// figure says if the perfdata of a label is not as wanted.
func figure(out, label string, want int) error {
	if got := found(out, ` `+label+`=(\d+)`); !slices.Equal(got, []string{strconv.Itoa(want)}) {
		return fmt.Errorf("%s=%s, want %d", label, strings.Join(got, ","), want)
	}
	return nil
}

// found returns what the group in a pattern stands for, wherever it matches.
func found(out, pattern string) (all []string) {
	for _, match := range regexp.MustCompile(pattern).FindAllStringSubmatch(out, -1) {
		all = append(all, match[1])
	}
	return all
}

// named returns the lists that are said to have failed by a cause.
func named(out, cause string) []string {
	lines := found(out, `(?m)^failed: (.*): `+regexp.QuoteMeta(cause)+`[;,]`)
	if len(lines) == 0 {
		return nil
	}
	return strings.Split(strings.Join(lines, ", "), ", ")
}
