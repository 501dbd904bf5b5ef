package main

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/checktest"
	"check_dnsbl/internal/options"
	"check_dnsbl/internal/report"
	"check_dnsbl/internal/usage"

	"github.com/spf13/pflag"
)

// values are what the shells offer for the values of options.
func values() usage.Values {
	var zones []string
	all, _ := catalog.Set("all")
	for _, l := range all {
		zones = append(zones, l.Zone)
	}
	var keys []string
	for _, operator := range catalog.KeyOperators() {
		keys = append(keys, operator+"=")
	}
	return usage.Values{
		"list": zones, "exclude": zones, "catalog": zones, "set": catalog.SetNames(), "key": keys,
		"critical-on": append([]string{"major"}, zones...),
		"known":       zones,
		"direct":      {"auto", "always", "never"},
		"output":      {report.ForNagios, report.AsTable, report.AsJSON},
	}
}

// The packaged man page and completions have the same text as -h. With -update they are written.
func TestPages(t *testing.T) {
	t.Parallel()
	p := options.Page()
	for file, want := range map[string]string{
		"check_dnsbl.8":                p.Man(8, catalog.Date),
		"completions/check_dnsbl.bash": p.Bash(values()),
		"completions/_check_dnsbl":     p.Zsh(values()),
		"completions/check_dnsbl.fish": p.Fish(values()),
	} {
		path := "../packaging/" + file
		if *update {
			if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		have, err := os.ReadFile(path)
		if err != nil || string(have) != want {
			t.Errorf("%s is not what the options are: go test ./check_dnsbl -update writes it (%v)", file, err)
		}
	}
}

// The messages that the man page explains are in transcripts.
func TestManDiagnostics(t *testing.T) {
	t.Parallel()
	var all strings.Builder
	for _, file := range transcripts(t) {
		all.WriteString(readPage(t, file))
	}
	for _, d := range options.Page().Diagnostics {
		message := regexp.MustCompile(`(ADDR|ZONE|\.\.\.).*`).ReplaceAllString(d.Args, "")
		if !strings.Contains(all.String(), message) {
			t.Errorf("no transcript has %q", message)
		}
	}
}

// mandoc, which the BSDs and Alpine have for man, has nothing to say.
func TestManLint(t *testing.T) {
	t.Parallel()
	lint := exec.Command(checktest.Installed(t, "mandoc"), "-T", "lint", "../packaging/check_dnsbl.8")
	if out, err := lint.CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("%v\n%s", err, out)
	}
}

// man shows every option with its help, and groff does not complain.
func TestManPage(t *testing.T) {
	t.Parallel()
	man := exec.Command(checktest.Installed(t, "man"), "--warnings", "--no-hyphenation", "--no-justification", "-P", "cat", "-l", "../packaging/check_dnsbl.8")
	man.Env = append(os.Environ(), "LC_ALL=C", "MANWIDTH=200", "MAN_KEEP_FORMATTING=", "TERM=dumb")
	var complaints strings.Builder
	man.Stderr = &complaints
	out, err := man.Output()
	if err != nil || complaints.Len() > 0 {
		t.Fatalf("%v\n%s", err, complaints.String())
	}
	shown := plain(string(out))
	options.Flags(&options.Typed{}).VisitAll(func(f *pflag.Flag) {
		said := "--" + f.Name + " " + plain(f.Usage)
		if f.Hidden == strings.Contains(shown, said) {
			t.Errorf("the man page, hidden %v: %s", f.Hidden, said)
		}
	})
}

// plain returns the words of a text.
func plain(text string) string {
	return strings.Join(strings.Fields(text), " ")
}
