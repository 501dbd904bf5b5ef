package dnsbl

import (
	"errors"
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

// A Pattern is a filter for return codes, as in Postfix's postscreen_dnsbl_sites: four fields, each
// an octet or, in brackets, octets and ranges separated by semicolons. "127.0.[0..255].[1;4..7]" is
// one. "" lets every code through.
type Pattern string

// ParsePattern checks a filter and strips brackets around the whole of it. Its errors mark the
// place as Postfix does: need "." at "1.2.3>;<4".
func ParsePattern(s string) (Pattern, error) {
	if strings.HasPrefix(s, "[") {
		end := closingBracket(s)
		if end < 0 {
			return "", errors.New(`missing "]" character`)
		}
		if end == len(s)-1 {
			s = s[1:end]
		}
	}
	if s == "" {
		return "", errors.New("empty address pattern")
	}
	p := patternParser{text: s}
	for field := range 4 {
		if field > 0 && p.token() != '.' {
			return "", p.errorf(`need "."`)
		}
		if err := p.field(); err != nil {
			return "", err
		}
	}
	if p.token() != endOfText {
		return "", p.errorf("garbage after pattern")
	}
	return Pattern(s), nil
}

// closingBracket returns the index of the bracket that closes the first one, or -1.
func closingBracket(s string) int {
	depth := 0
	for i := range len(s) {
		switch s[i] {
		case '[':
			depth++
		case ']':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// Tokens. Any other byte is its own token.
const (
	endOfText rune = -1 - iota
	octet
	badOctet
)

// A patternParser reads text token by token: a decimal number, or any other single byte.
type patternParser struct {
	text       string
	start, end int // of the last token
	value      int // of the last octet
}

// token reads the next token.
func (p *patternParser) token() rune {
	p.start = p.end
	for p.end < len(p.text) && '0' <= p.text[p.end] && p.text[p.end] <= '9' {
		p.end++
	}
	if number := p.text[p.start:p.end]; number != "" {
		value, err := strconv.ParseUint(number, 10, 8)
		if err != nil {
			return badOctet
		}
		p.value = int(value)
		return octet
	}
	if p.end == len(p.text) {
		return endOfText
	}
	p.end++
	return rune(p.text[p.start])
}

// field reads an octet or a bracketed set of octets and ranges.
func (p *patternParser) field() error {
	switch p.token() {
	case octet:
		return nil
	case '[':
		return p.members()
	}
	return p.errorf(`need decimal number 0..255 or "["`)
}

// members reads the inside of a pair of brackets and the closing one.
func (p *patternParser) members() error {
	for {
		if p.token() != octet {
			return p.errorf("need decimal number 0..255")
		}
		low, next := p.value, p.token()
		if next == '.' {
			if p.token() != '.' || p.token() != octet || p.value < low {
				return p.errorf("numeric range error")
			}
			next = p.token()
		}
		switch next {
		case ';':
		case ']':
			return nil
		default:
			return p.errorf(`need semicolon or "]"`)
		}
	}
}

// errorf returns an error that marks the last token.
func (p *patternParser) errorf(need string) error {
	before, token, after := p.text[:p.start], p.text[p.start:p.end], p.text[p.end:]
	return fmt.Errorf(`%s at "%s>%s<%s"`, need, before, token, after)
}

// Matches reports whether the filter lets an IPv4 return code through. The pattern must be valid.
func (p Pattern) Matches(code netip.Addr) bool {
	if p == "" {
		return true
	}
	rest, field := string(p), ""
	for _, value := range code.As4() {
		if field, rest = cutField(rest); !fieldMatches(field, int(value)) {
			return false
		}
	}
	return true
}

// Overlaps reports whether there is a return code that both filters let through.
func (p Pattern) Overlaps(q Pattern) bool {
	if p == "" || q == "" {
		return true
	}
	mine, others := string(p), string(q)
	for range 4 {
		var field, other string
		field, mine = cutField(mine)
		other, others = cutField(others)
		if !fieldsOverlap(field, other) {
			return false
		}
	}
	return true
}

// fieldsOverlap reports whether two fields have a value in common.
func fieldsOverlap(field, other string) bool {
	for value := range 256 {
		if fieldMatches(field, value) && fieldMatches(other, value) {
			return true
		}
	}
	return false
}

// useless reports whether the filter lets no return code through, as all of them begin with 127.
func (p Pattern) useless() bool {
	field, _ := cutField(string(p))
	return p != "" && !fieldMatches(field, 127)
}

// cutField returns the first field of a pattern, without its brackets, and the rest.
func cutField(pattern string) (field, rest string) {
	if inner, bracketed := strings.CutPrefix(pattern, "["); bracketed {
		field, rest, _ = strings.Cut(inner, "]")
		return field, strings.TrimPrefix(rest, ".")
	}
	field, rest, _ = strings.Cut(pattern, ".")
	return field, rest
}

// fieldMatches reports whether a field, "1;4..7" for example, has the value.
func fieldMatches(field string, value int) bool {
	for member := range strings.SplitSeq(field, ";") {
		if low, high := bounds(member); low <= value && value <= high {
			return true
		}
	}
	return false
}

// bounds returns the lowest and the highest value of a member of a field, such as "1" or "4..7".
func bounds(member string) (low, high int) {
	first, last, isRange := strings.Cut(member, "..")
	if !isRange {
		last = first
	}
	low, _ = strconv.Atoi(first)
	high, _ = strconv.Atoi(last)
	return low, high
}

// meets reports whether there is a return code that both filters let through. Both must be valid.
func (p Pattern) meets(other Pattern) bool {
	a, b, rest, otherRest := "", "", string(p), string(other)
	for range 4 {
		a, rest = cutField(rest)
		b, otherRest = cutField(otherRest)
		if p != "" && other != "" && !fieldsMeet(a, b) {
			return false
		}
	}
	return true
}

// fieldsMeet reports whether two fields have a value in common.
func fieldsMeet(a, b string) bool {
	for member := range strings.SplitSeq(a, ";") {
		low, high := bounds(member)
		for other := range strings.SplitSeq(b, ";") {
			if otherLow, otherHigh := bounds(other); low <= otherHigh && otherLow <= high {
				return true
			}
		}
	}
	return false
}
