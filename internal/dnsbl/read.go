package dnsbl

import (
	"net/netip"
	"slices"
	"strings"
)

// Networks of return codes.
var (
	loopNet  = netip.PrefixFrom(octets(127, 0, 0, 0), 8)        // all return codes
	bitNet   = netip.PrefixFrom(octets(127, 0, 0, 0), 24)       // codes that may be made of bits
	errorNet = netip.PrefixFrom(octets(127, 255, 255, 0), 24)   // refusals, by convention
	keyNet   = netip.PrefixFrom(octets(127, 255, 255, 250), 31) // bad keys, on Spamhaus's lists
	loopback = octets(127, 0, 0, 1)                             // the negative test entry
)

func octets(a, b, c, d byte) netip.Addr { return netip.AddrFrom4([4]byte{a, b, c, d}) }

// Read returns what the return codes mean on this list, in order of the codes. A code that is made
// of several bits has a Reading for each.
func (l *List) Read(codes []netip.Addr) []Reading {
	if len(codes) == 0 {
		return nil
	}
	if len(codes) > 1 {
		codes = slices.Clone(codes)
		slices.SortFunc(codes, netip.Addr.Compare)
		codes = slices.Compact(codes)
	}
	readings := make([]Reading, 0, len(codes))
	for _, code := range codes {
		readings = l.appendCode(readings, code)
	}
	return readings
}

// appendCode appends the readings of one code.
func (l *List) appendCode(readings []Reading, code netip.Addr) []Reading {
	if !loopNet.Contains(code) {
		return append(readings, Reading{Code: code, Effect: NotLoopback})
	}
	begin := len(readings)
	readings = l.appendRows(readings, code)
	switch {
	case len(readings) > begin && readings[begin].Effect == Refusal:
		return readings
	case errorNet.Contains(code): // reserved for refusals by convention, whatever the table has
		return append(readings[:begin], Reading{Code: code, Effect: Refusal, Meaning: "error code"})
	case len(readings) == begin:
		readings = append(readings, Reading{Code: code, Effect: l.defaultEffect(code)})
	}
	if l.userNamed(code) {
		for i := begin; i < len(readings); i++ {
			readings[i].Effect = l.effectIfNamed(readings[i].Effect)
		}
	}
	return readings
}

// appendRows appends the rows of the list's table that are about a code: the first that matches, or
// else each of its bits.
func (l *List) appendRows(readings []Reading, code netip.Addr) []Reading {
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

// defaultEffect returns the effect of a code in 127.0.0.0/8 that is not in the list's table.
func (l *List) defaultEffect(code netip.Addr) Effect {
	switch {
	case l.Kind == Score:
		return Informational
	case len(l.Codes) > 0 || code == loopback:
		return Undocumented
	case l.Kind == Allow:
		return Allowed
	}
	return Listing
}

// userNamed reports whether the user's filter names just this code: it has no ranges, or the list
// has no table of codes, so that the filter is all that is known about them.
func (l *List) userNamed(code netip.Addr) bool {
	return slices.ContainsFunc(l.Choices, func(c Choice) bool {
		exact := len(l.Codes) == 0 || !strings.Contains(string(c.Filter), "[")
		return c.Filter != "" && exact && c.Filter.Matches(code)
	})
}

// Strangers returns the user's filters that let none of the list's documented return codes through,
// none if the list has no table of codes. They may be misspelt, or about codes that are new.
func (l *List) Strangers() []Pattern {
	var strangers []Pattern
	for _, choice := range l.Choices {
		meets := func(c Code) bool {
			if c.Bit != 0 {
				return choice.Filter.meets("127.0.0.[0..255]")
			}
			return c.Effect != Refusal && choice.Filter.meets(c.Match)
		}
		if len(l.Codes) > 0 && !slices.ContainsFunc(l.Codes, meets) {
			strangers = append(strangers, choice.Filter)
		}
	}
	return strangers
}

// effectIfNamed returns the effect of a code that the user named: a listing, unless the table knows
// which kind of listing.
func (l *List) effectIfNamed(e Effect) Effect {
	if e == PolicyOnly || e == Allowed && l.Kind == Allow {
		return e
	}
	return Listing
}

// listing reports whether a reading means that the subject is in the list.
func (l *List) listing(r Reading) bool {
	return r.Effect == Listing || r.Effect == PolicyOnly || r.Effect == Allowed && l.Kind == Allow
}

// HasListing reports whether a filter lets a code through that the list answers for listings. A
// list without a table of codes may answer any.
func (l *List) HasListing(filter Pattern) bool {
	if len(l.Codes) == 0 {
		return true
	}
	return slices.ContainsFunc(l.Codes, func(c Code) bool {
		if !l.listing(Reading{Effect: c.Effect}) {
			return false
		}
		return c.Bit == 0 && filter.Overlaps(c.Match) || c.Bit != 0 && passesBit(filter, c.Bit)
	})
}

// passesBit reports whether a filter lets a code through that has this bit.
func passesBit(filter Pattern, bit byte) bool {
	for last := range 256 {
		if byte(last)&bit != 0 && filter.Matches(octets(127, 0, 0, byte(last))) {
			return true
		}
	}
	return false
}

// passes reports whether a choice of the user's lets one of the listings through.
func (l *List) passes(c Choice, readings []Reading) bool {
	return slices.ContainsFunc(readings, func(r Reading) bool {
		return l.listing(r) && c.Filter.Matches(r.Code)
	})
}

// matches reports whether the readings hold a listing that the user's choices let through.
func (l *List) matches(readings []Reading) bool {
	if len(l.Choices) == 0 {
		return l.passes(Choice{}, readings)
	}
	return slices.ContainsFunc(l.Choices, func(c Choice) bool { return l.passes(c, readings) })
}

// matched returns the listings that the user's choices let through.
func (l *List) matched(readings []Reading) []Reading {
	return slices.DeleteFunc(slices.Clone(readings), func(r Reading) bool {
		return !l.matches([]Reading{r})
	})
}

// weight returns the sum of the weights of the user's choices that let a listing through. Each
// counts once, however many of the listings it lets through.
func (l *List) weight(readings []Reading) int {
	if len(l.Choices) == 0 {
		return 1
	}
	sum := 0
	for _, c := range l.Choices {
		if l.passes(c, readings) {
			sum += c.Weight
		}
	}
	return sum
}

// Claims reports whether the answer has a code that stands for a listing, which must be confirmed.
func (l *List) Claims(a Answer) bool {
	readings := l.Read(a.Addrs)
	return !has(readings, Refusal) && l.matches(readings)
}

// Lists reports whether the answer to a query for a test entry lists it. Many lists have a code of
// their own for test entries, so that any code counts unless the table says that it is not a
// listing. 127.0.0.1 counts only if it is documented: careless resolvers answer it to everything.
func (l *List) Lists(test Answer) bool {
	return slices.ContainsFunc(l.Read(test.Addrs), func(r Reading) bool {
		switch r.Effect {
		case Listing, PolicyOnly:
			return true
		case Allowed:
			return l.Kind == Allow
		case Informational:
			return l.Kind == Score
		case Undocumented:
			return r.Code != loopback
		}
		return false
	})
}
