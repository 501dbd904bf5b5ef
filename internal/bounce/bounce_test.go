package bounce

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"check_dnsbl/internal/catalog"
)

var update = flag.Bool("update", false, "write what is read of the corpus into testdata/read.txt")

// The corpus has made-up bounces in the shapes of many programs: what is read of each stands in read.txt. Those in lists name a list, those
// in nolist none that can be asked.
func TestCorpus(t *testing.T) {
	var got strings.Builder
	count := map[string]int{}
	for _, file := range corpus(t) {
		b := readFile(t, file)
		dir := filepath.Base(filepath.Dir(file))
		count[dir]++
		if (dir == "lists") != (len(b.Zones)+len(b.UnknownZones) > 0) {
			t.Errorf("%s: names %v, %v", file, b.Zones, b.UnknownZones)
		}
		fmt.Fprintf(&got, "%s\n%s\n", strings.TrimPrefix(filepath.ToSlash(file), "testdata/"), described(b))
	}
	if count["lists"] < 25 || count["nolist"] < 10 {
		t.Errorf("the corpus has %v", count)
	}
	compare(t, "testdata/read.txt", got.String())
}

// corpus returns the files of the corpus.
func corpus(t testing.TB) []string {
	files, err := filepath.Glob("testdata/*list*/*")
	if err != nil || len(files) == 0 {
		t.Fatal("no corpus", err)
	}
	return files
}

func readFile(t testing.TB, file string) Bounce {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Read(bytes.NewReader(text), catalog.All())
	if err != nil {
		t.Fatal(file, err)
	}
	return b
}

// described writes what was read, a line for each thing.
func described(b Bounce) string {
	var out strings.Builder
	fmt.Fprintf(&out, "  %s\n", b.Form)
	for _, addr := range b.Rejected {
		fmt.Fprintf(&out, "  rejected %s\n", addr)
	}
	for _, kind := range []struct {
		label string
		names []string
	}{{"list", b.Zones}, {"no list", operatorNames(b)}, {"unknown list", b.UnknownZones}} {
		for _, name := range kind.names {
			fmt.Fprintf(&out, "  %s %s\n", kind.label, name)
		}
	}
	for _, addr := range b.Ambiguous {
		fmt.Fprintf(&out, "  perhaps rejected %s\n", addr)
	}
	for _, addr := range b.NotPublic {
		fmt.Fprintf(&out, "  private %s\n", addr)
	}
	if b.Reason != "" {
		fmt.Fprintf(&out, "  %s\n", b.Reason.Text())
	}
	if b.Inbound {
		fmt.Fprintf(&out, "  of the server that refused, %d strangers\n", b.InboundRefused)
	}
	if more := b.MoreRejected + b.MoreZones + b.MoreUnknownZones + b.MoreMails; more > 0 {
		fmt.Fprintf(&out, "  %d more\n", more)
	}
	if b.ResolverRefused {
		out.WriteString("  a refusal of the receiver's resolver\n")
	}
	if b.Truncated {
		out.WriteString("  cut\n")
	}
	return out.String()
}

// operatorNames returns the names of the lists that only their operators query.
func operatorNames(b Bounce) []string {
	var names []string
	for _, op := range b.Operators {
		names = append(names, op.Name)
	}
	return names
}

// compare compares a file with what it should have, or writes it.
func compare(t *testing.T, file, got string) {
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	wants, gots := strings.Split(string(want), "\n"), strings.Split(got, "\n")
	for i := range max(len(wants), len(gots)) {
		if i >= len(wants) || i >= len(gots) || wants[i] != gots[i] {
			t.Fatalf("%s, line %d: want\n%s\ngot\n%s", file, i+1, strings.Join(wants[min(i, len(wants)):], "\n"), strings.Join(gots[min(i, len(gots)):], "\n"))
		}
	}
}
