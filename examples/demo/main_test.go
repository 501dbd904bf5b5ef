package main

import (
	"strings"
	"testing"
)

// The demo plays all its scenes to their ends; it says itself if one ends otherwise than it should.
func TestDemo(t *testing.T) {
	var out strings.Builder
	if err := demo(&out); err != nil {
		t.Errorf("%v\n%s", err, out.String())
	}
	if got := strings.Count(out.String(), "\n$ check_dnsbl "); got != len(scenes) {
		t.Errorf("%d commands shown, want %d", got, len(scenes))
	}
}
