package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"check_dnsbl/internal/checktest"
)

// The README's samples that name a resolver of the tests are in transcripts, but for addresses and
// times. The other samples are from the demo, whose test checks them.
func TestReadme(t *testing.T) {
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	transcripts := strings.ReplaceAll(allTranscripts(t), " -p PORT", "")
	samples := 0
	for _, block := range regexp.MustCompile("(?s)```\n(\\$ [^\n]*check_dnsbl [^\n]*--resolver .*?)```").FindAllStringSubmatch(string(text), -1) {
		if strings.Contains(block[1], " | ") && strings.Contains(block[1], "| jq ") { // see TestReadmeJQ
			continue
		}
		samples++
		block[1] = regexp.MustCompile(`time=[0-9.]+s`).ReplaceAllString(block[1], "time=Ts")
		block[1] = regexp.MustCompile(`queries=[0-9]+`).ReplaceAllString(block[1], "queries=N")
		block[1] = checktest.Clockless(block[1])
		if !strings.Contains(transcripts, strings.NewReplacer("127.0.0.53", "$DNS", "127.0.0.57", "$NAMESERVER").Replace(block[1])) {
			t.Errorf("no transcript has:\n%s", block[1])
		}
	}
	if samples == 0 {
		t.Error("no sample in the README")
	}
}

// The README links to files and sections that exist.
func TestReadmeLinks(t *testing.T) {
	if links := checkLinks(t, "../README.md"); links < 20 {
		t.Errorf("only %d links", links)
	}
}

// checkLinks checks that what a page links to is there, the sections of other pages too, and
// returns the number of its links.
func checkLinks(t *testing.T, page string) int {
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	links := regexp.MustCompile(`\]\(([^)]+)\)`).FindAllStringSubmatch(string(text), -1)
	for _, link := range links {
		if strings.HasPrefix(link[1], "https://") {
			continue
		}
		name, section, inside := strings.Cut(link[1], "#")
		file := page
		if name != "" {
			file = filepath.Join(filepath.Dir(page), name)
		}
		if _, err := os.Stat(file); err != nil || inside && !sections(t, file)[section] {
			t.Errorf("nothing at %s", link[1])
		}
	}
	return len(links)
}

// sections returns the sections of a page by what links name them.
func sections(t *testing.T, page string) map[string]bool {
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, title := range regexp.MustCompile(`(?m)^##+ (.*)$`).FindAllStringSubmatch(string(text), -1) {
		name := regexp.MustCompile(`[^a-z0-9_ -]`).ReplaceAllString(strings.ToLower(title[1]), "")
		names[strings.ReplaceAll(name, " ", "-")] = true
	}
	return names
}

// allTranscripts returns the commands with their outputs, without the lines on state and exit
// status.
func allTranscripts(t *testing.T) string {
	var all strings.Builder
	for _, pattern := range []string{"testdata/*.txt", "../internal/acceptance/testdata/real/*.txt", "../internal/acceptance/testdata/real-direct/*.txt"} {
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
