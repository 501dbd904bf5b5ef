package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"check_dnsbl/internal/verdict"
)

// performance returns the perfdata of a check, always in this order:
//
//	listed     the most lists that list any one subject, of those that gave a verdict on it
//	failed     lists that count and failed, on the subject with the largest share of them
//	queries    queries sent, each try counted
//	time       how long the run took, in seconds
//	addresses  for targets that may be several subjects: how many there are
//	affected   of these: how many are listed
//	score      with weights: the highest sum of any subject
//	fcrdns     with --fcrdns: addresses with a problem of reverse DNS
//	known      with --known: the most listings of any one subject that do not count because of it
//
// Labels depend on the command line only, as a monitor's graphs break when one comes or goes. The
// optional ones are the last: PNP4Nagios knows a value by its place. No label is the end of another
// one, because patterns such as "listed=([0-9]+)" are common.
func performance(v *verdict.Verdict, info Info) []datum {
	count, score := v.Rules, verdict.Rules{}
	if v.Rules.Weighted {
		count, score = score, count
	}
	subjects, addrs := float64(v.Subjects), float64(len(v.ReverseDNS))
	data := []datum{
		{
			label: "listed", value: float64(len(v.MostListed.Listed)),
			warn: count.Warning, crit: count.Critical,
			max: float64(v.MostListed.Answered),
		},
		{
			label: "failed", value: float64(v.MostFailed.Failed),
			warn: verdict.Above(float64(v.Rules.FailedLimit(v.MostFailed.Asked))),
			max:  float64(v.MostFailed.Asked),
		},
		{label: "queries", value: float64(info.Queries), max: math.NaN()},
		timeDatum(info),
	}
	if info.Several {
		data = append(data,
			datum{label: "addresses", value: subjects, max: math.NaN()},
			datum{
				label: "affected", value: float64(v.Listed),
				warn: verdict.Above(0), max: subjects,
			})
	}
	if v.Rules.Weighted {
		data = append(data, datum{
			label: "score", value: float64(v.HighestScore),
			warn: score.Warning, crit: score.Critical, min: math.NaN(), max: math.NaN(),
		})
	}
	if info.ReverseDNS { // one address with a problem is a WARNING
		data = append(data, datum{
			label: "fcrdns", value: float64(v.Faulty()), warn: verdict.Above(0), max: addrs,
		})
	}
	if info.Known {
		data = append(data, datum{label: "known", value: float64(v.MostKnown), max: math.NaN()})
	}
	return data
}

// healthPerformance returns the perfdata of a --self-test: how many of the lists that count are
// faulty, healthy, and healthy only if they are queried directly.
func healthPerformance(h *verdict.Health, info Info) []datum {
	all, direct := float64(h.Asked()), float64(len(directOnly(h.Healthy)))
	return []datum{
		{
			label: "faulty", value: float64(len(h.Unhealthy)),
			warn: h.Warning, crit: h.Critical, max: all,
		},
		{label: "healthy", value: float64(len(h.Healthy)), max: all},
		{label: "direct", value: direct, max: all},
		timeDatum(info),
	}
}

// timeDatum is how long the run took. Its threshold is the deadline.
func timeDatum(info Info) datum {
	return datum{
		label: "time", unit: "s", value: seconds(info.Took),
		crit: verdict.Above(info.Timeout.Seconds()), max: math.NaN(),
	}
}

// perfdataText returns the end of the first line, from " | " on, "" without perfdata. The library's
// AddPerfDatum has no ranges such as ~:0, which a sum of weights below 0 needs.
func perfdataText(data []datum) string {
	if len(data) == 0 {
		return ""
	}
	words := make([]string, len(data))
	for i, d := range data {
		negative := math.IsNaN(d.min)
		words[i] = fmt.Sprintf("%s=%s%s;%s;%s;%s;%s", d.label, decimal(d.value), d.unit,
			d.warn.Range(negative), d.crit.Range(negative), decimal(d.min), decimal(d.max))
	}
	return " | " + strings.Join(words, " ")
}

// decimal writes a number without an exponent, NaN as nothing.
func decimal(n float64) string {
	if math.IsNaN(n) {
		return ""
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

// seconds returns a duration in seconds, rounded to milliseconds.
func seconds(d time.Duration) float64 { return math.Round(d.Seconds()*1000) / 1000 }
