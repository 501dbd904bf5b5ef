package report

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"check_dnsbl/internal/text"

	"github.com/olorin/nagiosplugin"
)

// maxHeadline is how many bytes of the first line there are before the perfdata.
const maxHeadline = 240

// writeNagios writes a page for a monitor: service output and perfdata on the first line, then the
// long output. All of it has at most 4,096 bytes unless it is unlimited:
//
//	CRITICAL: 192.0.2.25 on 1 of 20 lists: zen.spamhaus.org (SBL) | listed=1;0;2;0;20 ...
//	* 192.0.2.25 is on zen.spamhaus.org (Spamhaus ZEN, major): SBL (known spam source)
//	  - delisting: SBL: your provider (the network owner) must request it
//	failed: bl.example: SERVFAIL. ...
//
// The marks "*" and "-" are there because front ends drop the indentation.
func writeNagios(w io.Writer, p page, unlimited bool) {
	first := firstLine(p)
	max := maxOutput - len(first)
	if unlimited {
		max = math.MaxInt
	}
	fmt.Fprint(w, first+longOutput(p.sections, max))
}

// nagiosFailureText returns the one line of a check that could not be made.
func nagiosFailureText(reason string) string {
	reason = text.Message(noUnquotedSemicolons(reason), maxFirst-len("UNKNOWN: "))
	return serviceOutput(nagiosplugin.UNKNOWN, reason, nil) + "\n"
}

// noUnquotedSemicolons replaces semicolons, but not in what the user typed.
func noUnquotedSemicolons(reason string) string {
	parts := strings.Split(reason, `"`)
	for i := 0; i < len(parts); i += 2 {
		parts[i] = noSemicolons(parts[i])
	}
	return strings.Join(parts, `"`)
}

// firstLine returns the first line. The perfdata are never cut.
func firstLine(p page) string {
	max := min(maxHeadline, maxFirst-len(serviceOutput(p.state, "", p.perfdata)))
	line := text.Clip(p.headline.within(max), max)
	return serviceOutput(p.state, line, p.perfdata) + "\n"
}

// serviceOutput formats "STATE: text | perfdata", as the plugin guidelines have it.
func serviceOutput(state nagiosplugin.Status, line string, perfdata []datum) string {
	check := nagiosplugin.NewCheck()
	check.AddResult(state, line)
	return check.String() + perfdataText(perfdata)
}

// A block is lines that are shown together, and the line in place of them if there is no room. That
// is the same if there is no shorter one.
type block struct{ full, brief string }

// blocks returns the blocks of a section.
func blocks(s *section) []block {
	var all []block
	for i := range s.items {
		full := itemLines(s, &s.items[i])
		b := block{full, full}
		if brief := s.items[i].brief; brief != "" {
			b.brief = "* " + brief + "\n"
		}
		all = append(all, b)
	}
	if s.brief == "" {
		return all
	}
	whole := block{brief: "* " + s.brief + "\n"}
	for _, b := range all {
		whole.full += b.full
	}
	return []block{whole}
}

// itemLines returns an item as lines, each with a newline at its end.
func itemLines(s *section, item *item) string {
	line := item.text
	if item.label != "" {
		labels := append([]string{item.label}, item.also...)
		line = s.lead + text.Join(labels, maxOutput/2)
		if item.aside != "" {
			line += " (" + item.aside + ")"
		}
		if item.text != "" {
			line += ": " + item.text
		}
	}
	if s.apart {
		line = "* " + line
	}
	for _, f := range item.facts {
		line += "\n  - "
		if f.label != "" {
			line += f.label + ": "
		}
		line += f.text
	}
	return line + "\n"
}

// longOutput returns the sections in at most max bytes. If there is not room for all, each priority
// gets half of what more important ones leave, and then in the same order what is left over.
func longOutput(sections []section, max int) string {
	needed := make([]int, important+1) // bytes, by priority
	for i := range sections {
		for _, b := range blocks(&sections[i]) {
			needed[sections[i].priority] += len(b.full)
		}
	}
	room := make([]int, important+1)
	for _, share := range []int{2, 1} {
		for priority := important; priority >= 0; priority-- {
			more := min(needed[priority]-room[priority], max/share)
			room[priority] += more
			max -= more
		}
	}
	var out strings.Builder
	for len(sections) > 0 {
		priority := sections[0].priority
		var together []block
		for len(sections) > 0 && sections[0].priority == priority {
			together = append(together, blocks(&sections[0])...)
			sections = sections[1:]
		}
		text := fit(together, room[priority])
		room[priority] -= len(text)
		out.WriteString(text)
	}
	return out.String()
}

// fit returns blocks in at most max bytes: as many as possible in full, the others in brief. If
// even these have no room, full blocks take half of it and a line counts the rest.
func fit(all []block, max int) string {
	size := 0
	for _, b := range all {
		size += len(b.brief)
	}
	room := max
	if size > max {
		size, room = 0, max/2
	}
	full := 0
	for full < len(all) {
		size += len(all[full].full)
		if room == max {
			size -= len(all[full].brief)
		}
		if size > room {
			break
		}
		full++
	}
	var lines []string
	for i, b := range all {
		text := b.brief
		if i < full {
			text = b.full
		}
		lines = slices.AppendSeq(lines, strings.Lines(text))
	}
	return strings.Join(clipLines(lines, max), "")
}

// clipLines returns as many lines as fit into max bytes, and instead of the rest a line that counts
// them. If there is no room for that line either, it returns nothing.
func clipLines(lines []string, max int) []string {
	size := 0
	for _, line := range lines {
		size += len(line)
	}
	if size <= max {
		return lines
	}
	const more = "and %s, which a terminal shows\n"
	room := max - len(more) - len("1000000 more lines")
	if room < 0 {
		return nil
	}
	size, n := 0, 0
	for size+len(lines[n]) <= room {
		size += len(lines[n])
		n++
	}
	return append(lines[:n:n], fmt.Sprintf(more, plural(len(lines)-n, "more line")))
}
