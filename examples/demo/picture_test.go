//go:build linux

package main

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"os"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"unicode/utf8"
	"unsafe"

	"check_dnsbl/internal/checktest"
	"check_dnsbl/internal/dnstest"
)

const (
	picture = "../../docs/listed.svg"
	columns = 80
)

// The picture of the README is the first scene of the demo, as a terminal of 80 columns shows it.
// With -update it is drawn.
func testPicture(t *testing.T, program string) {
	t.Parallel()
	lines := strings.Split("$ check_dnsbl "+scenes[0].args+"\n"+steady(onTerminal(t, program)), "\n")
	drawn := draw(lines)
	if *update {
		if err := os.WriteFile(picture, []byte(drawn), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if have, err := os.ReadFile(picture); err != nil || string(have) != drawn {
		t.Errorf("%s is not what the demo shows: go test ./examples/demo -update draws it (%v)\n%s",
			picture, err, checktest.Difference(string(have), drawn))
	}
	for _, line := range lines {
		if plain := escapes.ReplaceAllString(line, ""); utf8.RuneCountInString(plain) > columns {
			t.Errorf("more than %d columns: %s", columns, plain)
		}
	}
}

// onTerminal returns what the first scene writes to a terminal.
func onTerminal(t *testing.T, program string) string {
	resolver, err := dnstest.Start(scenes[0].world())
	if err != nil {
		t.Fatal(err)
	}
	defer resolver.Close()
	screen, terminal := openTerminal(t)
	command := scenes[0].command(program, resolver.Addr)
	command.Env = append(os.Environ(), "NO_COLOR=", "TERM=xterm")
	command.Stdout = terminal
	_ = command.Run() // with the exit status that TestDemo checks
	_ = terminal.Close()
	var shown bytes.Buffer
	_, _ = io.Copy(&shown, screen) // ends with an error as the other end is closed
	_ = screen.Close()
	return strings.TrimSpace(strings.ReplaceAll(shown.String(), "\r\n", "\n"))
}

// openTerminal returns both ends of a pseudoterminal: the one to read from and the one that
// programs write to.
func openTerminal(t *testing.T) (screen, terminal *os.File) {
	screen, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skip("this machine has no pty:", err)
	}
	var number, unlock int32
	size := [4]uint16{200, columns}
	for _, call := range []struct {
		request uintptr
		at      unsafe.Pointer
	}{
		{syscall.TIOCGPTN, unsafe.Pointer(&number)},
		{syscall.TIOCSPTLCK, unsafe.Pointer(&unlock)},
		{syscall.TIOCSWINSZ, unsafe.Pointer(&size)},
	} {
		if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, screen.Fd(), call.request,
			uintptr(call.at)); errno != 0 {
			t.Fatal(errno)
		}
	}
	terminal, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	return screen, terminal
}

// The measures of the picture, in pixels.
const (
	cellWidth  = 8.4
	lineHeight = 19
	margin     = 16
)

// escapes are the sequences that change colors.
var escapes = regexp.MustCompile("\x1b\\[([0-9;]*)m")

// colors are the attributes of text by the number in an escape sequence.
var colors = map[string]string{
	"1":    `fill="#ffffff" font-weight="bold"`,
	"1;31": `fill="#ff7b72" font-weight="bold"`,
	"1;32": `fill="#7ee787" font-weight="bold"`,
	"1;33": `fill="#e3b341" font-weight="bold"`,
	"1;35": `fill="#d2a8ff" font-weight="bold"`,
}

// draw returns lines of a terminal as SVG. Each run of one color is as wide as its columns, whatever
// font the reader has.
func draw(lines []string) string {
	var b strings.Builder
	width, height := columns*cellWidth+2*margin, len(lines)*lineHeight+2*margin
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %d" `+
		`font-family="ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace" font-size="14">`+"\n",
		width, height)
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" rx="8" fill="#0d1117"/>`+"\n")
	for i, line := range lines {
		color, column := "", 0
		for len(line) > 0 {
			at := escapes.FindStringSubmatchIndex(line)
			text := line
			if at != nil {
				text = line[:at[0]]
			}
			drawRun(&b, text, colors[color], column, i)
			column += utf8.RuneCountInString(text)
			if at == nil {
				break
			}
			color, line = line[at[2]:at[3]], line[at[1]:]
		}
	}
	return b.String() + "</svg>\n"
}

// drawRun draws text of one color at a place of the terminal.
func drawRun(b *strings.Builder, text, color string, column, line int) {
	words := strings.TrimLeft(text, " ")
	if words = strings.TrimRight(words, " "); words == "" {
		return
	}
	if color == "" {
		color = `fill="#c9d1d9"`
	}
	column += len(text) - len(strings.TrimLeft(text, " "))
	fmt.Fprintf(b, `<text xml:space="preserve" x="%.1f" y="%d" textLength="%.1f" %s>%s</text>`+"\n",
		margin+float64(column)*cellWidth, margin+lineHeight*(line+1)-5,
		float64(utf8.RuneCountInString(words))*cellWidth, color, html.EscapeString(words))
}
