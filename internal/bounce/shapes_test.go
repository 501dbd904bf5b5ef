package bounce

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Each file in shapes, later and newest is read as a person wrote it down in shapes.txt and the like
// before the program read it. A ! before the arrow marks one that the program still reads wrongly.
func TestShapes(t *testing.T) {
	for _, dir := range []string{"shapes", "later", "newest"} {
		testShapes(t, dir)
	}
}

func testShapes(t *testing.T, dir string) {
	seen := map[string]bool{}
	count := map[string]int{}
	for _, line := range lines(t, "testdata/"+dir+".txt") {
		name, want, ok := strings.Cut(line, " =>")
		name, missed := strings.CutSuffix(name, " !")
		if !ok || seen[name] {
			t.Errorf("%q has no =>, or the file is there twice", line)
			continue
		}
		seen[name] = true
		got := facts(readFile(t, filepath.Join("testdata", dir, name)))
		wants := strings.Fields(want)
		slices.Sort(wants)
		for kind, is := range kinds {
			if slices.Equal(some(got, is), some(wants, is)) {
				count[kind]++
			}
		}
		if slices.Equal(got, wants) == missed {
			t.Errorf("%s\n got %q\nwant %q, marked as missed: %v", name, got, wants, missed)
		}
	}
	t.Logf("%s: %d files, right in: %v", dir, len(seen), count)
	files, err := os.ReadDir("testdata/" + dir)
	if err != nil || len(files) != len(seen) {
		t.Errorf("%d files in %s, %s.txt has %d: %v", len(files), dir, dir, len(seen), err)
	}
}

// kinds are the kinds of facts that are counted one by one.
var kinds = map[string]func(fact string) bool{
	"address":             isAddrFact,
	"zones and operators": isListFact,
	"all three":           func(fact string) bool { return isAddrFact(fact) || isListFact(fact) },
	"reason":              func(fact string) bool { return !isAddrFact(fact) && !isListFact(fact) },
	"everything":          func(fact string) bool { return true },
}

// isAddrFact reports whether a fact is an address, or that there is none to check.
func isAddrFact(fact string) bool {
	_, addr := parseAddr(fact)
	return addr || fact == "which?" || fact == "strangers"
}

// isListFact reports whether a fact is a zone, known or not, or an operator.
func isListFact(fact string) bool {
	return !isAddrFact(fact) && (strings.Contains(fact, ".") || fact[0] == '@' || fact[0] == '?')
}

func some(facts []string, is func(string) bool) []string {
	return slices.DeleteFunc(slices.Clone(facts), func(fact string) bool { return !is(fact) })
}

// facts returns what was read, as shapes.txt has it, in alphabetical order.
func facts(b Bounce) []string {
	var all []string
	for _, addr := range b.Rejected {
		all = append(all, addr.String())
	}
	if len(b.Ambiguous) > 0 {
		all = append(all, "which?")
	}
	if b.InboundRefused > 0 {
		all = append(all, "strangers")
	}
	all = append(all, b.Zones...)
	for _, op := range b.Operators {
		all = append(all, "@"+op.ID)
	}
	for _, zone := range b.UnknownZones {
		all = append(all, "?"+zone)
	}
	for _, reason := range b.Reasons {
		switch reason {
		case ResolverRefused:
			all = append(all, "refusal")
		default:
			all = append(all, "="+string(reason))
		}
	}
	switch b.Form {
	case Complaint:
		all = append(all, "complaint")
	case DMARCReport:
		all = append(all, "dmarc")
	case TLSReport:
		all = append(all, "tls")
	}
	slices.Sort(all)
	return all
}
