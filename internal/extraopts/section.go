package extraopts

import (
	"fmt"
	"strings"
)

// parseSection returns the settings in the named section of a file, by the rules of
// monitoring-plugins: the lines of a section may be spread over several parts of the file, a
// comment has a line of its own, and the value is all that follows the first "=", without the
// blanks around it: quotes, "#" and backslashes are part of it. Libraries for ini files read other
// languages. Lines in other sections are not looked at, as they belong to other plugins.
func parseSection(text, name string) ([]Setting, error) {
	var settings []Setting
	first, n := 0, 0 // the line of the first section, and this line
	inside, found := false, false
	for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		line = strings.TrimSpace(line)
		n++
		switch {
		case line == "" || isComment(line):
		case line[0] == '[':
			header, ok := parseHeader(line)
			if !ok {
				return nil, fmt.Errorf("line %d: must be [SECTION]", n)
			}
			inside = header == name
			found = found || inside
			if first == 0 {
				first = n
			}
		case first == 0:
			return nil, fmt.Errorf("line %d: must be below a [SECTION]", n)
		case inside:
			s, ok := parseSetting(line)
			if !ok {
				return nil, fmt.Errorf("section [%s], line %d: must be OPTION=VALUE, or OPTION= "+
					"without a value, and no hyphens before it", name, n)
			}
			s.Line = n
			settings = append(settings, s)
		}
	}
	switch {
	case len(settings) > 0:
		return settings, nil
	case found:
		return nil, fmt.Errorf("section [%s] is empty", name)
	case first == 0:
		return nil, fmt.Errorf("has no section [%s], nor any other", name)
	}
	return nil, fmt.Errorf("has no section [%s], only others, the first in line %d", name, first)
}

// isComment reports whether text, which is not empty, is a comment.
func isComment(text string) bool { return text[0] == '#' || text[0] == ';' }

// parseHeader returns the name in a line such as "[check_dnsbl] # comment".
func parseHeader(line string) (name string, ok bool) {
	name, rest, closed := strings.Cut(line[1:], "]")
	rest = strings.TrimSpace(rest)
	return strings.TrimSpace(name), closed && (rest == "" || isComment(rest))
}

// parseSetting reads a line such as "list = bl.spamcop.net". Hyphens before the option, as on the
// command line, are a mistake.
func parseSetting(line string) (s Setting, ok bool) {
	option, value, found := strings.Cut(line, "=")
	s.Option, s.Value = strings.TrimSpace(option), strings.TrimSpace(value)
	return s, found && s.Option != "" && s.Option[0] != '-'
}
