package main

import (
	"fmt"
	"time"
)

// A world is a resolver with invented lists behind it: l000.bench.example and so on, each with the
// test entries of RFC 5782. Lists misbehave in the order of the fields: the first Silent lists
// never answer, the next ServFails answer SERVFAIL, and so on. The rest are healthy and empty.
type world struct {
	Lists                                            int
	Silent, ServFails, Wildcards, Refusals, Listings int

	// Random, but the same for the same query: the delay of an answer, and, together with the
	// numbers of the try and of the turn, whether it is lost.
	MinDelay, MaxDelay time.Duration
	Loss               float64 // from 0 to 1
	Turn               int
}

// zone returns the name of a list.
func zone(list int) string { return fmt.Sprintf("l%03d.bench.example", list) }

// zones returns the names of all lists.
func (w *world) zones() []string {
	zones := make([]string, w.Lists)
	for i := range zones {
		zones[i] = zone(i)
	}
	return zones
}

// addresses are those of the resolver. Port53, at port 53, is "" if that port cannot be opened.
type addresses struct{ Any, Port53 string }

// A behavior is how a list answers.
type behavior int

const (
	healthy behavior = iota
	silent
	servFail
	wildcard
	refusal
	listing // lists every address except the negative test entry
)

// behaviorOf returns the behavior of a list.
func (w *world) behaviorOf(list int) behavior {
	for b, n := range [...]int{
		silent: w.Silent, servFail: w.ServFails, wildcard: w.Wildcards,
		refusal: w.Refusals, listing: w.Listings,
	} {
		if list >= 0 && list < n {
			return behavior(b)
		}
		list -= n
	}
	return healthy
}

// zonesWith returns the zones zonesWith the lists that behave so.
func (w *world) zonesWith(b behavior) (zones []string) {
	for i := range w.Lists {
		if w.behaviorOf(i) == b {
			zones = append(zones, zone(i))
		}
	}
	return zones
}
