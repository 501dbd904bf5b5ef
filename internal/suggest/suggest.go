// Package suggest finds the known word that a misspelt one was meant to be.
//
// An own edit distance of 40 lines compares a zone with all those of the catalog in microseconds,
// since it gives up on a word as soon as too many letters differ.
package suggest

import "strings"

// maxWord is the length, in bytes, above which a word is not compared. Zones are shorter.
const maxWord = 64

// Closest returns the known word, in lower case, that differs least from word in any case, or "" if
// none is close: at most two letters, and fewer than half of them, may be wrong, missing, added or
// swapped with the next one. Of equally close words the first wins.
func Closest(word string, known []string) string {
	word = strings.ToLower(word)
	best, limit := "", min(3, (len(word)+1)/2)
	for _, k := range known {
		if d := distance(word, k, limit); d < limit {
			best, limit = k, d
		}
	}
	return best
}

// distance returns the number of edits that make b from a (optimal string alignment: a letter is
// changed, added, left out or swapped with the next one, and none is edited twice). It returns
// limit or more, without computing how many more, if there are at least limit edits.
func distance(a, b string, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit || max(len(a), len(b)) > maxWord {
		return limit
	}
	// Three rows of the matrix of distances between the beginnings of a and b. Arrays on the stack,
	// since one misspelt zone is compared with several hundred.
	var rows [3][maxWord + 1]int
	previous, row, next := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		row[j] = j
	}
	for i := range len(a) {
		next[0] = i + 1
		least := next[0]
		for j := range len(b) {
			changed := row[j]
			if a[i] != b[j] {
				changed++
			}
			next[j+1] = min(changed, row[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], previous[j-1]+1)
			}
			least = min(least, next[j+1])
		}
		if least > limit { // not >=, as a swap may still save one edit
			return limit
		}
		previous, row, next = row, next, previous
	}
	return row[len(b)]
}

// DidYouMean returns the end of an error message that suggests word, or "" if word is "".
func DidYouMean(word string) string {
	if word == "" {
		return ""
	}
	return ". Did you mean " + word + "?"
}
