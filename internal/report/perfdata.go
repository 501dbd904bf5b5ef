package report

import (
	"math"
	"time"

	"check_dnsbl/internal/verdict"
)

// A datum is one value of the perfdata. NaN stands for a missing threshold or bound.
type datum struct {
	label, unit          string
	value                float64
	min, max, warn, crit float64
}

// performance returns the perfdata:
//
//	addresses, addresses_listed  of several subjects: how many there are, and how many are listed
//	score                        the sum of weights, if the user gave any
//	listed, failed               how many lists list the worst subject, and how many failed on it
//	questions                    of several subjects: how many queries were sent
//	fcrdns                       addresses with a problem of reverse DNS, with --fcrdns
//	time                         how long the run took, in seconds
//
// Labels depend on the command line only, as a monitor's graphs break when one comes or goes.
// Listed is the highest number of any subject: the worst may be worst because of failures.
func performance(v *verdict.Verdict, info Info) []datum {
	none := math.NaN()
	all, listed := float64(v.Subjects), float64(v.Listed)
	var data []datum
	if v.Subjects > 1 {
		data = append(data,
			datum{"addresses", "", all, 0, none, none, none},
			datum{"addresses_listed", "", listed, 0, all, none, none})
	}
	warn, crit := v.Rules.Warning.Plain, v.Rules.Critical.Plain
	if v.Rules.Weighted {
		data = append(data, datum{"score", "", float64(v.Worst.Score), none, none, warn, crit})
		warn, crit = none, none
	}
	most, worst := v.MostListed, v.Worst
	data = append(data,
		datum{"listed", "", float64(len(most.Listed)), 0, float64(most.Answered), warn, crit},
		datum{"failed", "", float64(len(worst.Failed)), 0, float64(worst.Asked()), none, none})
	if v.Subjects > 1 && info.Queries > 0 {
		data = append(data, datum{"questions", "", float64(info.Queries), 0, none, none, none})
	}
	if addrs := float64(len(v.ReverseDNS)); addrs > 0 { // one address with a problem is a WARNING
		data = append(data, datum{"fcrdns", "", float64(v.Faulty()), 0, addrs, 0, none})
	}
	return append(data, timeDatum(info))
}

// healthPerformance returns the perfdata of a --self-test: how many of the lists that count are
// unhealthy, healthy, and healthy only if they are queried directly.
func healthPerformance(h *verdict.Health, info Info) []datum {
	none := math.NaN()
	all := float64(h.Asked())
	unhealthy, healthy := float64(len(h.Unhealthy)), float64(len(h.Healthy))
	return []datum{
		{"unhealthy", "", unhealthy, 0, all, h.Warning.Plain, h.Critical.Plain},
		{"healthy", "", healthy, 0, all, none, none},
		{"direct", "", float64(len(directOnly(h.Healthy))), 0, all, none, none},
		timeDatum(info),
	}
}

// timeDatum is how long the run took. Its threshold is the deadline.
func timeDatum(info Info) datum {
	none := math.NaN()
	return datum{"time", "s", seconds(info.Took), 0, none, none, info.Timeout.Seconds()}
}

// seconds returns a duration in seconds, rounded to milliseconds.
func seconds(d time.Duration) float64 { return math.Round(d.Seconds()*1000) / 1000 }
