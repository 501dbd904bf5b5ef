package report

import (
	"math"

	"check_dnsbl/internal/verdict"
)

// A datum is one value of the perfdata; NaN stands for a threshold or bound that it does not have.
type datum struct {
	label, unit          string
	value                float64
	min, max, warn, crit float64
}

// performance makes the perfdata of the one subject, or of the worst with how many there are.
func performance(v *verdict.Verdict, run Run) []datum {
	none := math.NaN()
	worst, all := v.Worst, float64(v.Subjects)
	var data []datum
	if v.Subjects > 1 {
		data = append(data, datum{"addresses", "", all, 0, none, none, none}, datum{"addresses_listed", "", float64(v.Listed), 0, all, none, none})
	}
	warn, crit := v.Rules.Warning.Plain, v.Rules.Critical.Plain
	if v.Rules.Weighted {
		data = append(data, datum{"score", "", float64(worst.Score), none, none, warn, crit})
		warn, crit = none, none
	}
	data = append(data,
		datum{"listed", "", float64(len(v.MostListed.Listed)), 0, float64(v.MostListed.Answered), warn, crit},
		datum{"failed", "", float64(len(worst.Failed)), 0, float64(worst.Asked()), none, none})
	if v.Subjects > 1 && run.Queries > 0 {
		data = append(data, datum{"questions", "", float64(run.Queries), 0, none, none, none})
	}
	data = append(data, presenceData(v)...)
	seconds := math.Round(run.Took.Seconds()*1000) / 1000
	return append(data, datum{"time", "s", seconds, 0, none, none, run.Timeout.Seconds()})
}

// presenceData is the perfdata on reverse DNS, if it was looked up: addresses with faults, of which one is a WARNING.
func presenceData(v *verdict.Verdict) []datum {
	if len(v.ReverseDNS) == 0 {
		return nil
	}
	return []datum{{"fcrdns", "", float64(v.Faulty()), 0, float64(len(v.ReverseDNS)), 0, math.NaN()}}
}

func healthData(h *verdict.Health, run Run) []datum {
	none := math.NaN()
	asked := float64(h.Asked())
	return []datum{
		{"unhealthy", "", float64(len(h.Unhealthy)), 0, asked, h.Warning.Plain, h.Critical.Plain},
		{"healthy", "", float64(len(h.Healthy)), 0, asked, none, none},
		{"direct", "", float64(len(around(h.Healthy))), 0, asked, none, none},
		{"time", "s", math.Round(run.Took.Seconds()*1000) / 1000, 0, none, none, run.Timeout.Seconds()},
	}
}
