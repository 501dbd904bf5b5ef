package acceptance

import (
	"flag"
	"fmt"
	"net/netip"
	"os"
	"os/exec"
	"os/user"
	"regexp"
	"strings"
	"testing"

	"check_dnsbl/internal/checktest"
	"check_dnsbl/internal/dnsbl"
)

var update = flag.Bool("update", false, "write what the program prints into testdata")

// testKey is a secret that must not appear in any output.
const testKey = "0topsecretkey0topsecretkey"

// programDir is a directory with the program, which TestMain builds there if it is needed.
var programDir string

func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", "6"); err != nil { // monitors mostly wait
		panic(err)
	}
	os.Exit(run(m))
}

// run builds the program, runs the tests and removes it. It returns the exit status.
func run(m *testing.M) int {
	if checktest.Real() {
		dir, err := build()
		defer os.RemoveAll(dir)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		programDir = dir
	}
	return m.Run()
}

// build builds the program as it is released, in a new directory that everyone may read.
func build() (dir string, err error) {
	if dir, err = os.MkdirTemp("", "acceptance"); err != nil {
		return "", err
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		return dir, err
	}
	build := exec.Command("go", "build", "-trimpath", "-o", dir, "check_dnsbl/check_dnsbl")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return dir, fmt.Errorf("go build: %w\n%s", err, out)
	}
	return dir, nil
}

// example returns a file of the examples.
func example(t *testing.T, name string) string {
	t.Helper()
	return string(readFile(t, "../../examples/"+name))
}

// withOptions returns the Nagios example with another file of options.
func withOptions(t *testing.T, path string) string {
	const named = "/etc/nagios4/check_dnsbl.ini"
	text := example(t, "nagios-commands.cfg") + example(t, "nagios-services.cfg")
	if !strings.Contains(text, named) {
		t.Errorf("the Nagios example does not name %s", named)
	}
	return strings.ReplaceAll(text, named, path)
}

// self returns the user and group that the test runs as: monitors may have reasons to become
// somebody else.
func self(t *testing.T) (name, group string) {
	u, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	g, err := user.LookupGroupId(u.Gid)
	if err != nil {
		t.Fatal(err)
	}
	return u.Username, g.Name
}

func readFile(t *testing.T, path string) []byte {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// compareFile holds a text against that of a file, or writes it there with -update.
func compareFile(t *testing.T, path, text string) {
	if *update {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want := string(readFile(t, path)); text != want {
		t.Errorf("%s differs; got:\n%s", path, checktest.Difference(want, text))
	}
}

// readmeBlock returns the block of the README that begins with a word, with other words in it.
func readmeBlock(t *testing.T, word string, pairs ...string) string {
	_, block, found := strings.Cut(string(readFile(t, "../../README.md")), "\n```\n"+word+" ")
	block, _, closed := strings.Cut(block, "\n```\n")
	if !found || !closed {
		t.Fatalf("no %s in the README", word)
	}
	return replaced(t, word+" "+block+"\n", pairs...)
}

// replaced returns a text with the second of each pair in place of the first, which must be in it.
func replaced(t *testing.T, text string, pairs ...string) string {
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(text, pairs[i]) {
			t.Fatalf("no %q in\n%s", pairs[i], text)
		}
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// nrpeObjects returns what the NRPE example has for the configuration of a monitor, which begins
// with a word.
func nrpeObjects(t *testing.T, word string) string {
	var objects strings.Builder
	for _, block := range regexp.MustCompile(`(?ms)^#   `+word+` .*?^#   }\n`).FindAllString(example(t, "nrpe.cfg"), -1) {
		objects.WriteString(regexp.MustCompile(`(?m)^#   `).ReplaceAllString(block, ""))
	}
	if objects.Len() == 0 {
		t.Errorf("no %s in the NRPE example", word)
	}
	return objects.String()
}

// writeFile writes a file that everyone may read.
func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// reverse returns the name at which the names of an address are.
func reverse(addr string) string {
	return dnsbl.ReverseQuestion(netip.MustParseAddr(addr)).Name + "."
}
