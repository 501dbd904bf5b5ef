package report

import (
	"slices"

	"check_dnsbl/internal/dnsbl"
)

// A jsonList is all that the catalog knows of a list, in JSON.
type jsonList struct {
	Zone        string         `json:"zone"`
	Name        string         `json:"name"`
	Operator    string         `json:"operator,omitzero"`
	Kind        dnsbl.Kind     `json:"kind"`
	Tier        dnsbl.Tier     `json:"tier"`
	Status      dnsbl.Status   `json:"status"`
	Fate        string         `json:"ended,omitzero"` // how a retired list ended
	Recommended bool           `json:"recommended"`
	Access      dnsbl.Access   `json:"access"`
	KeyOf       string         `json:"key_operator,omitzero"`     // OPERATOR in --key OPERATOR=KEY
	PerSecond   float64        `json:"limit_per_second,omitzero"` // for all lists of the operator
	PerDay      int            `json:"limit_per_day,omitzero"`
	Subjects    []string       `json:"covers"` // ipv4, ipv6, domain, or only hashes
	Codes       []jsonCode     `json:"codes,omitzero"`
	Tests       *jsonTests     `json:"test_entries,omitzero"` // if they are not those of RFC 5782
	Contains    []string       `json:"contains,omitzero"`     // zones whose listings it has too
	PartOf      []string       `json:"part_of,omitzero"`      // zones that contain it
	Scope       string         `json:"scope,omitzero"`        // how much a listing covers
	Delisting   *jsonDelisting `json:"delisting,omitzero"`
	PaidRemoval bool           `json:"paid_removal,omitzero"`
	LookupURL   string         `json:"lookup_url,omitzero"`
	RemovalURL  string         `json:"removal_url,omitzero"`
	Answered    string         `json:"last_answer,omitzero"`  // newest day it was seen to answer
	Default     string         `json:"last_default,omitzero"` // ... or in a mail filter's defaults
	Refuses     string         `json:"also_refuses,omitzero"` // hosts, whatever resolver they use
	Note        string         `json:"note,omitzero"`
}

// A jsonTests has the test entries of a list.
type jsonTests struct {
	None      bool     `json:"none,omitzero"`
	Listed    []string `json:"listed,omitempty"`     // an address, a domain, or both
	NotListed []string `json:"not_listed,omitempty"` // likewise
}

// newJSONTests returns the test entries that differ from those of RFC 5782, nil if none does.
func newJSONTests(t dnsbl.Tests) *jsonTests {
	if t == (dnsbl.Tests{}) {
		return nil
	}
	named := func(names ...string) []string {
		return slices.DeleteFunc(names, func(name string) bool { return name == "" })
	}
	return &jsonTests{t.None, named(t.IPv4, t.Domain), named(t.NotIPv4, t.NotDomain)}
}

// CatalogJSON returns all that the catalog knows of lists as one JSON object. Date is the day of
// the facts.
func CatalogJSON(program, date string, lists, catalog []dnsbl.List) string {
	head := struct {
		jsonHead
		Date string `json:"catalog_date"`
	}{jsonHead{jsonVersion, program}, date}
	out := append(openObject(head), `,"catalog":[`...)
	for i := range lists {
		list := newJSONList(&lists[i], catalog)
		out = append(append(out, elementStart(i)...), marshal(list)...)
	}
	return string(append(out, "\n]}\n"...))
}

func newJSONList(l *dnsbl.List, catalog []dnsbl.List) jsonList {
	out := jsonList{
		Zone:        l.Zone,
		Name:        l.Name,
		Operator:    l.Operator,
		Kind:        l.Kind,
		Tier:        l.Tier,
		Status:      l.Status,
		Fate:        l.Fate,
		Recommended: l.Recommended,
		Access:      l.Access,
		KeyOf:       l.KeyOf,
		PerSecond:   l.Limit.PerSecond,
		PerDay:      l.Limit.PerDay,
		Subjects:    covered(l, "ipv4", "ipv6", "domain"),
		Tests:       newJSONTests(l.Tests),
		Contains:    l.Contains,
		PartOf:      containedIn(l.Zone, catalog),
		Scope:       l.Scope,
		Delisting:   newJSONDelisting(l.Ways, l.Delisting),
		PaidRemoval: l.PaidRemoval,
		LookupURL:   l.URL,
		RemovalURL:  l.Removal,
		Answered:    l.Answered,
		Default:     l.Default,
		Refuses:     l.Refuses,
		Note:        l.Note,
	}
	for _, c := range l.Codes {
		code := jsonCode{
			Code: string(c.Match), Bit: c.Bit, Effect: effectCode(c.Effect),
			Meaning: c.Meaning, Plain: c.Plain,
			Scope: c.Scope, Delisting: newJSONDelisting(c.Ways, c.Delisting),
		}
		if c.Bit != 0 {
			code.Code = "127.0.0.[0..255]"
		}
		out.Codes = append(out.Codes, code)
	}
	return out
}
