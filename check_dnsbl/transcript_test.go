package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"check_dnsbl/internal/checktest"

	"github.com/olorin/nagiosplugin"
)

var update = flag.Bool("update", false, "write what the program prints into the transcripts")

// Each transcript is a page: what its world is, as checktest.World has it, and commands, each with
// the state, exit status and exact output that follow. Variables of the environment stand before
// the command. $DNS stands for the world's resolver, T for a time; -t 1 keeps the silent ones
// short.
//
// A command that differs is played again alone: a machine that is too busy to answer in time is not to
// blame for it.
func TestTranscripts(t *testing.T) {
	t.Parallel()
	var lock sync.Mutex
	var differ []string
	t.Run("together", func(t *testing.T) {
		slots := make(chan struct{}, 2*atOnce()) // most wait for an answer that does not come
		for _, file := range transcripts(t) {
			t.Run(filepath.Base(file), func(t *testing.T) {
				t.Parallel()
				got, want := perform(t, file, slots)
				if *update {
					writeFile(t, file, got)
				} else if got != want {
					lock.Lock()
					defer lock.Unlock()
					differ = append(differ, file)
				}
			})
		}
	})
	for _, file := range differ {
		got, want := perform(t, file, make(chan struct{}, 2))
		if t.Logf("%s is played again", file); got != want {
			t.Errorf("%s differs; got:\n%s", file, checktest.Difference(want, got))
		}
	}
}

// perform plays a transcript and returns how it should read, and how it does.
func perform(t *testing.T, file string, slots chan struct{}) (got, want string) {
	world, text := checktest.ReadTranscript(t, file)
	head, commands, _ := strings.Cut(text, checktest.CommandsMark)
	return head + checktest.CommandsMark + replay(t, commands, world.Start(t), slots), text
}

func transcripts(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no transcripts", err)
	}
	return files
}

// world is what the worlds of all transcripts have: 192.0.2.25 is the listed server, 198.51.100.7 a
// clean one.
func world(t testing.TB) checktest.World {
	t.Helper()
	return checktest.Worlds(t, transcripts(t))
}

// invoke runs the program without a terminal and with an empty standard input, on a day in the
// life of the catalog.
func invoke(ctx context.Context, args, environ []string, to io.Writer) nagiosplugin.Status {
	file, _ := to.(*os.File)
	noon := time.Date(2026, time.November, 29, 12, 0, 0, 0, time.UTC)
	return run(ctx, args, environ, console{in: strings.NewReader(""), out: to, screen: terminal(file), now: noon})
}

// replay runs the commands of a transcript, as many at a time as there are slots, and returns it as
// it should read: its comments and commands, each command with what came of it. Names stand for
// addresses of resolvers.
func replay(t *testing.T, text string, names map[string]string, slots chan struct{}) string {
	lines := slices.Collect(strings.Lines(text))
	parts := make([]string, len(lines))
	var all sync.WaitGroup
	for i, line := range lines {
		environ, command, isCommand := strings.Cut(strings.TrimSuffix(line, "\n"), "check_dnsbl")
		environ, isPrompt := strings.CutPrefix(environ, "$ ")
		if strings.HasPrefix(line, "# ") {
			parts[i] = line
		}
		if !isCommand || !isPrompt {
			continue
		}
		all.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			parts[i] = line + play(t, environ, command, names)
		})
	}
	all.Wait()
	return strings.Join(parts, "")
}

// play runs a command and returns its state, exit status and output.
func play(t *testing.T, environ, command string, names map[string]string) string {
	for name, addr := range names {
		command = strings.ReplaceAll(command, name, addr)
	}
	var stdout bytes.Buffer
	status := invoke(t.Context(), checktest.Words(command), checktest.Words(environ), &stdout)
	if broken := checktest.BrokenPromise(command, int(status), stdout.String()); broken != "" {
		t.Errorf("%s: %s in\n%s", command, broken, stdout.String())
	}
	printed := stdout.String()
	for name, addr := range names {
		printed = strings.ReplaceAll(printed, addr, name)
	}
	return fmt.Sprintf("--> %v %d\n%s\n", status, status, checktest.Steady(printed))
}
