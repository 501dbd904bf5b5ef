package verdict

import (
	"check_dnsbl/internal/fcrdns"

	"github.com/olorin/nagiosplugin"
)

// AddReverseDNS adds how the addresses present themselves to a verdict that is whole; gaps say for which that could not be found out. A
// fault makes WARNING of an OK, and is no listing: it is neither counted nor CRITICAL, and where too few lists answered that stays UNKNOWN. A
// gap rules out an OK too.
func (v *Verdict) AddReverseDNS(all []fcrdns.Result, gaps []string) {
	v.ReverseDNS = all
	v.Gaps = append(v.Gaps, gaps...)
	switch {
	case v.State != nagiosplugin.OK:
	case v.Faulty() > 0:
		v.State = nagiosplugin.WARNING
	case len(gaps) > 0:
		v.State = nagiosplugin.UNKNOWN
	}
}

// Faulty returns how many addresses do not present themselves as receivers want.
func (v *Verdict) Faulty() int {
	n := 0
	for i := range v.ReverseDNS {
		if len(v.ReverseDNS[i].Problems) > 0 {
			n++
		}
	}
	return n
}
