package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"net/netip"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"check_dnsbl/internal/checktest"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/dnstest"
	"check_dnsbl/internal/report"
	"check_dnsbl/internal/secret"
	"check_dnsbl/internal/verdict"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// The output of -o json conforms to the schema, also for a check that cannot be made. Together
// these outputs have every field that the schema describes, and no other.
func TestSchema(t *testing.T) {
	t.Parallel()
	schema, described := readSchema(t)
	seen := map[string]bool{}
	var lock sync.Mutex // of seen
	var all sync.WaitGroup
	names := world(t).Start(t)
	for _, args := range checktest.Commands(t, "testdata/json/commands.txt", names) {
		all.Go(func() {
			document := conforming(t, schema, args)
			lock.Lock()
			defer lock.Unlock()
			collectFields(document, seen)
		})
	}
	all.Wait()
	for _, name := range slices.Sorted(maps.Keys(described)) {
		if !seen[name] {
			t.Errorf("no output has a field %q with something in it", name)
		}
	}
}

// A check that an error ends after some results is a document that conforms, too.
func TestSchemaOfUnfinished(t *testing.T) {
	schema, _ := readSchema(t)
	l := dnsbl.Unknown("bl.example")
	findings := []dnsbl.Finding{{
		Subject: dnsbl.Subject{Addr: netip.MustParseAddr("192.0.2.25")},
		List:    &l, Outcome: dnsbl.Failed, Cause: dnsbl.Timeout,
	}}
	tally := verdict.NewTallier(verdict.Rules{}).Count(findings)
	var out bytes.Buffer
	mask := secret.NewMask(nil, nil)
	printer := report.NewPrinter(t.Context(), &out, mask, report.AsJSON, programName)
	printer.Subjects(verdict.Rules{}, time.Now())(&tally, findings)
	printer.Fail(errors.New("internal error"))
	if err := printer.Close(); err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(&out)
	if err == nil {
		err = schema.Validate(document)
	}
	if err != nil || document.(map[string]any)["results"] == nil {
		t.Errorf("%v: %v", document, err)
	}
}

// conforming returns the JSON that a command prints, which must conform to the schema.
func conforming(t *testing.T, schema *jsonschema.Schema, args string) any {
	var out bytes.Buffer
	status := invoke(t.Context(), append(strings.Fields(args), "-o", "json"), nil, &out)
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(out.Bytes()))
	if err == nil {
		err = schema.Validate(document)
	}
	if err != nil {
		t.Errorf("%s: %v\n%s", args, err, out.String())
		return nil
	}
	if !timed(document) {
		t.Errorf("%s: an answer took no time, or came from no server:\n%s", args, out.String())
	}
	printed := document.(map[string]any)["exit_status"]
	if printed != nil && printed != json.Number(string('0'+rune(status))) {
		t.Errorf("%s: exit status %d, but %v in JSON", args, status, printed)
	}
	return document
}

// timed reports whether each verdict in a document has a time and a server.
func timed(document any) bool {
	results, _ := document.(map[string]any)["results"].([]any)
	for _, result := range results {
		for _, f := range result.(map[string]any)["findings"].([]any) {
			found := f.(map[string]any)
			missing := found["server"] == nil || found["rtt_seconds"] == json.Number("0")
			if found["outcome"] != "failed" && missing {
				return false
			}
		}
	}
	return true
}

// readSchema returns the schema, closed to fields that it does not describe, and those that it
// does.
func readSchema(t *testing.T) (*jsonschema.Schema, map[string]bool) {
	text := strings.NewReader(example(t, "check_dnsbl.schema.json"))
	document, err := jsonschema.UnmarshalJSON(text)
	if err != nil {
		t.Fatal(err)
	}
	described := map[string]bool{}
	for _, definition := range document.(map[string]any)["$defs"].(map[string]any) {
		object := definition.(map[string]any)
		properties, _ := object["properties"].(map[string]any)
		if properties == nil {
			continue
		}
		object["additionalProperties"] = false
		for name := range properties {
			described[name] = true
		}
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("schema.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema, described
}

// collectFields notes the names of all fields in a document. An empty list, which the fields that
// are always there may have, does not count.
func collectFields(value any, seen map[string]bool) {
	switch v := value.(type) {
	case map[string]any:
		for name, field := range v {
			list, isList := field.([]any)
			seen[name] = seen[name] || !isList || len(list) > 0
			collectFields(field, seen)
		}
	case []any:
		for _, element := range v {
			collectFields(element, seen)
		}
	}
}

// The samples with jq in docs/output.md have the output that jq gives.
func TestPagesJQ(t *testing.T) {
	t.Parallel()
	checktest.Installed(t, "jq")
	server, err := dnstest.Start(world(t).DNS)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	const page = "../docs/output.md"
	shown := readPage(t, page)
	samples := regexp.MustCompile("(?s)```\n\\$ (check_dnsbl [^\n]*\\| jq [^\n]*)\n(.*?)```").FindAllStringSubmatch(shown, -1)
	for _, sample := range samples {
		line, filter, _ := strings.Cut(sample[1], "|")
		var document bytes.Buffer
		invoke(t.Context(), checktest.Words(strings.ReplaceAll(line, "127.0.0.53", server.Addr.String()))[1:], nil, &document)
		command := exec.Command("sh", "-c", filter)
		command.Stdin = &document
		out, err := command.CombinedOutput()
		if *update {
			shown = strings.Replace(shown, sample[0], strings.Replace(sample[0], sample[1]+"\n"+sample[2], sample[1]+"\n"+string(out), 1), 1)
		} else if err != nil || string(out) != sample[2] {
			t.Errorf("%s: %v\n%s", sample[1], err, checktest.Difference(sample[2], string(out)))
		}
	}
	if len(samples) < 3 {
		t.Errorf("only %d examples", len(samples))
	}
	if *update {
		if err := os.WriteFile(page, []byte(shown), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
