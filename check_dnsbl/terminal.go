package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"
	"time"

	"check_dnsbl/internal/options"
	"check_dnsbl/internal/report"

	"github.com/olorin/nagiosplugin"
	"golang.org/x/term"
)

// A console is where the program reads and writes.
type console struct {
	in       io.Reader
	out      io.Writer
	screen   *os.File // out if it is a terminal, or nil
	errors   io.Writer
	progress *os.File // errors if it is a terminal, or nil
	keyboard bool     // in is a terminal: a person types or pastes

	now time.Time // for the age of the catalog
}

// systemConsole returns the console of the process. Tests make theirs of buffers and pipes.
func systemConsole() console {
	if startedWithout(os.Stdout, os.Stderr) {
		_ = os.Stdout.Close() // so that writes fail
	}
	return console{
		in:       os.Stdin,
		out:      os.Stdout,
		screen:   terminal(os.Stdout),
		errors:   os.Stderr,
		progress: terminal(os.Stderr),
		keyboard: terminal(os.Stdin) != nil,
		now:      time.Now(),
	}
}

// terminal returns file if it is a terminal, or nil.
func terminal(file *os.File) *os.File {
	if file == nil || !term.IsTerminal(int(file.Fd())) {
		return nil
	}
	return file
}

// patience is how long a write to standard error may take. A terminal that is stopped (Ctrl-S)
// accepts nothing until a key is pressed.
const patience = 500 * time.Millisecond

// wait waits until a write to standard error is done, but not long.
func wait(written <-chan struct{}) {
	select {
	case <-written:
	case <-time.After(patience):
	}
}

// say writes to standard error, as long as it takes that in time.
func say(w io.Writer, text string) {
	said := make(chan struct{})
	go func() {
		defer close(said)
		_, _ = io.WriteString(w, text)
	}()
	wait(said)
}

// show prints a page of help or the version, and returns the state of all output without a verdict.
func (c *console) show(page string) nagiosplugin.Status {
	if _, err := io.WriteString(c.out, page); err != nil {
		c.complain(err)
	}
	return nagiosplugin.UNKNOWN
}

// complain prints the reason why the output could not be written. A reader that has left, such as
// head, needs none.
func (c *console) complain(err error) {
	if errors.Is(err, syscall.EPIPE) || c.errors == nil {
		return
	}
	if at := new(fs.PathError); errors.As(err, &at) {
		err = at.Err
	}
	if errors.Is(err, fs.ErrClosed) {
		err = errors.New("it is closed")
	}
	say(c.errors, fmt.Sprintf("check_dnsbl: cannot write to standard output: %v\n", err))
}

// prompt tells a person at the keyboard how to end the pasted text.
func (c *console) prompt() {
	if c.keyboard && c.progress != nil {
		say(c.progress, "Paste the bounce, then press Enter and Ctrl-D.\n")
	}
}

// info returns the properties of the output's reader: a monitor takes 4,096 bytes, a terminal has a
// size and may have colors (https://no-color.org).
func (c *console) info(environ []string) report.Info {
	if c.screen == nil {
		return report.Info{}
	}
	width, height, _ := term.GetSize(int(c.screen.Fd()))
	plain := options.Variable(environ, "NO_COLOR") != "" ||
		options.Variable(environ, "TERM") == "dumb"
	return report.Info{Unlimited: true, Width: width, Height: height, Color: !plain}
}
