package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"time"

	"check_dnsbl/internal/bounce"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"

	"github.com/olorin/nagiosplugin"
)

// jsonVersion is raised when a field goes or changes its meaning. New fields may come at any time.
const jsonVersion = 1

// A jsonStream writes a check as one JSON object (see examples/check_dnsbl.schema.json): the result
// of each subject as soon as it is known, so that memory does not grow with their number, and the
// verdict at the end. Each result and each finding has a line of its own:
//
//	{"version":1,"program":"check_dnsbl 1.0","results":[
//	{"subject":"192.0.2.25","kind":"ipv4","listed":1,"answered":1,"failed":0,"findings":[
//	{"zone":"bl.example","outcome":"listed",...}
//	]}
//	],"state":"WARNING","exit_status":1,"summary":"192.0.2.25 is on ...",...}
//
// Programs get codes such as no_test_entry, and people the sentence beside them. Durations are in
// seconds, and their names end with _seconds.
type jsonStream struct {
	to      io.Writer
	rules   verdict.Rules
	began   time.Time
	start   []byte // of the object, until it is written
	written int    // elements of the array
}

// A jsonHead is the start of each JSON object.
type jsonHead struct {
	Version int    `json:"version"`
	Program string `json:"program"`
}

// A jsonResult is the result of one subject; its findings follow. Its numbers are those of lists
// that count.
type jsonResult struct {
	Subject  string `json:"subject"`        // an address or a domain
	Kind     string `json:"kind"`           // ipv4, ipv6 or domain
	Host     string `json:"host,omitzero"`  // the name that the address was found for
	Listed   int    `json:"listed"`         // on so many lists
	Answered int    `json:"answered"`       // so many gave a verdict
	Failed   int    `json:"failed"`         // so many did not
	Known    int    `json:"known,omitzero"` // listings that do not count because of --known
	Score    *int   `json:"score,omitzero"` // the sum of weights, if the user gave any
}

// A jsonSummary is the verdict on all subjects, or on the lists after a --self-test.
type jsonSummary struct {
	State      string           `json:"state"`                // OK, WARNING, CRITICAL, UNKNOWN
	Status     int              `json:"exit_status"`          // 0 to 3
	Summary    string           `json:"summary"`              // the headline of the nagios output
	Started    time.Time        `json:"started"`              // to the millisecond
	Took       float64          `json:"took_seconds"`         // of the whole run
	Timeout    float64          `json:"timeout_seconds"`      // -t
	Subjects   *int             `json:"subjects,omitzero"`    // checked; not in a --self-test
	Affected   *int             `json:"affected,omitzero"`    // subjects on a list that counts
	ReverseDNS []jsonReverseDNS `json:"reverse_dns,omitzero"` // with --fcrdns
	Bounce     *jsonBounce      `json:"bounce,omitzero"`      // with --bounce
	Rule       *jsonNote        `json:"rule,omitzero"`        // why the state is not OK
	Gaps       []jsonNote       `json:"gaps,omitzero"`        // what was not checked
	Notes      []jsonNote       `json:"notes"`                // everything else
	Perfdata   []jsonDatum      `json:"perfdata"`

	// Of a --self-test: the day of what is known of the lists, YYYY-MM-DD.
	Catalog string `json:"catalog_date,omitzero"`
}

// A jsonNote is a dnsbl.Note, or the rule that decided the state.
type jsonNote struct {
	Code string `json:"code"`
	Text string `json:"text"`
}

// newJSONNotes returns notes, [] if there are none.
func newJSONNotes(notes []dnsbl.Note) []jsonNote {
	out := make([]jsonNote, len(notes))
	for i, n := range notes {
		out[i] = jsonNote{string(n.Code), n.Text}
	}
	return out
}

// newJSONRule returns the rule that decided the state, nil if that is OK.
func newJSONRule(v *verdict.Verdict, b *Bounce) *jsonNote {
	if v.State == nagiosplugin.OK {
		return nil
	}
	r := stateRule(v, b)
	return &jsonNote{r.code, r.text}
}

// A jsonDatum is a value of the perfdata. A threshold or bound that it does not have is null.
type jsonDatum struct {
	Label string   `json:"label"`
	Unit  string   `json:"unit"`
	Value float64  `json:"value"`
	Warn  *float64 `json:"warn"`
	Crit  *float64 `json:"crit"`
	Min   *float64 `json:"min"`
	Max   *float64 `json:"max"`
}

// A jsonFailure is the error of a check that could not be made.
type jsonFailure struct {
	State   string      `json:"state"`
	Status  int         `json:"exit_status"`
	Summary string      `json:"summary"`
	Bounce  *jsonBounce `json:"bounce,omitzero"` // if it is a bounce that has no address to check
}

// newJSONStream returns the stream of a check. Program is the name and version of the program.
func newJSONStream(
	to io.Writer, program string, rules verdict.Rules, began time.Time,
) *jsonStream {
	s := newStream(to, program, "results", began)
	s.rules = rules
	return &s
}

// newStream returns the stream of an object with one array, e.g. "results".
func newStream(to io.Writer, program, array string, began time.Time) jsonStream {
	start := append(openObject(jsonHead{jsonVersion, program}), `,"`+array+`":[`...)
	return jsonStream{to: to, start: start, began: began}
}

// add writes the result of one subject. It keeps nothing of the findings.
func (s *jsonStream) add(t *verdict.Tally, findings []dnsbl.Finding) {
	r := jsonResult{
		Subject:  t.Subject.String(),
		Kind:     t.Subject.Kind().Names("ipv4", "ipv6", "domain")[0],
		Host:     t.Subject.Host,
		Listed:   len(t.Listed),
		Answered: t.Answered,
		Failed:   len(t.Failed),
		Known:    len(t.Known),
	}
	if s.rules.Weighted {
		r.Score = &t.Score
	}
	out := append(openObject(r), `,"findings":[`...)
	for i := range findings {
		f := s.tallied(t, &findings[i])
		out = append(append(out, elementStart(i)...), marshal(f)...)
	}
	s.addElement(append(out, "\n]}"...))
}

// tallied returns a finding on the subject of a tally, with whether and how much it counts.
func (s *jsonStream) tallied(t *verdict.Tally, f *dnsbl.Finding) jsonFinding {
	out := newJSONFinding(f, s.began)
	counted := s.rules.Counts(f.List)
	switch f.Outcome {
	case dnsbl.Listed:
		counted = slices.ContainsFunc(t.Listed, isOf(f.List))
	case dnsbl.Failed:
		counted = slices.ContainsFunc(t.Failed, isOf(f.List))
	}
	out.Counted = &counted
	if day, known := s.rules.Known.Cover(f); known {
		out.Known = newJSONKnown(day)
	}
	if s.rules.Weighted && f.Outcome == dnsbl.Listed {
		out.Weight = &f.Weight
	}
	return out
}

// addElement writes an element of the array.
func (s *jsonStream) addElement(element []byte) {
	s.write(append([]byte(elementStart(s.written)), element...))
	s.written++
}

// close ends the object with the verdict.
func (s *jsonStream) close(v *verdict.Verdict, p page, info Info) {
	sum := s.summary(p, info)
	if info.Bounce != nil {
		sum.Bounce = newJSONBounce(info.Bounce.Read)
	}
	sum.Subjects, sum.Affected = &v.Subjects, &v.Listed
	sum.ReverseDNS = newJSONReverseDNS(v)
	sum.Rule, sum.Gaps = newJSONRule(v, info.Bounce), newJSONNotes(v.Gaps)
	s.end(sum)
}

// abort ends the object of a check that fails after results were written.
func (s *jsonStream) abort(reason string) { s.end(newJSONFailure(reason)) }

// jsonHealthText returns the result of a --self-test as one JSON object, the faulty lists first.
func jsonHealthText(program string, h *verdict.Health, p page, info Info) string {
	var out strings.Builder
	s := newStream(&out, program, "lists", info.Began)
	sum := s.summary(p, info)
	for _, f := range healthOrder(h) {
		element := newJSONFinding(&f, time.Time{})
		element.Health, element.jsonListing = healthCode(&f), nil // a test entry is never delisted
		if e := f.Evidence; e != nil && len(e.Positive) > 0 {     // else it has no test entries
			element.RTT = rttSeconds(testAnswer(&f).RTT)
		}
		s.addElement(marshal(element))
	}
	s.end(sum)
	return out.String()
}

// jsonFailureText returns the object of a check that could not be made.
func jsonFailureText(program, reason string, read *bounce.Bounce) string {
	failure := struct {
		jsonHead
		jsonFailure
	}{jsonHead{jsonVersion, program}, newJSONFailure(reason)}
	failure.Bounce = newJSONBounce(read)
	return string(marshal(failure)) + "\n"
}

func newJSONFailure(reason string) jsonFailure {
	state := nagiosplugin.UNKNOWN
	return jsonFailure{
		State: state.String(), Status: int(state), Summary: text.Message(reason, maxFirst),
	}
}

// summary returns the part of the summary that a check and a --self-test have in common. Notes are
// [] if there are none, never null.
func (s *jsonStream) summary(p page, info Info) jsonSummary {
	sum := jsonSummary{
		State:   p.state.String(),
		Status:  int(p.state),
		Summary: p.headline.within(maxFirst),
		Started: s.began.Truncate(time.Millisecond),
		Took:    seconds(info.Took),
		Timeout: info.Timeout.Seconds(),
		Catalog: info.CatalogDate,
		Notes:   newJSONNotes(p.notes),
	}
	for _, d := range p.perfdata {
		negative := math.IsNaN(d.min)
		sum.Perfdata = append(sum.Perfdata, jsonDatum{
			Label: d.label, Unit: d.unit, Value: d.value,
			Warn: bound(d.warn.Plain(negative)), Crit: bound(d.crit.Plain(negative)),
			Min: bound(d.min), Max: bound(d.max),
		})
	}
	return sum
}

// bound returns nil, which is null in JSON, for NaN.
func bound(n float64) *float64 {
	if math.IsNaN(n) {
		return nil
	}
	return &n
}

// end ends the array and appends the fields of v to the object.
func (s *jsonStream) end(v any) {
	fields := marshal(v)[len("{"):]
	s.write(append(append([]byte("\n],"), fields...), '\n'))
}

// write writes the start of the object, if that is still to be written, and out. An error means
// that the reader has gone away, and cannot be reported.
func (s *jsonStream) write(out []byte) {
	_, _ = s.to.Write(append(s.start, out...))
	s.start = nil
}

// elementStart precedes the i-th element of an array: each has a line of its own.
func elementStart(i int) string {
	if i == 0 {
		return "\n"
	}
	return ",\n"
}

// marshal returns v as JSON on one line. Foreign text in it was cleaned, so that "KEY" and the
// like can stay readable instead of being escaped for web pages.
func marshal(v any) []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil { // never: there are only strings and finite numbers
		panic(fmt.Sprintf("json: %v", err))
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}

// openObject returns v as a JSON object without its end, so that more fields can follow.
func openObject(v any) []byte { return bytes.TrimSuffix(marshal(v), []byte("}")) }
