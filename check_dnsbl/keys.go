package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/dnsbl"
)

// keyVariable is what the names of environment variables that hold keys begin with; the operator follows.
const keyVariable = "CHECK_DNSBL_KEY_"

// A key is one label of a DNS name. One that is shorter than this could not be masked without spoiling other words.
const minKey, maxKey = 8, 63

// parseKeys reads the keys of the command line; of operators that have none there, those of files; and of the rest, those of the
// environment. Its errors say nothing of what was typed in the place of a key.
func parseKeys(typed, inFiles, environ []string) (catalog.Keys, error) {
	keys, err := namedKeys(typed)
	if err != nil {
		return nil, err
	}
	filed, err := namedKeys(inFiles)
	if err != nil {
		return nil, err
	}
	for operator, key := range filed {
		if keys[operator] == "" {
			keys[operator] = key
		}
	}
	fallback, err := environKeys(environ, keys)
	for operator, key := range fallback {
		keys[operator] = key
	}
	return keys, err
}

// namedKeys reads keys that are written as OPERATOR=KEY.
func namedKeys(typed []string) (catalog.Keys, error) {
	keys := catalog.Keys{}
	for _, text := range typed {
		name, key, found := strings.Cut(text, "=")
		operator := strings.ToLower(strings.TrimSpace(name))
		if !found || !slices.Contains(catalog.KeyOperators(), operator) {
			return nil, fmt.Errorf("--key: want OPERATOR=KEY, with one of %s for the operator", strings.Join(catalog.KeyOperators(), ", "))
		}
		if err := addKey(keys, operator, strings.TrimSpace(key), "--key "+operator); err != nil {
			return nil, err
		}
	}
	return keys, nil
}

// environKeys reads the keys of the environment, but for operators that have theirs already.
func environKeys(environ []string, have catalog.Keys) (catalog.Keys, error) {
	keys := catalog.Keys{}
	for _, variable := range environ {
		name, key, _ := strings.Cut(variable, "=")
		key = strings.TrimSpace(key) // as files and web pages have them, with the end of the line
		suffix, ours := strings.CutPrefix(name, keyVariable)
		operator := strings.ToLower(suffix)
		switch {
		case key == "" || !strings.HasPrefix(strings.ToUpper(name), strings.TrimSuffix(keyVariable, "_")):
			continue
		case !ours || !slices.Contains(catalog.KeyOperators(), operator):
			return nil, fmt.Errorf("environment variable %s: want %s and one of %s", shownName(name), keyVariable,
				strings.ToUpper(strings.Join(catalog.KeyOperators(), ", ")))
		case have[operator] != "":
			continue
		}
		if err := addKey(keys, operator, key, "environment variable "+name); err != nil {
			return nil, err
		}
	}
	return keys, nil
}

// shownName returns the name of a variable to be shown, but for what may be a key that was typed into it.
func shownName(name string) string {
	if len(name) > len(keyVariable)+len("spamhauss") || strings.ContainsAny(name, "0123456789") {
		return keyVariable + "..."
	}
	return name
}

// addKey adds the key of an operator if it can be one. From names where it was given.
func addKey(keys catalog.Keys, operator, key, from string) error {
	if keys[operator] != "" {
		return fmt.Errorf("%s: given twice: want one key of each operator", from)
	}
	name := slices.Contains(catalog.KeyOperators(), strings.ToLower(key))
	if name || len(key) < minKey || len(key) > maxKey || keyLabel(key) != key || strings.Trim(key, "-") != key {
		return fmt.Errorf("%s: this is no key: want %d to %d letters, digits or inner hyphens, without quotes or anything else", from, minKey, maxKey)
	}
	keys[operator] = key
	return nil
}

// keyOption tells how the key of a list is given.
func keyOption(l *dnsbl.List) string {
	if l.KeyOf == "" {
		return "only lists of " + strings.Join(catalog.KeyOperators(), ", ") + " can have one"
	}
	return fmt.Sprintf("--key %s=KEY", l.KeyOf)
}

// keyLabel returns how much of s, from its beginning, a key could be made of.
func keyLabel(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	})
	if end < 0 {
		return s
	}
	return s[:end]
}

// strayKey says whether a key was typed where none belongs. What reads that argument would quote it, or parts of it.
func strayKey(args []string) error {
	for i, arg := range args {
		if i > 0 && args[i-1] == "--key" || strings.HasPrefix(arg, "--key=") {
			continue
		}
		if slices.ContainsFunc(catalog.AssignedIn(arg), func(value string) bool { return len(keyLabel(value)) >= minKey }) {
			return errors.New("a key stands where none belongs: want --key OPERATOR=KEY (in a file key = OPERATOR=KEY), or the environment variable " + keyVariable + "OPERATOR")
		}
	}
	return nil
}

// withoutKeys returns a text without what may be a key, for what quotes an option that nobody knows.
func withoutKeys(text string) string {
	for _, run := range catalog.KeyLike(text) {
		text = strings.ReplaceAll(text, run, dnsbl.KeyMark)
	}
	return text
}

// A keyMask is a writer that masks keys in what is written, the last place before it leaves. Each text must be written
// as a whole.
type keyMask struct {
	to   io.Writer
	keys []string // longest first, as one may begin with another
}

// newKeyMask knows the keys before any option is read: whatever follows OPERATOR= in the arguments, stands before a zone
// that takes keys, or is in our variables of the environment, well typed or not.
func newKeyMask(to io.Writer, args, environ []string) *keyMask {
	m := &keyMask{to: to}
	m.learn(args)
	for _, variable := range environ {
		name, key, _ := strings.Cut(variable, "=")
		if !strings.HasPrefix(name, keyVariable) {
			continue
		}
		m.add(keyLabel(strings.TrimSpace(key)))
		for _, value := range catalog.AssignedIn(key) {
			m.add(keyLabel(value))
		}
	}
	return m
}

// learn makes the keys known that are in arguments.
func (m *keyMask) learn(args []string) {
	for i, arg := range args {
		for _, value := range catalog.AssignedIn(arg) {
			m.add(keyLabel(value))
		}
		for _, run := range catalog.KeysIn(arg) {
			m.add(run)
			if strings.HasPrefix(arg, "-") { // short options may stand before it
				m.add(run[1:])
				m.add(run[2:])
			}
		}
		if value, ofOption := strings.CutPrefix(arg, "--key="); ofOption || i > 0 && args[i-1] == "--key" {
			m.add(keyLabel(value)) // without the operator
		}
		for word := range strings.FieldsFuncSeq(arg, func(r rune) bool { return strings.ContainsRune(", \t\r\n=*:", r) }) {
			l, _ := catalog.Find(strings.TrimPrefix(word, "-l"))
			m.add(l.Key)
		}
	}
}

// add makes one more key known.
func (m *keyMask) add(key string) {
	if len(key) >= minKey && !slices.Contains(catalog.KeyOperators(), strings.ToLower(key)) {
		m.keys = append(m.keys, key)
		slices.SortStableFunc(m.keys, func(a, b string) int { return len(b) - len(a) })
	}
}

// mask returns an error without any key that is known, nor what stands in the place of one in the operators' zones.
func (m *keyMask) mask(text string) string {
	whole := strings.NewReplacer("<", "", ">", "").Replace(text) // a fault is shown between these, and may lie within a key
	if m.maskKnown(whole) != whole {
		text = whole
	}
	return catalog.Mask(m.maskKnown(text))
}

// maskKnown returns a text without any key that is known.
func (m *keyMask) maskKnown(text string) string {
	for _, key := range m.keys {
		text = maskCut(dnsbl.MaskKey(text, key), key)
	}
	return text
}

// maskCut returns a text without the beginning of a key where it was clipped. Of the first few letters it makes no word.
func maskCut(text, key string) string {
	const clipped = "..."
	parts := strings.SplitAfter(text, clipped)
	for i, part := range parts {
		body, cut := strings.CutSuffix(part, clipped)
		for n := min(len(key), len(body)); cut && n >= len(dnsbl.KeyMark); n-- {
			if before := body[:len(body)-n]; strings.EqualFold(body[len(before):], key[:n]) {
				parts[i], cut = before+dnsbl.KeyMark+clipped, false
			}
		}
	}
	return strings.Join(parts, "")
}

// Write implements io.Writer.
func (m *keyMask) Write(p []byte) (int, error) {
	_, err := m.to.Write([]byte(m.maskKnown(string(p))))
	return len(p), err
}
