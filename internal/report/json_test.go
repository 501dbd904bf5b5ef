package report

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"check_dnsbl/internal/dnsbl"
)

// The schema describes each code that the output can have, and no other.
func TestSchemaCodes(t *testing.T) {
	text, err := os.ReadFile("../../examples/check_dnsbl.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	type codes struct {
		OneOf []struct{ Const string }
	}
	var schema struct {
		Defs struct {
			Cause, Health codes
			Code          struct{ Properties struct{ Effect codes } }
			Problem       struct{ Properties struct{ Code codes } }
			Gap, Note     struct{ Properties struct{ Code codes } }
			Rule          struct{ Properties struct{ Code codes } }
			Delisting     struct {
				Properties struct{ Ways struct{ Items codes } }
			}
		} `json:"$defs"`
	}
	if err := json.Unmarshal(text, &schema); err != nil {
		t.Fatal(err)
	}
	var causes, effects, problems []string
	// Those that depend on the access to a list, not on a cause.
	health := []string{
		"healthy", "half_tested", "no_test_entry", "key_may_be_refused", "needs_key",
		"needs_registration", "members_only",
	}
	for _, cause := range dnsbl.Causes() {
		causes = append(causes, string(cause))
		health = append(health, remedyRow(cause).health)
	}
	for effect := dnsbl.Listing; effect <= dnsbl.NotLoopback; effect++ {
		effects = append(effects, effectCode(effect))
	}
	for _, kind := range problemKinds {
		problems = append(problems, problemCode(kind))
	}
	noted, ruled := constants(t, "../dnsbl/note.go", `NoteCode = "(\w+)"`),
		constants(t, "threshold.go", `rule{"(\w+)"|, "(\w+_threshold)"`)
	defs := &schema.Defs
	described := codes{slices.Concat(
		defs.Gap.Properties.Code.OneOf, defs.Note.Properties.Code.OneOf)}
	for name, tt := range map[string]struct {
		described codes
		want      []string
	}{
		"cause":   {defs.Cause, causes},
		"health":  {defs.Health, health},
		"effect":  {defs.Code.Properties.Effect, effects},
		"problem": {defs.Problem.Properties.Code, problems},
		"notes":   {described, noted},
		"rule":    {defs.Rule.Properties.Code, ruled},
		"ways":    {defs.Delisting.Properties.Ways.Items, dnsbl.Ways(0xff).Codes()},
	} {
		var got []string
		for _, code := range tt.described.OneOf {
			got = append(got, code.Const)
		}
		slices.Sort(got)
		slices.Sort(tt.want)
		got = slices.Compact(got)
		if want := slices.Compact(tt.want); !slices.Equal(got, want) {
			t.Errorf("%s: the schema has\n%q, the program\n%q", name, got, want)
		}
	}
}

// constants returns what the groups of a regular expression match in a Go file.
func constants(t *testing.T, file, expr string) []string {
	source, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, match := range regexp.MustCompile(expr).FindAllStringSubmatch(string(source), -1) {
		all = append(all, strings.Join(match[1:], ""))
	}
	return all
}

// The code of a listing's end is that of its return codes, if they differ in that.
func TestListingWays(t *testing.T) {
	bySubject := dnsbl.List{Ways: dnsbl.Expires, Codes: []dnsbl.Code{{Meaning: "a"}}}
	byCode := dnsbl.List{Ways: dnsbl.Expires, Codes: []dnsbl.Code{
		{Meaning: "a", Delisting: "A form.", Ways: dnsbl.ByRequest},
		{Meaning: "b", Delisting: "A page.", Ways: dnsbl.SelfService},
		{Meaning: "c"},
	}}
	for _, tt := range []struct {
		list     dnsbl.List
		meanings string
		want     dnsbl.Ways
	}{
		{bySubject, "a", dnsbl.Expires},
		{byCode, "a", dnsbl.ByRequest},
		{byCode, "ab", dnsbl.ByRequest | dnsbl.SelfService},
		{byCode, "c", 0},
	} {
		f := dnsbl.Finding{List: &tt.list}
		for _, meaning := range tt.meanings {
			f.Matched = append(f.Matched, dnsbl.Reading{Meaning: string(meaning)})
		}
		if got := listingWays(&f); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.meanings, got.Codes(), tt.want.Codes())
		}
	}
}
