package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// What monitoring-plugins read in a section, as the options of a command line.
func TestParseSection(t *testing.T) {
	tests := []struct{ text, want string }{
		{"[s]\nlist=a\nl = b\n", "--list=a|-l=b"},
		{"[s]\nv=\nv=\nv=\nself-test =\t\n", "-v|-v|-v|--self-test"},
		{"[s]\nlist=a\nlist=a\n", "--list=a|--list=a"},
		{"[other]\nlist=a\nno sign\n=b\n[s]\nlist=b\n[other]\nlist=c\n[s]\nlist=d", "--list=b|--list=d"},
		{"# list=a\n ; list=b\n[s] # a comment\n\tlist=c\n#list=d\n", "--list=c"},
		{"[ s ]\r\nlist=a\r\n\r\n", "--list=a"},
		{"\ufeff[s]\nlist=a", "--list=a"},
		{"[s]\nlist=127.0.0.[2;9]*3 # is part of it\n", "--list=127.0.0.[2;9]*3 # is part of it"},
		{"[s]\nlist==a=b=\n", "--list==a=b="},
		{"[s]\nlist=\"a\"\nlist='b'\nlist=`c\nlist=\"\"\"d\n", `--list="a"|--list='b'|--list=` + "`c" + `|--list="""d`},
		{"[s]\nlist=a\\\nlist=%(x)s $HOME ${x}\n", `--list=a\|--list=%(x)s $HOME ${x}`},
		{"[s]\nlist = [a]\n[ab]\nlist=c\n", "--list=[a]"},
		{"[S]\nlist=a\n", "no section [s], only [S]"},
		{"# nothing\n", "no section [s], nor any other"},
		{"[s]\n\n", "section [s] has no option"},
		{"list=a\n[s]\n", "line 1: want a [SECTION] before the first option"},
		{"[s]\nlist=a\n[s\nlist=b", "line 3: want [SECTION]"},
		{"[s] list=a\n", "line 1: want [SECTION]"},
		{"[s]\n\nlist\n", "section [s], line 3: want OPTION=VALUE, or OPTION= for one that takes no value, without hyphens before it"},
		{"[s]\n=a\n", "section [s], line 2: want OPTION=VALUE, or OPTION= for one that takes no value, without hyphens before it"},
		{"[s]\n-l=a\n", "section [s], line 2: want OPTION=VALUE, or OPTION= for one that takes no value, without hyphens before it"},
	}
	for _, tt := range tests {
		settings, err := parseSection(tt.text, "s")
		got := strings.Join((&optionFile{settings: settings}).args(), "|")
		if err != nil {
			got = err.Error()
		}
		if got != tt.want {
			t.Errorf("%q:\n%s\nwant\n%s", tt.text, got, tt.want)
		}
	}
}

// Whatever is in a file: what comes of a section can be written down again, and no error quotes what is in a line.
func FuzzParseSection(f *testing.F) {
	f.Add("[s]\nlist=bl.spamcop.net\nl=zen.spamhaus.org=127.0.0.[2;9]*3\nv=\n", "s")
	f.Add("\ufeff; comment\r\n[check_dnsbl]\r\nkey = spamhaus=d4taKeyOfOurs\r\n", "check_dnsbl")
	f.Add("[a]\nno sign\n[ b ] # comment\n--x=1\n[c", "b")
	f.Fuzz(func(t *testing.T, text, name string) {
		settings, err := parseSection(text, name)
		if err != nil {
			for line := range strings.Lines(text) {
				if line = strings.TrimSpace(line); len(line) > len(name)+90 && line[0] != '[' && strings.Contains(err.Error(), line) {
					t.Errorf("%v quotes %q", err, line)
				}
			}
			return
		}
		again := "[" + name + "]\n"
		for _, s := range settings {
			arg := strings.TrimPrefix(strings.TrimPrefix(s.arg, "-"), "-")
			if !strings.Contains(arg, "=") {
				arg += "="
			}
			again += arg + "\n"
		}
		got, err := parseSection(again, name)
		if args, want := (&optionFile{settings: got}).args(), (&optionFile{settings: settings}).args(); err != nil || fmt.Sprint(args) != fmt.Sprint(want) {
			t.Errorf("%q: %v, %q, want %q", again, err, args, want)
		}
	})
}

// The file of monitoring-plugins is looked for where these do.
func TestDefaultFile(t *testing.T) {
	dirs := []string{t.TempDir(), t.TempDir(), t.TempDir()}
	for _, path := range []string{dirs[1] + "/nagios-plugins.ini", dirs[1] + "/plugins.ini", dirs[2] + "/monitoring-plugins.ini"} {
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	path := "NAGIOS_CONFIG_PATH=:" + strings.Join(dirs, ":")
	for _, tt := range []struct {
		environ []string
		want    string
	}{
		{[]string{path}, dirs[1] + "/plugins.ini"},
		{[]string{"MP_CONFIG_FILE=", path}, dirs[1] + "/plugins.ini"},
		{[]string{path, "MP_CONFIG_FILE=any.ini"}, "any.ini"},
		{[]string{"NAGIOS_CONFIG_PATH=" + dirs[0]}, defaultFile(nil)},
	} {
		if got := defaultFile(tt.environ); got != tt.want {
			t.Errorf("%v: %q, want %q", tt.environ, got, tt.want)
		}
	}
}

func TestUnreadableFile(t *testing.T) {
	large := filepath.Join(t.TempDir(), "large.ini")
	if err := os.WriteFile(large, []byte(strings.Repeat("# no option\n", maxFile/12+1)), 0o600); err != nil {
		t.Fatal(err)
	}
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		large: large + " has more than 1048576 bytes: this is no file of options",
		pipe:  pipe + " is no regular file",
	} {
		if _, err := readLocator("@"+path, nil); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
	const want = "cannot read x.ini: permission denied: the user that runs the check, such as nagios, should own it, with mode 600 (chown nagios, chmod 600)"
	f := optionFile{path: "x.ini"}
	if err := f.unreadable(&fs.PathError{Op: "open", Path: "x.ini", Err: syscall.EACCES}); err.Error() != want || !errors.Is(err, fs.ErrPermission) {
		t.Errorf("%v", err)
	}
}
