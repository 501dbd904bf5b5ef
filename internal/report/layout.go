package report

import (
	"fmt"
	"strings"

	"check_dnsbl/internal/text"

	"github.com/olorin/nagiosplugin"
)

const (
	defaultWidth = 80 // columns, if the output is not a terminal
	minWidth     = 40 // columns; in fewer, nothing can be aligned
	maxLabel     = 34 // bytes of a label; the text of a longer one begins below it
)

// A layout is text in aligned columns. Its lines are not wider than the terminal, apart from long
// words and verbatim text.
type layout struct {
	out   strings.Builder
	width int // of the terminal, in columns
	color bool
}

func newLayout(info Info) layout {
	width := info.Width
	if width <= 0 {
		width = defaultWidth
	}
	return layout{width: max(width, minWidth), color: info.Color}
}

// stateStyles are the styles of the states of a service.
var stateStyles = [...]style{
	nagiosplugin.OK:       green,
	nagiosplugin.WARNING:  yellow,
	nagiosplugin.CRITICAL: red,
	nagiosplugin.UNKNOWN:  purple,
}

// styled returns text with the sequences that begin and end a style.
func (l *layout) styled(text string, as style) string {
	if !l.color || as == plain {
		return text
	}
	return "\x1b[" + string(as) + "m" + text + "\x1b[0m"
}

// blank writes an empty line.
func (l *layout) blank() { l.out.WriteByte('\n') }

// state writes a state and the headline.
func (l *layout) state(state nagiosplugin.Status, headline string) {
	word := state.String()
	lines := text.Wrap(word+": "+headline, l.width, l.width-len("  "))
	lines[0] = l.styled(word, stateStyles[state]) + strings.TrimPrefix(lines[0], word)
	l.out.WriteString(strings.Join(lines, "\n  ") + "\n")
}

// title writes the title of a section, after an empty line.
func (l *layout) title(title string, as style) {
	for i, line := range text.Wrap(title, l.width, l.width-len("  ")) {
		l.out.WriteString("\n" + strings.Repeat("  ", min(i, 1)) + l.styled(line, as))
	}
	l.blank()
}

// rows writes facts below each other, with labels in a style and texts aligned. The texts begin at
// the middle of the line at the latest, even if labels are longer.
func (l *layout) rows(indent int, labels style, rows []fact) {
	widest := 0
	for _, r := range rows {
		if n := len(r.label); n <= maxLabel {
			widest = max(widest, n)
		}
	}
	margin := min(indent+widest+2, l.width/2)
	for _, r := range rows {
		lines := []string{r.text}
		if !r.verbatim {
			lines = text.Wrap(r.text, l.width-margin, l.width-margin)
		}
		fmt.Fprintf(&l.out, "%*s%s", indent, "", l.styled(r.label, labels))
		if used := indent + len(r.label); used+2 > margin && r.text != "" {
			fmt.Fprintf(&l.out, "\n%*s", margin, "")
		} else if r.text != "" {
			fmt.Fprintf(&l.out, "%*s", margin-used, "")
		}
		l.out.WriteString(strings.Join(lines, fmt.Sprintf("\n%*s", margin, "")) + "\n")
	}
}

// lines writes lines below each other, with a hanging indent where they are wrapped.
func (l *layout) lines(lines []string) {
	const indent = "  "
	for _, line := range lines {
		wrapped := text.Wrap(line, l.width-len(indent), l.width-2*len(indent))
		l.out.WriteString(indent + strings.Join(wrapped, "\n"+indent+indent) + "\n")
	}
}
