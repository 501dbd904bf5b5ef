package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// A banned phrase reads as translated. Its row has an example, and what to write.
type banned struct{ phrase, example, instead string }

// bannedPhrases is the table of them, as regular expressions.
var bannedPhrases = []banned{
	{`\b(is|are|was|were) no [a-z]+`, "this is no list", "is not a, is not any"},
	{`\b[Cc]arr(y|ies|ied)\b`, "it carries the address", "a list lists an address"},
	{`\bmend(s|ed|ing)?\b`, "mend it", "fix"},
	{`\bspoil(t|s|ed)?\b`, "it is spoilt", "fail, be invalid"},
	{`\bcures?\b`, "the cure", "fix, remedy"},
	{`\bdeaf\b`, "a deaf server", "unresponsive"},
	{`\b[Mm]ere(ly)?\b`, "mere policy", "only, or nothing"},
	{`\bowe(s|d)?\b`, "it owes an answer", "require"},
	{`\b[Ss]hall\b`, "it shall end", "must"},
	{`\b[Nn]obody\b.`, "nobody knows", "no one, or name the actor"},
	{`\bcatalogue\b`, "the catalogue", "catalog"},
	{`without a word`, "it refuses without a word", "silently"},
	{`in (its|their) place`, "another in its place", "instead"},
	{`\bby (itself|themselves)\b`, "it leaves by itself", "alone; expires"},
	{`\bof which\b`, "two lists, one of which", "a new sentence"},
	{`\bin vain\b`, "asked in vain", "without success"},
	{`\bagain and again\b`, "asked again and again", "repeatedly"},
	{`\blets? go of\b`, "it lets go of the lock", "release"},
	{`: want `, "-t 0: want a number", "must be, use"},
	{`\bsays (whether|what|why|how|where|who|which)\b`, "it says whether", "report, show"},
	{`\b(that|who|what) (is|are) to be\b`, "what is to be done", "that must be, to"},
	{`(^|[.] )(Who|What|Whose|Of an?|One that|What is) [a-z]+ [a-z]+`,
		"Ask first. Who asks twice waits.", "begin with the actor"},
}

// goodPhrases are usual, although they look like banned ones.
var goodPhrases = regexp.MustCompile(`\b[Tt]here (is|are|was|were) no\b|\bno longer\b`)

// quotesOthers reports whether a file has the words of others: of mail servers and their bounces.
// This file has the phrases themselves.
func quotesOthers(path string) bool {
	switch path {
	case "internal/bounce/phrases.go", "internal/bounce/phrases_test.go",
		"internal/bounce/rows_test.go", "check_dnsbl/words_test.go":
		return true
	}
	return strings.Contains(path, "internal/bounce/testdata/")
}

// Everything that a person reads is in plain English: comments, messages, help, docs, examples.
func TestWords(t *testing.T) {
	t.Parallel()
	patterns := make([]*regexp.Regexp, len(bannedPhrases))
	for i, b := range bannedPhrases {
		patterns[i] = regexp.MustCompile(b.phrase)
		if !patterns[i].MatchString(b.example) {
			t.Errorf("%s does not match its example", b.phrase)
		}
	}
	for path, texts := range proseFiles(t) {
		for _, text := range texts {
			text = strings.Join(strings.Fields(text), " ")
			if strings.Contains(text, "no ") {
				text = goodPhrases.ReplaceAllString(text, "")
			}
			for i, pattern := range patterns {
				for _, at := range pattern.FindAllStringIndex(text, -1) {
					around := text[max(0, at[0]-40):min(len(text), at[1]+40)]
					t.Errorf("%s: ...%s..., write: %s", path, around, bannedPhrases[i].instead)
				}
			}
		}
	}
}

// proseFiles returns the paragraphs that a person reads, by file.
func proseFiles(t *testing.T) map[string][]string {
	files := map[string][]string{}
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		name := filepath.ToSlash(strings.TrimPrefix(path, "../"))
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == ".git" || entry.Name() == "fuzz"):
			return filepath.SkipDir
		case entry.IsDir() || quotesOthers(name):
			return nil
		}
		switch filepath.Ext(name) {
		case ".go":
			files[name] = goProse(t, path)
		case ".md", ".cfg", ".conf", ".8", ".yaml", ".fish", ".bash":
			files[name] = paragraphs(t, path, "")
		case ".txt": // transcripts, whose output is from strings of the program
			files[name] = paragraphs(t, path, "# ")
		}
		return nil
	})
	if err != nil || len(files) < 100 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	return files
}

// goProse returns the comments and the strings of a Go file. Comments of several lines, and strings
// that are added up, are one text each.
func goProse(t *testing.T, path string) (texts []string) {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	for _, group := range file.Comments {
		texts = append(texts, strings.Split(group.Text(), "\n\n")...)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if e, isExpr := n.(ast.Expr); isExpr {
			if text := literal(e); text != "" {
				texts = append(texts, text)
				return false
			}
		}
		return true
	})
	return texts
}

// literal returns the text of strings that are added up, "" for any other expression.
func literal(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, _ := strconv.Unquote(e.Value)
		return text
	case *ast.BinaryExpr:
		return literal(e.X) + literal(e.Y)
	}
	return ""
}

// paragraphs returns the paragraphs of a text, without the marks of comments. Only lines with the
// prefix count, and no headings.
func paragraphs(t *testing.T, path, prefix string) []string {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(text), "\n")
	for i, line := range lines {
		heading := strings.HasSuffix(path, ".md") &&
			(strings.HasPrefix(line, "#") || strings.HasPrefix(line, "**"))
		if lines[i] = ""; strings.HasPrefix(line, prefix) && !heading {
			lines[i] = strings.TrimLeft(line, " \t#*/>-")
		}
	}
	return strings.Split(strings.Join(lines, "\n"), "\n\n")
}
