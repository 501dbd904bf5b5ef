package report

import (
	"slices"

	"check_dnsbl/internal/bounce"
)

// A jsonBounce is what a bounce says, in codes. The lists are [] if there is nothing, never null.
type jsonBounce struct {
	Form      string   `json:"form"`                // see bounce.Form
	Addresses []string `json:"addresses"`           // that were refused, or complained about
	Unchecked []string `json:"unchecked,omitempty"` // the first of more addresses
	Zones     []string `json:"zones"`               // of lists, the unknown ones at the end
	Operators []string `json:"operators"`           // IDs of those with private lists
	Reasons   []string `json:"reasons"`             // see bounce.Reason
	Pages     []string `json:"pages"`               // postmaster or removal pages of the operators
}

// newJSONBounce returns the codes of a bounce, or nil if there is none.
func newJSONBounce(b *bounce.Bounce) *jsonBounce {
	if b == nil {
		return nil
	}
	out := jsonBounce{
		Form:      string(b.Form),
		Addresses: append([]string{}, texts(slices.Concat(b.Rejected, b.Complained))...),
		Unchecked: texts(b.Further),
		Zones:     []string{}, Operators: []string{}, Reasons: []string{}, Pages: []string{},
	}
	for _, zone := range b.Zones {
		out.Zones = append(out.Zones, short(zone))
	}
	for _, zone := range b.UnknownZones {
		out.Zones = append(out.Zones, short(zone))
	}
	for _, op := range b.Operators {
		out.Operators = append(out.Operators, op.ID)
		if op.Page != "" {
			out.Pages = append(out.Pages, op.Page)
		}
	}
	for _, reason := range b.Reasons {
		out.Reasons = append(out.Reasons, string(reason))
	}
	return &out
}
