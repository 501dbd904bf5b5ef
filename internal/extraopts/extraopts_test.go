package extraopts

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// Sections are read as monitoring-plugins read them; the settings are shown as on a command line.
func TestParseSection(t *testing.T) {
	const wrongLine = "must be OPTION=VALUE, or OPTION= without a value, and no hyphens before it"
	tests := []struct{ text, want string }{
		{"[s]\nlist=a\nl = b\n", "--list=a|-l=b"},
		{"[s]\nv=\nv=\nv=\nself-test =\t\n", "-v|-v|-v|--self-test"},
		{"[s]\nlist=a\nlist=a\n", "--list=a|--list=a"},
		{"[t]\nlist=a\nno sign\n=b\n[s]\nlist=b\n[t]\nlist=c\n[s]\nlist=d", "--list=b|--list=d"},
		{"# list=a\n ; list=b\n[s] # a comment\n\tlist=c\n#list=d\n", "--list=c"},
		{"[ s ]\r\nlist=a\r\n\r\n", "--list=a"},
		{"\ufeff[s]\nlist=a", "--list=a"},
		{"[s]\nlist=127.0.0.[2;9]*3 # is part of it\n", "--list=127.0.0.[2;9]*3 # is part of it"},
		{"[s]\nlist==a=b=\n", "--list==a=b="},
		{"[s]\nlist=\"a\"\nlist='b'\nlist=\"\"\"d\n", `--list="a"|--list='b'|--list="""d`},
		{"[s]\nlist=`c", "--list=`c"},
		{"[s]\nlist=a\\\nlist=%(x)s $HOME ${x}\n", `--list=a\|--list=%(x)s $HOME ${x}`},
		{"[s]\nlist = [a]\n[ab]\nlist=c\n", "--list=[a]"},
		{"[S]\nlist=a\n", "has no section [s], only others, the first in line 1"},
		{"# nothing\n", "has no section [s], nor any other"},
		{"[s]\n\n", "section [s] is empty"},
		{"list=a\n[s]\n", "line 1: must be below a [SECTION]"},
		{"[s]\nlist=a\n[s\nlist=b", "line 3: must be [SECTION]"},
		{"[s] list=a\n", "line 1: must be [SECTION]"},
		{"[s]\n\nlist\n", "section [s], line 3: " + wrongLine},
		{"[s]\n=a\n", "section [s], line 2: " + wrongLine},
		{"[s]\n-l=a\n", "section [s], line 2: " + wrongLine},
	}
	for _, tt := range tests {
		settings, err := parseSection(tt.text, "s")
		got := strings.Join((&File{Settings: settings}).Args(), "|")
		if err != nil {
			got = err.Error()
		}
		if got != tt.want {
			t.Errorf("%q:\n%s\nwant\n%s", tt.text, got, tt.want)
		}
	}
}

// Whatever is in a file: the settings of a section can be written down again, and no error quotes a
// line of the file.
func FuzzParseSection(f *testing.F) {
	f.Add("[s]\nlist=bl.spamcop.net\nl=zen.spamhaus.org=127.0.0.[2;9]*3\nv=\n", "s")
	f.Add("\ufeff; comment\r\n[check_dnsbl]\r\nkey = spamhaus=d4taKeyOfOurs\r\n", "check_dnsbl")
	f.Add("[a]\nno sign\n[ b ] # comment\n--x=1\n[c", "b")
	f.Fuzz(func(t *testing.T, text, name string) {
		settings, err := parseSection(text, name)
		if err != nil {
			for line := range strings.Lines(text) {
				line = strings.TrimSpace(line)
				if len(line) > len(name)+90 && strings.Contains(err.Error(), line) {
					t.Errorf("%v quotes %q", err, line)
				}
			}
			return
		}
		again := "[" + name + "]\n"
		for _, s := range settings {
			again += s.Option + "=" + s.Value + "\n"
		}
		got, err := parseSection(again, name)
		args, want := (&File{Settings: got}).Args(), (&File{Settings: settings}).Args()
		if err != nil || !slices.Equal(args, want) {
			t.Errorf("%q: %v, %q, want %q", again, err, args, want)
		}
	})
}

// getenv returns the variables of an environment.
func getenv(environ map[string]string) func(string) string {
	return func(name string) string { return environ[name] }
}

// Without @FILE, the first file in the order of monitoring-plugins is read.
func TestDefaultFile(t *testing.T) {
	a, b, c := t.TempDir(), t.TempDir(), t.TempDir()
	for _, path := range []string{
		b + "/nagios-plugins.ini", b + "/plugins.ini", c + "/monitoring-plugins.ini",
	} {
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const config, dirs = "MP_CONFIG_FILE", "NAGIOS_CONFIG_PATH"
	all := strings.Join([]string{"", a, b, c}, ":")
	tests := []struct {
		environ map[string]string
		want    string
	}{
		{map[string]string{dirs: all}, b + "/plugins.ini"},
		{map[string]string{dirs: all, config: ""}, b + "/plugins.ini"},
		{map[string]string{dirs: all, config: "any.ini"}, "any.ini"},
		{map[string]string{dirs: a}, defaultFile(getenv(nil))},
	}
	for _, tt := range tests {
		if got := defaultFile(getenv(tt.environ)); got != tt.want {
			t.Errorf("%v: %q, want %q", tt.environ, got, tt.want)
		}
	}
}

// The argument of --extra-opts is optional, and may be the next word.
func TestRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.ini")
	if err := os.WriteFile(path, []byte("[s]\nw=1\n\n[t]\nv=\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ args, rest, files string }{
		{"-H a", "-H a", ""},
		{"--extra-opts -H a", "-H a", "FILE [s] -w=1"},
		{"-H --extra-opts= a", "-H a", "FILE [s] -w=1"},
		{"--extra-opts t -H a", "-H a", "FILE [t] -v"},
		{"--extra-opts=t --extra-opts=s@FILE", "", "FILE [t] -v, FILE [s] -w=1"},
		{"--extra-opts @FILE --extra-opts", "", "FILE [s] -w=1, FILE [s] -w=1"},
		{"-H a -- --extra-opts=t", "-H a -- --extra-opts=t", ""},
	}
	environ := getenv(map[string]string{"MP_CONFIG_FILE": path})
	for _, tt := range tests {
		args := strings.Fields(strings.ReplaceAll(tt.args, "FILE", path))
		rest, files, err := Read(args, "s", environ)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range files {
			got = append(got, f.String()+" "+strings.Join(f.Args(), " "))
		}
		want := strings.ReplaceAll(tt.files, "FILE", path)
		if strings.Join(rest, " ") != tt.rest || strings.Join(got, ", ") != want {
			t.Errorf("%s: %q and %q, want %q and %q", tt.args, rest, got, tt.rest, want)
		}
	}
}

// A file that everyone could read is private in a directory that no other user may enter, also if it
// is reached by a link from elsewhere.
func TestWorldReadable(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(filepath.Dir(dir), 0o755); err != nil {
		t.Fatal(err)
	}
	path, link := filepath.Join(dir, "a.ini"), filepath.Join(t.TempDir(), "link.ini")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		file, dir os.FileMode
		want      bool
	}{{0o644, 0o755, true}, {0o644, 0o700, false}, {0o640, 0o755, false}, {0o604, 0o755, true}}
	for _, tt := range tests {
		if err := errors.Join(os.Chmod(path, tt.file), os.Chmod(dir, tt.dir)); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{path, link} {
			f := File{Path: name}
			if _, err := f.read(); err != nil || f.WorldReadable != tt.want {
				t.Errorf("%s %o in %o: %v (%v)", name, tt.file, tt.dir, f.WorldReadable, err)
			}
		}
	}
}

// A file that is not an option file is refused, and a pipe that no one writes to does not hang.
func TestUnreadableFile(t *testing.T) {
	dir := t.TempDir()
	large, pipe := filepath.Join(dir, "large.ini"), filepath.Join(dir, "pipe")
	text := strings.Repeat("# no option\n", maxFile/12+1)
	if err := os.WriteFile(large, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		large: large + ": must be an option file, but has more than 1048576 bytes",
		pipe:  pipe + ": must be a regular file",
		dir:   dir + ": must be a regular file",
	} {
		f := File{Path: path}
		if _, err := f.read(); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
	f := File{Path: "x.ini"}
	err := f.unreadable(&fs.PathError{Op: "open", Path: "x.ini", Err: syscall.EACCES})
	const want = "cannot read x.ini: permission denied. " + OwnerAdvice
	if err.Error() != want || !errors.Is(err, fs.ErrPermission) {
		t.Errorf("%v, want %s", err, want)
	}
}
