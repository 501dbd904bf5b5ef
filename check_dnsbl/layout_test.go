package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// A room is what a package may import directly.
type room struct {
	ours, foreign []string // packages of this module, of others
	net           bool     // package net and what is below it, but for net/netip, which everyone may use
	offline       bool     // not even what it imports may import package net
}

// rooms is the layout of the program: the rules decide without a network, and what is foreign has
// its place.
func rooms() map[string]room {
	const (
		dns    = "github.com/miekg/dns"
		nagios = "github.com/olorin/nagiosplugin"
	)
	return map[string]room{
		"internal/extraopts": {offline: true},
		"internal/netspace":  {offline: true},
		"internal/parallel":  {offline: true},
		"internal/suggest":   {offline: true},
		"internal/text":      {offline: true},

		"internal/dnsbl":   {ours: in("netspace text"), foreign: paths("golang.org/x/net/idna"), offline: true},
		"internal/catalog": {ours: in("dnsbl suggest text"), offline: true},
		"internal/secret":  {ours: in("catalog dnsbl text"), offline: true},
		"internal/fcrdns":  {ours: in("dnsbl netspace"), offline: true},
		"internal/verdict": {ours: in("dnsbl fcrdns"), foreign: paths(nagios), offline: true},
		// These are not offline only because go-message imports net/textproto.
		"internal/bounce": {ours: in("dnsbl netspace"), foreign: paths("github.com/emersion/go-message")},
		"internal/report": {
			ours:    in("bounce catalog dnsbl fcrdns netspace secret text verdict"),
			foreign: paths(nagios),
		},

		"internal/resolver":  {ours: in("dnsbl parallel"), foreign: paths(dns), net: true},
		"internal/authority": {ours: in("dnsbl netspace parallel resolver")},
		"internal/survey": {
			ours:    in("authority dnsbl parallel resolver"),
			foreign: paths("golang.org/x/time/rate"),
		},
		"internal/target": {ours: in("dnsbl netspace parallel resolver text")},
		"internal/check": {
			ours: in("bounce catalog dnsbl fcrdns netspace parallel report resolver secret survey " +
				"target text verdict"),
		},
		"internal/usage": {ours: in("text"), foreign: paths("github.com/spf13/pflag")},
		"internal/options": {
			ours:    in("extraopts secret suggest text usage"),
			foreign: paths("github.com/spf13/pflag"),
		},
		"check_dnsbl": {
			ours: in("catalog check dnsbl options report resolver secret suggest survey target " +
				"text verdict"),
			foreign: paths(nagios, "golang.org/x/term"),
		},

		"internal/acceptance": {}, // only tests
		"internal/checktest":  {ours: in("dnstest"), foreign: paths(dns)},
		"internal/dnstest":    {foreign: paths(dns), net: true},
		"examples/demo":       {ours: in("catalog dnsbl dnstest")},
		"packaging/sbom":      {},
		"internal/bench": {
			ours: in("dnsbl"), foreign: paths("golang.org/x/net/ipv4"), net: true,
		},
		"internal/bench/floor": {net: true},
	}
}

// in returns the packages below internal with these names.
func in(names string) []string {
	packages := strings.Fields(names)
	for i, name := range packages {
		packages[i] = "internal/" + name
	}
	return packages
}

// paths returns its arguments.
func paths(all ...string) []string { return all }

// A goPackage is what the go command knows of a package.
type goPackage struct {
	Dir, ImportPath        string
	GoFiles, Imports, Deps []string
}

// TestLayout holds the direction of imports: argv, options, questions, answers, findings, verdict,
// text.
func TestLayout(t *testing.T) {
	t.Parallel()
	rooms := rooms()
	for _, p := range goPackages(t) {
		name := strings.TrimPrefix(p.ImportPath, "check_dnsbl/")
		r, ok := rooms[name]
		if !ok {
			t.Errorf("%s has no place in the layout", name)
			continue
		}
		delete(rooms, name)
		for _, imported := range p.Imports {
			if !r.allows(imported) {
				t.Errorf("%s must not import %s", name, imported)
			}
		}
		if r.offline && slices.Contains(p.Deps, "net") {
			t.Errorf("%s must not depend on package net, not even through others", name)
		}
	}
	for name := range rooms {
		t.Errorf("%s is in the layout, but is not a package", name)
	}
}

// allows reports whether a package may import another.
func (r room) allows(imported string) bool {
	first, _, _ := strings.Cut(imported, "/")
	switch {
	case first == "check_dnsbl":
		return slices.Contains(r.ours, strings.TrimPrefix(imported, "check_dnsbl/"))
	case strings.Contains(first, "."):
		return slices.Contains(r.foreign, imported)
	}
	return first != "net" || imported == "net/netip" || r.net
}

// A program ends in its func main only, so that all else can be tested.
func TestExitOnce(t *testing.T) {
	t.Parallel()
	mains := map[string]int{}
	for _, p := range goPackages(t) {
		for _, file := range p.GoFiles {
			for _, f := range exits(t, filepath.Join(p.Dir, file)) {
				mains[p.ImportPath]++
				if f != "main" {
					t.Errorf("%s: %s ends the program in %s, not in main", p.ImportPath, file, f)
				}
			}
		}
	}
	if mains["check_dnsbl/check_dnsbl"] != 1 {
		t.Errorf("check_dnsbl ends in %d places, not one", mains["check_dnsbl/check_dnsbl"])
	}
}

// exits returns the functions of a file that end the program, each as often as it does.
func exits(t *testing.T, path string) []string {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, d := range file.Decls {
		name := "a variable"
		if f, ok := d.(*ast.FuncDecl); ok {
			name = f.Name.Name
		}
		ast.Inspect(d, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && ends(s) {
				found = append(found, name)
			}
			return true
		})
	}
	return found
}

// ends reports whether a function of another package ends the program. nagiosplugin's Finish and
// Exit do.
func ends(s *ast.SelectorExpr) bool {
	pkg, ok := s.X.(*ast.Ident)
	return ok && (s.Sel.Name == "Exit" && slices.Contains([]string{"os", "syscall", "nagiosplugin"}, pkg.Name) ||
		strings.HasPrefix(s.Sel.Name, "Fatal") && pkg.Name == "log") || s.Sel.Name == "Finish"
}

// The customer's choice of libraries, at the versions that its proxy has.
func TestLibraries(t *testing.T) {
	t.Parallel()
	for path, version := range map[string]string{"github.com/olorin/nagiosplugin": "v1.2.0", "github.com/miekg/dns": "v1.1.73"} {
		out, err := exec.Command("go", "list", "-m", "-f", "{{.Version}}{{with .Replace}} replaced by {{.Path}}{{end}}", path).CombinedOutput()
		if got := strings.TrimSpace(string(out)); err != nil || got != version {
			t.Errorf("%s: %s, want %s (%v)", path, got, version, err)
		}
	}
}

// goPackages returns the packages of this module, without their tests.
func goPackages(t *testing.T) []goPackage {
	packages, err := listPackages()
	if err != nil {
		t.Fatal("go list:", err)
	}
	return packages
}

// listPackages asks the go command once.
var listPackages = sync.OnceValues(func() (packages []goPackage, err error) {
	cmd := exec.Command("go", "list", "-json=Dir,ImportPath,GoFiles,Imports,Deps", "./...")
	cmd.Dir = ".."
	out, err := cmd.Output()
	for decoder := json.NewDecoder(bytes.NewReader(out)); err == nil; {
		var p goPackage
		if err = decoder.Decode(&p); err == nil {
			packages = append(packages, p)
		}
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return packages, err
})
