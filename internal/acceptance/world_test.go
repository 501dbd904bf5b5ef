//go:build linux

package acceptance

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A dataset is what an rbldnsd serves of a zone. Several of one zone add up.
type dataset struct{ server, zone, kind, file string }

// String returns the dataset as rbldnsd has it on its command line.
func (d dataset) String() string { return d.zone + ":" + d.kind + ":" + d.file }

// worldOf returns what a transcript says at its top of the world: the data of the zones that it
// names, and the notes of the configurations about servers and zones that it names.
func (w *realWorld) worldOf(t *testing.T, transcript string) string {
	t.Helper()
	var out strings.Builder
	for _, note := range w.notes {
		if name, _, _ := strings.Cut(note, " "); strings.Contains(transcript, strings.Trim(name, ":")) {
			fmt.Fprintf(&out, "%s\n", note)
		}
	}
	type source struct{ server, kind, file string }
	var sources []source
	zones := map[source][]string{}
	for _, d := range w.served {
		s := source{d.server, d.kind, d.file}
		if !strings.Contains(transcript, d.zone) {
			continue
		}
		if zones[s] == nil {
			sources = append(sources, s)
		}
		zones[s] = append(zones[s], d.zone)
	}
	for _, s := range sources {
		as := strings.Join(zones[s], ", ")
		fmt.Fprintf(&out, "\n$%s serves %s as %s of %s:\n%s", s.server, s.file, s.kind, as, w.data(t, s.file))
	}
	return out.String()
}

// data returns the lines of a zone file but for those of the zone itself, without strange bytes.
func (w *realWorld) data(t *testing.T, file string) string {
	t.Helper()
	const most = 90
	var out strings.Builder
	for line := range bytes.Lines(readFile(t, filepath.Join(w.dir, file))) {
		text := strconv.QuoteToASCII(string(bytes.TrimRight(line, "\n")))
		text = strings.ReplaceAll(text[1:len(text)-1], `\"`, `"`)
		if strings.HasPrefix(text, "$SOA") || strings.HasPrefix(text, "$NS") {
			continue
		}
		if len(text) > most {
			text = text[:most] + "..."
		}
		fmt.Fprintf(&out, "  %s\n", text)
	}
	return out.String()
}

// notesIn returns the lines of a configuration that begin with "#: ". They explain it to the
// readers of transcripts.
func notesIn(t *testing.T, file string) []string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var notes []string
	for line := range strings.Lines(string(text)) {
		if note, ok := strings.CutPrefix(strings.TrimLeft(strings.TrimSpace(line), ";"), "#: "); ok {
			notes = append(notes, note)
		}
	}
	return slices.Clip(notes)
}
