package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"check_dnsbl/internal/options"
	"check_dnsbl/internal/report"

	"golang.org/x/term"
)

// A console is where the program reads and writes. A file in it is nil unless it is a terminal.
type console struct {
	in       io.Reader
	out      io.Writer
	screen   *os.File // out
	progress *os.File // standard error
	keyboard bool     // in is a terminal: a person types or pastes

	now time.Time // for the age of the catalog
}

// systemConsole returns the console of the process. Tests make theirs of buffers and pipes.
func systemConsole() console {
	return console{
		in:       os.Stdin,
		out:      os.Stdout,
		screen:   terminal(os.Stdout),
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

// prompt tells a person at the keyboard how to end the pasted text.
func (c *console) prompt() {
	if c.keyboard && c.progress != nil {
		fmt.Fprintln(c.progress, "Paste the bounce, then press Enter and Ctrl-D.")
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
