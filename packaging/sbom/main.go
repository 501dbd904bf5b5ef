// Command sbom writes which modules are in the binaries of a release, as CycloneDX 1.6:
//
//	go run ./packaging/sbom VERSION BINARY...
//
// It reads the list that Go puts into each binary. The same binaries make the same bytes.
package main

import (
	"debug/buildinfo"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
)

// A component is a program or library. Its package URL is its identity.
type component struct {
	Type       string     `json:"type"`
	Ref        string     `json:"bom-ref"`
	Name       string     `json:"name"`
	Version    string     `json:"version"`
	PURL       string     `json:"purl"`
	Properties []property `json:"properties,omitempty"`
}

// A property is a fact that CycloneDX has no field for.
type property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// A dependency names the components that one needs, by their refs.
type dependency struct {
	Ref       string   `json:"ref"`
	DependsOn []string `json:"dependsOn,omitempty"`
}

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: go run ./packaging/sbom VERSION BINARY...")
		os.Exit(1)
	}
	if err := run(os.Stdout, os.Args[1], os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, "sbom:", err)
		os.Exit(1)
	}
}

// run writes the SBOM of binaries.
func run(w io.Writer, version string, binaries []string) error {
	ref := "pkg:generic/check_dnsbl@" + escaped(version)
	program := component{"application", ref, "check_dnsbl", version, ref, nil}
	found := map[string]component{} // by ref
	for _, binary := range binaries {
		info, err := buildinfo.ReadFile(binary)
		if err != nil {
			return err
		}
		goVersion, _, _ := strings.Cut(strings.TrimPrefix(info.GoVersion, "go"), " ")
		std := library("stdlib", goVersion, "")
		found[std.Ref] = std
		for _, module := range info.Deps {
			if module.Replace != nil {
				module = module.Replace
			}
			c := library(module.Path, module.Version, module.Sum)
			found[c.Ref] = c
		}
	}
	refs := slices.Sorted(maps.Keys(found))
	components := make([]component, len(refs))
	for i, ref := range refs {
		components[i] = found[ref]
	}
	return write(w, program, components, dependency{program.Ref, refs})
}

// library returns the component of a module. Its sum is the one in go.sum.
func library(path, version, sum string) component {
	purl := "pkg:golang/" + path + "@" + escaped(version)
	c := component{Type: "library", Ref: purl, Name: path, Version: version, PURL: purl}
	if sum != "" {
		c.Properties = []property{{"go:sum", sum}}
	}
	return c
}

// escaped returns a version as package URLs have it.
func escaped(version string) string { return strings.ReplaceAll(version, "+", "%2B") }

// write writes the document. It has no time and no serial number, which would differ between
// builds.
func write(w io.Writer, program component, components []component, needs dependency) error {
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	return out.Encode(struct {
		Format       string `json:"bomFormat"`
		SpecVersion  string `json:"specVersion"`
		Version      int    `json:"version"`
		Metadata     any    `json:"metadata"`
		Components   any    `json:"components"`
		Dependencies any    `json:"dependencies"`
	}{
		"CycloneDX", "1.6", 1, map[string]component{"component": program}, components,
		[]dependency{needs},
	})
}
