package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// others returns other programs of the same purpose, as far as they are installed and the world can be asked at port 53, which they
// insist on. They do not ask for test entries, so they have half as much to do.
func (s *scenario) others(server *server, dir string) []contender {
	if server.Port53 == "" {
		return nil
	}
	anything := func(int, usage) error { return nil } // they are not what is tested
	var all []contender
	add := func(name string, args func(turn int) []string) {
		c := contender{name, args, anything}
		if u, err := server.run(s.world, args(0)); err == nil && u.questions >= s.world.Lists {
			all = append(all, c)
		}
	}
	if path := installed("check_rbl"); path != "" {
		add("check_rbl", func(turn int) []string {
			args := []string{path, "-H", s.network(turn), "-n", server.Port53, "-t", "60"}
			for _, zone := range s.world.zones() {
				args = append(args, "-s", zone)
			}
			return args
		})
	}
	if path := installed("adnshost"); path != "" {
		add("adnshost", func(turn int) []string {
			args := []string{path, "--config", "nameserver " + server.Port53, "-a", "-ta"}
			octets := strings.Split(s.network(turn), ".")
			for _, zone := range s.world.zones() {
				args = append(args, strings.Join([]string{octets[3], octets[2], octets[1], octets[0], zone}, "."))
			}
			return args
		})
	}
	conf := filepath.Join(dir, "resolv.conf")
	if path := installed("rblcheck"); path != "" && os.WriteFile(conf, []byte("nameserver "+server.Port53+"\n"), 0o644) == nil {
		// It reads resolv.conf only: it gets a file system with another one, which costs a few milliseconds.
		add("rblcheck", func(turn int) []string {
			args := []string{"unshare", "-rm", "sh", "-c", `mount --bind "$0" /etc/resolv.conf && exec "$@"`, conf, path, "-c"}
			for _, zone := range s.world.zones() {
				args = append(args, "-s", zone)
			}
			return append(args, s.network(turn))
		})
	}
	return all
}

// installed returns the path of a program, also of a plugin where Debian has those; "" if it is not there.
func installed(name string) string {
	for _, candidate := range []string{name, "/usr/lib/nagios/plugins/" + name} {
		if path, err := exec.LookPath(candidate); err == nil {
			return path
		}
	}
	return ""
}
