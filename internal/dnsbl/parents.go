package dnsbl

import (
	"slices"
	"strings"
)

// Parents returns the parent domains of a domain, the nearest first, down to two labels:
// a.example.com and example.com of b.a.example.com. One of them is the registrable domain. Which
// one only the list of public suffixes tells: net.de has an owner, co.uk does not.
func (s Subject) Parents() []Subject {
	var parents []Subject
	for name := s.Domain; strings.Count(name, ".") > 1; {
		_, name, _ = strings.Cut(name, ".")
		parents = append(parents, Subject{Domain: name})
	}
	return parents
}

// Parents returns the parent domains of a subject that the list is queried about as well.
//
// Public blocklists mostly list registrable domains (SURBL, URIBL), and receivers look up those:
// mail from mail.example.com suffers from an entry for example.com. None in the catalog is known to
// list host names alone. Allow lists and scores are about the very name, and a list that is not in
// the catalog may have a wildcard entry with exceptions below it.
func (l *List) Parents(s Subject) []Subject {
	if s.Kind() != Domain || l.Name == "" || l.Kind != Block && l.Kind != Policy {
		return nil
	}
	return s.Parents()
}

// OrParent returns the finding on a domain, or the one on a parent domain if that says more. It has
// the domain as its subject in any case, Parent is the name that it is about, and the other finding
// goes to the Rest. Findings on several parents are added one after the other.
func (f Finding) OrParent(parent Finding) Finding {
	f.Rest = append(f.Rest, parent)
	if parent.says() <= f.says() {
		return f
	}
	return f.InFront(len(f.Rest) - 1)
}

// InFront returns the finding on a domain with the i-th of its Rest in front: the finding is about
// that one, and the one in front so far goes to the end of the Rest.
func (f Finding) InFront(i int) Finding {
	front, rest := f.Rest[i], slices.Delete(slices.Clone(f.Rest), i, i+1)
	if front.Subject.Domain != f.Subject.Domain {
		front.Parent = front.Subject.Domain
	}
	front.Subject = f.Subject
	if f.Parent != "" {
		f.Subject, f.Parent = Subject{Domain: f.Parent}, ""
	}
	f.Rest = nil
	front.Rest = append(rest, f)
	return front
}

// says orders findings on a domain and its parents on one list. A failure comes before "not
// listed", which has to be proved for all of them.
func (f *Finding) says() int {
	switch {
	case f.Outcome == Listed && !f.PolicyOnly():
		return 4
	case f.Outcome == Listed:
		return 3
	case f.Outcome == Failed:
		return 2
	case len(f.Codes) > 0:
		return 1
	}
	return 0
}
