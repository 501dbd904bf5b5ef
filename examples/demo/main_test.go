package main

import (
	"bufio"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// All scenes end with the expected exit status, and the samples in the README are output of the
// demo.
func TestDemo(t *testing.T) {
	t.Parallel()
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
		if !shows(timeless(out.String()), shown) {
			t.Errorf("the README shows what the demo does not:\n%s", shown)
		}
	}
}

// shows reports whether a text has a sample. A line "..." in it stands for lines that are left out.
func shows(text, sample string) bool {
	for part := range strings.SplitSeq(sample, "\n...\n") {
		_, after, found := strings.Cut(text, part)
		if !found {
			return false
		}
		text = after
	}
	return true
}

// With -serve, the command that the demo prints works more than once, until the demo is
// interrupted.
func TestServe(t *testing.T) {
	t.Parallel()
	program := filepath.Join(t.TempDir(), "check_dnsbl")
	if out, err := exec.Command("go", "build", "-o", program, "check_dnsbl/check_dnsbl").
		CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	ctx, stop := context.WithCancel(t.Context())
	reader, writer := io.Pipe()
	ended := make(chan error, 1)
	go func() { ended <- run(ctx, []string{"-serve"}, writer) }()
	line, err := bufio.NewReader(reader).ReadString('\n')
	parts := regexp.MustCompile(`^the resolver of the demo is (127\.0\.0\.1:\d+), until \^C; try: go run ./check_dnsbl (-H .* --resolver (.*))\n$`).
		FindStringSubmatch(line)
	if err != nil || parts == nil || parts[1] != parts[3] {
		t.Fatalf("%q, %v", line, err)
	}
	for range 2 {
		command := exec.Command(program, strings.Fields(parts[2])...)
		out, _ := command.Output()
		if status := command.ProcessState.ExitCode(); status != 2 ||
			!strings.HasPrefix(string(out), "CRITICAL: 192.0.2.25 is on 3 of 13 lists: ") {
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
		{"-serve 192.0.2.25", "", `["-serve" "192.0.2.25"]: ` + usage},
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

// readmeSamples returns the commands with output in the README that are from the demo: those
// without a resolver or --catalog.
func readmeSamples(t *testing.T) []string {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var samples []string
	for _, block := range regexp.MustCompile("(?s)```\n(\\$ check_dnsbl .*?)```").FindAllStringSubmatch(string(text), -1) {
		command, _, _ := strings.Cut(block[1], "\n")
		if !strings.Contains(command, "--resolver") &&
			!strings.Contains(command, "--catalog") {
			samples = append(samples, timeless(block[1]))
		}
	}
	return samples
}

func timeless(out string) string {
	out = regexp.MustCompile(`time=[0-9.]+s`).ReplaceAllString(out, "time=Ts")
	out = regexp.MustCompile(`queries=[0-9]+`).ReplaceAllString(out, "queries=N")
	out = regexp.MustCompile(`\d\d:\d\d:\d\d [A-Z+0-9]+`).ReplaceAllString(out, "HH:MM:SS UTC")
	out = regexp.MustCompile(`\b\d+\.\d\d s\b`).ReplaceAllString(out, "T s")
	out = regexp.MustCompile(` -p \d+\b`).ReplaceAllString(out, "") // that of a resolver is 53
	out = regexp.MustCompile(`"(program|server|started|recheck_after)":"[^"]*"`).
		ReplaceAllString(out, `"$1":"..."`)
	out = regexp.MustCompile(`("rtt_ms"|"seconds"|"(time|queries)","unit":"s?","value"):[0-9.]+`).
		ReplaceAllString(out, "$1:0.001")
	return regexp.MustCompile(`\b\d+ ms\b`).ReplaceAllString(out, "T ms")
}
