package netspace

import "testing"

func TestRegistrableDomain(t *testing.T) {
	for name, want := range map[string]string{
		"mail.example.com":   "example.com",
		"a.b.example.com":    "example.com",
		"example.com":        "example.com",
		"com":                "com",
		"":                   "",
		"mail.example.co.uk": "example.co.uk",
		"example.co.uk":      "example.co.uk",
		"co.uk":              "co.uk",
		"mail.co.example":    "co.example",
	} {
		if got := RegistrableDomain(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}
