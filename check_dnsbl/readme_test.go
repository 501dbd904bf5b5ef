package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/checktest"
	"check_dnsbl/internal/options"
)

// pages are the documentation. Their quotes of the program's output are from the demo, whose
// test holds them.
func pages(t *testing.T) []string {
	docs, err := filepath.Glob("../docs/*.md")
	if err != nil || len(docs) < 6 {
		t.Fatal(docs, err)
	}
	return append(docs, "../README.md", "../examples/icinga2-zones/README.md")
}

// readPage returns the text of a page.
func readPage(t *testing.T, path string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The table in docs/options.md has the same text as -h. With -update it is written.
func TestPagesOptions(t *testing.T) {
	t.Parallel()
	const page, begin, end = "../docs/options.md", " -update -->\n", "\n<!-- end "
	text := readPage(t, page)
	before, rest, begun := strings.Cut(text, begin)
	_, after, ended := strings.Cut(rest, end)
	if !begun || !ended {
		t.Fatal("no place for the table")
	}
	want := before + begin + options.Page().Markdown() + end + after
	if *update {
		if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if text != want {
		t.Errorf("%s is not what the options are: -update writes it\n%s",
			page, checktest.Difference(text, want))
	}
}

// Each command line of ours in the documentation is one that the program takes. Files that it reads
// lie where it is run.
func TestPagesCommands(t *testing.T) {
	var lines []string
	for _, page := range pages(t) {
		lines = append(lines, ownCommands(readPage(t, page))...)
	}
	if len(lines) < 40 {
		t.Errorf("only %d command lines", len(lines))
	}
	t.Chdir(t.TempDir())
	for _, bounce := range []string{"bounce.eml", "undelivered.eml", "FILE"} {
		writeFile(t, bounce, "550 5.7.1 Service unavailable; client [192.0.2.25] blocked using zen.spamhaus.org\n")
	}
	for _, line := range lines {
		args := checktest.Words(line)
		if strings.Contains(line, "--extra-opts") || len(args) == 1 { // a file of the reader's, or only the name
			continue
		}
		if _, err := readConfig(args[1:]); err != nil {
			t.Errorf("%s: %v", line, err)
		}
	}
}

// The documentation links to files and sections that exist.
func TestPagesLinks(t *testing.T) {
	t.Parallel()
	for _, page := range pages(t) {
		if checkLinks(t, page) == 0 {
			t.Errorf("%s: no link", page)
		}
	}
}

// checkLinks checks that what a page links to is there, the sections of other pages too, and
// returns the number of its links.
func checkLinks(t *testing.T, page string) int {
	links := regexp.MustCompile(`\]\(([^)]+)\)`).FindAllStringSubmatch(readPage(t, page), -1)
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
			t.Errorf("%s: nothing at %s", page, link[1])
		}
	}
	return len(links)
}

// sections returns the sections of a page by what links name them.
func sections(t *testing.T, page string) map[string]bool {
	names := map[string]bool{}
	for _, title := range regexp.MustCompile(`(?m)^##+ (.*)$`).FindAllStringSubmatch(readPage(t, page), -1) {
		name := regexp.MustCompile(`[^a-z0-9_ -]`).ReplaceAllString(strings.ToLower(title[1]), "")
		names[strings.ReplaceAll(name, " ", "-")] = true
	}
	return names
}

// A reader gets through every sentence of the documentation in one breath: it has at most 30 words.
func TestPagesSentences(t *testing.T) {
	t.Parallel()
	const most = 30
	for _, page := range pages(t) {
		for _, sentence := range sentences(readPage(t, page)) {
			if n := len(strings.Fields(sentence)); n > most {
				t.Errorf("%s: a sentence of %d words: %s", page, n, sentence)
			}
		}
	}
}

// sentences returns the sentences of a Markdown text, cells of tables and items of lists too. Code
// is one word.
func sentences(text string) []string {
	for _, r := range [][2]string{
		{"(?s)```.*?```", "\n\n"}, {"(?s)<!-- made.*?<!-- end", "\n\n"}, {`(?m)^(\[[^]]*\]\(#[^)]*\)[,\s]*)+$`, "\n\n"}, {"`[^`]*`", "CODE"},
		{`\]\([^)]*\)`, "]"}, {`(?m)^#.*$`, "\n"}, {`(?m)^ *(-|\d\.) `, "\n\n"}, {`\||\n\n+`, "\x00"}, {`[.?!]\)?\**\s`, "\x00"},
	} {
		text = regexp.MustCompile(r[0]).ReplaceAllString(text, r[1])
	}
	return strings.Split(text, "\x00")
}

// The README has the size of the catalog, and the timeout that a /24 needs on the recommended lists.
func TestReadmeFigures(t *testing.T) {
	t.Parallel()
	text := readPage(t, "../README.md")
	if lists := fmt.Sprintf(" %d lists", len(catalog.All())); !strings.Contains(text, lists) {
		t.Errorf("the README does not say that the catalog has%s", lists)
	}
	var out strings.Builder
	invoke(t.Context(), []string{"198.51.100.0/24", "-t", "30", "--resolver", "127.0.0.1:9"}, nil, &out)
	needed := regexp.MustCompile(`-t [0-9]{2,}`).FindAllString(out.String(), -1)
	if len(needed) != 1 || !strings.Contains(text, "/24 "+needed[0]) {
		t.Errorf("a /24 needs %v, says the program, but not the README:\n%s", needed, out.String())
	}
}

// The tables of performance data and of the states of lists have the labels and states of the
// schema.
func TestPagesNames(t *testing.T) {
	schema := example(t, "check_dnsbl.schema.json")
	_, health, _ := strings.Cut(schema, `    "health": {`+"\n"+`      "description"`)
	health, _, _ = strings.Cut(health, "]")
	_, labels, _ := strings.Cut(schema, `"label": {"enum": [`)
	labels, _, _ = strings.Cut(labels, "]")
	for _, tt := range []struct{ page, head, name, schema, code string }{
		{"../docs/output.md", "| label | value |\n", "`([a-z]+)`", labels, `"([a-z]+)"`},
		{"../docs/monitoring.md", "| state | meaning |\n", `([a-z ]*[a-z])`, health, `"const": "([a-z_]+)"`},
	} {
		_, table, _ := strings.Cut(readPage(t, tt.page), tt.head)
		table, _, _ = strings.Cut(table, "\n\n")
		var got, want []string
		for row := range strings.Lines(table) {
			first, _, _ := strings.Cut(strings.TrimPrefix(row, "|"), "|")
			for _, name := range regexp.MustCompile(tt.name).FindAllStringSubmatch(first, -1) {
				got = append(got, strings.TrimSpace(name[1]))
			}
		}
		for _, code := range regexp.MustCompile(tt.code).FindAllStringSubmatch(tt.schema, -1) {
			want = append(want, strings.ReplaceAll(code[1], "_", " "))
		}
		slices.Sort(got)
		slices.Sort(want)
		if got = slices.Compact(got); len(want) < 10 || !slices.Equal(got, want) {
			t.Errorf("%s has\n%q\nthe schema has\n%q", tt.page, got, want)
		}
	}
}

// The notes on resolvers that docs/how-it-works.md explains are those of the program.
func TestPagesNotes(t *testing.T) {
	_, table, _ := strings.Cut(readPage(t, "../docs/how-it-works.md"), "| note | cause | fix |\n|---|---|---|\n")
	table, _, _ = strings.Cut(table, "\n\n")
	program, notes := readPage(t, "../internal/check/check.go"), 0
	for row := range strings.Lines(table) {
		note := strings.Split(row, " | ")[0]
		if note = strings.TrimPrefix(note, "| "); !strings.Contains(program, `"resolver %s `+note) {
			t.Errorf("no note of the program begins with %q", note)
		}
		notes++
	}
	if notes < 3 {
		t.Errorf("only %d notes", notes)
	}
}
