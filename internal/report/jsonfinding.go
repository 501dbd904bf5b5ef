package report

import (
	"math"
	"slices"
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/fcrdns"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"
)

// A jsonFinding is a dnsbl.Finding in JSON.
type jsonFinding struct {
	List        string      `json:"zone"` // of the list
	Name        string      `json:"name,omitzero"`
	Operator    string      `json:"operator,omitzero"`
	Kind        dnsbl.Kind  `json:"kind"`
	Tier        dnsbl.Tier  `json:"tier"`
	Outcome     string      `json:"outcome"`              // listed, not_listed or failed
	Parent      string      `json:"parent,omitzero"`      // the parent domain that this is about
	AlsoListed  []jsonName  `json:"also_listed,omitzero"` // of the domain and its parents
	Health      string      `json:"health,omitzero"`      // see healthCode; --self-test only
	Counted     *bool       `json:"counted,omitzero"`     // it can change the state
	Known       *jsonKnown  `json:"known,omitzero"`       // not counted because of --known
	Weight      *int        `json:"weight,omitzero"`      // of a listing, if the user gave weights
	Policy      bool        `json:"policy,omitzero"`      // listed, but not for abuse
	Unconfirmed bool        `json:"unconfirmed,omitzero"` // the negative test entry had no answer
	Untested    bool        `json:"untested,omitzero"`    // not listed, but there is no test entry
	Codes       []jsonCode  `json:"codes,omitzero"`
	Cause       dnsbl.Cause `json:"cause,omitzero"`  // of a failure
	Text        string      `json:"text,omitzero"`   // the cause in words
	Detail      string      `json:"detail,omitzero"` // the answer or error behind the cause
	Remedy      string      `json:"fix,omitzero"`
	jsonPath
	OtherPath    *jsonOtherPath `json:"other_path,omitzero"`
	*jsonListing                // of a listing only
}

// A jsonName is another listed name of a domain and its parents.
type jsonName struct {
	Name  string     `json:"name"`
	Codes []jsonCode `json:"codes"`
}

// newJSONNames returns the other listed names.
func newJSONNames(f *dnsbl.Finding) []jsonName {
	var names []jsonName
	for i := range f.Rest {
		if rest := &f.Rest[i]; rest.Outcome == dnsbl.Listed {
			names = append(names, jsonName{rest.Subject.Domain, newJSONCodes(rest)})
		}
	}
	return names
}

// A jsonKnown is how long a listing that the user knows of does not count.
type jsonKnown struct {
	Until *string `json:"until"` // the last day, YYYY-MM-DD; null if there is no end
}

// newJSONKnown returns how long a listing does not count, from the day or "".
func newJSONKnown(day string) *jsonKnown {
	if day == "" {
		return &jsonKnown{}
	}
	return &jsonKnown{&day}
}

// A jsonPath is how an answer came: through the resolver, or from a list's own name server.
type jsonPath struct {
	Path   string  `json:"path"`            // resolver or direct
	Server string  `json:"server,omitzero"` // address and port
	RTT    float64 `json:"rtt_seconds"`     // all tries, to the microsecond
}

// A jsonOtherPath is the result of the second path, if a list was queried by both.
type jsonOtherPath struct {
	Outcome string      `json:"outcome"`
	Codes   []jsonCode  `json:"codes,omitzero"`
	Cause   dnsbl.Cause `json:"cause,omitzero"`
	Text    string      `json:"text,omitzero"`
	Detail  string      `json:"detail,omitzero"`
	jsonPath
}

// A jsonCode is a return code with one of its meanings, or a row of a list's table of return codes.
type jsonCode struct {
	Code    string `json:"code"`             // 127.0.0.2; in the table also a pattern
	Bit     byte   `json:"bit,omitzero"`     // in the table: of the last octet, if bits add up
	Effect  string `json:"effect"`           // see effectCode
	Meaning string `json:"meaning,omitzero"` // the operator's name for it
	Plain   string `json:"plain,omitzero"`   // an explanation of that name

	// In the table, if listings with this code differ in that from the others.
	Scope     string         `json:"scope,omitzero"`
	Delisting *jsonDelisting `json:"delisting,omitzero"`
}

// A jsonListing is what an admin needs to know of a listing, as in listingItem.
type jsonListing struct {
	Reasons     []string       `json:"reasons,omitzero"` // the operator's TXT records
	Scope       string         `json:"scope,omitzero"`   // how much a listing covers
	Delisting   *jsonDelisting `json:"delisting,omitzero"`
	PaidRemoval bool           `json:"paid_removal,omitzero"`
	LookupURL   string         `json:"lookup_url,omitzero"`
	RemovalURL  string         `json:"removal_url,omitzero"`   // if it is not the lookup page
	TTL         float64        `json:"ttl_seconds"`            // of the answer
	Recheck     time.Time      `json:"recheck_after,omitzero"` // until then the answer is cached
	Dig         string         `json:"dig,omitzero"`           // a command that asks the same
}

// A jsonDelisting is how a listing ends.
type jsonDelisting struct {
	Ways []string `json:"ways"` // see dnsbl.Ways; empty if none of them fits
	Text string   `json:"text"`
}

// newJSONFinding returns a finding without what depends on the tally: Counted, Known
// and Weight.
func newJSONFinding(f *dnsbl.Finding, began time.Time) jsonFinding {
	l := f.List
	out := jsonFinding{
		List:        l.Zone,
		Name:        l.Name,
		Operator:    l.Operator,
		Kind:        l.Kind,
		Tier:        l.Tier,
		Outcome:     outcomeCode(f.Outcome),
		Parent:      f.Parent,
		Unconfirmed: f.Unconfirmed,
		Untested:    f.Untested,
		Codes:       newJSONCodes(f),
		Cause:       f.Cause,
		Text:        causeText(f),
		Detail:      foreign(l, f.Detail, maxReason),
		jsonPath:    newJSONPath(f),
	}
	switch f.Outcome {
	case dnsbl.Listed:
		out.Policy = f.PolicyOnly() && l.Kind != dnsbl.Allow && l.Kind != dnsbl.Score
		out.jsonListing, out.AlsoListed = newJSONListing(f, began), newJSONNames(f)
	case dnsbl.Failed:
		out.Remedy = remedyOf(f, 1)
	}
	if o := f.Other; o != nil {
		out.OtherPath = &jsonOtherPath{
			Outcome:  outcomeCode(o.Outcome),
			Codes:    newJSONCodes(o),
			Cause:    o.Cause,
			Text:     causeText(o),
			Detail:   foreign(l, o.Detail, maxReason),
			jsonPath: newJSONPath(o),
		}
	}
	return out
}

// outcomeCode returns an outcome as one word, such as programs expect.
func outcomeCode(o dnsbl.Outcome) string {
	if o == dnsbl.NotListed {
		return "not_listed"
	}
	return string(o)
}

// newJSONPath returns the path of a finding, with the time that the query of the subject took.
func newJSONPath(f *dnsbl.Finding) jsonPath {
	p := jsonPath{Path: "resolver"}
	if f.Direct {
		p.Path = "direct"
	}
	if f.Server.IsValid() {
		p.Server = f.Server.String()
	}
	if f.Evidence != nil {
		p.RTT = rttSeconds(f.Evidence.Question.RTT)
	}
	return p
}

// rttSeconds returns a duration in seconds, rounded to microseconds.
func rttSeconds(d time.Duration) float64 { return math.Round(d.Seconds()*1e6) / 1e6 }

// effectCode returns the code for an effect of a return code. It never changes, whatever the words
// for people are.
func effectCode(e dnsbl.Effect) string {
	return [...]string{
		dnsbl.Listing:       "listed",
		dnsbl.PolicyOnly:    "policy",
		dnsbl.Allowed:       "allowed",
		dnsbl.Informational: "informational",
		dnsbl.Refusal:       "refusal",
		dnsbl.Undocumented:  "undocumented",
		dnsbl.NotLoopback:   "not_loopback",
	}[e]
}

// newJSONCodes returns the return codes of a finding. A code with two meanings appears twice.
func newJSONCodes(f *dnsbl.Finding) []jsonCode {
	var codes []jsonCode
	for _, r := range f.Codes {
		codes = append(codes, jsonCode{
			Code: r.Code.String(), Effect: effectCode(r.Effect),
			Meaning: r.Meaning, Plain: f.List.Row(r.Meaning).Plain,
		})
	}
	return codes
}

// newJSONListing returns what to do about a listing. Began is the start of the run; if it is zero,
// nothing is cached.
func newJSONListing(f *dnsbl.Finding, began time.Time) *jsonListing {
	l := f.List
	out := jsonListing{
		Reasons:     reasons(f),
		Scope:       scopeText(f),
		Delisting:   newJSONDelisting(listingWays(f), delistingText(f)),
		PaidRemoval: l.PaidRemoval,
		LookupURL:   fillURL(l.URL, listedSubject(f)),
		RemovalURL:  fillURL(l.Removal, listedSubject(f)),
		Dig:         digCommand(f),
	}
	if f.Evidence != nil {
		out.TTL = f.Evidence.Question.TTL.Seconds()
	}
	if until := cachedUntil(f, began); !until.IsZero() {
		out.Recheck = until.Truncate(time.Second)
	}
	return &out
}

// newJSONDelisting returns how listings end, nil if that is not known.
func newJSONDelisting(ways dnsbl.Ways, text string) *jsonDelisting {
	if text == "" {
		return nil
	}
	return &jsonDelisting{append([]string{}, ways.Codes()...), text}
}

// listingWays returns how a listing ends: what the rows of its return codes say, or the list if
// none of its rows says anything.
func listingWays(f *dnsbl.Finding) dnsbl.Ways {
	filled := func(c dnsbl.Code) bool { return c.Delisting != "" }
	if !slices.ContainsFunc(f.List.Codes, filled) {
		return f.List.Ways
	}
	var ways dnsbl.Ways
	for _, r := range f.Matched {
		ways |= f.List.Row(r.Meaning).Ways
	}
	return ways
}

// A jsonReverseDNS is the reverse DNS of an address.
type jsonReverseDNS struct {
	Address   string        `json:"address"`
	Hosts     []string      `json:"hosts,omitzero"` // it should have one of these names
	Names     []string      `json:"names"`          // of its PTR records
	Confirmed []string      `json:"confirmed"`      // those that resolve to the address
	Problems  []jsonProblem `json:"problems"`
	Cause     dnsbl.Cause   `json:"cause,omitzero"` // of a lookup that failed
	Text      string        `json:"text,omitzero"`  // the cause in words
	Detail    string        `json:"detail,omitzero"`
}

// A jsonProblem is a problem of reverse DNS: a code for programs, a sentence, and the remedy.
type jsonProblem struct {
	Code   string `json:"code"` // see problemCode
	Text   string `json:"text"`
	Remedy string `json:"fix"`
}

// problemCode returns the code for a kind of problem. It never changes, whatever the sentences for
// people are.
func problemCode(kind fcrdns.Kind) string {
	return map[fcrdns.Kind]string{
		fcrdns.NoName:       "no_ptr",
		fcrdns.SeveralNames: "several_names",
		fcrdns.Unconfirmed:  "not_confirmed",
		fcrdns.Generic:      "generic",
		fcrdns.OtherName:    "other_name",
	}[kind]
}

// newJSONReverseDNS returns the reverse DNS of the addresses, nil if it was not looked up.
func newJSONReverseDNS(v *verdict.Verdict) []jsonReverseDNS {
	var all []jsonReverseDNS
	for i := range v.ReverseDNS {
		p := &v.ReverseDNS[i]
		out := jsonReverseDNS{
			Address:   p.Addr.String(),
			Names:     cleanNames(p.Names),
			Confirmed: cleanNames(p.Confirmed),
			Problems:  []jsonProblem{},
			Cause:     p.LookupError.Cause,
			Text:      p.LookupError.Cause.Text(),
			Detail:    text.Short(p.LookupError.Detail, maxWords),
		}
		if len(p.Hosts) > 0 {
			out.Hosts = cleanNames(p.Hosts)
		}
		for _, f := range p.Problems {
			problem, remedy := problemText(p, f)
			out.Problems = append(out.Problems, jsonProblem{problemCode(f.Kind), problem, remedy})
		}
		all = append(all, out)
	}
	return all
}
