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
	one.StringArrayP("list", "l", nil, "ZONE\ta zone (of yours); repeatable.\nMore of it.")
	one.String("an-option-of-length", "", "N\ttoo long for the column")
	two.BoolP("it-is", "i", false, "what it\\is: [not] \"this\"")
	two.Bool(
		"plain",
		false,
		"no value.x, and a text that is so long that it has to go on in the next line of all",
	)
	two.Bool("secret", false, "hidden")
	if err := two.MarkHidden("secret"); err != nil {
		panic(err)
	}
	return &Page{
		Name:    "prog",
		Summary: "be a program",
		About:   "prog is a\n\t\tprogram.",
		Forms:   []Example{{"[options]", "something"}, {"--quite-an-option --and --another", "more"}},
		Groups:  []Group{{"what", &one}, {"how", &two}},
		Sections: []Section{
			{"exit status", ".5 is none", nil, true},
			{"files", "such as:", []string{"[prog]", "it-is  ="}, false},
		},
		Examples: []Example{{"-l 'a'", "a zone"}},

		Diagnostics: []Example{{"bad ...", "it is bad"}},
		SeeAlso:     "other(8)",
		Last:        "More elsewhere.",
	}
}

func TestHelp(t *testing.T) {
	const want = `prog 1.0
prog is a program.

usage: prog [options]                        something
       prog --quite-an-option --and --another
                                             more

examples
  prog -l 'a'                                a zone

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

More elsewhere.
`
	if got := sample().Help("prog 1.0"); got != want {
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
.br
.B prog
\-\-quite\-an\-option \-\-and \-\-another
.SH DESCRIPTION
prog is a program.
.SH OPTIONS
.SS What
.TP
\fB\-l\fR, \fB\-\-list\fR \fIZONE\fR
a zone (of yours); repeatable. More of it.
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
| ` + "`-l, --list ZONE`" + ` | a zone (of yours); repeatable. More of it. |
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
	values := Values{"list": {"a.example", "b.example"}, "plain": {"c"}, "an-option-of-length": {"1="}}
	const zsh = `#compdef prog

_arguments -s \
	'*'{-l,--list=}'[a zone]:ZONE:_sequence compadd - a.example b.example' \
	'*--an-option-of-length=[too long for the column]:N:compadd -S "" - 1=' \
	'*'{-i,--it-is}'[what it\\is]' \
	'*--plain[no value.x, and a text that is so long that it has to go on in the next line of all]' \
	'*:TARGET:{(( ${words[(I)--plain]} )) && compadd - c}'
`
	if got := sample().Zsh(values); got != zsh {
		t.Errorf("got\n%s", got)
	}
	const fish = `complete -c prog -f
complete -c prog -l list -s l -x -a '(__fish_append , a.example b.example)' -d 'a zone'
complete -c prog -l an-option-of-length -x -a '1=' -d 'too long for the column'
complete -c prog -l it-is -s i -d 'what it\\is'
complete -c prog -l plain -d 'no value.x, and a text that is so long that it has to go on in the next line of all'
complete -c prog -n '__fish_contains_opt plain' -a 'c'
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
	values := Values{"list": {"a.example", "b.example"}, "plain": {"c.example"}}
	err = os.WriteFile(file, []byte(page.Bash(values)), 0o644)
	if err != nil {
		t.Fatal(err)
	}
	for words, want := range map[string]string{
		"prog --li":                    "--list",
		"prog -":                       "-l --list --an-option-of-length -i --it-is --plain",
		"prog -l a":                    "a.example",
		"prog -l a.example,b":          "a.example,b.example",
		"prog --plain c":               "c.example",
		"prog --plain --l":             "--list",
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

// Fish itself completes, after a comma too.
func TestFish(t *testing.T) {
	fish, err := exec.LookPath("fish")
	if err != nil {
		t.Skip("fish is not installed")
	}
	values := Values{"list": {"a.example", "b.example"}, "plain": {"c.example"}}
	file := filepath.Join(t.TempDir(), "completion")
	if err := os.WriteFile(file, []byte(sample().Fish(values)), 0o644); err != nil {
		t.Fatal(err)
	}
	for line, want := range map[string]string{
		"prog -l a":                "a.example",
		"prog -l a.example,b":      "a.example,b.example",
		"prog --list=a.example,b":  "--list=a.example,b.example",
		"prog --plain c":           "c.example",
		"prog --an-option-of-leng": "--an-option-of-length",
	} {
		out, err := exec.Command(fish, "-N", "-c", `source $argv[1]; complete -C $argv[2]`, file, line).Output()
		got, _, _ := strings.Cut(strings.TrimSpace(string(out)), "\t")
		if err != nil || got != want {
			t.Errorf("%s: %q, want %q (%v)", line, out, want, err)
		}
	}
}
