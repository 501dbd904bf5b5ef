package report

import (
	"check_dnsbl/internal/fcrdns"
	"check_dnsbl/internal/text"
	"check_dnsbl/internal/verdict"
)

// A jsonPresence is how an address presents itself.
type jsonPresence struct {
	Address   string      `json:"address"`
	Hosts     []string    `json:"hosts,omitzero"`
	Names     []string    `json:"names"`
	Confirmed []string    `json:"confirmed"`
	Faults    []jsonFault `json:"faults"`
	Cause     string      `json:"cause,omitzero"`
	Detail    string      `json:"detail,omitzero"`
}

// A jsonFault is what is wrong, in a word and in words, and what to do about it.
type jsonFault struct {
	Fault string `json:"fault"`
	Text  string `json:"text"`
	Cure  string `json:"cure"`
}

// presencesOf returns how the addresses present themselves, nil if that was not looked up.
func presencesOf(v *verdict.Verdict) []jsonPresence {
	var all []jsonPresence
	for i := range v.Presence {
		p := &v.Presence[i]
		told := jsonPresence{Address: p.Addr.String(), Names: cleaned(p.Names), Confirmed: cleaned(p.Confirmed), Faults: []jsonFault{}}
		if len(p.Hosts) > 0 {
			told.Hosts = cleaned(p.Hosts)
		}
		for _, f := range p.Faults {
			text, cure := faultText(p, f)
			told.Faults = append(told.Faults, jsonFault{faultWord(f.Kind), text, cure})
		}
		told.Cause, told.Detail = p.Gap.Cause.Text(), text.Short(p.Gap.Detail, maxWords)
		all = append(all, told)
	}
	return all
}

// faultWord names a fault for programs: it stays as it is, whatever words there are for people.
func faultWord(kind fcrdns.Kind) string {
	switch kind {
	case fcrdns.NoName:
		return "no_ptr"
	case fcrdns.SeveralNames:
		return "several_names"
	case fcrdns.Unconfirmed:
		return "not_confirmed"
	case fcrdns.Generic:
		return "generic"
	}
	return "other_name"
}
