package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
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
// A command that differs is played again alone: a machine that is too busy to answer in time is not
// to blame for it. If the machine had time to spare then, that decides.
func TestTranscripts(t *testing.T) {
	t.Parallel()
	slots := make(chan struct{}, 4*atOnce()) // most wait for an answer that does not come
	var all sync.WaitGroup
	var played []*transcript
	for _, file := range transcripts(t) {
		p := readTranscript(t, file)
		played = append(played, p)
		for i := range p.parts {
			all.Go(func() {
				slots <- struct{}{}
				defer func() { <-slots }()
				p.parts[i].play(t, p.names)
			})
		}
	}
	all.Wait()
	for _, p := range played {
		p.settle(t)
		if *update {
			writeFile(t, p.file, p.text())
		}
	}
}

// A transcript is a file with a world, commands and what comes of them.
type transcript struct {
	file, head string
	names      map[string]string // to the addresses of the resolvers that they stand for
	parts      []part
}

// A part of a transcript is a comment, or a command with the environment before it.
type part struct {
	line             string
	isCommand        bool
	environ, command string // of a command
	want, got        string // what follows
}

// readTranscript reads a transcript and starts its world.
func readTranscript(t *testing.T, file string) *transcript {
	world, text := checktest.ReadTranscript(t, file)
	head, commands, _ := strings.Cut(text, checktest.CommandsMark)
	p := &transcript{file: file, head: head + checktest.CommandsMark, names: world.Start(t)}
	for line := range strings.Lines(commands) {
		environ, command, isCommand := strings.Cut(strings.TrimSuffix(line, "\n"), "check_dnsbl")
		environ, isPrompt := strings.CutPrefix(environ, "$ ")
		switch {
		case isCommand && isPrompt:
			p.parts = append(p.parts, part{line: line, isCommand: true, environ: environ, command: command})
		case strings.HasPrefix(line, "# "):
			p.parts = append(p.parts, part{line: line})
		case len(p.parts) > 0:
			p.parts[len(p.parts)-1].want += line
		}
	}
	return p
}

// text returns the transcript as it should read.
func (p *transcript) text() string {
	text := p.head
	for i := range p.parts {
		text += p.parts[i].line + p.parts[i].got
	}
	return text
}

// settle plays commands that differ again, and reports those that still do.
func (p *transcript) settle(t *testing.T) {
	for i := range p.parts {
		c := &p.parts[i]
		for tries, calm := 0, false; tries < 4 && !calm && c.got != c.want && !*update; tries++ {
			t.Logf("%s: played again: %s", p.file, c.line)
			calm = checktest.Undisturbed(func() { c.play(t, p.names) })
		}
		if c.got != c.want && !*update {
			t.Errorf("%s differs:\n%s%s", p.file, c.line, checktest.Difference(c.want, c.got))
		}
	}
}

// play runs the command of a part and notes its state, exit status and output.
func (c *part) play(t *testing.T, names map[string]string) {
	if !c.isCommand {
		return
	}
	command := c.command
	for name, addr := range names {
		command = strings.ReplaceAll(command, name, addr)
	}
	var stdout bytes.Buffer
	status := invoke(t.Context(), checktest.Words(command), checktest.Words(c.environ), &stdout)
	printed := stdout.String()
	if broken := checktest.BrokenPromise(command, int(status), printed); broken != "" {
		t.Errorf("%s: %s in\n%s", command, broken, printed)
	}
	for name, addr := range names {
		printed = strings.ReplaceAll(printed, addr, name)
	}
	c.got = fmt.Sprintf("--> %v %d\n%s\n", status, status, checktest.Steady(printed))
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
