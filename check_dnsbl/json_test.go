package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"check_dnsbl/internal/checktest"
	"check_dnsbl/internal/dnstest"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// The output of -o json conforms to the schema, also for a check that cannot be made. Together
// these outputs have every field that the schema describes, and no other.
func TestSchema(t *testing.T) {
	t.Parallel()
	schema, described := readSchema(t)
	names := world(t).Start(t)
	seen := map[string]bool{}
	var lock sync.Mutex // of seen
	var all sync.WaitGroup
	for _, args := range []string{
		"192.0.2.25 --set all -t 3 --resolver $DNS",
		"192.0.2.25 -l zen.spamhaus.org*2,unconfirmed.example,untested.example --no-test untested.example -v --resolver $DNS",
		"mail.listed.test domain:mail.bad.example 192.0.2.26 192.0.2.27 -l zen.spamhaus.org -l dbl.spamhaus.org -l psbl.surriel.com --resolver $DNS",
		"198.51.100.7 198.51.100.8 -l zen.spamhaus.org --resolver $NXDOMAIN --direct always",
		"mx:renamed.test 203.0.113.20/30 203.0.113.24 203.0.113.27 203.0.113.28 203.0.113.29 -l bl.spamcop.net --fcrdns --resolver $DNS",
		"198.51.100.7 --resolver $REWRITING",
		"192.0.2.25 mail.gone.test -l hostile.example -l untested.example --no-test untested.example --resolver $DNS",
		"192.0.2.25 -l dnsbl-2.uceprotect.net --critical-on dnsbl-2.uceprotect.net --resolver $DNS",
		"192.0.2.25 -l bl.blocklist.de -l b.barracudacentral.org --resolver $LISTING",
		"--self-test --set all -t 3 --resolver $DNS",
		"--self-test -l zen.spamhaus.org --resolver $CLOSED",
		"--catalog",
		"--catalog zen.spamhaus.org dnsbl.sorbs.net",
		"10.0.0.1",
		"--nonsense",
	} {
		for name, addr := range names {
			args = strings.ReplaceAll(args, name, addr)
		}
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
			t.Errorf("no output has a field %q", name)
		}
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
	object := document.(map[string]any)
	if object["catalog"] == nil && object["status"] != json.Number(string('0'+rune(status))) {
		t.Errorf("%s: exit status %d, but %v in JSON", args, status, object["status"])
	}
	return document
}

// timed reports whether each verdict in a document has a time and a server.
func timed(document any) bool {
	results, _ := document.(map[string]any)["results"].([]any)
	for _, result := range results {
		for _, f := range result.(map[string]any)["findings"].([]any) {
			found := f.(map[string]any)
			if found["outcome"] != "failed" && (found["server"] == nil || found["rtt_ms"] == json.Number("0")) {
				return false
			}
		}
	}
	return true
}

// readSchema returns the schema, closed to fields that it does not describe, and those that it
// does.
func readSchema(t *testing.T) (*jsonschema.Schema, map[string]bool) {
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(example(t, "check_dnsbl.schema.json")))
	if err != nil {
		t.Fatal(err)
	}
	root := document.(map[string]any)
	described := map[string]bool{}
	closed := []any{root}
	for _, definition := range root["$defs"].(map[string]any) {
		closed = append(closed, definition)
	}
	for _, definition := range closed {
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

// collectFields notes the names of all fields in a document.
func collectFields(value any, seen map[string]bool) {
	switch v := value.(type) {
	case map[string]any:
		for name, field := range v {
			seen[name] = true
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
