package main

import (
	"slices"
	"strings"
	"testing"
)

// Nothing is said of what may hold a key, nor of a list that a key stands before.
func TestNearestToKeys(t *testing.T) {
	tests := []struct{ word, known, want string }{
		{"key.zen.example.org", "<key>.zen.example.org", ""},
		{"abcdefghijklmnopqrst", "abcdefghijklmnopqrstu", "abcdefghijklmnopqrstu"},
		{"s3cret.zen.dq.spamhaus.net", "s3cre.zen.dq.spamhaus.net", ""},
		{"<kye>.zen.dq.spamhaus.net", "<key>.zen.dq.spamhaus.net", ""},
		{"all.spamrat.com", "<key>.all.spamrats.com all.spamrats.com", "all.spamrats.com"},
	}
	for _, tt := range tests {
		known := strings.Fields(tt.known)
		if got := meant(tt.word, known); got != tt.want {
			t.Errorf("meant(%q, %q) = %q, want %q", tt.word, tt.known, got, tt.want)
		}
		if !slices.Equal(known, strings.Fields(tt.known)) {
			t.Errorf("meant(%q) has changed what is known: %q", tt.word, known)
		}
	}
}
