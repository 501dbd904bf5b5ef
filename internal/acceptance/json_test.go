package acceptance

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"check_dnsbl/internal/checktest"
)

// The versions of the validator and of its formats (date-time and the like).
var ajvModules = []string{"ajv@8.20.0", "ajv-formats@3.0.1"}

// TestRealAJV validates every form of output with ajv in strict mode, which many programs use, and
// which takes less than the Go validator in check_dnsbl/json_test.go.
func TestRealAJV(t *testing.T) {
	t.Parallel()
	node, npm := checktest.Installed(t, "node"), checktest.Installed(t, "npm")
	dir := t.TempDir()
	install := exec.Command(npm, append([]string{"install", "--prefix", dir, "--cache", dir + "/cache",
		"--no-audit", "--no-fund", "--no-update-notifier", "--ignore-scripts"}, ajvModules...)...)
	if out, err := install.CombinedOutput(); err != nil {
		t.Fatalf("npm install: %v\n%s", err, out)
	}
	validate := func(files ...string) (string, error) {
		args := append([]string{"testdata/ajv.cjs", "../../examples/check_dnsbl.schema.json"}, files...)
		command := exec.Command(node, args...)
		command.Env = append(os.Environ(), "NODE_PATH="+dir+"/node_modules")
		out, err := command.CombinedOutput()
		return string(out), err
	}
	unfinished := filepath.Join(dir, "unfinished.json") // only a bug has it
	const head = `{"version":1,"program":"check_dnsbl","results":[]`
	writeFile(t, unfinished, head+`,"state":"UNKNOWN","exit_status":3,"summary":"internal error"}`)
	files := append(jsonOutputs(t, dir), unfinished)
	out, err := validate(files...)
	if err != nil || out != fmt.Sprintf("%d valid\n", len(files)) {
		t.Errorf("%v\n%s", err, out)
	}
	for name, broken := range map[string]string{
		"a status that does not exist": head + `,"state":"UNKNOWN","exit_status":4,"summary":""}`,
		"no summary":                   head + `,"state":"UNKNOWN","exit_status":3}`,
		"two forms":                    head + `,"state":"UNKNOWN","exit_status":3,"summary":"","took_seconds":1}`,
		"no date":                      `{"version":1,"program":"check_dnsbl","catalog_date":"today","catalog":[]}`,
	} {
		file := filepath.Join(dir, "broken.json")
		writeFile(t, file, broken)
		if out, err := validate(file); err == nil {
			t.Errorf("%s is valid: %s", name, out)
		}
	}
}

// jsonOutputs writes the output of the commands that have every form of it into files.
func jsonOutputs(t *testing.T, dir string) []string {
	transcripts, _ := filepath.Glob("../../check_dnsbl/testdata/*.txt")
	names := checktest.Worlds(t, transcripts).Start(t)
	commands := checktest.Commands(t, "../../check_dnsbl/testdata/json/commands.txt", names)
	files := make([]string, len(commands))
	var all sync.WaitGroup
	for i, line := range commands {
		files[i] = filepath.Join(dir, fmt.Sprintf("%d.json", i))
		all.Go(func() {
			command := exec.Command(programDir+"/check_dnsbl", append(strings.Fields(line), "-o", "json")...)
			command.Dir = "../../check_dnsbl"
			out, _ := command.Output() // what counts is what it prints
			if err := os.WriteFile(files[i], out, 0o644); err != nil || len(out) == 0 {
				t.Errorf("%s: %v, %d bytes", line, err, len(out))
			}
		})
	}
	all.Wait()
	return files
}
