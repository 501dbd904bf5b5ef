package bounce

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"check_dnsbl/internal/catalog"
)

// Each phrase is found in the bounce that its row names, by the place and in the role of the row.
// So no phrase is idle, and each has an example to look at.
func TestPhrases(t *testing.T) {
	found := map[string]map[*phrase]bool{}
	for i := range phrases {
		p := &phrases[i]
		if found[p.shown] == nil {
			found[p.shown] = phrasesIn(t, textsThat(t, p.shown))
		}
		if !found[p.shown][p] {
			t.Errorf("%q (%d, %d) is not found in %s", p.text, p.where, p.role, p.shown)
		}
	}
}

// textsThat returns the texts that show a phrase: a file of the corpus, one of texts.txt, all of
// replies.txt, or the rows of a test.
func textsThat(t *testing.T, show string) []string {
	dir, name, _ := strings.Cut(show, "/")
	switch dir {
	case "lists", "nolist":
		text, err := os.ReadFile(filepath.Join("testdata", filepath.FromSlash(show)))
		if err != nil {
			t.Fatal(err)
		}
		return []string{string(text)}
	case "texts":
		for _, tt := range texts(t) {
			if tt.name == name {
				return []string{tt.text}
			}
		}
	case "replies":
		var all []string
		for _, line := range lines(t, "testdata/replies.txt") {
			reply, _, _ := strings.Cut(line, " =>")
			all = append(all, reply+"\n")
		}
		return all
	default:
		if test := rowTests[show]; test != nil {
			t.Run(show, test)
			return rowTexts[show]
		}
	}
	t.Fatalf("there is no %s", show)
	return nil
}

// phrasesIn returns the phrases that are found in texts.
func phrasesIn(t *testing.T, texts []string) map[*phrase]bool {
	book := newPhrasebook()
	book.hits = map[*phrase]bool{}
	for _, text := range texts {
		read([]byte(text), catalog.All(), book)
	}
	return book.hits
}

// Each phrase is in lower case and in the table once, and means something that exists.
func TestPhraseTable(t *testing.T) {
	type key struct {
		text  string
		where where
		role  role
	}
	seen := map[key]bool{}
	for _, p := range phrases {
		k := key{p.text, p.where, p.role}
		if seen[k] || p.text == "" || p.text != lowered(p.text) {
			t.Errorf("%q is there twice, or not in lower case", p.text)
		}
		seen[k] = true
		switch p.role {
		case about:
			if Reason(p.means).Text() == "" {
				t.Errorf("%q has the reason %q", p.text, p.means)
			}
		case private:
			if operator(p.means).Name == "" {
				t.Errorf("%q names the operator %q", p.text, p.means)
			}
		case names, implies:
			if l, known := catalog.Find(p.means); !known || l.Name == "" || l.Zone != p.means {
				t.Errorf("%q names the zone %q", p.text, p.means)
			}
		default:
			if p.means != "" {
				t.Errorf("%q means %q", p.text, p.means)
			}
		}
	}
}

// The name of a list is enough to name it, without any other phrase.
func TestNamesOfLists(t *testing.T) {
	for _, p := range phrases {
		says, want := p.text, p.means
		switch {
		case p.where == inPage:
			says = "https://www." + says + "/x"
		case p.where != asWord:
			continue
		}
		if p.role == private {
			want = operator(p.means).Name
		}
		b, err := Read(strings.NewReader("550 5.7.1 no, "+says), catalog.All())
		if err != nil || !slices.Contains(append(b.Zones, operatorNames(b)...), want) {
			t.Errorf("%q names %v, %v", says, b.Zones, b.Operators)
		}
	}
}
