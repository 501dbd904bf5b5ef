package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What the README shows of commands with a resolver of the tests is in their transcripts, but for addresses and times. The rest is from the demo, whose test
// looks after it.
func TestReadme(t *testing.T) {
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	transcripts := allTranscripts(t)
	samples := 0
	for _, block := range regexp.MustCompile("(?s)```\n(\\$ [^\n]*check_dnsbl [^\n]*--resolver .*?)```").FindAllStringSubmatch(string(text), -1) {
		samples++
		block[1] = regexp.MustCompile(`time=[0-9.]+s`).ReplaceAllString(block[1], "time=Ts")
		if !strings.Contains(transcripts, strings.NewReplacer("127.0.0.53", "$DNS", "127.0.0.57", "$NAMESERVER").Replace(block[1])) {
			t.Errorf("no transcript has:\n%s", block[1])
		}
	}
	if samples == 0 {
		t.Error("no sample in the README")
	}
}

// allTranscripts returns the commands with their outputs, without the lines on state and exit status.
func allTranscripts(t *testing.T) string {
	var all strings.Builder
	for _, pattern := range []string{"testdata/*.txt", "testdata/real/*.txt", "testdata/real-direct/*.txt"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal(pattern, err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			all.WriteString(regexp.MustCompile(`(?m)^--> .*\n`).ReplaceAllString(string(text), ""))
		}
	}
	return all.String()
}
