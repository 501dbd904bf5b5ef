package report

import (
	"fmt"
	"strings"

	"check_dnsbl/internal/text"

	"github.com/olorin/nagiosplugin"
)

const (
	defaultWidth = 80 // of what is no terminal
	leastWidth   = 40 // below that nothing can be aligned
	widestLabel  = 34 // longer ones have a line of their own
)

// A sheet is text in aligned columns that people read, not wider than their terminal but for what cannot be broken.
type sheet struct {
	text  strings.Builder
	width int
	color bool
}

func newSheet(run Run) *sheet {
	width := run.Width
	if width <= 0 {
		width = defaultWidth
	}
	return &sheet{width: max(width, leastWidth), color: run.Color}
}

// A style is how terminals are told to show something (ECMA-48 section 8.3.117).
type style string

const (
	plain  style = ""
	bold   style = "1"
	red    style = "1;31"
	green  style = "1;32"
	yellow style = "1;33"
	purple style = "1;35"
)

// styleOf is the style of a state.
func styleOf(state nagiosplugin.Status) style {
	return [...]style{nagiosplugin.OK: green, nagiosplugin.WARNING: yellow, nagiosplugin.CRITICAL: red, nagiosplugin.UNKNOWN: purple}[state]
}

func (s *sheet) styled(text string, as style) string {
	if !s.color || as == plain {
		return text
	}
	return "\x1b[" + string(as) + "m" + text + "\x1b[0m"
}

// state writes a state, with what there is to say of it.
func (s *sheet) state(state nagiosplugin.Status, line string) {
	lines := text.Wrap(state.String()+": "+line, s.width, s.width-len("  "))
	lines[0] = s.styled(state.String(), styleOf(state)) + strings.TrimPrefix(lines[0], state.String())
	s.text.WriteString(strings.Join(lines, "\n  ") + "\n")
}

// title begins a part.
func (s *sheet) title(title string, as style) {
	for i, line := range text.Wrap(title, s.width, s.width-len("  ")) {
		s.text.WriteString("\n" + strings.Repeat("  ", min(i, 1)) + s.styled(line, as))
	}
	s.text.WriteByte('\n')
}

// A cell is a row of a sheet: a label, and text beside it.
type cell struct {
	label, text string
	as          style // of the label
	whole       bool  // the text is not to be broken
}

// rows writes cells below each other, their texts aligned.
func (s *sheet) rows(indent int, cells []cell) {
	wide := 0
	for _, c := range cells {
		if n := len(c.label); n <= widestLabel {
			wide = max(wide, n)
		}
	}
	margin := min(indent+wide+2, s.width/2)
	for _, c := range cells {
		lines := []string{c.text}
		if !c.whole {
			lines = text.Wrap(c.text, s.width-margin, s.width-margin)
		}
		fmt.Fprintf(&s.text, "%*s%s", indent, "", s.styled(c.label, c.as))
		if used := indent + len(c.label); used+2 > margin && c.text != "" {
			fmt.Fprintf(&s.text, "\n%*s", margin, "")
		} else if c.text != "" {
			fmt.Fprintf(&s.text, "%*s", margin-used, "")
		}
		s.text.WriteString(strings.Join(lines, fmt.Sprintf("\n%*s", margin, "")) + "\n")
	}
}

// lines writes lines below each other, each from its second line on indented.
func (s *sheet) lines(lines []string) {
	const indent = "  "
	for _, line := range lines {
		s.text.WriteString(indent + strings.Join(text.Wrap(line, s.width-len(indent), s.width-2*len(indent)), "\n"+indent+indent) + "\n")
	}
}
