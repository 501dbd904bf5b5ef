package usage

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

// sample is a page with an option of each sort.
func sample() *Page {
	var one, two pflag.FlagSet
	one.StringArrayP("list", "l", nil, "ZONE\ta zone (of yours); repeatable")
	one.String("an-option-of-length", "", "N\ttoo long for the column")
	two.BoolP("it-is", "i", false, "what it\\is: [not] \"this\"")
	two.Bool(
		"plain",
		false,
		"no value.x, and a text that is so long that it has to go on in the next line of all",
	)
	two.Bool("secret", false, "nobody knows")
	if err := two.MarkHidden("secret"); err != nil {
		panic(err)
	}
	return &Page{
		Name:     "prog",
		Summary:  "be a program",
		About:    "prog is a\n\t\tprogram.",
		Synopsis: "[options]",
		Groups:   []Group{{"what", &one}, {"how", &two}},
		Sections: []Section{
			{"exit status", ".5 is none", nil},
			{"files", "such as:", []string{"[prog]", "it-is  ="}},
		},
		Examples: []Example{{"-l 'a'", "a zone"}},

		Diagnostics: []Example{{"bad ...", "it is bad"}},
		SeeAlso:     "other(8)",
	}
}

func TestHelp(t *testing.T) {
	const want = `prog is a program.

usage: prog [options]

what
  -l, --list ZONE          a zone (of yours); repeatable
      --an-option-of-length N
                           too long for the column

how
  -i, --it-is              what it\is: [not] "this"
      --plain              no value.x, and a text that is so long that it has to
                           go on in the next line of all

exit status
  .5 is none

files
  such as:
      [prog]
      it-is  =

examples
  prog -l 'a'
      a zone
`
	if got := sample().Help(); got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestMan(t *testing.T) {
	const want = `.TH PROG 8 2026-11-29
.SH NAME
prog \- be a program
.SH SYNOPSIS
.B prog
[options]
.SH DESCRIPTION
prog is a program.
.SH OPTIONS
.SS What
.TP
\fB\-l\fR, \fB\-\-list\fR \fIZONE\fR
a zone (of yours); repeatable
.TP
\fB\-\-an\-option\-of\-length\fR \fIN\fR
too long for the column
.SS How
.TP
\fB\-i\fR, \fB\-\-it\-is\fR
what it\eis: [not] \(dqthis\(dq
.TP
\fB\-\-plain\fR
no value.x, and a text that is so long that it has to go on in the next line of
all
.SH EXIT STATUS
\&.5 is none
.SH FILES
such as:
.PP
.nf
.RS
[prog]
it\-is  =
.RE
.fi
.SH EXAMPLES
.TP
.B prog \-l \(aqa\(aq
a zone
.SH DIAGNOSTICS
.TP
.B bad ...
it is bad
.SH SEE ALSO
other(8)
`
	if got := sample().Man(8, "2026-11-29"); got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestMarkdown(t *testing.T) {
	const want = `
**What**

| option | meaning |
|---|---|
| ` + "`-l, --list ZONE`" + ` | a zone (of yours); repeatable |
| ` + "`--an-option-of-length N`" + ` | too long for the column |

**How**

| option | meaning |
|---|---|
| ` + "`-i, --it-is`" + ` | what it\\is: \[not\] "this" |
| ` + "`--plain`" + ` | no value.x, and a text that is so long that it has to go on in the next line of all |
`
	if got := sample().Markdown(); got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestZshAndFish(t *testing.T) {
	values := Values{"list": {"a.example", "b.example"}}
	const zsh = `#compdef prog

_arguments -s \
	'*'{-l,--list=}'[a zone]:ZONE:(a.example b.example)' \
	'*--an-option-of-length=[too long for the column]:N:()' \
	'*'{-i,--it-is}'[what it\\is]' \
	'*--plain[no value.x, and a text that is so long that it has to go on in the next line of all]' \
	'*:TARGET:'
`
	if got := sample().Zsh(values); got != zsh {
		t.Errorf("got\n%s", got)
	}
	const fish = `complete -c prog -f
complete -c prog -l list -s l -x -a 'a.example b.example' -d 'a zone'
complete -c prog -l an-option-of-length -x -a '' -d 'too long for the column'
complete -c prog -l it-is -s i -d 'what it\\is'
complete -c prog -l plain -d 'no value.x, and a text that is so long that it has to go on in the next line of all'
`
	if got := sample().Fish(values); got != fish {
		t.Errorf("got\n%s", got)
	}
}

// Bash itself completes, whichever way an option is written.
func TestBash(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("bash is not installed")
	}
	file := filepath.Join(t.TempDir(), "completion")
	page := sample()
	page.Groups = page.Groups[:1]
	err = os.WriteFile(file, []byte(page.Bash(Values{"list": {"a.example", "b.example"}})), 0o644)
	if err != nil {
		t.Fatal(err)
	}
	for words, want := range map[string]string{
		"prog --li":                    "--list",
		"prog -":                       "-l --list --an-option-of-length",
		"prog -l a":                    "a.example",
		"prog --list =":                "a.example b.example",
		"prog --list = b":              "b.example",
		"prog --an-option-of-length x": "",
		"prog --opts =@ comp":          "completion",
		"prog --opts s @ completion":   "completion",
		"prog --opts s @":              "",
		"prog --opts s @ other":        "",
	} {
		script := `. "$1"; COMP_WORDS=($2); COMP_CWORD=$((${#COMP_WORDS[@]}-1)); _prog; echo "${COMPREPLY[*]}"`
		command := exec.Command(bash, "-c", script, "bash", file, words)
		command.Dir = filepath.Dir(file)
		out, err := command.CombinedOutput()
		if err != nil || strings.TrimSpace(string(out)) != want {
			t.Errorf("%s: %q, want %q (%v)", words, out, want, err)
		}
	}
}

// The value of an option that takes a file is completed to the names of files.
func TestFiles(t *testing.T) {
	fs := new(pflag.FlagSet)
	fs.String("read", "", "FILE\tread this")
	page := &Page{Name: "prog", Groups: []Group{{Title: "all", Options: fs}}}
	if got := page.Zsh(nil); !strings.Contains(got, "'*--read=[read this]:FILE:_files'") {
		t.Errorf("zsh: %s", got)
	}
	if got := page.Fish(nil); !strings.Contains(got, "-l read -r -F -d 'read this'") {
		t.Errorf("fish: %s", got)
	}
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("bash is not installed")
	}
	dir := t.TempDir()
	for name, text := range map[string]string{"completion": page.Bash(nil), "a bounce.eml": "", "other": ""} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	command := exec.Command(
		bash,
		"-c",
		`. ./completion; COMP_WORDS=(prog --read a); COMP_CWORD=2; _prog; printf "%s|" "${COMPREPLY[@]}"`,
	)
	command.Dir = dir
	if out, err := command.CombinedOutput(); err != nil || string(out) != "a bounce.eml|" {
		t.Errorf("bash: %q (%v)", out, err)
	}
}
