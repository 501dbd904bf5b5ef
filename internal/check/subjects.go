package check

import (
	"cmp"
	"context"
	"slices"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/target"
	"check_dnsbl/internal/text"
)

// find returns the subjects that the targets stand for, without the kinds that no list covers.
// Lookups of hosts may take half of the time; the other half is for the lists.
func (r *Run) find(ctx context.Context) target.Found {
	ctx, cancel := context.WithTimeout(ctx, r.Timeout/2)
	defer cancel()
	scope := target.Scope{Private: r.Selection.OnlyOwnLists, Families: r.Families}
	r.lookUps.begin(r.Targets, &r.Mask)
	found := target.Resolve(ctx, &r.Client, r.Targets, scope, r.lookUps.done)
	found.Gaps = append(found.Gaps, r.Gaps...)
	wanted := found.Kinds
	gaps, notes := uncovered(found.Keep(r.covered()))
	found.Gaps, found.Notes = append(found.Gaps, gaps...), append(found.Notes, notes...)
	for _, notes := range [][]dnsbl.Note{found.Gaps, found.Notes} {
		for i := range notes {
			notes[i].Text = r.Mask.Message(notes[i].Text) // before it is cut
		}
	}
	if found.Count == 0 {
		found.Gaps = append(found.Gaps, found.Notes...)
	}
	found.Notes = append(found.Notes, skipNotes(r.idle(wanted), r.KeepAll)...)
	r.total.Store(int64(found.Count))
	return found
}

// covered returns the kinds of subjects that at least one list covers.
func (r *Run) covered() dnsbl.Subjects {
	var kinds dnsbl.Subjects
	for i := range r.Selection.Lists {
		kinds |= r.Selection.Lists[i].Subjects
	}
	return kinds
}

// idle returns the lists that the user named one by one and that cover none of the wanted kinds.
func (r *Run) idle(wanted dnsbl.Subjects) []catalog.Skip {
	var skipped []catalog.Skip
	for _, l := range r.Selection.Lists {
		if len(l.Choices) > 0 && l.Subjects&wanted == 0 {
			skipped = append(skipped, catalog.Skip{List: l, Reason: catalog.OtherKind})
		}
	}
	return skipped
}

// uncovered returns notes on parts that no list covers: a gap if the user named the part, or a note
// if it was found through a name.
func uncovered(parts []target.Part) (gaps, notes []dnsbl.Note) {
	type group struct {
		kind dnsbl.Subjects
		host string
	}
	names := map[group][]string{}
	var order []group
	for _, p := range parts {
		g := group{p.Kind(), p.Host}
		if names[g] == nil {
			order = append(order, g)
		}
		names[g] = append(names[g], p.String())
	}
	slices.SortStableFunc(order, func(a, b group) int { return cmp.Compare(a.kind, b.kind) })
	for _, g := range order {
		some, kinds := text.Some(names[g]), kindNames(g.kind)
		if g.host == "" {
			const text = "no queried list covers %s (%s)"
			gaps = append(gaps, note(dnsbl.NotCovered, text, kinds, some))
			continue
		}
		const text = "not checked: %s of %s, as no queried list covers %s"
		notes = append(notes, note(dnsbl.NotCovered, text, some, g.host, kinds))
	}
	return gaps, notes
}
