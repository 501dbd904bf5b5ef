package main

import (
	"bytes"
	"crypto/sha1"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"check_dnsbl/internal/checktest"
)

// A basket is what Icinga Director imports: the command, which Icinga already has, and a field for
// each of its variables.
type basket struct {
	Fields   map[string]datafield `json:"Datafield"` // by a number that Field names
	Commands map[string]command   `json:"ExternalCommand"`
}

type command struct {
	Name      string              `json:"object_name"`
	Type      string              `json:"object_type"`
	Execute   string              `json:"methods_execute"`
	Command   string              `json:"command"`
	Arguments map[string]argument `json:"arguments"`
	Fields    []field             `json:"fields"`
}

type argument struct {
	Value       string `json:"value,omitempty"`
	Separator   string `json:"separator,omitempty"`
	SetIf       any    `json:"set_if,omitempty"` // a variable or, as Icinga's API has it, a function
	Required    bool   `json:"required,omitempty"`
	RepeatKey   bool   `json:"repeat_key,omitempty"`
	Description string `json:"description"`
}

type field struct {
	ID       int     `json:"datafield_id"`
	Required string  `json:"is_required"`
	Filter   *string `json:"var_filter"`
}

type datafield struct {
	UUID        string            `json:"uuid"`
	Variable    string            `json:"varname"`
	Caption     string            `json:"caption"`
	Description string            `json:"description"`
	Type        string            `json:"datatype"`
	Format      *string           `json:"format"`
	Settings    map[string]string `json:"settings"`
}

// The basket for Icinga Director is made from the CheckCommand. With -update it is written.
func TestDirectorBasket(t *testing.T) {
	const path = "../examples/icinga-director-basket.json"
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "    ")
	if err := encoder.Encode(newBasket(t)); err != nil {
		t.Fatal(err)
	}
	if *update {
		writeFile(t, path, out.String())
	} else if text := readPage(t, path); text != out.String() {
		t.Errorf("%s is not what the CheckCommand is: go test ./check_dnsbl -update writes it\n%s",
			path, checktest.Difference(text, out.String()))
	}
}

// newBasket returns the basket with what the CheckCommand has, argument by argument.
func newBasket(t *testing.T) basket {
	text := example(t, "icinga2-command.conf")
	c := command{
		Name: "dnsbl", Type: "external_object", Execute: "PluginCheck",
		Command: "PluginContribDir + /check_dnsbl", Arguments: map[string]argument{},
	}
	b := basket{map[string]datafield{}, map[string]command{}}
	add := func(option, variable, kind, description string, settings map[string]string) {
		id := len(b.Fields) + 1
		b.Fields[fmt.Sprint(id)] = datafield{
			UUID: nameUUID(variable), Variable: variable, Caption: "check_dnsbl " + option,
			Description: description, Type: `Icinga\Module\Director\DataType\DataType` + kind, Settings: settings,
		}
		c.Fields = append(c.Fields, field{ID: id, Required: "n"})
	}
	attributes := icingaArguments(text)
	for _, option := range regexp.MustCompile(`(?m)^\t\t"(-[^"]*)" = \{$`).FindAllStringSubmatch(text, -1) {
		a := attributes[option[1]]
		arg := argument{
			Value: a["value"], Separator: a["separator"], Required: a["required"] == "true",
			RepeatKey: a["repeat_key"] == "true", Description: a["description"],
		}
		variable, kind := strings.Trim(arg.Value, "$"), "String"
		switch set := a["set_if"]; {
		case strings.HasPrefix(set, "{{"):
			arg.SetIf = map[string]string{"type": "Function"}
		case set != "":
			arg.SetIf, variable, kind = set, strings.Trim(set, "$"), "Boolean"
		}
		if arg.RepeatKey {
			kind = "Array"
		}
		c.Arguments[option[1]] = arg
		add(option[1], variable, kind, arg.Description, map[string]string{})
	}
	for _, key := range regexp.MustCompile(`(?m)^\t\t(CHECK_DNSBL_KEY_\w+) = "\$(\w+)\$"$`).FindAllStringSubmatch(text, -1) {
		const description = "The key of this operator. It overrides the environment of Icinga. Everyone who may see custom variables sees it, unless protected_customvars covers it."
		add(key[1], key[2], "String", description, map[string]string{"visibility": "hidden"})
	}
	b.Commands[c.Name] = c
	return b
}

// nameUUID returns the UUID of a field (RFC 9562, version 5), always the same for a variable, so
// that Director changes the field of an earlier basket instead of adding another one.
func nameUUID(variable string) string {
	sum := sha1.Sum([]byte("check_dnsbl field " + variable))
	sum[6], sum[8] = sum[6]&0x0f|0x50, sum[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

// The basket has a field for each variable of the CheckCommand, and none that is not there.
func TestDirectorFields(t *testing.T) {
	var b basket
	if err := json.Unmarshal([]byte(example(t, "icinga-director-basket.json")), &b); err != nil {
		t.Fatal(err)
	}
	missing := map[string]bool{}
	for _, variable := range regexp.MustCompile(`\$(dnsbl_\w+)\$`).FindAllStringSubmatch(example(t, "icinga2-command.conf"), -1) {
		missing[variable[1]] = true
	}
	ids := map[string]bool{}
	for _, f := range b.Commands["dnsbl"].Fields {
		d := b.Fields[fmt.Sprint(f.ID)]
		if !missing[d.Variable] || d.Description == "" || ids[d.UUID] {
			t.Errorf("field %d: %+v", f.ID, d)
		}
		ids[d.UUID] = true
		delete(missing, d.Variable)
	}
	if len(missing) > 0 || len(ids) != len(b.Fields) {
		t.Errorf("%d fields for %d; no field for %v", len(ids), len(b.Fields), missing)
	}
}
