package main

import (
	"cmp"
	"context"
	"fmt"
	"net/netip"
	"os"
	"slices"
	"strings"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/target"
	"check_dnsbl/internal/text"
)

func parseTargets(texts []string, private bool) ([]target.Target, error) {
	if len(texts) == 0 {
		return nil, fmt.Errorf("nothing to check: name an address or host with -H, such as -H 192.0.2.25")
	}
	targets := make([]target.Target, len(texts))
	for i, text := range texts {
		var err error
		if targets[i], err = target.Parse(text, private); err != nil {
			return nil, fmt.Errorf("-H: %w%s", err, otherThanTarget(text))
		}
	}
	return targets, nil
}

// otherThanTarget says what a text is meant for that is no target.
func otherThanTarget(text string) string {
	if strings.Contains(text, ",") {
		return "; name each by a -H of its own"
	}
	if info, err := os.Stat(text); err == nil && info.Mode().IsRegular() {
		return "; to read it as a bounce: --bounce " + text
	}
	return ""
}

// find returns the subjects that the targets stand for, without those that none of the lists carries. Looking up hosts may
// take half of the time; the other half is for the lists.
func find(ctx context.Context, opts *options) target.Found {
	ctx, cancel := context.WithTimeout(ctx, opts.timeout/2)
	defer cancel()
	found := target.Resolve(ctx, &opts.client, opts.targets, opts.private)
	found.Gaps = append(found.Gaps, opts.gaps...)
	for _, lines := range [][]string{found.Gaps, found.Notes} {
		for i, line := range lines {
			lines[i] = opts.mask.Message(line)
		}
	}
	var carried dnsbl.Subjects
	for i := range opts.lists {
		carried |= opts.lists[i].Subjects
	}
	wanted := found.Kinds
	gaps, notes := orphaned(found.Keep(carried))
	found.Gaps, found.Notes = append(found.Gaps, gaps...), append(found.Notes, notes...)
	if found.Count == 0 {
		found.Gaps = append(found.Gaps, found.Notes...)
	}
	if found.Has(netip.AddrFrom4([4]byte{127, 0, 0, 1})) {
		found.Notes = append(found.Notes, "127.0.0.1 is the address that no list may carry: name the one that the Internet sees")
	}
	var others []unasked
	for _, l := range opts.lists {
		if kinds := carries(l.Subjects); len(l.Choices) > 0 && l.Subjects&wanted == 0 {
			others = append(others, unasked{l.Zone, "which carries " + kinds + " only", "carry " + kinds + " only"})
		}
	}
	found.Notes = append(found.Notes, unaskedNotes(others, opts.verbose > 0)...)
	return found
}

// orphaned says what is carried by no list: a gap if the user named it herself, a note if it was found through a name.
func orphaned(parts []target.Part) (gaps, notes []string) {
	type orphan struct {
		kind dnsbl.Subjects
		host string
	}
	names := map[orphan][]string{}
	var order []orphan
	for _, p := range parts {
		o := orphan{p.Kind(), p.Host}
		if names[o] == nil {
			order = append(order, o)
		}
		names[o] = append(names[o], p.String())
	}
	slices.SortStableFunc(order, func(a, b orphan) int { return cmp.Compare(a.kind, b.kind) })
	for _, o := range order {
		some := text.Some(names[o])
		if o.host == "" {
			gaps = append(gaps, fmt.Sprintf("nobody to ask about %s: none of the lists carries %s", some, carries(o.kind)))
		} else {
			notes = append(notes, fmt.Sprintf("not checked: %s of %s, as none of the lists carries %s", some, o.host, carries(o.kind)))
		}
	}
	return gaps, notes
}

// carries names kinds of subjects.
func carries(kinds dnsbl.Subjects) string {
	var words []string
	for _, kind := range []struct {
		bit  dnsbl.Subjects
		word string
	}{{dnsbl.IPv4, "IPv4 addresses"}, {dnsbl.IPv6, "IPv6 addresses"}, {dnsbl.Domain, "domains"}} {
		if kinds&kind.bit != 0 {
			words = append(words, kind.word)
		}
	}
	return strings.Join(words, " and ")
}
