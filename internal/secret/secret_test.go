package secret

import (
	"bytes"
	"maps"
	"strings"
	"testing"

	"check_dnsbl/internal/catalog"
	"check_dnsbl/internal/dnsbl"
	"check_dnsbl/internal/text"
)

// The command line wins over files, and these win over the environment.
func TestParseKeys(t *testing.T) {
	const (
		form = "--key: must be OPERATOR=KEY, with spamhaus, abusix or spamrats as OPERATOR"

		syntax = ": the key must be 8 to 63 letters, digits or inner hyphens, without quotes"

		twice    = ": given twice. Use one key for each operator"
		variable = "environment variable CHECK_DNSBL_KEY_"
		names    = "environment variable CHECK_DNSBL_KEY...: must be CHECK_DNSBL_KEY_SPAMHAUS, " +
			"CHECK_DNSBL_KEY_ABUSIX or CHECK_DNSBL_KEY_SPAMRATS"
	)
	tests := []struct {
		line, files, environ string
		want                 catalog.Keys
		err                  string
	}{
		{"", "", "", catalog.Keys{}, ""},
		{"spamhaus=longenough", "", "", catalog.Keys{"spamhaus": "longenough"}, ""},
		{" SpamHaus = longenough ", "", "", catalog.Keys{"spamhaus": "longenough"}, ""},
		{"spamhaus=from-line", "spamhaus=from-file|abusix=from-file",
			"SPAMHAUS=from-env|abusix=from-env|SPAMRATS=from-env\n",
			catalog.Keys{"spamhaus": "from-line", "abusix": "from-file", "spamrats": "from-env"},
			""},
		{"", "", "SPAMHAUS=|ABUSIX= \n", catalog.Keys{}, ""},
		{"spamhaus=from-line", "", "SPAMHAUS=not a key", catalog.Keys{"spamhaus": "from-line"}, ""},
		{"spamhaus=longenough|SPAMHAUS=longenough", "", "", nil, "--key spamhaus" + twice},
		{"", "abusix=longenough|abusix=longenough", "", nil, "--key abusix" + twice},
		{"", "", "SPAMHAUS=longenough|spamhaus=longenough", nil, variable + "spamhaus" + twice},
		{"longenough", "", "", nil, form},
		{"longenough=spamhaus", "", "", nil, form},
		{"", "spamhaus", "", nil, form},
		{"spamhaus=short", "", "", nil, "--key spamhaus" + syntax},
		{"spamhaus=" + strings.Repeat("a", maxKey+1), "", "", nil, "--key spamhaus" + syntax},
		{"spamhaus=-longenough", "", "", nil, "--key spamhaus" + syntax},
		{"spamhaus=two.longenough", "", "", nil, "--key spamhaus" + syntax},
		{"spamhaus=spamrats", "", "", nil, "--key spamhaus" + syntax},
		{"", "", "SPAMHAUS='longenough'", nil, variable + "SPAMHAUS" + syntax},
		{"", "", "SPAMHAUSS=longenough", nil, names},
		{"", "", "longenough=spamhaus", nil, names},
		{"", "", "=longenough", nil, names},
	}
	for _, tt := range tests {
		environ := []string{"PATH=/bin"}
		for _, v := range fields(tt.environ) {
			environ = append(environ, variables+v)
		}
		got, _, err := ParseKeys(fields(tt.line), fields(tt.files), environ)
		if message := errorText(err); message != tt.err || !maps.Equal(got, tt.want) {
			t.Errorf("%q, %q, %q: %v, %s; want %v, %s",
				tt.line, tt.files, tt.environ, got, message, tt.want, tt.err)
		}
	}
	for _, name := range []string{
		"CHECK_DNSBL_KEYS_SPAMHAUS", "CHECK_DNSBL_KEY", "check_dnsbl_key_spamhaus",
	} {
		if _, _, err := ParseKeys(nil, nil, []string{name + "=longenough"}); errorText(err) != names {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Where two keys differ, a note has the one that is used, and never a key.
func TestTwoKeys(t *testing.T) {
	tests := []struct{ line, files, environ, want string }{
		{"spamhaus=longenough", "spamhaus=LongEnough", "CHECK_DNSBL_KEY_SPAMHAUS=longenough", ""},
		{"spamhaus=from-line", "spamhaus=from-file", "CHECK_DNSBL_KEY_ABUSIX=from-environ",
			"two keys for spamhaus: the one from the command line is used, " +
				"not the one from the option file"},
		{"", "abusix=from-file", "CHECK_DNSBL_KEY_ABUSIX=from-environ",
			"two keys for abusix: the one from the option file is used, " +
				"not the one from the environment"},
		{"spamhaus=from-line", "", "CHECK_DNSBL_KEY_SPAMHAUS=x",
			"two keys for spamhaus: the one from the command line is used, " +
				"not the one from the environment"},
	}
	for _, tt := range tests {
		_, notes, err := ParseKeys(fields(tt.line), fields(tt.files), fields(tt.environ))
		if got := strings.Join(notes, "|"); err != nil || got != tt.want {
			t.Errorf("%q, %q, %q: %q, %v", tt.line, tt.files, tt.environ, got, err)
		}
	}
}

func fields(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "|")
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// The mask knows what was given as a key, at the right place or not, and nothing else.
func TestHide(t *testing.T) {
	tests := []struct{ args, environ, text, want string }{
		{"--key spamhaus=longenough", "", "a longenough key, LongEnoughLONGENOUGH.",
			"a KEY key, KEYKEY."},
		{"--key=spamhaus=longenough", "", "longenough", "KEY"},
		{"--key spamhaus=short", "", "a short key", "a short key"},
		{"--key spamhaus=longenough --key abusix=longenoughtoo", "",
			"longenoughtoo longenough", "KEY KEY"},
		{"--key longenough", "", "longenough", "KEY"},
		{"--keylongenough", "", "longenough", "KEY"},
		{"--key spamhuas=longenough", "", "longenough", "KEY"},
		{"--kye spamhaus=longenough", "", "longenough spamhaus", "KEY spamhaus"},
		{"-kspamhaus=longenough", "", "longenough", "KEY"},
		{"--help=Spamhaus=longenough", "", "longenough", "KEY"},
		{"--key spamhaus=longenough.x,abusix=also-long", "", "longenough also-long", "KEY KEY"},
		{"--list=zen.dq.spamhaus.net=longenough", "", "longenough", "KEY"},
		{"longenough.zen.dq.spamhaus.net", "", "longenough", "KEY"},
		{"-llongenough.zen.dq.spamhaus.net", "", "longenough", "KEY"},
		{"-vllongenough.zen.dq.spamhaus.net", "", "longenough", "KEY"},
		{"--list=bl.example,longenough.zen.dq.spamhaus.net*2", "", "longenough", "KEY"},
		{"-x longenough.zen.spamhaus.org", "", "longenough", "KEY"},
		{"-x longenough.dq.spamhaus.net", "", "longenough", "KEY"},
		{"", "CHECK_DNSBL_KEY_SPAMHAUS=longenough\n", "longenough", "KEY"},
		{"", "CHECK_DNSBL_KEYS_SPAMHAUS=longenough", "longenough", "KEY"},
		{"", "CHECK_DNSBL_KEY_SPAMHAUS=spamhaus=longenough", "longenough", "KEY"},
		{"-H 192.0.2.25 -l longenough.example=127.0.0.2", "KEY=longenough",
			"longenough", "longenough"},
		{"--critical-on=zen.dq.spamhaus.net", "", "critical-on", "critical-on"},
		{"--key spamhaus=longenough", "", "longenoug longeno", "longenoug longeno"},
		{"--key spamhaus=longenough --key abusix=enoughlong", "",
			"longenoughlong, enoughlongenough.", "KEY, KEY."},
	}
	for _, tt := range tests {
		var out bytes.Buffer
		w := NewMask(strings.Fields(tt.args), []string{tt.environ}).Writer(&out)
		n, err := w.Write([]byte(tt.text))
		if got := out.String(); n != len(tt.text) || err != nil || got != tt.want {
			t.Errorf("%s %s: %q, %d, %v, want %q", tt.environ, tt.args, got, n, err, tt.want)
		}
	}
}

// A message shows neither a key nor what stands where a zone has one.
func TestMessage(t *testing.T) {
	m := NewMask([]string{"--key", "spamhaus=12345longenough"}, nil)
	tests := []struct{ text, want string }{
		{`-H "12345longenough": unknown`, `-H "KEY": unknown`},
		{`need "." at "12>;<3"`, `need "." at "12>;<3"`},
		{`need decimal number at ">12345<longenough" in "a.example=12345longenough"`,
			`need decimal number at "KEY" in "a.example=KEY"`},
		{`bad name "not!a.key.zen.dq.spamhaus.net"`, `bad name "KEY.zen.dq.spamhaus.net"`},
	}
	for _, tt := range tests {
		if got := m.Message(tt.text); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.text, got, tt.want)
		}
	}
}

// A reason is masked before it is cleaned and cut: white space before a key brings it to the limit.
func TestReasonsAreMaskedBeforeTheyAreCut(t *testing.T) {
	const key = "abcdefghijklm0123456789nop"
	m := NewMask([]string{"--key=spamhaus=" + key}, nil)
	list := dnsbl.Unknown("stranger.example")
	for blanks := range 900 {
		reason := strings.Repeat(" ", blanks) + key + strings.Repeat(" x", 200)
		findings := []dnsbl.Finding{
			{List: &list}, // without evidence
			{List: &list, Evidence: &dnsbl.Evidence{Reason: dnsbl.Answer{Texts: []string{reason}}}},
		}
		m.HideReasons(findings)
		if got := text.Short(findings[1].Reasons()[0], 200); strings.Contains(got, key[:4]) {
			t.Fatalf("%d blanks: %s", blanks, got)
		}
	}
}

// Whatever was typed and printed, no key that the mask knows is left.
func FuzzHide(f *testing.F) {
	f.Add("--key spamhaus=longenough -l enoughlong.zen.dq.spamhaus.net", "longenoughlong, LongEnou")
	f.Add("-vlABCDEFGH.dq.spamhaus.org", "xabcdefgh<abcdefgh>")
	f.Add("abusix==longenough,spamrats = longenough2", "longenough2longenough")
	f.Fuzz(func(t *testing.T, args, text string) {
		m := NewMask(strings.Fields(args), nil)
		hidden := m.Hide(text)
		for key := range m.keys {
			if strings.Contains(strings.ToLower(hidden), key) {
				t.Errorf("%q in %q, with the keys of %q", key, hidden, args)
			}
		}
		if again := m.Hide(hidden); again != hidden {
			t.Errorf("%q, masked again %q", hidden, again)
		}
	})
}
