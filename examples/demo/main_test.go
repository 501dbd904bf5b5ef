package main

import (
	"bufio"
	"context"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"check_dnsbl/internal/checktest"
)

var update = flag.Bool("update", false, "write what the demo shows into the documentation")

// The program is built once. All scenes end with the expected exit status. What the README and docs quote of them is what they
// show; with -update it is written there.
func TestDemo(t *testing.T) {
	program, err := build(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Run("scenes", func(t *testing.T) { testScenes(t, program) })
	t.Run("serve", func(t *testing.T) { testServe(t, program) })
	t.Run("picture", func(t *testing.T) { testPicture(t, program) })
}

func testScenes(t *testing.T, program string) {
	t.Parallel()
	var out strings.Builder
	if err := runAll(&out, program); err != nil {
		t.Errorf("%v\n%s", err, out.String())
	}
	shown := map[string]string{} // the output by the command line
	for _, s := range strings.Split(out.String(), "\n$ check_dnsbl ")[1:] {
		command, output, _ := strings.Cut(s, "\n")
		output, _, _ = strings.Cut(output, "exit status ")
		shown[command] = steady(output)
	}
	if len(shown) != len(scenes) {
		t.Errorf("%d commands shown, want %d", len(shown), len(scenes))
	}
	pages, _ := filepath.Glob("../../docs/*.md")
	samples := 0
	for _, page := range append(pages, "../../README.md") {
		samples += checkSamples(t, page, shown)
	}
	if samples < 5 {
		t.Errorf("only %d samples", samples)
	}
}

// aSample is a command and its output in a page. Commands that feed jq are tested elsewhere.
var aSample = regexp.MustCompile("(?s)```\n\\$ check_dnsbl ([^|\n]*)\n(.*?)```")

// checkSamples holds the samples of a page against what the demo showed, and returns their number.
// A sample that ends with "..." is the beginning of the output, of as many lines as it has.
func checkSamples(t *testing.T, page string, shown map[string]string) int {
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	samples := 0
	current := aSample.ReplaceAllStringFunc(string(text), func(sample string) string {
		samples++
		parts := aSample.FindStringSubmatch(sample)
		output, known := shown[parts[1]]
		if !known {
			t.Errorf("%s: the demo has no scene with check_dnsbl %s", page, parts[1])
		}
		if lines := strings.Count(parts[2], "\n") - 1; strings.HasSuffix(parts[2], "\n...\n") {
			all := strings.SplitAfter(output, "\n")
			output = strings.Join(all[:min(lines, len(all))], "") + "...\n"
		}
		return "```\n$ check_dnsbl " + parts[1] + "\n" + output + "```"
	})
	if *update {
		if err := os.WriteFile(page, []byte(current), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if steady(string(text)) != steady(current) {
		t.Errorf("%s is not what the demo shows: go test ./examples/demo -update writes it\n%s",
			page, checktest.Difference(string(text), current))
	}
	return samples
}

// With -serve, the command that the demo prints works more than once, until the demo is
// interrupted.
func testServe(t *testing.T, program string) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	reader, writer := io.Pipe()
	ended := make(chan error, 1)
	go func() { ended <- run(ctx, []string{"-serve", "127.0.0.1:0"}, writer) }()
	lines := bufio.NewReader(reader)
	said, _ := lines.ReadString('\n')
	command, err := lines.ReadString('\n')
	parts := regexp.MustCompile(`^go run ./check_dnsbl (-H .* --resolver (127\.0\.0\.1:\d+))\n$`).
		FindStringSubmatch(command)
	if err != nil || parts == nil || !strings.Contains(said, parts[2]) {
		t.Fatalf("%q, %q, %v", said, command, err)
	}
	for range 2 {
		command := exec.Command(program, strings.Fields(parts[1])...)
		out, _ := command.Output()
		if status := command.ProcessState.ExitCode(); status != 2 ||
			!strings.HasPrefix(string(out), "CRITICAL: ") {
			t.Errorf("status %d: %s", status, out)
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestUsage(t *testing.T) {
	for _, tt := range []struct{ args, out, wrong string }{
		{"-h", usage + "\n", ""},
		{"--help", usage + "\n", ""},
		{"-server", "", `["-server"]: ` + usage},
		{"-serve 127.0.0.1:1 x", "", `["-serve" "127.0.0.1:1" "x"]: ` + usage},
		{"-serve 192.0.2.25:53", "", `-serve "192.0.2.25:53": must be a loopback address and a port, such as ` + serveAt},
	} {
		var out strings.Builder
		wrong := ""
		if err := run(t.Context(), strings.Fields(tt.args), &out); err != nil {
			wrong = err.Error()
		}
		if out.String() != tt.out || wrong != tt.wrong {
			t.Errorf("%s: %q, %q", tt.args, out.String(), wrong)
		}
	}
}

// steady returns text with fixed values in place of times, ports and the version of a build.
func steady(text string) string {
	for _, r := range []struct{ pattern, fixed string }{
		{`\btime=[0-9.]+s`, "time=0.205s"},
		{`\bqueries=\d+`, "queries=50"}, // some are sent again
		{`\d\d:\d\d:\d\d UTC`, "16:25:45 UTC"},
		{`\b\d+\.\d\d s\b`, "0.21 s"},
		{`\b\d+ ms\b`, "12 ms"},
		{` -p \d+\b`, ""}, // that of a resolver is 53
		{`\b127\.0\.0\.1:\d+`, "127.0.0.1:53"},
		{`"program":"[^"]*"`, `"program":"check_dnsbl 1.0.0"`},
		{`\d{4}-\d\d-\d\dT\d\d:\d\d:[0-9.]+Z`, "2026-11-22T16:25:45Z"},
		{`("rtt_seconds"):[0-9.]+`, "${1}:0.012345"},
		{`("queries","unit":"","value"):\d+`, "${1}:3"},
		{`("took_seconds"|"time","unit":"s","value"):[0-9.]+`, "${1}:0.205"},
	} {
		text = regexp.MustCompile(r.pattern).ReplaceAllString(text, r.fixed)
	}
	return text
}
