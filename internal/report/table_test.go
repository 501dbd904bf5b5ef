package report

import (
	"testing"
	"time"

	"check_dnsbl/internal/verdict"
)

// Only subjects that a list gave a verdict on are counted as not listed. If there are none, that is
// not worth a title.
func TestNotListed(t *testing.T) {
	worst := &verdict.Tally{Answered: 3, Clean: 1}
	for _, tt := range []struct {
		subjects, clean, cleanLists int
		want                        string
	}{
		{4, 2, 1, "NOT LISTED: 2 of 4 addresses (0.45 s)"},
		{1, 1, 1, "NOT LISTED: 1 of 3 lists (0.45 s)"},
		{1, 0, 0, ""},
		{4, 0, 1, ""},
	} {
		worst.Clean = tt.cleanLists
		v := verdict.Verdict{Subjects: tt.subjects, Listed: 1, Clean: tt.clean, Worst: worst}
		var p page
		p.addNotListed(&v, Info{Took: 450 * time.Millisecond})
		got := ""
		if len(p.sections) > 0 {
			got = p.sections[0].title
		}
		if got != tt.want {
			t.Errorf("%+v: %q", tt, got)
		}
	}
}
