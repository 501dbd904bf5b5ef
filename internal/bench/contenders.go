package main

import (
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// A contender is a program with its arguments for each turn.
type contender struct {
	name string
	args func(turn int) []string
	// check returns an error if the output is wrong.
	check func(turn int, u result) error
}

// contenders returns the programs of the scenario. The others are compared with the first.
func (s *scenario) contenders(at addresses, t tools) []contender {
	floor := contender{floorName, func(turn int) []string {
		network, tests, wait := s.network(turn), "1", "2s"
		if s.bits == 32 {
			network += "/32"
		}
		if s.lean {
			tests, wait = "0", "500ms"
		}
		return []string{t.floor, at.Any, strconv.Itoa(s.world.Lists), network, tests, wait}
	}, s.checkFloor}
	if s.world.Lists == 0 {
		nothing := func(_ int, u result) error { return wantExit(u, 0) }
		floor = contender{emptyName, func(int) []string { return []string{t.empty} }, nothing}
	}
	all := []contender{floor, s.checkDNSBL(programName, t.program, at)}
	if t.old != "" {
		all = append(all, s.checkDNSBL(oldName, t.old, at))
	}
	return all
}

// checkDNSBL returns the check_dnsbl at path as a contender.
func (s *scenario) checkDNSBL(name, path string, at addresses) contender {
	if s.world.Lists == 0 {
		version := func(int) []string { return []string{path, "-V"} }
		return contender{name, version, func(_ int, u result) error { return wantExit(u, 3) }}
	}
	zones := strings.Join(s.world.zones(), ",")
	return contender{name, func(turn int) []string {
		return []string{
			path, "-H", s.network(turn), "-l", zones, "--resolver", at.Any, "-t", s.timeout,
		}
	}, s.checkVerdict}
}

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

// run runs all contenders in turn. It returns the rows of all runs that worked, even with an error.
func (s *scenario) run(server *worldProcess, t tools, turns int) (rows []row, err error) {
	contenders := s.contenders(server.addresses, t)
	if s.name == "fast" {
		contenders = append(contenders, s.others(server, t.dir)...)
	}
	runs := make([][]result, len(contenders))
	var wrong []error
	for turn := range int(math.Ceil(float64(turns) * s.turns)) {
		for i, c := range contenders {
			u, err := server.run(s.inTurn(turn), c.args(turn))
			if err != nil {
				return rows, fmt.Errorf("%s: %w", c.name, err)
			}
			if err := c.check(turn, u); err != nil {
				err = fmt.Errorf("turn %d, %s: %w; it printed:\n%s", turn, c.name, err, u.out)
				wrong = append(wrong, err)
			}
			runs[i] = append(runs[i], u)
		}
	}
	for i, c := range contenders {
		rows = append(rows, medians(c.name, runs[i], runs[0]))
	}
	return rows, errors.Join(wrong...)
}
