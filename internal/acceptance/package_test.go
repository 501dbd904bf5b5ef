package acceptance

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The copyright file of the packages has the license texts and the copyright holders of all modules
// in the program.
func TestCopyright(t *testing.T) {
	t.Parallel()
	own, err := os.ReadFile("../../packaging/copyright")
	if err != nil {
		t.Fatal(err)
	}
	text := licenceWords(string(own))
	list := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{.Path}} {{.Dir}}{{end}}", "check_dnsbl/check_dnsbl")
	list.Env = append(os.Environ(), "GOOS=linux", "CGO_ENABLED=0")
	out, err := list.Output()
	if err != nil {
		t.Fatal("go list:", err)
	}
	seen := map[string]bool{"": true}
	for line := range strings.Lines(string(out)) {
		module, dir, _ := strings.Cut(strings.TrimSpace(line), " ")
		if seen[module] {
			continue
		}
		seen[module] = true
		if module != "check_dnsbl" && !strings.Contains(text, " "+module+"/* ") {
			t.Errorf("%s is not named", module)
		}
		licence, err := os.ReadFile(filepath.Join(dir, "LICENSE"))
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range regexp.MustCompile(`(?s)(?:Copyright \(c\)|Copyright) ([^\n]*)|((?:Permission is|Redistribution and).*)`).FindAllStringSubmatch(string(licence), -1) {
			if words := licenceWords(part[1] + part[2]); !strings.Contains(text, words) {
				t.Errorf("%s: the licence has this, the packages do not:\n%s", module, words)
			}
		}
	}
	if len(seen) < 5 {
		t.Errorf("only %d modules:\n%s", len(seen), out)
	}
}

// licenceWords returns the words of a text with a blank between them, without the dots that stand
// for blank lines in a copyright file.
func licenceWords(text string) string {
	return strings.Join(strings.Fields(regexp.MustCompile(`(?m)^ \.$`).ReplaceAllString(text, "")), " ")
}

// The version that git describes is one that dpkg and rpm take, and later than the one before.
func TestPackageVersion(t *testing.T) {
	t.Parallel()
	for _, tool := range []string{"bash", "git"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed", tool)
		}
	}
	dir := t.TempDir()
	version := packagingIn(t, dir)
	if out, err := version(); err == nil || out != "this is not a clone of the repository: give a version, such as packaging/build 1.2.3" {
		t.Errorf("%v: %q", err, out)
	}
	git := func(args ...string) { gitIn(t, dir, args...) }
	commit := func() { git("commit", "-q", "--allow-empty", "-m", "test") }
	git("init", "-q")
	git("add", "packaging")
	before := "0"
	for _, tt := range []struct {
		what, want string
		step       func()
	}{
		{"a commit", "0~git20260102030405.HASH", commit},
		{"a candidate", "1.2.3~rc1", func() { git("tag", "v1.2.3-rc1") }},
		{"a commit after it", "1.2.3~rc1+1.gHASH", commit},
		{"a release", "1.2.3", func() { git("tag", "v1.2.3") }},
		{"a change", "1.2.3+0.gHASH.dirty", func() { writeFile(t, dir+"/packaging/version.txt", "changed") }},
		{"a commit of it, with a tag that is none of a version", "1.2.3+1.gHASH", func() { git("commit", "-q", "-a", "-m", "test"); git("tag", "vendor") }},
		{"a release without v", "1.3.0", func() { git("tag", "1.3.0") }},
	} {
		tt.step()
		out, err := version()
		got := regexp.MustCompile(`(\.g?)[0-9a-f]{12}\b`).ReplaceAllString(out, "${1}HASH")
		if err != nil || got != tt.want {
			t.Errorf("%s: %q, want %q (%v)", tt.what, out, tt.want, err)
		}
		if _, err := exec.LookPath("dpkg"); err == nil && before != "0" {
			if err := exec.Command("dpkg", "--compare-versions", before, "lt", out).Run(); err != nil {
				t.Errorf("%s: %s is not later than %s", tt.what, out, before)
			}
		}
		before = out
	}
}

// packagingIn puts the script that tells versions into a directory and returns what runs it.
func packagingIn(t *testing.T, dir string) func() (string, error) {
	script, err := os.ReadFile("../../packaging/version")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(dir+"/packaging", 0o755); err != nil {
		t.Fatal(err)
	}
	writeFile(t, dir+"/packaging/version", string(script))
	writeFile(t, dir+"/packaging/version.txt", "")
	return func() (string, error) {
		out, err := exec.Command("bash", dir+"/packaging/version").CombinedOutput()
		return strings.TrimSuffix(string(out), "\n"), err
	}
}

// The missing needs of a build are reported before anything is built, and how to get it.
func TestPackageNeeds(t *testing.T) {
	t.Parallel()
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("bash is not installed")
	}
	tools := func(without string, fakes ...string) string {
		dir := t.TempDir()
		for _, tool := range strings.Fields("dirname sed cut sort head printf grep go tar gzip realpath sha256sum mktemp date") {
			path, err := exec.LookPath(tool)
			if err != nil {
				t.Skip(tool, "is not installed")
			}
			if tool == without {
				continue
			}
			if err := os.Symlink(path, filepath.Join(dir, tool)); err != nil {
				t.Fatal(err)
			}
		}
		for i := 0; i < len(fakes); i += 2 {
			_ = os.Remove(filepath.Join(dir, fakes[i]))
			if err := os.WriteFile(filepath.Join(dir, fakes[i]), []byte("#!"+bash+"\n"+fakes[i+1]+"\n"), 0o755); err != nil {
				t.Fatal(err)
			}
		}
		return dir
	}
	for _, tt := range []struct{ path, want string }{
		{tools("gzip"), "not installed: gzip"},
		{tools("", "go", "echo go1.19.8"), "needs Go 1.26 or newer, from https://go.dev/dl/; this is go1.19.8"},
		{tools("", "tar", "echo bsdtar 3.5"), "needs GNU tar and GNU coreutils (tar, date -d); on other systems build in a Linux container"},
	} {
		for _, script := range []string{"build", "release"} {
			cmd := exec.Command(bash, "../../packaging/"+script, "1.2.3", t.TempDir())
			cmd.Env = []string{"PATH=" + tt.path, "HOME=" + os.Getenv("HOME")}
			out, err := cmd.CombinedOutput()
			if want := "../../packaging/" + script + ": " + tt.want + "\n"; err == nil || string(out) != want {
				t.Errorf("%v: %s, want %s", err, out, want)
			}
		}
	}
}

// gitIn runs git in a directory, without the settings of the user.
func gitIn(t *testing.T, dir string, args ...string) {
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_AUTHOR_NAME=test", "GIT_AUTHOR_EMAIL=test@example.com",
		"GIT_COMMITTER_NAME=test", "GIT_COMMITTER_EMAIL=test@example.com", "GIT_AUTHOR_DATE=2026-01-02T05:04:05+02:00", "GIT_COMMITTER_DATE=2026-01-02T05:04:05+02:00")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
}

// A version that dpkg or rpm would not take is refused before anything is built.
func TestPackageVersionRefused(t *testing.T) {
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("bash is not installed")
	}
	for _, version := range []string{"1.2-3", "rc1", "1 2", "-h", "1:2"} {
		out, err := exec.Command("bash", "../../packaging/build", version, t.TempDir()).CombinedOutput()
		want := `version "` + version + `": must begin with a digit and have only digits, letters and . + ~, such as 1.2.3 or 1.2.3~rc1` + "\n"
		if err == nil || string(out) != want {
			t.Errorf("%v: %s", err, out)
		}
	}
}
