package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"check_dnsbl/internal/dnstest"
	"check_dnsbl/internal/parallel"

	"github.com/olorin/nagiosplugin"
)

// The key of the tests below, which begins as a filter may, and one that its operator refuses.
const (
	goodKey = "12345qzXvWk0jJpYh1Gt2RmLd"
	badKey  = "98r7vNw-Tb3xGq6ZsKf"
)

// echoing is a world of operators and strangers who know the key and put it into all that they say:
// for 198.51.100.N behind N bytes, in one case or the other, many times.
func echoing() dnstest.World {
	texts, entries := map[string][]string{}, map[string][]string{}
	for n := range 256 {
		addr := fmt.Sprintf("198.51.100.%d", n)
		entries[addr] = []string{"127.0.0.2"}
		one := []string{goodKey, strings.ToUpper(goodKey), strings.ToLower(goodKey)}[n%3]
		texts[addr] = []string{
			strings.Repeat(" ", 700+n) + one, // which is long, but short when it is cleaned
			strings.Repeat(".", n) + one + one,
			strings.Repeat(",", n) + strings.Repeat(one, 200),
			one + "\x00<" + one + ">|\n" + one,
		}
	}
	world := dnstest.World{Records: []string{goodKey + ".test. A 198.51.100.7", "half.test. A 10.0.0.5"}}
	for _, zone := range []string{"zen.dq.spamhaus.net", "authbl.dq.spamhaus.net", "combined.mail.abusix.zone", "all.spamrats.com"} {
		world.Lists = append(world.Lists, dnstest.List{Zone: goodKey + "." + zone, Entries: entries, Texts: texts},
			dnstest.List{Zone: badKey + "." + zone, Fault: dnstest.Answer("127.255.255.251")})
	}
	return dnstest.World{Records: world.Records, Lists: append(world.Lists,
		dnstest.List{Zone: "stranger.example", Entries: entries, Texts: texts},
		dnstest.List{Zone: goodKey + ".example", Entries: entries, Texts: texts},
		dnstest.List{Zone: "servfail.example", Fault: dnstest.Rcode(dnstest.ServFail)},
		dnstest.List{Zone: goodKey + ".dbl.dq.spamhaus.net", Fault: dnstest.Rcode(dnstest.ServFail)},
		dnstest.List{Zone: goodKey + ".sbl.dq.spamhaus.net", Fault: dnstest.Answer("203.0.113.9")},
	)}
}

// keyCommand returns the arguments and the environment of a command with the key, @, and the other
// one, %, at random places: those where they belong, typing errors, and all that an option would
// quote.
func keyCommand(random *rand.Rand, addr string) (args, environ []string) {
	line := "--rate 100000 --resolver " + addr
	some := func(least, most int, choices ...string) {
		for range least + random.IntN(most-least+1) {
			line += " " + choices[random.IntN(len(choices))]
		}
	}
	some(1, 1, "--key spamhaus=@ --key abusix=@ --key SpamRATS=@", "--key=spamhaus=@", "KEY_SPAMHAUS=@ KEY_abusix=@ KEY_SPAMRATS=%", "KEY_SPAMHAUS=% --key spamhaus=@",
		"KEY_SPAMHAUS=@ --key spamhaus=%", "--key spamhaus=@ --key spamhaus=%", "KEY_SPAMHAUSS=@", "KEY_SPAMHAUS=@.x", "KEY_SPAMHAUS=@/@", "--kye spamhaus=@", "--kye=spamhaus=@",
		"-kspamhaus=@", "--help=spamhaus=@", "spamhaus=@", "-l zen.dq.spamhaus.net=@", "-l @.zen.dq.spamhaus.net", "-l@.zen.dq.spamhaus.net=127.0.0.2*2", "-H --key spamhaus=@", "--key spamhaus=@.x,abusix=%")
	some(1, 3, "-l zen.spamhaus.org", "-l sbl.spamhaus.org", "-l zen.spamhaus.org=127.0.0.[2..9]*2 -w 2", "-l authbl.dq.spamhaus.net", "-l KEY.combined.mail.abusix.zone",
		"-l all.spamrats.com", "-l dbl.spamhaus.org", "-l stranger.example", "-l servfail.example", "-l @.example", "-l @.zen.dq.spamhaus.net", "-l @.hbl.dq.spamhaus.net", "--set major")
	some(1, 2, fmt.Sprintf("-H 198.51.100.%d", random.IntN(256)), "198.51.100.0/29", "198.51.100.192/27", "-H @.test", "-H domain:@.example", "-H domain:bad.example", "half.test @.invalid")
	some(0, random.IntN(2), "-H @", "-H spamhaus=%", "-l @", "-l @!.zen.dq.spamhaus.net", "-l a.example=@", "-l a.example=127.@", "-l a.example*@", "-l "+strings.Repeat("@.", 20)+"org", "-x @", "--extra-opts=@", "--extra-opts spamhaus=@", "--extra-opts=@", "--extra-opts spamhaus=@",
		"--no-test @", "--critical-on @", "--set @", "-w @", "-c @", "--max-failed @", "-t @", "--resolver @", "-@", "--@", "--@=1", "-h", "-V", "-x zen.spamhaus.org",
		strings.Repeat("x", 940+random.IntN(40))+"@@@@@!", strings.Repeat("domain:"+strings.Repeat("x.", 60)+"@.example ", 3)+"-l sbl.spamhaus.org")
	some(1, 1, "", "-v", "-vv", "-vv")
	for word := range strings.FieldsSeq(strings.NewReplacer("@", goodKey, "%", badKey, " KEY_", " CHECK_DNSBL_KEY_").Replace(line)) {
		if strings.HasPrefix(word, "CHECK_DNSBL_KEY_") {
			environ = append(environ, word)
		} else {
			args = append(args, word)
		}
	}
	return args, environ
}

// No key is in any output, nor a part of one, whatever was typed and whoever echoes it.
func TestKeysAreNeverShown(t *testing.T) {
	t.Parallel()
	commands := runs(120, 800)
	holdKeys(t, commands, commands/4, func(seed uint64, resolver string) ([]string, []string) {
		return keyCommand(rand.New(rand.NewPCG(seed, 0)), resolver)
	})
}

// holdKeys runs random commands and fails if a part of a key is in the output of any. That no state
// is missing, and that at least so many outputs show the mark of a key, shows that the commands are
// not all alike.
func holdKeys(
	t *testing.T, commands, least int,
	command func(seed uint64, resolver string) (args, environ []string),
) {
	server, err := dnstest.Start(echoing())
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	var lock sync.Mutex
	states, marked := map[nagiosplugin.Status]int{}, 0
	parallel.Each(commands, atOnce(), func(i int) {
		args, environ := command(uint64(i), server.Addr.String())
		var out bytes.Buffer
		state := invoke(t.Context(), args, environ, &out)
		lock.Lock()
		defer lock.Unlock()
		states[state]++
		if strings.Contains(out.String(), "KEY") {
			marked++
		}
		if part := partOf(goodKey, out.String()) + partOf(badKey, out.String()); part != "" {
			t.Errorf("%s %s:\n%q of a key in\n%s", environ, args, part, out.String())
		}
	}, func(i int, reason any) { t.Errorf("command %d: %v", i, reason) })
	if marked < least || len(states) != 4 {
		t.Errorf("%d of %d commands show the mark; states %v", marked, commands, states)
	}
}

// Names are cut where they are long, but never within a key.
func TestKeysInLongNames(t *testing.T) {
	t.Parallel()
	records := []string{"in-addr.arpa. NS a.in-addr-servers.arpa."}
	for n := range 48 {
		records = append(records, strings.Repeat("x.", 40+n)+goodKey+".test. A 198.51.100.7")
	}
	server, err := dnstest.Start(dnstest.World{Records: records, Lists: echoing().Lists})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	for n := range 48 {
		name := strings.Repeat("x.", 40+n) + goodKey + ".test"
		for _, targets := range []string{"--fcrdns -H " + name, strings.Repeat("-H domain:x."+name+" ", 3), "-H " + name + "!"} {
			args := strings.Fields("--key spamhaus=" + goodKey + " -vv -l sbl.spamhaus.org --resolver " + server.Addr.String() + " " + targets)
			var out bytes.Buffer
			invoke(t.Context(), args, nil, &out)
			if part := partOf(goodKey, out.String()); part != "" {
				t.Fatalf("%s:\n%q of a key in\n%s", targets, part, out.String())
			}
		}
	}
}

// partOf returns a part of the key that is in a text, whatever its case.
func partOf(key, text string) string {
	const tellsNothing = 5
	text = strings.ToLower(text)
	for i := range len(key) - tellsNothing {
		if part := strings.ToLower(key[i : i+tellsNothing+1]); strings.Contains(text, part) {
			return part
		}
	}
	return ""
}
