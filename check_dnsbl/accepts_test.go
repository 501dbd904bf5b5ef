package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// accepts returns a directory with a configuration, in which DIR stands for the directory, and the text that it includes as example.
func accepts(t *testing.T, name, text, included string) string {
	dir := t.TempDir()
	for file, text := range map[string]string{name: strings.ReplaceAll(text, "DIR", dir), "example": included} {
		if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// runIfInstalled runs a monitor and returns what it prints.
func runIfInstalled(t *testing.T, monitor string, args ...string) string {
	path, err := exec.LookPath(monitor)
	if err != nil {
		t.Skipf("%s is not installed", monitor)
	}
	out, err := exec.Command(path, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", monitor, err, out)
	}
	return string(out)
}
