package report

import (
	"io"
	"slices"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"

	"github.com/olorin/nagiosplugin"
)

// A jsonFailure is why there is no check.
type jsonFailure struct {
	State   string `json:"state"`
	Status  int    `json:"status"`
	Summary string `json:"summary"`
}

func failureOf(reason string) jsonFailure {
	return jsonFailure{nagiosplugin.UNKNOWN.String(), int(nagiosplugin.UNKNOWN), text.Message(reason, maxFirst)}
}

// FailJSON is Fail for those who want JSON.
func FailJSON(w io.Writer, program, reason string) nagiosplugin.Status {
	failed := struct {
		head
		jsonFailure
	}{head{jsonVersion, program}, failureOf(reason)}
	_, _ = w.Write(append(marshal(failed), '\n')) // who has gone away cannot be told so
	return nagiosplugin.UNKNOWN
}

// HealthJSON writes how the lists themselves are as one JSON object, the unhealthy ones first.
func HealthJSON(w io.Writer, program string, h verdict.Health, run Run) error {
	d := Document{to: w, start: append(open(head{jsonVersion, program}), `,"lists":[`...), began: run.Began}
	s := d.summary(h.State, healthLine(&h, maxFirst), healthData(&h, run), run)
	s.Notes = append(s.Notes, healthNotes(&h)...)
	for _, f := range slices.Concat(h.Unhealthy, h.Excused, h.Untested, h.Healthy) {
		told := findingOf(&f, time.Time{})
		told.Health, told.action = health(&f), nil // its test entry is no listing to get off
		if len(f.Evidence.Positive) > 0 {
			told.RTT = milliseconds64(f.Evidence.Positive[len(f.Evidence.Positive)-1].RTT)
		}
		d.Add(marshal(told))
	}
	d.end(s)
	return d.err
}

// A jsonList is what the catalog knows of a list.
type jsonList struct {
	Zone        string       `json:"zone"`
	Name        string       `json:"name"`
	Operator    string       `json:"operator,omitzero"`
	Kind        dnsbl.Kind   `json:"kind"`
	Tier        dnsbl.Tier   `json:"tier"`
	Status      dnsbl.Status `json:"status"`
	Fate        string       `json:"fate,omitzero"`
	Recommended bool         `json:"recommended"`
	Access      dnsbl.Access `json:"access"`
	KeyOf       string       `json:"key_of,omitzero"`
	PerSecond   float64      `json:"limit_per_second,omitzero"`
	PerDay      int          `json:"limit_per_day,omitzero"`
	Carries     []string     `json:"carries"`
	Codes       []code       `json:"codes,omitzero"`
	Tests       string       `json:"test_entries,omitzero"`
	Contains    []string     `json:"contains,omitzero"`
	PartOf      []string     `json:"part_of,omitzero"`
	Scope       string       `json:"scope,omitzero"`
	Leaves      string       `json:"leaves,omitzero"`
	PaidRemoval bool         `json:"paid_removal,omitzero"`
	Page        string       `json:"page,omitzero"`
	Removal     string       `json:"removal,omitzero"`
	Evidence    string       `json:"last_seen_alive,omitzero"`
}

// CatalogJSON returns what the catalog knows of lists as one JSON object.
func CatalogJSON(program string, lists, catalog []dnsbl.List) string {
	text := append(open(head{jsonVersion, program}), `,"catalog":[`...)
	for i := range lists {
		text = append(append(text, separator(i)...), marshal(entryOf(&lists[i], catalog))...)
	}
	return string(append(text, "\n]}\n"...))
}

func entryOf(l *dnsbl.List, catalog []dnsbl.List) jsonList {
	e := jsonList{Zone: l.Zone, Name: l.Name, Operator: l.Operator, Kind: l.Kind, Tier: l.Tier, Status: l.Status, Fate: l.Fate,
		Recommended: l.Recommended, Access: l.Access, KeyOf: l.KeyOf, PerSecond: l.Limit.PerSecond, PerDay: l.Limit.PerDay,
		Carries: carried(l, "ipv4", "ipv6", "domain"), Tests: testsText(l), Contains: l.Contains, PartOf: wholes(l.Zone, catalog),
		Scope: l.Scope, Leaves: l.Leaves, PaidRemoval: l.PaidRemoval, Page: l.URL, Removal: l.Removal, Evidence: l.Evidence}
	for _, c := range l.Codes {
		e.Codes = append(e.Codes, code{codeText(c), effectText(c.Effect), c.Meaning, c.Plain})
	}
	return e
}
