package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// others returns the programs of other authors for the same purpose that are installed and work.
// They only use port 53, so there are none if that cannot be opened. They do not query test
// entries, which is half of the work.
func (s *scenario) others(server *worldProcess, dir string) []contender {
	if server.Port53 == "" {
		return nil
	}
	anything := func(int, result) error { return nil } // their output is not tested
	var all []contender
	add := func(name string, args func(turn int) []string) {
		c := contender{name, args, anything}
		if u, err := server.run(s.world, args(0)); err == nil && u.queries >= s.world.Lists {
			all = append(all, c)
		}
	}
	// https://github.com/matteocorti/check_rbl, in Perl
	if path := installed("check_rbl"); path != "" {
		add("check_rbl", func(turn int) []string {
			args := []string{path, "-H", s.network(turn), "-n", server.Port53, "-t", "60"}
			for _, zone := range s.world.zones() {
				args = append(args, "-s", zone)
			}
			return args
		})
	}
	// The command of GNU adns, which only sends the queries, in parallel.
	if path := installed("adnshost"); path != "" {
		add("adnshost", func(turn int) []string {
			args := []string{path, "--config", "nameserver " + server.Port53, "-a", "-ta"}
			octets := strings.Split(s.network(turn), ".")
			for _, zone := range s.world.zones() {
				labels := []string{octets[3], octets[2], octets[1], octets[0], zone}
				args = append(args, strings.Join(labels, "."))
			}
			return args
		})
	}
	conf := filepath.Join(dir, "resolv.conf")
	wrote := os.WriteFile(conf, []byte("nameserver "+server.Port53+"\n"), 0o644) == nil
	if path := installed("rblcheck"); path != "" && wrote {
		// It only reads /etc/resolv.conf. A mount namespace with another one costs a few
		// milliseconds.
		add("rblcheck", func(turn int) []string {
			const script = `mount --bind "$0" /etc/resolv.conf && exec "$@"`
			args := []string{"unshare", "-rm", "sh", "-c", script, conf, path, "-c"}
			for _, zone := range s.world.zones() {
				args = append(args, "-s", zone)
			}
			return append(args, s.network(turn))
		})
	}
	return all
}

// installed returns the path of a program, or of a plugin in the directory that Debian has for
// them; or "".
func installed(name string) string {
	for _, candidate := range []string{name, "/usr/lib/nagios/plugins/" + name} {
		if path, err := exec.LookPath(candidate); err == nil {
			return path
		}
	}
	return ""
}
