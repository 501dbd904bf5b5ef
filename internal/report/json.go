package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"

	"github.com/olorin/nagiosplugin"
)

// jsonVersion is raised when a field goes or changes its meaning. New fields may come at any time.
const jsonVersion = 1

// A JSONStream writes a check as one JSON object (see examples/check_dnsbl.schema.json): the result
// of each subject as soon as it is known, so that memory does not grow with their number, and the
// verdict at the end. Each result and each finding has a line of its own:
//
//	{"version":1,"program":"check_dnsbl 1.0","results":[
//	{"subject":"192.0.2.25","kind":"ipv4","listed":1,"answered":1,"failed":0,"findings":[
//	{"list":"bl.example","outcome":"listed",...}
//	]}
//	],"state":"WARNING","status":1,"summary":"192.0.2.25 is on 1 of 1 list: bl.example",...}
type JSONStream struct {
	to      io.Writer
	rules   verdict.Rules
	began   time.Time
	start   []byte // of the object, until it is written
	written int    // elements of the array
	err     error  // the first that there was
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
	Score    *int   `json:"score,omitzero"` // the sum of weights, if the user gave any
}

// A jsonSummary is the verdict on all subjects, or on the lists after a --self-test.
type jsonSummary struct {
	State      string           `json:"state"`                // OK, WARNING, CRITICAL, UNKNOWN
	Status     int              `json:"status"`               // the exit status
	Summary    string           `json:"summary"`              // the headline of the nagios output
	Started    time.Time        `json:"started"`              // to the millisecond
	Seconds    float64          `json:"seconds"`              // the run took
	Timeout    float64          `json:"timeout"`              // -t, in seconds
	Subjects   *int             `json:"subjects,omitzero"`    // checked; not in a --self-test
	Listed     *int             `json:"listed,omitzero"`      // subjects on a list that counts
	ReverseDNS []jsonReverseDNS `json:"reverse_dns,omitzero"` // with --fcrdns
	Gaps       []string         `json:"gaps,omitzero"`        // what was not checked
	Notes      []string         `json:"notes"`                // everything else, in words
	Perfdata   []jsonDatum      `json:"perfdata"`
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
	State   string `json:"state"`
	Status  int    `json:"status"`
	Summary string `json:"summary"`
}

// NewJSONStream returns the stream of a check. Program is the name and version of the program.
func NewJSONStream(
	to io.Writer, program string, rules verdict.Rules, began time.Time,
) *JSONStream {
	s := newStream(to, program, "results", began)
	s.rules = rules
	return &s
}

// newStream returns the stream of an object whose one array has a name.
func newStream(to io.Writer, program, array string, began time.Time) JSONStream {
	start := append(openObject(jsonHead{jsonVersion, program}), `,"`+array+`":[`...)
	return JSONStream{to: to, start: start, began: began}
}

// Encode returns the result of one subject as JSON, for Add. It keeps nothing of the findings.
func (s *JSONStream) Encode(t *verdict.Tally, findings []dnsbl.Finding) []byte {
	r := jsonResult{
		Subject:  t.Subject.String(),
		Kind:     subjectKind(t.Subject),
		Host:     t.Subject.Host,
		Listed:   len(t.Listed),
		Answered: t.Answered,
		Failed:   len(t.Failed),
	}
	if s.rules.Weighted {
		r.Score = &t.Score
	}
	out := append(openObject(r), `,"findings":[`...)
	for i := range findings {
		f := s.tallied(t, &findings[i])
		out = append(append(out, elementStart(i)...), marshal(f)...)
	}
	return append(out, "\n]}"...)
}

// tallied returns a finding on the subject of a tally, with whether and how much it counts.
func (s *JSONStream) tallied(t *verdict.Tally, f *dnsbl.Finding) jsonFinding {
	out := newJSONFinding(f, s.began)
	counted := s.rules.Counts(f.List)
	switch f.Outcome {
	case dnsbl.Listed:
		counted = slices.ContainsFunc(t.Listed, isOf(f.List))
	case dnsbl.Failed:
		counted = slices.ContainsFunc(t.Failed, isOf(f.List))
	}
	out.Counted = &counted
	if s.rules.Weighted && f.Outcome == dnsbl.Listed {
		out.Weight = &f.Weight
	}
	return out
}

// Add writes an element of the array that Encode returned.
func (s *JSONStream) Add(element []byte) {
	s.write(append([]byte(elementStart(s.written)), element...))
	s.written++
}

// Close ends the object with the verdict. It returns the first error of all writing.
func (s *JSONStream) Close(v *verdict.Verdict, run Run) error {
	sum := s.summary(v.State, headline(v, maxFirst), performance(v, run), run)
	sum.Subjects, sum.Listed = &v.Subjects, &v.Listed
	sum.ReverseDNS = newJSONReverseDNS(v)
	sum.Gaps = append([]string{}, v.Gaps...)
	sum.Notes = append(sum.Notes, resolverNotes(v)...)
	s.end(sum)
	return s.err
}

// Abort ends the object of a check that fails after results were written.
func (s *JSONStream) Abort(reason string) error {
	s.end(newJSONFailure(reason))
	return s.err
}

// HealthJSON writes the result of a --self-test as one JSON object, the unhealthy lists first.
func HealthJSON(w io.Writer, program string, h *verdict.Health, run Run) error {
	s := newStream(w, program, "lists", run.Began)
	sum := s.summary(h.State, healthHeadline(h, maxFirst), healthPerformance(h, run), run)
	sum.Notes = append(sum.Notes, healthNotes(h)...)
	for _, f := range healthOrder(h) {
		out := newJSONFinding(&f, time.Time{})
		out.Health, out.jsonListing = healthState(&f), nil // a test entry is never delisted
		if n := len(f.Evidence.Positive); n > 0 {
			out.RTT = rttMilliseconds(f.Evidence.Positive[n-1].RTT)
		}
		s.Add(marshal(out))
	}
	s.end(sum)
	return s.err
}

// FailJSON is Fail with JSON as output.
func FailJSON(w io.Writer, program, reason string) nagiosplugin.Status {
	failure := struct {
		jsonHead
		jsonFailure
	}{jsonHead{jsonVersion, program}, newJSONFailure(reason)}
	_, _ = w.Write(append(marshal(failure), '\n')) // an error could not be reported either
	return nagiosplugin.UNKNOWN
}

func newJSONFailure(reason string) jsonFailure {
	state := nagiosplugin.UNKNOWN
	return jsonFailure{state.String(), int(state), text.Message(reason, maxFirst)}
}

// summary returns the part of the summary that a check and a --self-test have in common. Notes are
// [] if there are none, never null.
func (s *JSONStream) summary(
	state nagiosplugin.Status, headline string, perfdata []datum, run Run,
) jsonSummary {
	sum := jsonSummary{
		State:   state.String(),
		Status:  int(state),
		Summary: headline,
		Started: s.began.Truncate(time.Millisecond),
		Seconds: seconds(run.Took),
		Timeout: run.Timeout.Seconds(),
		Notes:   append([]string{}, slices.Concat(run.Bounce, run.Warnings, run.Notes)...),
	}
	for _, d := range perfdata {
		sum.Perfdata = append(sum.Perfdata, jsonDatum{
			d.label, d.unit, d.value, bound(d.warn), bound(d.crit), bound(d.min), bound(d.max)})
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
func (s *JSONStream) end(v any) {
	fields := marshal(v)[len("{"):]
	s.write(append(append([]byte("\n],"), fields...), '\n'))
}

// write writes until there is an error.
func (s *JSONStream) write(out []byte) {
	if s.err == nil {
		_, s.err = s.to.Write(append(s.start, out...))
	}
	s.start = nil
}

// elementStart precedes the i-th element of an array: each has a line of its own.
func elementStart(i int) string {
	if i == 0 {
		return "\n"
	}
	return ",\n"
}

// marshal returns v as JSON on one line. Foreign text in it was cleaned, so that "<key>" and the
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
