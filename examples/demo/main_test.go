package main

import (
	"os"
	"regexp"
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
	if shown := readmeSample(t); !strings.Contains(timeless(out.String()), shown) {
		t.Errorf("the README shows what the demo does not:\n%s", shown)
	}
}

// readmeSample returns the command and output that the README begins with.
func readmeSample(t *testing.T) string {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "```\n$ check_dnsbl ")
	sample, _, found := strings.Cut(rest, "```")
	if !found {
		t.Fatal("no sample in the README")
	}
	return timeless("$ check_dnsbl " + sample)
}

func timeless(out string) string {
	return regexp.MustCompile(`time=[0-9.]+s`).ReplaceAllString(out, "time=Ts")
}
