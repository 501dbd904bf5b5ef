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
	samples := readmeSamples(t)
	if len(samples) < 2 {
		t.Errorf("%d samples in the README", len(samples))
	}
	for _, shown := range samples {
		if !strings.Contains(timeless(out.String()), shown) {
			t.Errorf("the README shows what the demo does not:\n%s", shown)
		}
	}
}

// readmeSamples returns the commands with output that the README has from the demo: they name no resolver.
func readmeSamples(t *testing.T) []string {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var samples []string
	for _, block := range regexp.MustCompile("(?s)```\n(\\$ check_dnsbl .*?)```").FindAllStringSubmatch(string(text), -1) {
		if command, _, _ := strings.Cut(block[1], "\n"); !strings.Contains(command, "--resolver") {
			samples = append(samples, timeless(block[1]))
		}
	}
	return samples
}

func timeless(out string) string {
	out = regexp.MustCompile(`time=[0-9.]+s`).ReplaceAllString(out, "time=Ts")
	return regexp.MustCompile(`\b\d+ ms\b`).ReplaceAllString(out, "T ms")
}
