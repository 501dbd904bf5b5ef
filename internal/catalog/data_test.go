package catalog

import (
	"math/bits"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"check_dnsbl/internal/dnsbl"
)

// No list is lost or added by accident.
func TestCounts(t *testing.T) {
	const (
		collected = 368 // zones that were researched
		added     = 44  // found later
	)
	byStatus := map[dnsbl.Status]int{}
	for _, l := range All() {
		byStatus[l.Status]++
	}
	active, unsure, retired := byStatus[dnsbl.Active], byStatus[dnsbl.Unsure], byStatus[dnsbl.Retired]
	if active != 133 || unsure != 107 || retired != 172 || active+unsure+retired != collected+added {
		t.Errorf("%d active, %d unsure, %d retired lists, want 133, 107, 172: together %d",
			active, unsure, retired, collected+added)
	}
}

func TestZones(t *testing.T) {
	seen := map[string]bool{}
	for _, l := range All() {
		if seen[l.Zone] {
			t.Errorf("%s is there twice", l.Zone)
		}
		seen[l.Zone] = true
		name, keyed := strings.CutPrefix(l.Zone, dnsbl.KeyMark+".")
		choices, err := dnsbl.ParseChoices(name)
		if err != nil || len(choices) != 1 ||
			choices[0] != (dnsbl.Choice{Zone: name, Weight: 1}) {
			t.Errorf("%s is not a zone in lower case: %v, %v", l.Zone, choices, err)
		}
		if keyed != (l.Access == dnsbl.Keyed) {
			t.Errorf("%s: access %q does not fit the zone", l.Zone, l.Access)
		}
	}
}

func TestClasses(t *testing.T) {
	const anything = dnsbl.IPv4 | dnsbl.IPv6 | dnsbl.Domain
	for _, l := range All() {
		for fault, bad := range map[string]bool{
			"kind":                      !slices.Contains([]dnsbl.Kind{dnsbl.Block, dnsbl.Policy, dnsbl.Allow, dnsbl.Score}, l.Kind),
			"tier":                      !slices.Contains([]dnsbl.Tier{dnsbl.Major, dnsbl.Minor, dnsbl.Info}, l.Tier),
			"status":                    !slices.Contains([]dnsbl.Status{dnsbl.Active, dnsbl.Unsure, dnsbl.Retired}, l.Status),
			"access":                    !slices.Contains([]dnsbl.Access{dnsbl.Open, dnsbl.Registration, dnsbl.Keyed, dnsbl.Closed}, l.Access),
			"subjects":                  l.Subjects&^anything != 0,
			"no subject, yet counted":   l.Subjects == 0 && l.Tier != dnsbl.Info,
			"no blocklist, yet counted": l.Kind != dnsbl.Block && l.Tier != dnsbl.Info,
			"sells removal and counted": l.PaidRemoval && l.Tier != dnsbl.Info,
			"retired, yet counted":      l.Status == dnsbl.Retired && l.Tier != dnsbl.Info,
			"fate":                      (l.Status == dnsbl.Retired) != (l.Fate != ""),
			"user's fields":             l.Key != "" || l.Choices != nil,
			"no name":                   l.Name == "",
		} {
			if bad {
				t.Errorf("%s: %s: %+v", l.Zone, fault, l)
			}
		}
	}
}

// All texts about a list can be sent to a monitor unchanged.
func TestTexts(t *testing.T) {
	for _, l := range All() {
		texts := []string{
			l.Name,
			l.Operator,
			l.Scope,
			l.Delisting,
			l.URL,
			l.Removal,
			l.Answered,
			l.Default,
			l.Fate,
			l.Note,
			l.FreeKey,
			l.Refuses,
		}
		for _, c := range l.Codes {
			texts = append(texts, c.Meaning, c.Plain, c.Scope, c.Delisting)
		}
		for _, text := range texts {
			odd := strings.ContainsFunc(
				text,
				func(r rune) bool { return r < ' ' || r > '~' || strings.ContainsRune("|<>", r) },
			)
			if odd || len(text) > 120 || text != strings.TrimSpace(text) {
				t.Errorf("%s: not one short plain line: %q", l.Zone, text)
			}
		}
	}
}

// Dates are YYYY, YYYY-MM or YYYY-MM-DD, and not after that of the catalog. A retired list has none
// but that of its fate.
func TestDates(t *testing.T) {
	date := regexp.MustCompile(`^(20[0-2]\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?)?$`)
	fate := regexp.MustCompile(`^(date not known|before 20\d\d|20\d\d(-\d\d){0,2}( or before)?): `)
	for _, l := range All() {
		for _, day := range []string{l.Answered, l.Default} {
			if !date.MatchString(day) || day > Date || day != "" && l.Status == dnsbl.Retired {
				t.Errorf("%s (%s): date %q", l.Zone, l.Status, day)
			}
		}
		if l.Fate != "" && (!fate.MatchString(l.Fate) || l.Fate > Date && l.Fate[0] == '2') {
			t.Errorf("%s: fate %q", l.Zone, l.Fate)
		}
	}
}

func TestAge(t *testing.T) {
	for day, want := range map[string]int{
		Date: 0, "2026-12-28": 0, "2026-12-29": 1, "2027-11-28": 11, "2027-11-29": 12, "2028-01-01": 13,
	} {
		now, err := time.Parse(time.DateOnly, day)
		if got := Age(now); err != nil || got != want {
			t.Errorf("on %s it is %d months old, want %d; %v", day, got, want, err)
		}
	}
}

// Lookup and removal pages are URLs that monitors pass on whole: their macros drop `~$&|'"<>.
func TestURLs(t *testing.T) {
	filled := strings.NewReplacer("{ip}", "192.0.2.25", "{domain}", "example.com")
	for _, l := range All() {
		for _, page := range []string{l.URL, l.Removal} {
			if page == "" {
				continue
			}
			u, err := url.Parse(filled.Replace(page))
			if err != nil || u.Scheme != "https" && u.Scheme != "http" ||
				!strings.Contains(u.Host, ".") ||
				strings.ContainsAny(u.String(), "{}`~$&|'\"<>") {
				t.Errorf("%s: bad URL %s (%v)", l.Zone, page, err)
			}
			if strings.Contains(page, "{ip}") && l.Subjects&(dnsbl.IPv4|dnsbl.IPv6) == 0 ||
				strings.Contains(page, "{domain}") && l.Subjects&dnsbl.Domain == 0 {
				t.Errorf("%s: %s asks for what the list does not list", l.Zone, page)
			}
		}
	}
}

func TestTestEntries(t *testing.T) {
	loop := netip.MustParsePrefix("127.0.0.0/8")
	for _, l := range All() {
		tests := l.Tests
		if tests.None && tests != (dnsbl.Tests{None: true}) {
			t.Errorf("%s has test entries and none: %+v", l.Zone, tests)
		}
		if not := tests.NotIPv4; not != "" && (not != "192.0.2.1" || l.Subjects&dnsbl.IPv4 == 0) {
			t.Errorf("%s: negative test entry %s", l.Zone, not)
		}
		if tests.IPv4 != "" {
			addr, err := netip.ParseAddr(tests.IPv4)
			if err != nil || !loop.Contains(addr) ||
				l.Subjects&dnsbl.IPv4 == 0 {
				t.Errorf("%s: test entry %s (%v)", l.Zone, tests.IPv4, err)
			}
		}
		for _, name := range []string{tests.Domain, tests.NotDomain} {
			if name == "" {
				continue
			}
			s, err := dnsbl.ParseDomain(name)
			if err != nil || s.Domain != name ||
				l.Subjects&dnsbl.Domain == 0 {
				t.Errorf("%s: test entry %s (%v)", l.Zone, name, err)
			}
		}
	}
}

// A part is a list of the catalog. A part of a part is a part of the whole.
func TestContains(t *testing.T) {
	for _, l := range All() {
		for _, zone := range l.Contains {
			part, ok := Find(zone)
			if !ok || part.Zone != zone || zone == l.Zone {
				t.Errorf("%s contains %s, which is not another list of the catalog", l.Zone, zone)
			}
			if part.Subjects&^l.Subjects != 0 {
				t.Errorf("%s contains %s, which lists what it does not list", l.Zone, zone)
			}
			for _, deeper := range part.Contains {
				if deeper == l.Zone || !slices.Contains(l.Contains, deeper) {
					t.Errorf("%s contains %s, which contains %s", l.Zone, zone, deeper)
				}
			}
		}
	}
}

func TestCodes(t *testing.T) {
	fits := map[dnsbl.Kind][]dnsbl.Effect{
		dnsbl.Block: {
			dnsbl.Listing,
			dnsbl.PolicyOnly,
			dnsbl.Allowed,
			dnsbl.Informational,
			dnsbl.Refusal,
		},
		dnsbl.Policy: {dnsbl.PolicyOnly, dnsbl.Informational, dnsbl.Refusal},
		dnsbl.Allow:  {dnsbl.Allowed, dnsbl.Informational, dnsbl.Refusal},
		dnsbl.Score:  {dnsbl.Informational, dnsbl.Refusal},
	}
	for _, l := range All() {
		for _, c := range l.Codes {
			if (c.Match == "") == (c.Bit == 0) || bits.OnesCount8(c.Bit) > 1 || c.Meaning == "" {
				t.Errorf("%s: code %+v", l.Zone, c)
			}
			if !slices.Contains(fits[l.Kind], c.Effect) {
				t.Errorf("%s is of kind %s, code %+v is not", l.Zone, l.Kind, c)
			}
			if c.Match == "" {
				continue
			}
			p, err := dnsbl.ParsePattern(string(c.Match))
			if err != nil || p != c.Match ||
				!strings.HasPrefix(string(p), "127.") {
				t.Errorf("%s: code %q: %v", l.Zone, c.Match, err)
			}
		}
	}
}

// Block lists that are part of a major list are major.
func TestMajorTier(t *testing.T) {
	n := 0
	for _, l := range All() {
		if l.Tier != dnsbl.Major {
			continue
		}
		n++
		for _, zone := range l.Contains {
			part, _ := Find(zone)
			if part.Tier != dnsbl.Major && part.Kind == dnsbl.Block &&
				part.Status != dnsbl.Retired {
				t.Errorf("%s is major, its part %s is %s", l.Zone, zone, part.Tier)
			}
		}
	}
	if n != 22 {
		t.Errorf("%d major lists, want 22", n)
	}
}

// Each code has one meaning in the table of a list, in whatever order the rows are. Only a refusal
// may have bits that mean something else.
func TestCodesAreDisjoint(t *testing.T) {
	for _, l := range All() {
		for _, net := range [][3]byte{{127, 0, 0}, {127, 0, 1}, {127, 0, 2}, {127, 0, 10}, {127, 255, 255}} {
			for last := range 256 {
				checkOneMeaning(t, &l, netip.AddrFrom4([4]byte{net[0], net[1], net[2], byte(last)}))
			}
		}
	}
}

func checkOneMeaning(t *testing.T, l *dnsbl.List, code netip.Addr) {
	t.Helper()
	octets := code.As4()
	var matched []dnsbl.Code
	bit := false
	for _, c := range l.Codes {
		if c.Bit == 0 && c.Match.Matches(code) {
			matched = append(matched, c)
		}
		bit = bit || octets[1] == 0 && octets[2] == 0 && c.Bit&octets[3] != 0
	}
	if len(matched) > 1 || len(matched) == 1 && bit && matched[0].Effect != dnsbl.Refusal {
		t.Errorf("%s: %s has several meanings: %+v", l.Zone, code, matched)
	}
}

// Facts that the lists of an operator share are found by its name: each row of the table belongs to a list.
func TestOperators(t *testing.T) {
	for _, o := range operators {
		if !slices.ContainsFunc(All(), func(l dnsbl.List) bool { return l.Operator == o.name }) {
			t.Errorf("%s operates no list", o.name)
		}
		if o.key != "" && len(o.zones) == 0 {
			t.Errorf("%s has key name %q, but no keyed zone", o.name, o.key)
		}
		if (o.freeKey != "" || o.refuses != "") && o.key == "" {
			t.Errorf("%s: no user can name its key", o.name)
		}
	}
}

// How listings end is told to people and to programs alike. No code fits some lists that sell
// removal, those on which an answer is a measure, and one with strikes.
func TestWays(t *testing.T) {
	for _, l := range All() {
		mayLack := l.PaidRemoval || l.Kind == dnsbl.Score || l.Zone == "nsbl.ascams.com"
		rows := []dnsbl.Code{{Delisting: l.Delisting, Ways: l.Ways}}
		for _, row := range append(rows, l.Codes...) {
			told, coded := row.Delisting != "", row.Ways != 0
			if coded && !told || told && !coded && !mayLack {
				t.Errorf("%s: %q is %v for programs", l.Zone, row.Delisting, row.Ways.Codes())
			}
		}
	}
}
