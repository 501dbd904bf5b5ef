package secret

import (
	"io"
	"slices"
	"strings"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/dnsbl"
)

// A Mask knows the keys of a run and replaces them by dnsbl.KeyMark, in upper or lower case. The
// zero value knows none, and cannot learn. Any number of goroutines may use a Mask that no longer
// learns.
//
// It looks for all keys in one pass, since an option file may hold thousands of zones with keys.
type Mask struct {
	keys    map[string]bool  // in lower case
	lengths map[string][]int // by the first minKey letters of keys: their lengths, longest first
	initial [256]bool        // the first letters of keys
}

// NewMask returns a mask of the keys in the arguments and in the environment. It does not need them
// to be well typed, since the errors about what is wrong with them must be masked too.
func NewMask(args, environ []string) *Mask {
	m := &Mask{keys: map[string]bool{}, lengths: map[string][]int{}}
	m.Learn(args)
	for _, variable := range environ {
		if name, value, _ := strings.Cut(variable, "="); isVariable(name) {
			m.add(leadingLabel(strings.TrimSpace(value)))
			m.addAssigned(value)
		}
	}
	return m
}

// Learn adds the keys in arguments: the values of --key, whatever follows OPERATOR= in any other
// argument, and the labels that stand where a zone has its key.
func (m *Mask) Learn(args []string) {
	for i, arg := range args {
		if value, ok := strings.CutPrefix(arg, "--key"); ok {
			m.addValue(strings.TrimPrefix(value, "="))
		} else if i > 0 && args[i-1] == "--key" {
			m.addValue(arg)
		}
		m.addAssigned(arg)
		for _, label := range catalog.KeyLabels(arg) {
			m.add(label)
			// In "-lKEY.zen.dq.spamhaus.net" and "-vlKEY..." short options are glued to the label.
			for n := 1; n < 4 && strings.HasPrefix(arg, "-") && n < len(label); n++ {
				m.add(label[n:])
			}
		}
	}
}

// addValue adds the value of a --key, whose operator may be missing or wrong.
func (m *Mask) addValue(value string) {
	m.add(leadingLabel(value))
	if _, key, ok := strings.Cut(value, "="); ok {
		m.add(leadingLabel(strings.TrimSpace(key)))
	}
}

// addAssigned adds what follows the name of an operator and "=": in "--kye spamhaus=KEY" or
// "-l zen.dq.spamhaus.net=KEY" a key was typed at the wrong place. The filter of a list, such as
// "=127.0.0.2", is shorter than a key.
func (m *Mask) addAssigned(s string) {
	for name, rest, ok := strings.Cut(s, "="); ok; name, rest, ok = strings.Cut(rest, "=") {
		name = strings.ToLower(strings.TrimSpace(name))
		name = name[strings.LastIndexAny(name, " \t,")+1:]
		named := func(operator string) bool { return strings.Contains(name, operator) }
		if slices.ContainsFunc(catalog.KeyOperators(), named) {
			m.add(leadingLabel(strings.TrimSpace(rest)))
		}
	}
}

// add adds one key, if it can be one.
func (m *Mask) add(key string) {
	key = strings.ToLower(strings.Trim(key, "-"))
	if len(key) < minKey || isOperator(key) || m.keys[key] {
		return
	}
	m.keys[key] = true
	m.initial[key[0]] = true
	lengths := m.lengths[key[:minKey]]
	if !slices.Contains(lengths, len(key)) {
		lengths = append(lengths, len(key))
		slices.SortFunc(lengths, func(a, b int) int { return b - a })
		m.lengths[key[:minKey]] = lengths
	}
}

// Empty reports whether the mask knows no keys.
func (m *Mask) Empty() bool { return len(m.keys) == 0 }

// Hide returns s with KeyMark for each key: "k=KEY1,KEY2" becomes "k=KEY,KEY". Text must be
// masked before it is cut, as half a key is not recognized. Whether it is cleaned before or after
// makes no difference: cleaning neither changes nor makes letters that a key consists of.
func (m *Mask) Hide(s string) string {
	if m.Empty() {
		return s
	}
	lower := asciiLower(s)
	var out strings.Builder
	end := 0 // of the last key; keys may overlap
	for i := range len(s) - minKey + 1 {
		n := m.keyAt(lower, i)
		if n == 0 {
			continue
		}
		if i >= end {
			out.WriteString(s[end:i] + dnsbl.KeyMark)
		}
		end = max(end, i+n)
	}
	return out.String() + s[end:]
}

// keyAt returns the length of the longest key at lower[i:], or 0.
func (m *Mask) keyAt(lower []byte, i int) int {
	if !m.initial[lower[i]] {
		return 0
	}
	for _, n := range m.lengths[string(lower[i:i+minKey])] {
		if i+n <= len(lower) && m.keys[string(lower[i:i+n])] {
			return n
		}
	}
	return 0
}

// asciiLower returns s with ASCII letters in lower case: places in it are places in s.
func asciiLower(s string) []byte {
	lower := []byte(s)
	for i, c := range lower {
		if 'A' <= c && c <= 'Z' {
			lower[i] = c + 'a' - 'A'
		}
	}
	return lower
}

// Message returns a message that quotes what was typed, with KeyMark for each key and for whatever
// stands where an operator's zone has its key, even if that cannot be one.
func (m *Mask) Message(s string) string {
	// The error about a filter shows the fault between angle brackets, as in "127.0>;<x". These may
	// split a key that was typed as a filter.
	if whole := strings.NewReplacer("<", "", ">", "").Replace(s); m.Hide(whole) != whole {
		s = whole
	}
	return catalog.Mask(m.Hide(s))
}

// HideAll returns what Hide makes of each text.
func (m *Mask) HideAll(texts []string) []string {
	hidden := make([]string, len(texts))
	for i, text := range texts {
		hidden[i] = m.Hide(text)
	}
	return hidden
}

// HideReasons masks the reasons of findings in place. Operators write them, and may repeat a key.
// Call it before reasons are cut or compared.
func (m *Mask) HideReasons(findings []dnsbl.Finding) {
	for i := range findings {
		if e := findings[i].Evidence; e != nil && !m.Empty() {
			e.Reason.Texts = m.HideAll(e.Reason.Texts)
		}
	}
}

// Writer returns a writer that masks what is written to w. It is the last line of defence, for keys
// in names and notes that nothing masked before. It works on whole writes: a key in two parts, in
// two calls of Write or because the text was cut, is not recognized.
func (m *Mask) Writer(w io.Writer) io.Writer { return writer{w, m} }

type writer struct {
	to   io.Writer
	mask *Mask
}

func (w writer) Write(p []byte) (int, error) {
	if w.mask.Empty() {
		return w.to.Write(p)
	}
	if _, err := w.to.Write([]byte(w.mask.Hide(string(p)))); err != nil {
		return 0, err
	}
	return len(p), nil
}
