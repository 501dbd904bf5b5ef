package survey

import (
	"slices"

	"check_dnsbl/internal/dnsbl"
)

const (
	mostUnsettled = 2048    // checks that are not settled
	mostKept      = 1 << 13 // checks in memory: also settled ones, behind a row that takes longer
)

// rows are those that are begun and not yielded, in order. There is room for so many that the lists
// always have something to do, whatever the number of subjects.
type rows struct {
	fill      func([]check) []check // appends the checks of the next row, none if there is none now
	begun     []*row
	unused    []*row          // yielded, whose memory is for the next
	kept      int             // checks of rows
	unsettled int             // checks that are not settled
	findings  []dnsbl.Finding // of the row that was yielded last
}

// full reports whether memory is full of rows, which wait for the first of them.
func (rs *rows) full() bool { return rs.kept >= mostKept }

// haveRoom reports whether one more row may be begun.
func (rs *rows) haveRoom() bool { return rs.unsettled < mostUnsettled && !rs.full() }

// begin begins a row; nil if there are no subjects for now.
func (rs *rows) begin() *row {
	r := new(row)
	if last := len(rs.unused) - 1; last >= 0 {
		r, rs.unused = rs.unused[last], rs.unused[:last]
	}
	*r = row{checks: rs.fill(r.checks[:0])}
	if r.left = len(r.checks); r.left == 0 {
		rs.unused = append(rs.unused, r)
		return nil
	}
	rs.begun = append(rs.begun, r)
	rs.kept += r.left
	rs.unsettled += r.left
	return r
}

// end ends the first row, and returns its findings.
func (rs *rows) end() []dnsbl.Finding {
	r := rs.begun[0]
	rs.findings = slices.Grow(rs.findings[:0], len(r.checks))
	for i := range r.checks {
		rs.findings = append(rs.findings, r.checks[i].result())
	}
	rs.begun, rs.unused = rs.begun[1:], append(rs.unused, r)
	rs.kept -= len(r.checks)
	return withParents(rs.findings)
}
