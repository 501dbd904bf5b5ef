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
	"check_dnsbl/internal/fcrdns"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"

	"github.com/olorin/nagiosplugin"
)

// jsonVersion is that of the form. It is raised when a field goes, or means something else; new fields may come at any time.
const jsonVersion = 1

// A JSONStream is a check as one JSON object, see examples/check_dnsbl.schema.json. The results are written as they come, so that it takes
// no more memory for many subjects; what they amount to follows them.
type JSONStream struct {
	to      io.Writer
	rules   verdict.Rules
	began   time.Time
	start   []byte // of the text, until it is written
	written int    // elements of its array
	err     error
}

// head is what each JSON object begins with.
type head struct {
	Version int    `json:"version"`
	Program string `json:"program"`
}

// NewJSONStream returns the document of a check that began at a time. Program is the name and version of the program.
func NewJSONStream(to io.Writer, program string, rules verdict.Rules, began time.Time) *JSONStream {
	return &JSONStream{to: to, start: append(open(head{jsonVersion, program}), `,"results":[`...), rules: rules, began: began}
}

// A result is what was found on one subject.
type result struct {
	Subject  string `json:"subject"`
	Kind     string `json:"kind"`
	Host     string `json:"host,omitzero"`
	Listed   int    `json:"listed"`
	Answered int    `json:"answered"`
	Failed   int    `json:"failed"`
	Score    *int   `json:"score,omitzero"`
}

// Encode returns the text of one subject for Add. It keeps nothing of the findings.
func (d *JSONStream) Encode(t *verdict.Tally, findings []dnsbl.Finding) []byte {
	r := result{Subject: t.Subject.String(), Kind: kindOf(t.Subject), Host: t.Subject.Host, Listed: len(t.Listed), Answered: t.Answered, Failed: len(t.Failed)}
	if d.rules.Weighted {
		r.Score = &t.Score
	}
	text := append(open(r), `,"findings":[`...)
	for i := range findings {
		text = append(append(text, separator(i)...), marshal(d.finding(t, &findings[i]))...)
	}
	return append(text, "\n]}"...)
}

// finding tells of one finding on the subject of a tally.
func (d *JSONStream) finding(t *verdict.Tally, f *dnsbl.Finding) finding {
	told := findingOf(f, d.began)
	counted := d.rules.Counts(f.List)
	switch onList := func(g dnsbl.Finding) bool { return g.List == f.List }; f.Outcome {
	case dnsbl.Listed:
		counted = slices.ContainsFunc(t.Listed, onList)
	case dnsbl.Failed:
		counted = slices.ContainsFunc(t.Failed, onList)
	}
	told.Counted = &counted
	if d.rules.Weighted && f.Outcome == dnsbl.Listed {
		told.Weight = &f.Weight
	}
	return told
}

// Add writes what Encode returned.
func (d *JSONStream) Add(result []byte) {
	d.write(append([]byte(separator(d.written)), result...))
	d.written++
}

// A summary is what results amount to.
type summary struct {
	State    string         `json:"state"`
	Status   int            `json:"status"`
	Summary  string         `json:"summary"`
	Started  time.Time      `json:"started"`
	Seconds  float64        `json:"seconds"`
	Timeout  float64        `json:"timeout"`
	Subjects *int           `json:"subjects,omitzero"`
	Listed   *int           `json:"listed,omitzero"`
	Presence []jsonPresence `json:"reverse_dns,omitzero"`
	Gaps     []string       `json:"gaps,omitzero"`
	Notes    []string       `json:"notes"`
	Perfdata []jsonPerfdata `json:"perfdata"`
}

// Close ends the document with the verdict. It returns the first error that there was in writing it.
func (d *JSONStream) Close(v *verdict.Verdict, run Run) error {
	s := d.summary(v.State, headline(v, maxFirst), performance(v, run), run)
	s.Subjects, s.Listed = &v.Subjects, &v.Listed
	s.Presence = presencesOf(v)
	s.Gaps = append([]string{}, v.Gaps...)
	s.Notes = append(s.Notes, resolverNotes(v)...)
	d.end(s)
	return d.err
}

// Abort ends the document of a check that did not come to its end.
func (d *JSONStream) Abort(reason string) error {
	d.write(append(append([]byte("\n],"), marshal(failureOf(reason))[1:]...), '\n'))
	return d.err
}

// HealthJSON writes how the lists themselves are as one JSON object, the unhealthy ones first.
func HealthJSON(w io.Writer, program string, h *verdict.Health, run Run) error {
	d := JSONStream{to: w, start: append(open(head{jsonVersion, program}), `,"lists":[`...), began: run.Began}
	s := d.summary(h.State, healthLine(h, maxFirst), healthData(h, run), run)
	s.Notes = append(s.Notes, healthNotes(h)...)
	for _, f := range slices.Concat(h.Unhealthy, h.Tolerated, h.Untested, h.Healthy) {
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

// end writes what follows the results.
func (d *JSONStream) end(s summary) { d.write(append(append([]byte("\n],"), marshal(s)[1:]...), '\n')) }

// summary begins the summary of a run.
func (d *JSONStream) summary(state nagiosplugin.Status, text string, perfdata []datum, run Run) summary {
	s := summary{State: state.String(), Status: int(state), Summary: text, Started: d.began.Truncate(time.Millisecond), Timeout: run.Timeout.Seconds()}
	s.Seconds = math.Round(run.Took.Seconds()*1000) / 1000
	s.Notes = append([]string{}, slices.Concat(run.Bounce, run.Warnings, run.Notes)...) // [] rather than null
	for _, p := range perfdata {
		s.Perfdata = append(s.Perfdata, jsonPerfdata{p.label, p.unit, p.value, number(p.warn), number(p.crit), number(p.min), number(p.max)})
	}
	return s
}

// A jsonPerfdata is a datum. A bound that it does not have is null.
type jsonPerfdata struct {
	Label string   `json:"label"`
	Unit  string   `json:"unit"`
	Value float64  `json:"value"`
	Warn  *float64 `json:"warn"`
	Crit  *float64 `json:"crit"`
	Min   *float64 `json:"min"`
	Max   *float64 `json:"max"`
}

// number returns nil for NaN, of which JSON knows nothing.
func number(n float64) *float64 {
	if math.IsNaN(n) {
		return nil
	}
	return &n
}

// write writes until that fails once.
func (d *JSONStream) write(text []byte) {
	if d.err == nil {
		_, d.err = d.to.Write(append(d.start, text...))
	}
	d.start = nil
}

// separator stands before the element of an array that has a line of its own.
func separator(i int) string {
	if i == 0 {
		return "\n"
	}
	return ",\n"
}

// marshal returns v as JSON on one line, without escapes for web pages: there is nothing foreign in it that was not cleaned.
func marshal(v any) []byte {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil { // it is made of strings and finite numbers
		panic(fmt.Sprintf("json: %v", err))
	}
	return bytes.TrimSuffix(text.Bytes(), []byte("\n"))
}

// open returns v as a JSON object that more can be added to.
func open(v any) []byte { return bytes.TrimSuffix(marshal(v), []byte("}")) }

// A jsonPresence is how an address presents itself.
type jsonPresence struct {
	Address   string      `json:"address"`
	Hosts     []string    `json:"hosts,omitzero"`
	Names     []string    `json:"names"`
	Confirmed []string    `json:"confirmed"`
	Faults    []jsonFault `json:"faults"`
	Cause     string      `json:"cause,omitzero"`
	Detail    string      `json:"detail,omitzero"`
}

// A jsonFault is what is wrong, in a word and in words, and what to do about it.
type jsonFault struct {
	Fault string `json:"fault"`
	Text  string `json:"text"`
	Cure  string `json:"cure"`
}

// presencesOf returns how the addresses present themselves, nil if that was not looked up.
func presencesOf(v *verdict.Verdict) []jsonPresence {
	var all []jsonPresence
	for i := range v.ReverseDNS {
		p := &v.ReverseDNS[i]
		told := jsonPresence{Address: p.Addr.String(), Names: cleaned(p.Names), Confirmed: cleaned(p.Confirmed), Faults: []jsonFault{}}
		if len(p.Hosts) > 0 {
			told.Hosts = cleaned(p.Hosts)
		}
		for _, f := range p.Problems {
			text, cure := faultText(p, f)
			told.Faults = append(told.Faults, jsonFault{faultWord(f.Kind), text, cure})
		}
		told.Cause, told.Detail = p.LookupError.Cause.Text(), text.Short(p.LookupError.Detail, maxWords)
		all = append(all, told)
	}
	return all
}

// faultWord names a fault for programs: it stays as it is, whatever words there are for people.
func faultWord(kind fcrdns.Kind) string {
	switch kind {
	case fcrdns.NoName:
		return "no_ptr"
	case fcrdns.SeveralNames:
		return "several_names"
	case fcrdns.Unconfirmed:
		return "not_confirmed"
	case fcrdns.Generic:
		return "generic"
	}
	return "other_name"
}
