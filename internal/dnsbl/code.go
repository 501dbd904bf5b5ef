package dnsbl

import (
	"net/netip"
	"slices"
	"strings"
)

// A Code gives the meaning of return codes: those that Match or, for lists that add up bits in the
// last octet, those in 127.0.0.0/24 that have Bit set.
type Code struct {
	Match     Pattern
	Bit       byte
	Effect    Effect
	Meaning   string // short, as the operator calls it
	Plain     string // the same in words that need no glossary, where the Meaning is a name
	Scope     string // how much an entry covers, where not all of the list's are alike
	Delisting string // how it leaves, likewise
}

// Effect is what a return code says about the entry.
type Effect uint8

const (
	Listing       Effect = iota // the address or name is listed
	PolicyOnly                  // it is listed as a matter of policy, not for abuse
	Allowed                     // it is allowed
	Informational               // something else: neither listed nor allowed
	Refusal                     // the operator refuses the question

	// What Read says of codes that are in no table.
	Undocumented // in 127.0.0.0/8, but the list documents no such code
	NotLoopback  // outside 127.0.0.0/8: a parked domain, or a resolver that rewrites answers
)

// A Reading is one return code of an answer and what it means on the list.
type Reading struct {
	Code    netip.Addr
	Effect  Effect
	Meaning string // "" if nothing is known
}

var (
	loopNet  = netip.PrefixFrom(netip.AddrFrom4([4]byte{127, 0, 0, 0}), 8)
	errorNet = netip.PrefixFrom(netip.AddrFrom4([4]byte{127, 255, 255, 0}), 24)   // reserved for refusals by convention
	keyNet   = netip.PrefixFrom(netip.AddrFrom4([4]byte{127, 255, 255, 250}), 31) // of these, what Spamhaus says of keys
	bitNet   = netip.PrefixFrom(netip.AddrFrom4([4]byte{127, 0, 0, 0}), 24)
	loopback = netip.AddrFrom4([4]byte{127, 0, 0, 1}) // the entry that no list has (RFC 5782 section 5)
)

// Read returns what the return codes mean on this list, in order of the codes. A code made of several bits has a
// Reading for each.
func (l *List) Read(codes []netip.Addr) []Reading {
	if len(codes) == 0 {
		return nil
	}
	sorted := slices.Clone(codes)
	slices.SortFunc(sorted, netip.Addr.Compare)
	readings := make([]Reading, 0, len(sorted))
	for _, code := range slices.Compact(sorted) {
		readings = l.read(readings, code)
	}
	return readings
}

// read appends the readings of one code.
func (l *List) read(readings []Reading, code netip.Addr) []Reading {
	if !loopNet.Contains(code) {
		return append(readings, Reading{Code: code, Effect: NotLoopback})
	}
	known := len(readings)
	readings = l.lookUp(readings, code)
	switch {
	case len(readings) > known && readings[known].Effect == Refusal:
		return readings
	case errorNet.Contains(code):
		return append(readings[:known], Reading{Code: code, Effect: Refusal, Meaning: "error code"})
	case len(readings) > known:
	case l.Kind == Score:
		readings = append(readings, Reading{Code: code, Effect: Informational})
	case len(l.Codes) > 0 || code == loopback:
		readings = append(readings, Reading{Code: code, Effect: Undocumented})
	case l.Kind == Allow:
		readings = append(readings, Reading{Code: code, Effect: Allowed})
	default:
		readings = append(readings, Reading{Code: code, Effect: Listing})
	}
	if l.named(code) {
		for i := known; i < len(readings); i++ {
			readings[i].Effect = l.asked(readings[i].Effect)
		}
	}
	return readings
}

// lookUp appends what the list's table says of a code: the first match, or else each of its bits.
func (l *List) lookUp(readings []Reading, code netip.Addr) []Reading {
	for _, c := range l.Codes {
		if c.Bit == 0 && c.Match.Matches(code) {
			return append(readings, Reading{code, c.Effect, c.Meaning})
		}
	}
	if !bitNet.Contains(code) {
		return readings
	}
	last := code.As4()[3]
	for _, c := range l.Codes {
		if c.Bit&last != 0 {
			readings = append(readings, Reading{code, c.Effect, c.Meaning})
		}
	}
	return readings
}

// named says whether the user wants just this code: a filter without ranges or, as there is no other knowledge, any filter
// on a list without a code table.
func (l *List) named(code netip.Addr) bool {
	return slices.ContainsFunc(l.Choices, func(c Choice) bool {
		return c.Filter != "" && (len(l.Codes) == 0 || !strings.Contains(string(c.Filter), "[")) && c.Filter.Matches(code)
	})
}

// asked returns the effect of a code that the user named: she says it is a listing.
func (l *List) asked(e Effect) Effect {
	if e == PolicyOnly || e == Allowed && l.Kind == Allow {
		return e
	}
	return Listing
}

// entry says whether a reading is that of an entry in the list.
func (l *List) entry(r Reading) bool {
	return r.Effect == Listing || r.Effect == PolicyOnly || r.Effect == Allowed && l.Kind == Allow
}

// takes says whether a choice of the user's lets one of the entries through.
func (l *List) takes(c Choice, readings []Reading) bool {
	return slices.ContainsFunc(readings, func(r Reading) bool { return l.entry(r) && c.Filter.Matches(r.Code) })
}

// chosen says whether the readings hold an entry that the user wants to know of.
func (l *List) chosen(readings []Reading) bool {
	if len(l.Choices) == 0 {
		return l.takes(Choice{}, readings)
	}
	return slices.ContainsFunc(l.Choices, func(c Choice) bool { return l.takes(c, readings) })
}

// weigh adds up the weights of the user's choices, each once however many entries pass its filter.
func (l *List) weigh(readings []Reading) int {
	if len(l.Choices) == 0 {
		return 1
	}
	sum := 0
	for _, c := range l.Choices {
		if l.takes(c, readings) {
			sum += c.Weight
		}
	}
	return sum
}

// taken returns the entries that the user's choices let through.
func (l *List) taken(readings []Reading) []Reading {
	return slices.DeleteFunc(slices.Clone(readings), func(r Reading) bool { return !l.chosen([]Reading{r}) })
}

// Row returns what the list's table says of codes with a meaning, or nothing.
func (l *List) Row(meaning string) Code {
	i := slices.IndexFunc(l.Codes, func(c Code) bool { return c.Meaning == meaning })
	if i < 0 {
		return Code{}
	}
	return l.Codes[i]
}

func has(readings []Reading, e Effect) bool {
	return slices.ContainsFunc(readings, func(r Reading) bool { return r.Effect == e })
}

// only returns the readings of one effect.
func only(readings []Reading, e Effect) []Reading {
	return slices.DeleteFunc(slices.Clone(readings), func(r Reading) bool { return r.Effect != e })
}

// describe writes readings as "127.0.0.2 = SBL, 127.0.0.9".
func describe(readings []Reading) string {
	words := make([]string, len(readings))
	for i, r := range readings {
		words[i] = r.Code.String()
		if r.Meaning != "" {
			words[i] += " = " + r.Meaning
		}
	}
	return strings.Join(words, ", ")
}
