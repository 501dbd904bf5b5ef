package bounce

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"check_dnsbl/internal/catalog"
)

// Each phrase is found in its example at its place, by the code that looks for it there. So each has
// an example to look at.
func TestPhrases(t *testing.T) {
	read := map[string][]string{}
	lists, whole := allLists(), newPhrasebook(phrases[:])
	for _, p := range phrases {
		if read[p.example] == nil {
			read[p.example] = exampleTexts(t, p.example)
		}
		alone := newPhrasebook([]phrase{p})
		find := finder{p, alone, newScanner(lists, alone), whole}
		if !slices.ContainsFunc(read[p.example], find.inText) {
			t.Errorf("%q (%d, %d) is not found in %s", p.text, p.at, p.tells, p.example)
		}
	}
}

// A finder finds a phrase by a table of its own, in sentences that were read with the whole table.
type finder struct {
	phrase  phrase
	alone   *phrasebook
	scanner *scanner // with alone
	whole   *phrasebook
}

func (f finder) inText(text string) bool {
	docs, _ := documentsOf([]byte(text))
	for _, doc := range docs {
		for line := range strings.Lines(normalized(doc.text)) {
			if f.startsLine(strings.Fields(unquoted(line))) {
				return true
			}
		}
		for _, p := range passages(doc.text, f.whole) {
			s := newSentence(p, f.whole)
			if f.inSentence(&s) || f.aroundToken(&s) {
				return true
			}
		}
	}
	return false
}

func (f finder) startsLine(words []string) bool {
	return len(words) > 0 && (f.alone.startsLine(f.phrase.tells, words) ||
		f.alone.isField(f.phrase.tells, lowered(words[0])))
}

func (f finder) inSentence(s *sentence) bool {
	sc := f.scanner
	sc.words(s)
	return len(sc.ops)+len(sc.zones)+len(sc.implied) > 0 ||
		f.alone.has(f.phrase.tells, s.line, s.entry) ||
		s.reply >= 0 && f.alone.reason(s.line[s.reply:]) != ""
}

// aroundToken reports whether the phrase is around an address or a name in a sentence.
func (f finder) aroundToken(s *sentence) bool {
	for begin := range len(s.line) {
		if !isAlphanumeric(s.line[begin]) || begin > 0 && isNameByte(s.line[begin-1]) {
			continue
		}
		end := begin
		for end < len(s.line) && isNameByte(s.line[end]) {
			end++
		}
		m := s.mention(begin, end)
		m.name, m.lead = m.hostBefore()
		all := m.rolesOfName(f.alone)
		if _, ok := parseAddr(m.token); ok {
			all = m.serverRoles(f.alone) | m.otherRoles(f.alone) | m.refusalRoles(f.alone)
		}
		page := f.phrase.at == inPage && inDomain(strings.TrimRight(m.token, "."), f.phrase.text)
		if all != 0 || page || negated(s.line[:begin], f.alone) {
			return true
		}
	}
	return false
}

// exampleTexts returns the texts of an example: a file of the corpus, one of texts.txt, all of
// replies.txt, or the rows of a test.
func exampleTexts(t *testing.T, example string) []string {
	dir, name, _ := strings.Cut(example, "/")
	switch dir {
	case "lists", "nolist", "shapes", "later", "newest":
		text, err := os.ReadFile(filepath.Join("testdata", filepath.FromSlash(example)))
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
		if test := rowTests[example]; test != nil {
			t.Run(example, test)
			return rowTexts[example]
		}
	}
	t.Fatalf("there is no %s", example)
	return nil
}

// permitted returns the roles that the code looks for at each place. In any other role a phrase has
// no effect there.
func permitted() [numPlaces][]role {
	somethingElse := []role{other, receiverResolver, unlisted, rejected, eitherServer}
	ofAddr := append([]role{client, inboundClient, outboundClient, receiver}, somethingElse...)
	ofRefused := []role{rejected, eitherServer}
	ofName := []role{nameOfList, nameOfHost, nameOfClient, advice}
	ofList := []role{meansList, impliesList, meansOperator}
	ofSentence := []role{byList, notByList, listRefusal, failedLookup, finalFailure, refusedThere, refusedHere, sentMail, unreached, ownFilter, replyEnd,
		resolverRefused}
	return [numPlaces][]role{
		fieldName: {skippedField, entryStart},
		lineStart: {originalStart},

		anywhere:    ofSentence,
		inEntry:     ofSentence,
		inEximEntry: ofSentence,
		inCode:      {givesReason},
		inReply:     {givesReason},
		asWord:      ofList,
		asCode:      {meansOperator},
		inPage:      ofList,

		rightBeforeAddr:    ofAddr,
		rightBeforeHost:    ofAddr,
		beforeHost:         ofAddr,
		anywhereBeforeAddr: ofAddr,
		rightAfterAddr:     ofAddr,

		beforeAddr:         somethingElse,
		inLink:             somethingElse,
		inClauseBeforeAddr: somethingElse,
		afterAddrAnyone:    somethingElse,

		beforeAddrAlone:        ofRefused,
		beforeNameOrAddr:       ofRefused,
		beforeNameOrAddrAnyone: ofRefused,
		afterAddr:              ofRefused,
		afterAddrOthers:        ofRefused,
		afterAddrInReply:       ofRefused,

		beforeName:         ofName,
		rightBeforeName:    ofName,
		anywhereBeforeName: ofName,
		inClauseBeforeName: {negation},
	}
}

// Each phrase is in lower case and in the table once, has a role that its place permits, and means
// something that exists.
func TestPhraseTable(t *testing.T) {
	type key struct {
		text  string
		at    place
		tells role
		means string
	}
	roles := permitted()
	seen := map[key]bool{}
	for _, p := range phrases {
		k := key{p.text, p.at, p.tells, p.means}
		if seen[k] || p.text == "" || p.text != lowered(p.text) {
			t.Errorf("%q is there twice, or not in lower case", p.text)
		}
		seen[k] = true
		if !slices.Contains(roles[p.at], p.tells) {
			t.Errorf("%q: nothing looks for role %d at place %d", p.text, p.tells, p.at)
		}
		switch p.tells {
		case givesReason:
			if Reason(p.means).About() == "" {
				t.Errorf("%q has the reason %q", p.text, p.means)
			}
		case meansOperator:
			if findOperator(p.means).Name == "" {
				t.Errorf("%q names the operator %q", p.text, p.means)
			}
		case meansList, impliesList:
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
		case p.at == inPage:
			says = "https://www." + says + "/x"
		case p.at != asWord:
			continue
		}
		if p.tells == meansOperator {
			want = findOperator(p.means).ID
		}
		b, err := Read(strings.NewReader("550 5.7.1 no, "+says), allLists())
		if err != nil || !slices.Contains(append(b.Zones, operatorIDs(b)...), want) {
			t.Errorf("%q names %v, %v", says, b.Zones, b.Operators)
		}
	}
}

// operatorIDs returns the stable codes of operators.
func operatorIDs(b Bounce) []string {
	var ids []string
	for _, op := range b.Operators {
		ids = append(ids, op.ID)
	}
	return ids
}

// The schema of JSON has the codes of all forms, reasons and operators.
func TestCodesInSchema(t *testing.T) {
	schema, err := os.ReadFile("../../examples/check_dnsbl.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	codes := []string{string(Report), string(Mail), string(Log), string(Reply), string(Text),
		string(Complaint), string(NotSpam), string(DMARCReport), string(TLSReport)}
	for _, row := range reasons {
		codes = append(codes, string(row.reason))
	}
	for _, row := range operators {
		codes = append(codes, row.operator.ID)
	}
	_, part, _ := strings.Cut(string(schema), `"bounce": {`+"\n")
	part, _, _ = strings.Cut(part, `"zone": {`)
	for _, code := range codes {
		if !strings.Contains(part, `"`+code+`"`) {
			t.Errorf("the schema does not have %s", code)
		}
	}
}
