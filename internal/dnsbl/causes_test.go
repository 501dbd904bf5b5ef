package dnsbl

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// constants returns the names of the constants of type Cause, by their codes.
func constants(t *testing.T) map[Cause]string {
	file, err := parser.ParseFile(token.NewFileSet(), "causes.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	names := map[Cause]string{}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if of, ok := spec.Type.(*ast.Ident); !ok || of.Name != "Cause" {
			return true
		}
		for i, name := range spec.Names {
			code, err := strconv.Unquote(spec.Values[i].(*ast.BasicLit).Value)
			if err != nil || names[Cause(code)] != "" {
				t.Errorf("%s: %q is the code of %s too, %v", name.Name, code, names[Cause(code)], err)
			}
			names[Cause(code)] = name.Name
		}
		return true
	})
	return names
}

// Only tables know causes: no function of the program compares with more than one of them.
func TestNoBranchesOnCauses(t *testing.T) {
	isCause := map[string]bool{}
	for _, name := range constants(t) {
		isCause[name] = true
	}
	functions := 0
	err := filepath.WalkDir("../..", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		for _, decl := range file.Decls {
			function, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			functions++
			if compared := comparedWith(function, isCause); len(compared) > 1 {
				t.Errorf("%s: %s compares with %v", path, function.Name.Name, compared)
			}
		}
		return nil
	})
	if err != nil || functions < 500 {
		t.Errorf("%d functions, %v", functions, err)
	}
}

// comparedWith returns which of the names a function compares something with, by ==, != or case.
func comparedWith(function *ast.FuncDecl, names map[string]bool) []string {
	var compared []string
	add := func(operands ...ast.Expr) {
		for _, e := range operands {
			if selector, ok := e.(*ast.SelectorExpr); ok {
				e = selector.Sel
			}
			name, ok := e.(*ast.Ident)
			if ok && names[name.Name] && !slices.Contains(compared, name.Name) {
				compared = append(compared, name.Name)
			}
		}
	}
	ast.Inspect(function, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			if n.Op == token.EQL || n.Op == token.NEQ {
				add(n.X, n.Y)
			}
		case *ast.CaseClause:
			add(n.List...)
		}
		return true
	})
	return compared
}

// Each cause has one row, a code for programs and a text that is its own.
func TestCausesAreComplete(t *testing.T) {
	names, texts := constants(t), map[string]Cause{}
	code := regexp.MustCompile("^[a-z]+(_[a-z]+)*$")
	for cause, name := range names {
		row := cause.Traits()
		if row.Cause != cause || row.Text == "" || !code.MatchString(string(cause)) || texts[row.Text] != "" {
			t.Errorf("%s = %q: %+v, and %q has the same text", name, cause, row, texts[row.Text])
		}
		texts[row.Text] = cause
	}
	if len(names) < 20 || len(Causes()) != len(names) {
		t.Errorf("%d constants, %d rows", len(names), len(Causes()))
	}
}

// An answer outranks every failure, and no two failures that tell something of a list rank alike.
func TestRank(t *testing.T) {
	ranks := map[int]Cause{}
	for _, cause := range Causes() {
		rank := cause.Rank()
		if rank >= Cause("").Rank() || rank > 0 && ranks[rank] != "" {
			t.Errorf("%s and %s have rank %d", cause, ranks[rank], rank)
		}
		ranks[rank] = cause
	}
}
