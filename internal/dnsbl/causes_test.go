package dnsbl

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"strconv"
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

// Each cause has one row, a code for programs and a text that is its own.
func TestCausesAreComplete(t *testing.T) {
	names, texts := constants(t), map[string]Cause{}
	code := regexp.MustCompile("^[a-z]+(_[a-z]+)*$")
	for cause, name := range names {
		row, known := causes[cause]
		if !known || row.Text == "" || !code.MatchString(string(cause)) || texts[row.Text] != "" {
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
