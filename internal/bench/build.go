package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// Names of the programs in the tables. The empty program takes the place of the floor where nothing
// is queried: it is the minimal cost of starting a Go program.
const (
	floorName   = "floor"
	emptyName   = "empty program"
	programName = "check_dnsbl"
	oldName     = "old"
)

// tools has the paths of the programs that are measured.
type tools struct {
	floor, empty, program string
	old                   string // "" if -old is not given
	dir                   string // for temporary files
}

// build builds the programs into dir with the flags of a release, check_dnsbl only if program is
// "".
func build(dir, program, old string) (tools, error) {
	t := tools{
		floor: filepath.Join(dir, "floor"), empty: filepath.Join(dir, "empty"),
		program: program, old: old, dir: dir,
	}
	source := filepath.Join(dir, "empty.go")
	if err := os.WriteFile(source, []byte("package main\n\nfunc main() {}\n"), 0o600); err != nil {
		return t, err
	}
	builds := [][2]string{{t.floor, "check_dnsbl/internal/bench/floor"}, {t.empty, source}}
	if program == "" {
		t.program = filepath.Join(dir, "check_dnsbl")
		builds = append(builds, [2]string{t.program, "check_dnsbl/check_dnsbl"})
	}
	for _, b := range builds {
		command := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", b[0], b[1])
		command.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := command.CombinedOutput(); err != nil {
			return t, fmt.Errorf("go build: %w\n%s", err, out)
		}
	}
	// A program that was just linked lies in the page cache in small pieces, and takes up to a
	// sixth longer to start than a copy. All are measured as copies.
	for i, path := range []*string{&t.floor, &t.empty, &t.program, &t.old} {
		if *path == "" {
			continue
		}
		copied := filepath.Join(dir, fmt.Sprintf("copy-%d", i))
		if err := copyProgram(copied, *path); err != nil {
			return t, err
		}
		*path = copied
	}
	return t, nil
}

// copyProgram copies a program, but not through the memory of this one: the peak RSS of a child
// process starts with that.
func copyProgram(to, from string) error {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o700)
	if err != nil {
		return err
	}
	_, err = io.Copy(target, source)
	return errors.Join(err, target.Close())
}
