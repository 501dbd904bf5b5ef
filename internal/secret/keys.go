// Package secret keeps users' keys out of all output.
//
// Some operators open lists to users with a key, which is a label of the name that is queried:
// KEY.zen.dq.spamhaus.net. It is given with --key, in a variable of the environment or in an option
// file. ParseKeys reads keys (keys.go). Its errors never quote what was given, and neither does any
// other error where a key may stand; elsewhere, errors quote what is wrong.
//
// A Mask (mask.go) knows the keys before any option is parsed. It masks them in messages, in what
// operators write, in names that may be cut, and last of all in every write to the output. It knows
// values and places. It does not guess from the look of a word.
package secret

import (
	"fmt"
	"slices"
	"strings"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/text"
)

// variables is the beginning of the names of environment variables that hold keys. The operator
// follows: CHECK_DNSBL_KEY_SPAMHAUS.
const variables = "CHECK_DNSBL_KEY_"

// minKey and maxKey bound the length of a key, in bytes. A label of a DNS name has at most 63. To
// mask a key of less than 8 would mask parts of other words too.
const minKey, maxKey = 8, 63

// ParseKeys reads the keys of the command line and of option files, written as OPERATOR=KEY, and
// those of the environment. For each operator the command line wins over files, and these win over
// the environment. If another key replaces one, a note names the origin of both.
func ParseKeys(
	commandLine, files, environ []string,
) (keys catalog.Keys, notes []string, err error) {
	if keys, err = parseAssignments(commandLine); err != nil {
		return nil, nil, err
	}
	origins := map[string]string{} // of keys, by operator
	for operator := range keys {
		origins[operator] = "the command line"
	}
	fromFiles, err := parseAssignments(files)
	if err != nil {
		return nil, nil, err
	}
	notes = complete(keys, fromFiles, origins, "the option file")
	fromEnviron, err := parseEnviron(environ, keys)
	if err != nil {
		return nil, nil, err
	}
	return keys, append(notes, complete(keys, fromEnviron, origins, "the environment")...), nil
}

// complete adds keys of this origin for operators that have none. It returns a note about each
// other key.
func complete(keys, more catalog.Keys, origins map[string]string, origin string) (notes []string) {
	for _, operator := range catalog.KeyOperators() {
		key, other := keys[operator], more[operator]
		switch {
		case other == "" || strings.EqualFold(key, other):
		case key == "":
			keys[operator], origins[operator] = other, origin
		default:
			notes = append(notes, fmt.Sprintf("two keys for %s: the one from %s is used, "+
				"not the one from %s", operator, origins[operator], origin))
		}
	}
	return notes
}

// parseAssignments reads keys that are written as OPERATOR=KEY.
func parseAssignments(texts []string) (catalog.Keys, error) {
	keys := catalog.Keys{}
	for _, assignment := range texts {
		name, key, found := strings.Cut(assignment, "=")
		operator := strings.ToLower(strings.TrimSpace(name))
		if !found || !isOperator(operator) {
			return nil, fmt.Errorf("--key: must be OPERATOR=KEY, with %s as OPERATOR",
				text.Or(catalog.KeyOperators()))
		}
		if err := add(keys, operator, strings.TrimSpace(key), "--key "+operator); err != nil {
			return nil, err
		}
	}
	return keys, nil
}

// parseEnviron returns the keys of the environment. Those for operators that have a key already
// may be wrong. Empty variables count as missing. A variable with almost the right name is an
// error, which does not quote the name, as name and key are easily swapped.
func parseEnviron(environ []string, have catalog.Keys) (catalog.Keys, error) {
	keys := catalog.Keys{}
	for _, variable := range environ {
		name, key, _ := strings.Cut(variable, "=")
		key = strings.TrimSpace(key) // such as the line end of a file or web page
		if key == "" || !isVariable(name) {
			continue
		}
		suffix, ours := strings.CutPrefix(name, variables)
		operator := strings.ToLower(suffix)
		if !ours || !isOperator(operator) {
			return nil, fmt.Errorf("environment variable %s...: must be %s",
				strings.TrimSuffix(variables, "_"), text.Or(variableNames()))
		}
		if have[operator] != "" {
			keys[operator] = key
			continue
		}
		if err := add(keys, operator, key, "environment variable "+name); err != nil {
			return nil, err
		}
	}
	return keys, nil
}

// variableNames returns the names of all environment variables that hold keys.
func variableNames() []string {
	var names []string
	for _, operator := range catalog.KeyOperators() {
		names = append(names, variables+strings.ToUpper(operator))
	}
	return names
}

// isVariable reports whether an environment variable seems to hold a key.
func isVariable(name string) bool {
	return strings.HasPrefix(strings.ToUpper(name), strings.TrimSuffix(variables, "_"))
}

func isOperator(word string) bool { return slices.Contains(catalog.KeyOperators(), word) }

// add adds the key of an operator, or returns an error if it cannot be one. origin is the option or
// variable that it was given with.
func add(keys catalog.Keys, operator, key, origin string) error {
	if keys[operator] != "" {
		return fmt.Errorf("%s: given twice. Use one key for each operator", origin)
	}
	if isOperator(strings.ToLower(key)) || len(key) < minKey || len(key) > maxKey ||
		leadingLabel(key) != key || strings.Trim(key, "-") != key {
		return fmt.Errorf("%s: the key must be %d to %d letters, digits or inner hyphens, "+
			"without quotes", origin, minKey, maxKey)
	}
	keys[operator] = key
	return nil
}

// leadingLabel returns the letters, digits and hyphens at the start of s, which a key consists of.
func leadingLabel(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r|0x20 < 'a' || r|0x20 > 'z')
	})
	if end < 0 {
		return s
	}
	return s[:end]
}
