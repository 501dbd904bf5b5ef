//go:build linux

package acceptance

import (
	"archive/tar"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"check_dnsbl/internal/checktest"
)

// TestRealPackage makes a release and holds its packages against what dpkg, lintian and rpm make of
// them. It installs them into an empty directory, and has Nagios and Icinga read what is in them.
func TestRealPackage(t *testing.T) {
	t.Parallel()
	for _, tool := range []string{"lintian", "rpm", "man", "dpkg", "bash"} {
		checktest.Installed(t, tool)
	}
	b := built{dir: t.TempDir()}
	b.version = packageVersion(t)
	b.build(t, "../..", "", b.dir)
	t.Run("files", b.files)
	t.Run("the same again", b.again)
	t.Run("modules", b.modules)
	for _, arch := range []string{"amd64", "arm64"} {
		t.Run(arch+" deb", func(t *testing.T) { checkDeb(t, b.deb(arch), arch, b.version) })
		t.Run(arch+" rpm", func(t *testing.T) { checkRPM(t, b.rpm(arch), b.version) })
	}
	t.Run("lintian", b.lintian)
	if runtime.GOARCH != "amd64" && runtime.GOARCH != "arm64" {
		t.Skipf("no package is for %s", runtime.GOARCH)
	}
	t.Run("dpkg installs it", b.dpkgInstalls)
	t.Run("rpm installs it", b.rpmInstalls)
	root := t.TempDir()
	output(t, "dpkg-deb", "-x", b.deb(runtime.GOARCH), root)
	t.Run("examples", func(t *testing.T) { checkInstalledExamples(t, root) })
	t.Run("nagios", func(t *testing.T) { nagiosReads(t, root) })
	t.Run("icinga2", func(t *testing.T) { icingaReads(t, root) })
	t.Run("man page and completions", func(t *testing.T) { checkPages(t, root) })
}

// binaryFor is the platform of the static binary.
const binaryFor = "linux/amd64"

// built is a directory with packages, and their version.
type built struct{ dir, version string }

func (b *built) deb(arch string) string {
	return fmt.Sprintf("%s/check-dnsbl_%s-1_%s.deb", b.dir, b.version, arch)
}

func (b *built) rpm(arch string) string {
	arch = map[string]string{"amd64": "x86_64", "arm64": "aarch64"}[arch]
	return fmt.Sprintf("%s/check-dnsbl-%s-1.%s.rpm", b.dir, b.version, arch)
}

func (b *built) binary() string {
	return fmt.Sprintf("%s/check_dnsbl_%s_%s", b.dir, b.version, strings.ReplaceAll(binaryFor, "/", "_"))
}

func (b *built) sbom() string { return fmt.Sprintf("%s/check_dnsbl_%s.cdx.json", b.dir, b.version) }

// modules checks that the SBOM has the modules that Go finds in the binary, and Go's own library.
func (b *built) modules(t *testing.T) {
	var document struct {
		BomFormat  string
		Components []struct{ Purl string }
	}
	if err := json.Unmarshal(readFile(t, b.sbom()), &document); err != nil || document.BomFormat != "CycloneDX" {
		t.Fatal(err, document.BomFormat)
	}
	var got []string
	for _, c := range document.Components {
		got = append(got, c.Purl)
	}
	version, list, _ := strings.Cut(output(t, "go", "version", "-m", b.binary()), "\n")
	want := []string{"pkg:golang/stdlib@" + strings.TrimPrefix(strings.Fields(version)[1], "go")}
	for line := range strings.Lines(list) {
		if fields := strings.Fields(line); fields[0] == "dep" {
			want = append(want, "pkg:golang/"+fields[1]+"@"+fields[2])
		}
	}
	if slices.Sort(want); len(want) < 5 || !slices.Equal(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
}

// packageVersion returns the version of the tree, or a fixed one if the tree is not a clone.
func packageVersion(t *testing.T) string {
	if _, err := os.Stat("../../.git"); errors.Is(err, os.ErrNotExist) {
		return "1.2.3~rc1"
	}
	return strings.TrimSpace(output(t, "../../packaging/version"))
}

// build makes a release from a tree in a directory: the packages, and binaries for one platform.
// Without CHECK_DNSBL_REAL it may fail, as nfpm may be out of reach.
func (b *built) build(t *testing.T, tree, before, dir string) {
	cmd := exec.Command("bash", "-c", before+` exec packaging/release "$@"`, "bash", b.version, dir, binaryFor)
	cmd.Dir = tree
	out, err := cmd.CombinedOutput()
	switch {
	case err != nil && checktest.Real():
		t.Fatalf("packaging/release: %v\n%s", err, out)
	case err != nil:
		t.Skipf("packaging/release: %v\n%s", err, out)
	}
}

// output returns what a command prints. Anything on standard error fails the test.
func output(t *testing.T, name string, args ...string) string {
	t.Helper()
	var out, messages bytes.Buffer
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "PATH="+os.Getenv("PATH")+":/usr/sbin:/sbin") // dpkg wants ldconfig
	cmd.Stdout, cmd.Stderr = &out, &messages
	if err := cmd.Run(); err != nil || messages.Len() > 0 {
		t.Fatalf("%s %s: %v\n%s%s", name, strings.Join(args, " "), err, out.String(), messages.String())
	}
	return out.String()
}

// files checks that all is there, and that the checksums are right.
func (b *built) files(t *testing.T) {
	var want []string
	for _, arch := range []string{"amd64", "arm64"} {
		want = append(want, b.deb(arch), b.rpm(arch))
	}
	want = append(want, b.binary(), b.sbom())
	got, err := filepath.Glob(b.dir + "/*.*")
	if err != nil || len(got) != len(want) {
		t.Errorf("%v, want %v (%v)", got, want, err)
	}
	sums := string(readFile(t, b.dir+"/SHA256SUMS"))
	for _, file := range want {
		if !strings.Contains(sums, "  "+filepath.Base(file)+"\n") {
			t.Errorf("no checksum of %s:\n%s", file, sums)
		}
	}
	output(t, "bash", "-c", `cd "$1" && sha256sum --check --quiet SHA256SUMS`, "bash", b.dir)
}

// again builds from a copy of the tree in another directory, without git, and with another umask
// and time zone.
func (b *built) again(t *testing.T) {
	tree, dir := t.TempDir(), t.TempDir()
	for _, name := range []string{"go.mod", "go.sum", "README.md", "CHANGELOG.md", "LICENSE"} {
		writeIn(t, tree, name, string(readFile(t, "../../"+name)), 0o600)
	}
	for _, name := range []string{"check_dnsbl", "docs", "examples", "internal", "packaging"} {
		if err := os.CopyFS(filepath.Join(tree, name), os.DirFS("../../"+name)); err != nil {
			t.Fatal(err)
		}
	}
	epoch := "" // the default, as for the first
	if _, err := os.Stat("../../.git"); err == nil {
		epoch = "SOURCE_DATE_EPOCH=" + strings.TrimSpace(output(t, "git", "log", "-1", "--format=%ct"))
	}
	b.build(t, tree, "umask 077; export TZ=Pacific/Auckland "+epoch+";", dir)
	if first, second := readFile(t, b.dir+"/SHA256SUMS"), readFile(t, dir+"/SHA256SUMS"); !bytes.Equal(first, second) {
		t.Errorf("first\n%s\nthen\n%s", first, second)
	}
}

// checkDeb holds a .deb against the list of what it should have in it.
func checkDeb(t *testing.T, deb, arch, version string) {
	var list strings.Builder
	for files := tar.NewReader(strings.NewReader(output(t, "dpkg-deb", "--fsys-tarfile", deb))); ; {
		file, err := files.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&list, "%s %d/%d %s\n", file.FileInfo().Mode(), file.Uid, file.Gid, strings.TrimPrefix(file.Name, "."))
	}
	fmt.Fprintf(&list, "conffiles:\n%s", output(t, "dpkg-deb", "--info", deb, "conffiles"))
	compareFile(t, "testdata/package/deb.txt", list.String())
	want := "Architecture: " + arch + "\nSuggests: icinga2 | nagios4\nVersion: " + version + "-1\n"
	if got := output(t, "dpkg-deb", "--field", deb, "Architecture", "Depends", "Recommends", "Suggests", "Version"); sorted(got) != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// lintian shows it both .deb: it has nothing to say.
func (b *built) lintian(t *testing.T) {
	if got := output(t, "lintian", "--allow-root", "--pedantic", "-I", b.deb("amd64"), b.deb("arm64")); got != "" {
		t.Error(got)
	}
}

// checkRPM holds a .rpm against the list of what it should have in it.
func checkRPM(t *testing.T, rpm, version string) {
	list := output(t, "rpm", "-qp", "--qf", `[%{FILEMODES:perms} %{FILEUSERNAME}/%{FILEGROUPNAME} %{FILENAMES} %{FILEFLAGS:fflags}\n]`, rpm)
	compareFile(t, "testdata/package/rpm.txt", strings.ReplaceAll(list, " \n", "\n"))
	if got := output(t, "rpm", "-qp", "--requires", "--suggests", "--qf", `%{VERSION}-%{RELEASE}\n`, rpm); sorted(got) != sorted("icinga2\nnagios\n"+version+"-1\n") {
		t.Error(got)
	}
	if got := output(t, "rpm", "-K", rpm); got != rpm+": digests OK\n" {
		t.Error(got)
	}
}

// sorted returns lines in order.
func sorted(text string) string {
	lines := strings.SplitAfter(text, "\n")
	slices.Sort(lines)
	return strings.Join(lines, "")
}
