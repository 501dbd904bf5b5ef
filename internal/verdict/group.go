package verdict

import (
	"net/netip"
	"slices"

	"check_dnsbl/internal/dnsbl"
)

const (
	// MaxNamed is how many subjects of a Group are kept.
	MaxNamed = 3
	// maxPerList is how many groups a list has before details are dropped, because a broken list
	// may answer something else for each address.
	maxPerList = 32
)

// A Group stands for findings on one list that differ only in their subjects.
type Group struct {
	dnsbl.Finding              // the first of them, without evidence
	Count         int          // the number of findings
	Subjects      []SubjectRef // the first MaxNamed of their subjects
	CountedBy     *dnsbl.List  // of listings that do not count: see the function CountedBy
}

// A SubjectRef is the subject of a finding and its place among the findings that were grouped.
type SubjectRef struct {
	Place   int // the first is 1
	Subject dnsbl.Subject
}

// Grouped returns findings in groups, in the order of the first of each.
func Grouped(findings []dnsbl.Finding) []Group {
	var g grouping
	g.add(findings)
	return g.groups
}

// A grouping puts findings into groups one by one. It grows with the variety of the findings, not
// with the number of subjects.
type grouping struct {
	groups  []Group
	added   int
	index   map[groupKey]int    // of groups
	perList map[*dnsbl.List]int // the number of groups
}

// A groupKey is what the findings of a group have in common.
type groupKey struct {
	list, countedBy *dnsbl.List
	codes, parent   string
	path, other     pathKey
}

// A pathKey is the result of one path.
type pathKey struct {
	outcome     dnsbl.Outcome
	cause       dnsbl.Cause
	detail      string
	direct      bool
	unconfirmed bool
	server      netip.AddrPort
}

// add adds findings.
func (g *grouping) add(findings []dnsbl.Finding) {
	for i := range findings {
		g.addOne(&findings[i], nil)
	}
}

// addOne adds a finding. countedBy is the list by which the subject is already counted, or nil.
func (g *grouping) addOne(f *dnsbl.Finding, countedBy *dnsbl.List) {
	if g.index == nil {
		g.index, g.perList = map[groupKey]int{}, map[*dnsbl.List]int{}
	}
	g.added++
	key := keyOf(f, countedBy)
	i, known := g.index[key]
	if !known && f.Detail == dnsbl.GivenUp {
		if i, known = g.givenUp(f); known {
			g.index[key] = i
		}
	}
	if !known && g.perList[f.List] >= maxPerList {
		f = withoutDetails(f)
		key = keyOf(f, countedBy)
		i, known = g.index[key]
	}
	if !known {
		i = len(g.groups)
		g.index[key] = i
		g.perList[f.List]++
		g.groups = append(g.groups, Group{Finding: withoutEvidence(f), CountedBy: countedBy})
	}
	group := &g.groups[i]
	if group.Count++; len(group.Subjects) < MaxNamed {
		group.Subjects = append(group.Subjects, SubjectRef{g.added, f.Subject})
	}
}

// givenUp returns the group of the failures for which a list is no longer queried. The subjects
// that it was not queried about count as theirs.
func (g *grouping) givenUp(f *dnsbl.Finding) (int, bool) {
	i := slices.IndexFunc(g.groups, func(o Group) bool {
		return o.List == f.List && o.Outcome == dnsbl.Failed && o.Cause == f.Cause
	})
	return i, i >= 0
}

func keyOf(f *dnsbl.Finding, countedBy *dnsbl.List) groupKey {
	key := groupKey{list: f.List, countedBy: countedBy, path: pathKeyOf(f)}
	if f.Other != nil {
		key.other = pathKeyOf(f.Other)
	}
	if f.Outcome != dnsbl.Failed { // a failure has its codes in the detail
		var codes []byte
		for _, r := range f.Codes {
			codes = append(r.Code.AppendTo(codes), ' ')
		}
		key.codes, key.parent = string(codes), f.Parent
	}
	return key
}

// pathKeyOf returns the key of the path that led to f. It does not matter which of its name servers
// answered for a list, unless that server cannot be reached.
func pathKeyOf(f *dnsbl.Finding) pathKey {
	key := pathKey{
		outcome: f.Outcome, cause: f.Cause, detail: f.Detail,
		direct: f.Direct, unconfirmed: f.Unconfirmed,
	}
	if !f.Direct || f.Cause == dnsbl.Unreachable {
		key.server = f.Server
	}
	return key
}

// withoutDetails returns a copy of a finding without anything that may differ for each subject.
func withoutDetails(f *dnsbl.Finding) *dnsbl.Finding {
	c := withoutEvidence(f)
	c.Detail, c.Codes, c.CauseCodes, c.Parent = "", nil, nil, ""
	if c.Other != nil {
		c.Other.Detail = ""
	}
	return &c
}

// withoutEvidence returns a copy of a finding without its evidence, which is large.
func withoutEvidence(f *dnsbl.Finding) dnsbl.Finding {
	c := *f
	c.Evidence, c.Rest = nil, nil
	if f.Other != nil {
		other := *f.Other
		other.Evidence = nil
		c.Other = &other
	}
	return c
}
