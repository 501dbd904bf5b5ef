package report

import (
	"time"

	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
)

// A finding is what JSON tells of a dnsbl.Finding.
type finding struct {
	List        string     `json:"list"`
	Name        string     `json:"name,omitzero"`
	Operator    string     `json:"operator,omitzero"`
	Kind        dnsbl.Kind `json:"kind"`
	Tier        dnsbl.Tier `json:"tier"`
	Outcome     string     `json:"outcome"`
	Health      string     `json:"health,omitzero"`
	Counted     *bool      `json:"counted,omitzero"`
	Weight      *int       `json:"weight,omitzero"`
	Policy      bool       `json:"policy,omitzero"`
	Unconfirmed bool       `json:"unconfirmed,omitzero"`
	Untested    bool       `json:"untested,omitzero"`
	Codes       []code     `json:"codes,omitzero"`
	Cause       string     `json:"cause,omitzero"`
	Detail      string     `json:"detail,omitzero"`
	Cure        string     `json:"cure,omitzero"`
	way
	Other *other `json:"other_path,omitzero"`
	*action
}

// A way is by which path a verdict came.
type way struct {
	Path   string  `json:"path"`
	Server string  `json:"server,omitzero"`
	RTT    float64 `json:"rtt_ms"`
}

// An other is what the other path gave.
type other struct {
	Outcome string `json:"outcome"`
	Codes   []code `json:"codes,omitzero"`
	Cause   string `json:"cause,omitzero"`
	Detail  string `json:"detail,omitzero"`
	way
}

// A code is one return code and one thing that it means, or a row of a list's table of them.
type code struct {
	Code    string `json:"code"`
	Effect  string `json:"effect"`
	Meaning string `json:"meaning,omitzero"`
	Plain   string `json:"plain,omitzero"`
}

// An action is what an admin may want to know of an entry and do about it, see facts.
type action struct {
	Reasons     []string  `json:"reasons,omitzero"`
	Scope       string    `json:"scope,omitzero"`
	Leaves      string    `json:"leaves,omitzero"`
	PaidRemoval bool      `json:"paid_removal,omitzero"`
	Page        string    `json:"page,omitzero"`
	Removal     string    `json:"removal,omitzero"`
	TTL         float64   `json:"ttl_s"`
	Recheck     time.Time `json:"recheck_after,omitzero"`
	Dig         string    `json:"dig,omitzero"`
}

// findingOf tells of a finding, but for what only a tally knows.
func findingOf(f *dnsbl.Finding, began time.Time) finding {
	l := f.List
	told := finding{List: l.Zone, Name: l.Name, Operator: l.Operator, Kind: l.Kind, Tier: l.Tier, Outcome: outcomeWord(f.Outcome),
		Unconfirmed: f.Unconfirmed, Untested: f.Untested, Codes: codesOf(f), Cause: f.Cause.Text(), Detail: text.Short(l.Mask(f.Detail), maxReason), way: wayOf(f)}
	switch f.Outcome {
	case dnsbl.Listed:
		told.Policy, told.action = f.PolicyOnly() && l.Kind != dnsbl.Allow && l.Kind != dnsbl.Score, actionOf(f, began)
	case dnsbl.Failed:
		told.Cure = remedyOf(f)
	}
	if o := f.Other; o != nil {
		told.Other = &other{outcomeWord(o.Outcome), codesOf(o), o.Cause.Text(), text.Short(l.Mask(o.Detail), maxReason), wayOf(o)}
	}
	return told
}

// outcomeWord writes an outcome as one word, as programs like it.
func outcomeWord(o dnsbl.Outcome) string {
	if o == dnsbl.NotListed {
		return "not_listed"
	}
	return string(o)
}

func kindOf(s dnsbl.Subject) string {
	switch s.Kind() {
	case dnsbl.IPv4:
		return "ipv4"
	case dnsbl.IPv6:
		return "ipv6"
	}
	return "domain"
}

func wayOf(f *dnsbl.Finding) way {
	w := way{Path: "resolver"}
	if f.Direct {
		w.Path = "direct"
	}
	if f.Server.IsValid() {
		w.Server = f.Server.String()
	}
	if f.Evidence != nil {
		w.RTT = milliseconds64(f.Evidence.Question.RTT)
	}
	return w
}

// milliseconds64 returns milliseconds, to the microsecond.
func milliseconds64(d time.Duration) float64 { return float64(d.Round(time.Microsecond)) / 1e6 }

func codesOf(f *dnsbl.Finding) []code {
	var all []code
	for _, r := range f.Codes {
		all = append(all, code{r.Code.String(), effectText(r.Effect), r.Meaning, f.List.Row(r.Meaning).Plain})
	}
	return all
}

func actionOf(f *dnsbl.Finding, began time.Time) *action {
	l := f.List
	a := action{Reasons: reasons(f), Scope: byCode(f, l.Scope, scopeOf), Leaves: byCode(f, l.Delisting, leavesOf), PaidRemoval: l.PaidRemoval,
		Page: page(l.URL, f.Subject), Removal: page(l.Removal, f.Subject), Dig: dig(f)}
	if f.Evidence != nil {
		a.TTL = f.Evidence.Question.TTL.Seconds()
	}
	if until := keptUntil(f, began); !until.IsZero() {
		a.Recheck = until.Truncate(time.Second)
	}
	return &a
}
