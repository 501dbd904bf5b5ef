package report

import (
	"testing"

	"check_dnsbl/internal/dnsbl"
)

// An answer of the same year tells more than a place in the defaults of a filter.
func TestLastAnswer(t *testing.T) {
	for _, tt := range []struct{ answered, filter, want string }{
		{"2026-08-01", "2026-08-05", "2026-08-01"},
		{"2026", "2026-05-28", "2026"},
		{"2023-09", "2026-08-05", "default 2026-08-05"},
		{"2025-07-14", "2024-10-24", "2025-07-14"},
		{"", "2026-08-21", "default 2026-08-21"},
		{"2023-08", "", "2023-08"},
		{"", "", ""},
	} {
		if got := lastAnswer(&dnsbl.List{Answered: tt.answered, Default: tt.filter}); got != tt.want {
			t.Errorf("answered %q, default %q: %q, want %q", tt.answered, tt.filter, got, tt.want)
		}
	}
}
