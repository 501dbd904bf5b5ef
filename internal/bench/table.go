package main

import (
	"fmt"
	"io"
	"text/tabwriter"
	"time"
)

// printRows writes the table of a scenario. No peak RSS can be less than that of an empty program.
func printRows(out io.Writer, s scenario, rows []row, empty int64) {
	fmt.Fprintf(out, "\n%s: %s\n", s.name, s.about)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "\twall\tCPU\tpeak RSS\tquestions\tper second\twall ratio\tCPU ratio\t")
	for _, r := range rows {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%d\t%.0f\t%.2f\t%.2f\t\n",
			r.program, milliseconds(r.wall), milliseconds(r.cpu), megabytes(r.rss, empty), r.questions, r.rate(), r.wallRatio, r.cpuRatio)
	}
	_ = table.Flush() // as for all that is printed here, there is nobody to tell
}

func milliseconds(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d)/float64(ms)) }

func megabytes(bytes, least int64) string {
	if bytes <= least {
		return fmt.Sprintf("< %.1f MB", float64(least)/1e6)
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
}

// rate returns questions per second.
func (r row) rate() float64 { return float64(r.questions) / r.wall.Seconds() }

// A target is a figure that check_dnsbl is to keep.
type target struct {
	name  string
	needs []string // rows that the figure is made of, as "scenario program"
	value func(rows []row) float64
	least bool // the limit is the least that it may be, not the most
	limit float64
}

// targets returns all of them.
func targets() []target {
	wall := func(rows []row) float64 { return rows[0].wallRatio }
	cpu := func(rows []row) float64 { return rows[0].cpuRatio }
	rss := func(rows []row) float64 { return float64(rows[0].rss) / 1e6 }
	const net16 = "net16 " + programName
	return []target{
		{name: "start-up, in empty programs", needs: []string{"start " + programName}, value: wall, limit: 1.2},
		{name: "fast: CPU, in floors", needs: []string{"fast " + programName}, value: cpu, limit: 2},
		{name: "fast: wall, in floors", needs: []string{"fast " + programName}, value: wall, limit: 2},
		{name: "fast: peak RSS in MB", needs: []string{"fast " + programName}, value: rss, limit: 12},
		{name: "fast: CPU of check_rbl, in ours", needs: []string{"fast check_rbl", "fast " + programName}, least: true, limit: 15,
			value: func(rows []row) float64 { return rows[0].cpu.Seconds() / rows[1].cpu.Seconds() }},
		{name: "typical: wall, in floors", needs: []string{"typical " + programName}, value: wall, limit: 1.1},
		{name: "bad-day: wall in seconds", needs: []string{"bad-day " + programName}, limit: 10, value: func(rows []row) float64 { return rows[0].wall.Seconds() }},
		{name: "net24: wall, in floors", needs: []string{"net24 " + programName}, value: wall, limit: 1.5},
		{name: "net24-20ms: wall, in floors", needs: []string{"net24-20ms " + programName}, value: wall, limit: 1.3},
		{name: "net16: questions per second, in those of net24", needs: []string{net16, "net24 " + programName}, least: true, limit: 0.85,
			value: func(rows []row) float64 { return rows[0].rate() / rows[1].rate() }},
		{name: "net16: peak RSS in MB", needs: []string{net16}, value: rss, limit: 40},
		{name: "net16: peak RSS, in those of net20", needs: []string{net16, "net20 " + programName}, limit: 1.3,
			value: func(rows []row) float64 { return float64(rows[0].rss) / float64(rows[1].rss) }},
	}
}

// printTargets writes which targets were met, of those whose scenarios were played.
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
