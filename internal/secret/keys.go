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
	"maps"
	"slices"
	"strings"

	"check_dnsbl/internal/catalog"
)

// variables is the beginning of the names of environment variables that hold keys. The operator
// follows: CHECK_DNSBL_KEY_SPAMHAUS.
const variables = "CHECK_DNSBL_KEY_"

// minKey and maxKey bound the length of a key, in bytes. A label of a DNS name has at most 63. To
// mask a key of less than 8 would mask parts of other words too.
const minKey, maxKey = 8, 63

// ParseKeys reads the keys of the command line and of option files, written as OPERATOR=KEY, and
// those of the environment. For each operator the command line wins over files, and these win over
// the environment.
func ParseKeys(commandLine, files, environ []string) (catalog.Keys, error) {
	keys, err := parseAssignments(commandLine)
	if err != nil {
		return nil, err
	}
	all, err := parseAssignments(files)
	if err != nil {
		return nil, err
	}
	maps.Copy(all, keys)
	return parseEnviron(environ, all)
}

// parseAssignments reads keys that are written as OPERATOR=KEY.
func parseAssignments(texts []string) (catalog.Keys, error) {
	keys := catalog.Keys{}
	for _, text := range texts {
		name, key, found := strings.Cut(text, "=")
		operator := strings.ToLower(strings.TrimSpace(name))
		if !found || !isOperator(operator) {
			return nil, fmt.Errorf("--key: want OPERATOR=KEY, with one of %s for the operator",
				strings.Join(catalog.KeyOperators(), ", "))
		}
		if err := add(keys, operator, strings.TrimSpace(key), "--key "+operator); err != nil {
			return nil, err
		}
	}
	return keys, nil
}

// parseEnviron adds the keys of the environment to those that a run has already, for operators
// that have none. Empty variables count as missing. A variable with almost the right name is an
// error. It does not quote the name, as name and key are easily swapped.
func parseEnviron(environ []string, have catalog.Keys) (catalog.Keys, error) {
	keys := maps.Clone(have)
	for _, variable := range environ {
		name, key, _ := strings.Cut(variable, "=")
		key = strings.TrimSpace(key) // such as the line end of a file or web page
		if key == "" || !isVariable(name) {
			continue
		}
		suffix, ours := strings.CutPrefix(name, variables)
		operator := strings.ToLower(suffix)
		if !ours || !isOperator(operator) {
			return nil, fmt.Errorf("environment variable %s...: want %s and one of %s",
				strings.TrimSuffix(variables, "_"), variables,
				strings.ToUpper(strings.Join(catalog.KeyOperators(), ", ")))
		}
		if have[operator] != "" {
			continue
		}
		if err := add(keys, operator, key, "environment variable "+name); err != nil {
			return nil, err
		}
	}
	return keys, nil
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
		return fmt.Errorf("%s: given twice: want one key of each operator", origin)
	}
	if isOperator(strings.ToLower(key)) || len(key) < minKey || len(key) > maxKey ||
		leadingLabel(key) != key || strings.Trim(key, "-") != key {
		return fmt.Errorf("%s: this is no key: want %d to %d letters, digits or inner hyphens, "+
			"without quotes or anything else", origin, minKey, maxKey)
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
