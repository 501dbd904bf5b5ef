package survey

import (
	"slices"

	"check_dnsbl/internal/dnsbl"
)

// A row is one subject, to be looked up on all lists that may carry it.
type row struct {
	at       int // its place among all
	pairs    []pair
	findings []dnsbl.Finding
	left     int // to be found
}

// take takes in rows as long as there is room. After the end none is begun, but the first always is: it tells why nothing was found.
func (d *desk) take(more func([]pair) []pair) {
	for d.open < mostPairs && d.kept < mostKept && len(d.rows) < mostAhead && (d.begun == 0 || d.survey.background.Context.Err() == nil) {
		r := d.row()
		if r.pairs = more(r.pairs[:0]); len(r.pairs) == 0 {
			d.free = append(d.free, r)
			return
		}
		r.at, r.left = d.begun, len(r.pairs)
		r.findings = slices.Grow(r.findings[:0], len(r.pairs))[:len(r.pairs)]
		d.begun++
		for i := range r.pairs {
			p := &r.pairs[i]
			p.row, p.finding, p.queue = r, &r.findings[i], d.queue(listKind{p.list, p.subject.Kind()})
			p.queue.pairs = append(p.queue.pairs, p)
		}
		d.rows, d.kept, d.open = append(d.rows, r), d.kept+len(r.pairs), d.open+len(r.pairs)
	}
}

// row returns a row to be filled.
func (d *desk) row() *row {
	if last := len(d.free) - 1; last >= 0 {
		r := d.free[last]
		d.free = d.free[:last]
		return r
	}
	return new(row)
}

// retire lets go of a row that was given away.
func (d *desk) retire(r *row) {
	d.kept -= len(r.pairs)
	d.rows[r.at-(d.begun-len(d.rows))] = nil
	for len(d.rows) > 0 && d.rows[0] == nil {
		d.rows = d.rows[1:]
	}
	d.free = append(d.free, r)
}
