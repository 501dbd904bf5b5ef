package main

import (
	"fmt"
	"io"
	"text/tabwriter"
	"time"
)

// printRows writes the table of a scenario. empty is the peak RSS of an empty program: less cannot
// be measured.
func printRows(out io.Writer, s scenario, rows []row, empty int64) {
	fmt.Fprintf(out, "\n%s: %s\n", s.name, s.about)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "\twall\tlate wall\tCPU\tpeak RSS\tqueries\tper second\t"+
		"wall ratio\tlate ratio\tCPU ratio\t")
	for _, r := range rows {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%d\t%.0f\t%.2f\t%.2f\t%.2f\t\n",
			r.program, milliseconds(r.wall), milliseconds(r.late), milliseconds(r.cpu),
			megabytes(r.rss, empty), r.queries, r.rate(), r.wallRatio, r.lateRatio, r.cpuRatio)
	}
	_ = table.Flush() // errors of standard output are ignored
}

// milliseconds returns a duration as in "12.3 ms".
func milliseconds(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d)/float64(ms)) }

// megabytes returns a size as in "12.3 MB", or "< 6.3 MB" if it is not above the least that can be
// measured.
func megabytes(bytes, least int64) string {
	if bytes <= least {
		return fmt.Sprintf("< %.1f MB", float64(least)/1e6)
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
}

// rate returns the queries per second.
func (r row) rate() float64 { return float64(r.queries) / r.wall.Seconds() }

// A target is a limit for check_dnsbl.
type target struct {
	name  string
	needs []string // the rows for value, as "scenario program"
	value func(rows []row) float64
	least bool // the value must not be below the limit, instead of above
	limit float64
}

// targets returns all targets. Most are ratios, which hold on any machine. Memory and the deadline
// are absolute.
func targets() []target {
	wall := func(rows []row) float64 { return rows[0].wallRatio }
	// In a turn of its own the floor may lose a packet too: only the medians are steady then.
	medians := func(rows []row) float64 { return rows[0].wall.Seconds() / rows[1].wall.Seconds() }
	late := func(rows []row) float64 { return rows[0].lateRatio }
	cpu := func(rows []row) float64 { return rows[0].cpuRatio }
	rss := func(rows []row) float64 { return float64(rows[0].rss) / 1e6 }
	return []target{
		{name: "start-up, in empty programs", needs: ours("start"), value: wall, limit: 2},
		{name: "fast: CPU, in floors", needs: ours("fast"), value: cpu, limit: 2},
		{name: "fast: wall, in floors", needs: ours("fast"), value: wall, limit: 1.8},
		{name: "fast: peak RSS in MB", needs: ours("fast"), value: rss, limit: 12},
		{
			name: "fast: CPU of check_rbl, in ours", least: true, limit: 15,
			needs: []string{"fast check_rbl", "fast " + programName},
			value: func(rows []row) float64 {
				return rows[0].cpu.Seconds() / rows[1].cpu.Seconds()
			},
		},
		{name: "typical: wall, in floors", needs: ours("typical"), value: wall, limit: 1.18},
		{
			name: "loss-0.2: wall, in floors", needs: withFloor("loss-0.2"), value: medians,
			limit: 1.2,
		},
		{name: "loss-0.2: late wall, in floors", needs: ours("loss-0.2"), value: late, limit: 6},
		{name: "loss-1: wall, in floors", needs: withFloor("loss-1"), value: medians, limit: 6},
		{
			name: "loss-1: late wall in seconds", needs: ours("loss-1"), limit: 0.7,
			value: func(rows []row) float64 { return rows[0].late.Seconds() },
		},
		{
			name: "slow: queries, in those of old", limit: 1.1,
			needs: []string{"slow " + programName, "slow " + oldName},
			value: func(rows []row) float64 {
				return float64(rows[0].queries) / float64(rows[1].queries)
			},
		},
		{
			name: "bad-day: wall in seconds", needs: ours("bad-day"), limit: 10,
			value: func(rows []row) float64 { return rows[0].wall.Seconds() },
		},
		{name: "net24: wall, in floors", needs: ours("net24"), value: wall, limit: 2},
		{name: "net24: CPU, in floors", needs: ours("net24"), value: cpu, limit: 2.5},
		{name: "net24: peak RSS in MB", needs: ours("net24"), value: rss, limit: 24},
		{name: "net24-20ms: wall, in floors", needs: ours("net24-20ms"), value: wall, limit: 1.3},
		{
			name:  "net16: queries per second, in those of net24",
			needs: ours("net16", "net24"), least: true, limit: 0.85,
			value: func(rows []row) float64 { return rows[0].rate() / rows[1].rate() },
		},
		{name: "net20: peak RSS in MB", needs: ours("net20"), value: rss, limit: 20},
		{name: "net16: peak RSS in MB", needs: ours("net16"), value: rss, limit: 23},
		{
			name: "net16: peak RSS, in those of net20", needs: ours("net16", "net20"), limit: 1.3,
			value: func(rows []row) float64 { return float64(rows[0].rss) / float64(rows[1].rss) },
		},
	}
}

// ours returns the names of the rows of check_dnsbl in scenarios.
func ours(scenarios ...string) []string {
	names := make([]string, len(scenarios))
	for i, scenario := range scenarios {
		names[i] = scenario + " " + programName
	}
	return names
}

// withFloor returns the names of the rows of check_dnsbl and of the floor in a scenario.
func withFloor(scenario string) []string {
	return append(ours(scenario), scenario+" "+floorName)
}

// printTargets writes which targets are met, of those whose scenarios ran, in lines such as
//
//	passed  fast: wall, in floors  1.68  at most 2
func printTargets(out io.Writer, rows map[string]row) {
	fmt.Fprintln(out)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, t := range targets() {
		var made []row
		for _, need := range t.needs {
			if r, ok := rows[need]; ok {
				made = append(made, r)
			}
		}
		if len(made) < len(t.needs) {
			continue
		}
		value, word, bound := t.value(made), "passed", "at most"
		if t.least {
			bound = "at least"
		}
		if t.least && value < t.limit || !t.least && value > t.limit {
			word = "missed"
		}
		fmt.Fprintf(table, "%s\t%s\t%.2f\t%s %g\n", word, t.name, value, bound, t.limit)
	}
	_ = table.Flush()
}
