package verdict

import (
	"net/netip"
	"slices"

	"check_dnsbl/internal/dnsbl"
)

const (
	MaxNamed = 3  // subjects of a Group that are kept
	maxWays  = 32 // groups of one list, before details are left out: a broken list may say something else of each address
)

// A Group is findings on one list that say the same of several subjects. One of them stands for all; it has no evidence.
type Group struct {
	dnsbl.Finding              // the first of them
	Count         int          // how many they are
	Subjects      []SubjectRef // on which subjects, if these are few; otherwise the first few
	CountedBy     *dnsbl.List  // of entries that do not count: the list that counts in place of theirs, see Whole
}

// A SubjectRef is the subject of one finding among those of a Pile.
type SubjectRef struct {
	Place   int // the first is 1
	Subject dnsbl.Subject
}

// A Pile is findings in groups, in the order of the first of each. It grows with what lists say, not with the number of subjects.
type Pile struct {
	Groups []Group
	added  int
	index  map[groupKey]int    // of Groups
	ways   map[*dnsbl.List]int // how many Groups there are of a list
}

// A groupKey is what a finding says of its subject.
type groupKey struct {
	list, whole *dnsbl.List
	codes       string
	here, there outcomeKey
}

// outcomeKey is what came of one path.
type outcomeKey struct {
	outcome     dnsbl.Outcome
	cause       dnsbl.Cause
	detail      string
	direct      bool
	unconfirmed bool
	server      netip.AddrPort
}

// Grouped returns findings in groups.
func Grouped(findings []dnsbl.Finding) []Group {
	var p Pile
	p.add(findings)
	return p.Groups
}

// add adds findings to the pile.
func (p *Pile) add(findings []dnsbl.Finding) {
	for i := range findings {
		p.addOne(&findings[i], nil)
	}
}

// addOne adds a finding that does not count because that of another list, whole, does; unless that is nil.
func (p *Pile) addOne(f *dnsbl.Finding, whole *dnsbl.List) {
	if p.index == nil {
		p.index, p.ways = map[groupKey]int{}, map[*dnsbl.List]int{}
	}
	p.added++
	says := keyOf(f, whole)
	i, known := p.index[says]
	if !known && p.ways[f.List] >= maxWays {
		f = vague(f)
		says = keyOf(f, whole)
		i, known = p.index[says]
	}
	if !known {
		i = len(p.Groups)
		p.index[says] = i
		p.ways[f.List]++
		p.Groups = append(p.Groups, Group{Finding: bare(f), CountedBy: whole})
	}
	g := &p.Groups[i]
	if g.Count++; len(g.Subjects) < MaxNamed {
		g.Subjects = append(g.Subjects, SubjectRef{p.added, f.Subject})
	}
}

func keyOf(f *dnsbl.Finding, whole *dnsbl.List) groupKey {
	s := groupKey{list: f.List, whole: whole, here: outcomeKeyOf(f)}
	if f.Other != nil {
		s.there = outcomeKeyOf(f.Other)
	}
	if f.Outcome != dnsbl.Failed { // of a failure the detail has what matters
		var codes []byte
		for _, r := range f.Codes {
			codes = append(r.Code.AppendTo(codes), ' ')
		}
		s.codes = string(codes)
	}
	return s
}

// outcomeKeyOf leaves out which of its name servers spoke for a list, unless that is the point.
func outcomeKeyOf(f *dnsbl.Finding) outcomeKey {
	s := outcomeKey{outcome: f.Outcome, cause: f.Cause, detail: f.Detail, direct: f.Direct, unconfirmed: f.Unconfirmed}
	if !f.Direct || f.Cause == dnsbl.Unreachable {
		s.server = f.Server
	}
	return s
}

// vague returns a finding without what may be different for each subject.
func vague(f *dnsbl.Finding) *dnsbl.Finding {
	v := bare(f)
	v.Detail, v.Codes, v.CauseCodes = "", nil, nil
	if v.Other != nil {
		v.Other.Detail = ""
	}
	return &v
}

// bare returns a copy of a finding without its evidence.
func bare(f *dnsbl.Finding) dnsbl.Finding {
	b := *f
	b.Evidence = nil
	if f.Other != nil {
		other := *f.Other
		other.Evidence = nil
		b.Other = &other
	}
	return b
}

// MaxReasons is how many of an operator's words on a listing are kept.
const MaxReasons = 2

// brief returns listings with no more evidence than what to ask again, how long the answer may be kept, and the operator's words.
func brief(listed []dnsbl.Finding) []dnsbl.Finding {
	kept := make([]dnsbl.Finding, len(listed))
	for i := range listed {
		kept[i] = bare(&listed[i])
		e := listed[i].Evidence
		if e == nil {
			continue
		}
		reasons := listed[i].Reasons()
		kept[i].Evidence = &dnsbl.Evidence{
			Question: dnsbl.Answer{Question: e.Question.Question, TTL: e.Question.TTL},
			Reason:   dnsbl.Answer{Texts: slices.Clone(reasons[:min(MaxReasons, len(reasons))])},
		}
	}
	return kept
}
