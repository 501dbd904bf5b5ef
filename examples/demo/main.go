// Command demo shows check_dnsbl at work without a network. It simulates the recommended lists on
// loopback, most of them healthy, some refusing, dead or parked, and runs the program against them.
//
//	go run ./examples/demo
//	go run ./examples/demo -serve [ADDRESS:PORT]
//
// With -serve it only runs the resolver, so that you can run check_dnsbl yourself. The commands are
// in main.go, the lists and what they list in world.go.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"

	"check_dnsbl/internal/dnstest"
)

// A scene is one command line of the demo.
type scene struct {
	title string // what the command shows
	world func() dnstest.World
	args  string // of check_dnsbl, without --resolver
	exit  int    // the expected exit status
}

// scenes are the command lines of the demo, in the order of the questions that a reader of the
// README would have. The first is written as soon as it is there.
var scenes = []scene{
	{"A server that sent spam, in a table for people.", healthy, tableArgs, 2},
	{"The same server on all recommended lists, for a monitor.", healthy, listedServer, 2},
	{"A clean server. A dead list and a parked one are failures, never clean.",
		healthy, cleanServer, 0},
	{"The clean server through a public resolver. Two lists refuse it, one of them silently.",
		refusing, cleanServer + " -o table --direct never" + refusedArgs, 3},
	{"The same, where the program may query the lists' own name servers.",
		refusing, cleanServer + refusedArgs, 0},
	{"The listed server through a resolver that strips 127.0.0.0/8.",
		stripping, listedServer + " --direct never", 3},
	{"A list that died and now lists everything: not a listing.", listsAll, cleanServer + " -v", 0},
	{"An address that should not send mail directly: policy, so a warning.",
		healthy, homeServer, 1},
	{"A host with an IPv4 and an IPv6 address.", healthy, "mail.example.test", 2},
	{"A network. The address on most lists decides.", healthy,
		"192.0.2.16/28 -l zen.spamhaus.org,bl.spamcop.net,bl.blocklist.de", 2},
	{"A domain, on the lists of domains.", healthy, "domain:" + badDomain, 2},
	{"A bounce: the address that was rejected, and first the list that the receiver used.",
		healthy, "--bounce undelivered.eml", 2},
	{"Reverse DNS: a name that was made from the address.",
		healthy, listedServer + " -l psbl.surriel.com --fcrdns", 1},
	{"The lists themselves, once a day.", healthy, "--self-test -l zen.spamhaus.org," +
		"bl.spamcop.net,bl.blocklist.de,all.s5h.net,dnsrbl.swinog.ch,b.barracudacentral.org", 1},
	{"Lists, filters and weights in the syntax of Postfix.", healthy,
		listedServer + " -l zen.spamhaus.org=127.0.0.[2..9]*3 -l bl.spamcop.net*2 -w 3 -c 6", 1},
	{"For programs.", healthy, listedServer + " -o json -l bl.spamcop.net", 2},
	{"Every query and its answer.", healthy, listedServer + " -l bl.spamcop.net -vv", 2},
	{"The facts about a list. This sends no query.", healthy,
		"--catalog dnsbl.sorbs.net", 3},
	{"A typing error.", healthy, listedServer + " -l zen.spamhaus.org=127.0.0.[2..", 3},
}

const (
	// tableArgs are the arguments of the first scene, which docs/listed.svg shows.
	tableArgs   = listedServer + " -o table -l zen.spamhaus.org,bl.spamcop.net,all.s5h.net"
	refusedArgs = " -l zen.spamhaus.org,bl.mailspike.net,bl.spamcop.net"

	usage = "usage: go run ./examples/demo [-serve [ADDRESS:PORT]]"

	// serveAt is where the resolver of -serve is by default.
	serveAt = "127.0.0.1:5300"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(1)
	}
}

// run runs all scenes or, with -serve, the resolver alone.
func run(ctx context.Context, args []string, w io.Writer) error {
	switch {
	case len(args) == 0:
		return demo(w)
	case len(args) == 1 && slices.Contains([]string{"-h", "-help", "--help"}, args[0]):
		_, err := fmt.Fprintln(w, usage)
		return err
	case len(args) <= 2 && slices.Contains([]string{"-serve", "--serve"}, args[0]):
		return serve(ctx, append(args, serveAt)[1], w)
	}
	return fmt.Errorf("%q: %s", args, usage)
}

// serve runs the resolver of the healthy world until ctx is canceled.
func serve(ctx context.Context, at string, w io.Writer) error {
	addr, err := netip.ParseAddrPort(at)
	if err != nil || !addr.Addr().IsLoopback() {
		const wrong = "-serve %q: must be a loopback address and a port, such as %s"
		return fmt.Errorf(wrong, at, serveAt)
	}
	resolver, err := dnstest.StartAt(addr, healthy())
	if err != nil {
		return fmt.Errorf("-serve %s: %w; use another port, such as 127.0.0.1:5301", at, err)
	}
	defer resolver.Close()
	fmt.Fprintf(w, "The resolver of the demo is %[1]s. Ctrl-C ends it. In another terminal:\n"+
		"go run ./check_dnsbl -H %[2]s --resolver %[1]s\n", resolver.Addr, listedServer)
	<-ctx.Done()
	return nil
}

// demo builds the program and runs all scenes. It returns an error if an exit status is not as
// expected.
func demo(w io.Writer) error {
	dir, err := os.MkdirTemp("", "check_dnsbl")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fmt.Fprintln(os.Stderr, "building check_dnsbl ...")
	program, err := build(dir)
	if err != nil {
		return err
	}
	return runAll(w, program)
}

// build builds the program in a directory, and puts what the scenes need beside it.
func build(dir string) (program string, err error) {
	program = filepath.Join(dir, "check_dnsbl")
	command := exec.Command(
		"go", "build", "-ldflags", "-s -w", "-o", program, "check_dnsbl/check_dnsbl")
	if out, err := command.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return program, os.WriteFile(filepath.Join(dir, "undelivered.eml"), []byte(bounce), 0o644)
}

// runAll runs the first scene, then the others side by side, because some wait for servers that
// never answer. It writes them in their order.
func runAll(w io.Writer, program string) error {
	first := scenes[0].run(w, program)
	rest := scenes[1:]
	shown := make([]bytes.Buffer, len(rest))
	failed := make([]error, len(rest))
	var all sync.WaitGroup
	for i, s := range rest {
		all.Go(func() { failed[i] = s.run(&shown[i], program) })
	}
	all.Wait()
	for i := range shown {
		if _, err := shown[i].WriteTo(w); err != nil {
			return err
		}
	}
	return errors.Join(append(failed, first)...)
}

// run runs the command and writes it with its output and exit status. On a terminal its output has
// colors.
func (s scene) run(w io.Writer, program string) error {
	resolver, err := dnstest.Start(s.world())
	if err != nil {
		return err
	}
	defer resolver.Close()
	fmt.Fprintf(w, "# %s\n$ check_dnsbl %s\n", s.title, s.args)
	command := s.command(program, resolver.Addr)
	command.Stdout, command.Stderr = w, w
	if err := command.Run(); command.ProcessState == nil {
		return err
	}
	exit := command.ProcessState.ExitCode()
	fmt.Fprintf(w, "exit status %d\n\n", exit)
	if exit != s.exit {
		return fmt.Errorf("%q ended with exit status %d, want %d", s.title, exit, s.exit)
	}
	return nil
}

// command returns the command of the scene, to be run where undelivered.eml is.
func (s scene) command(program string, resolver netip.AddrPort) *exec.Cmd {
	args := strings.Fields(s.args)
	if !strings.HasPrefix(s.args, "--catalog") {
		args = append(args, "--resolver", resolver.String())
	}
	command := exec.Command(program, args...)
	command.Dir = filepath.Dir(program)
	return command
}
