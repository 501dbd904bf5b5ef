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

func TestSpecialUseName(t *testing.T) {
	for name, want := range map[string]string{
		"example.com":            "",
		"pills.example":          "", // for examples
		"mail.test":              "", // for tests
		"local.example.com":      "",
		"mylocalhost.com":        "",
		"invalid":                "a special-use name (RFC 6761)",
		"mail.invalid":           "a special-use name (RFC 6761)",
		"localhost":              "a special-use name (RFC 6761)",
		"mail.office.local":      "a special-use name (RFC 6762)",
		"abcdefghijklmnop.onion": "a special-use name (RFC 7686)",
		"mail.alt":               "a special-use name (RFC 9476)",
		"router.home.arpa":       "a name of the DNS infrastructure (RFC 3172)",
		"2.0.192.in-addr.arpa":   "a name of the DNS infrastructure (RFC 3172)",
		"mail.internal":          "a name for private use",
		"com":                    "a top-level domain",
	} {
		if got := SpecialUseName(name); got != want {
			t.Errorf("SpecialUseName(%s) = %q, want %q", name, got, want)
		}
	}
}
