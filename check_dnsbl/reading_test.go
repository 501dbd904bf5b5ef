package main

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The limits of what a reader has to cope with.
const (
	maxColumns  = 100 // tabs count 4
	maxLines    = 60  // of a function
	maxNesting  = 3   // of blocks in a function
	minComments = 12  // percent of the lines of a package that are not blank
)

// TestReading holds the rules that keep the code readable. CONTRIBUTING.md has them in words.
func TestReading(t *testing.T) {
	t.Parallel()
	for _, p := range goPackages(t) {
		if len(p.GoFiles) == 0 {
			continue
		}
		fset := token.NewFileSet()
		files := parsed(t, fset, p)
		code, comments := 0, 0
		for _, file := range files {
			path := fset.Position(file.Package).Filename
			if !isData(p, file) {
				checkColumns(t, path)
				code, comments = countLines(t, path, code, comments)
			}
			checkFunctions(t, fset, file)
		}
		if 100*comments < minComments*(code+comments) && p.ImportPath != "check_dnsbl/examples/demo" {
			t.Errorf("%s: %d lines of comments beside %d of code, want %d %%",
				p.ImportPath, comments, code, minComments)
		}
	}
}

// isData reports whether a file has nothing but rows of the catalog's data.
func isData(p goPackage, file *ast.File) bool {
	return p.ImportPath == "check_dnsbl/internal/catalog" &&
		!slices.ContainsFunc(file.Decls, func(d ast.Decl) bool {
			_, ok := d.(*ast.FuncDecl)
			return ok
		})
}

// checkColumns finds lines that are too long.
func checkColumns(t *testing.T, path string) {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	number := 0
	for line := range strings.Lines(string(text)) {
		number++
		line = strings.ReplaceAll(strings.TrimSuffix(line, "\n"), "\t", "    ")
		if n := len([]rune(line)); n > maxColumns {
			t.Errorf("%s:%d: %d columns, want at most %d", path, number, n, maxColumns)
		}
	}
}

// countLines adds the lines of a file that are code, and those that are comments alone.
func countLines(t *testing.T, path string, code, comments int) (int, int) {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		switch line = strings.TrimSpace(line); {
		case strings.HasPrefix(line, "//"):
			comments++
		case line != "":
			code++
			if strings.Contains(line, " // ") {
				comments++
			}
		}
	}
	return code, comments
}

// checkFunctions finds functions that are too long or nested too deeply.
func checkFunctions(t *testing.T, fset *token.FileSet, file *ast.File) {
	for _, decl := range file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok || f.Body == nil {
			continue
		}
		begin, end := fset.Position(f.Pos()), fset.Position(f.End())
		if n := end.Line - begin.Line + 1; n > maxLines {
			t.Errorf("%s: %s has %d lines, want at most %d", begin, f.Name.Name, n, maxLines)
		}
		if n := nesting(f.Body); n > maxNesting {
			t.Errorf("%s: %s is nested %d deep, want at most %d", begin, f.Name.Name, n, maxNesting)
		}
	}
}

// nesting returns how deep the blocks of statements in a block are nested. The cases of a switch
// count as one level.
func nesting(n ast.Node) int {
	deepest := 0
	ast.Inspect(n, func(child ast.Node) bool {
		if child == n || child == nil {
			return true
		}
		switch s := child.(type) {
		case *ast.IfStmt:
			deepest = max(deepest, 1+nesting(s.Body))
			if s.Else != nil {
				inElse := nesting(s.Else)
				if _, block := s.Else.(*ast.BlockStmt); block {
					inElse++
				}
				deepest = max(deepest, inElse)
			}
			return false
		case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
			deepest = max(deepest, 1+nesting(child))
			return false
		case *ast.FuncLit:
			deepest = max(deepest, nesting(s.Body))
			return false
		}
		return true
	})
	return deepest
}

// TestFilesDependOneWay holds that the files of a package can be read in an order in which each
// uses only what was defined before: none of them depends on another that depends on it.
func TestFilesDependOneWay(t *testing.T) {
	t.Parallel()
	exports := exportData(t)
	for _, p := range goPackages(t) {
		if len(p.GoFiles) < 2 {
			continue
		}
		fset := token.NewFileSet()
		uses := fileUses(t, fset, p, parsed(t, fset, p), exports)
		for from, tos := range uses {
			for to, name := range tos {
				if reaches(uses, to, from, map[string]bool{}) {
					t.Errorf("%s: %s uses %s of %s, which depends on it", p.ImportPath, from, name, to)
				}
			}
		}
	}
}

// fileUses returns, file by file, the other files that it depends on, each with a name it uses.
func fileUses(
	t *testing.T, fset *token.FileSet, p goPackage, files []*ast.File, exports map[string]string,
) map[string]map[string]string {
	open := func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) }
	config := types.Config{Importer: importer.ForCompiler(fset, "gc", open)}
	info := types.Info{Uses: map[*ast.Ident]types.Object{}}
	checked, err := config.Check(p.ImportPath, fset, files, &info)
	if err != nil {
		t.Fatal(err)
	}
	uses := map[string]map[string]string{}
	for ident, object := range info.Uses {
		method, _ := object.(*types.Func)
		ours := object.Pkg() == checked &&
			(object.Parent() == checked.Scope() || method != nil && method.Signature().Recv() != nil)
		from := filepath.Base(fset.Position(ident.Pos()).Filename)
		to := filepath.Base(fset.Position(object.Pos()).Filename)
		if !ours || from == to {
			continue
		}
		if uses[from] == nil {
			uses[from] = map[string]string{}
		}
		uses[from][to] = object.Name()
	}
	return uses
}

// reaches reports whether one file depends on another, directly or through others.
func reaches(uses map[string]map[string]string, from, to string, seen map[string]bool) bool {
	if from == to {
		return true
	}
	seen[from] = true
	return slices.ContainsFunc(slices.Collect(maps.Keys(uses[from])), func(next string) bool {
		return !seen[next] && reaches(uses, next, to, seen)
	})
}

// parsed returns the files of a package.
func parsed(t *testing.T, fset *token.FileSet, p goPackage) []*ast.File {
	var files []*ast.File
	for _, name := range p.GoFiles {
		file, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}

// exportData returns the files with what each package exports, as the go command has built them.
func exportData(t *testing.T) map[string]string {
	list := exec.Command("go", "list", "-export", "-deps", "-f", "{{.ImportPath}} {{.Export}}", "./...")
	list.Dir = ".."
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	exports := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), " ")
		exports[path] = file
	}
	return exports
}
