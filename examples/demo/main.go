// Command demo shows check_dnsbl at work without a network. It simulates the recommended lists on
// loopback, most of them healthy, some refusing, dead or parked, and runs the program against them.
//
//	go run ./examples/demo [-serve]
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
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
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
// README would have.
var scenes = []scene{
	{"A clean server. A dead list and a parked one are named, not believed.",
		healthy, cleanServer, 0},
	{"A server that sent spam.", healthy, listedServer, 2},
	{"The same for people, of a few lists.", healthy,
		listedServer + " -o table -l zen.spamhaus.org,bl.blocklist.de,all.s5h.net", 2},
	{"For programs.", healthy, listedServer + " -o json -l bl.spamcop.net", 2},
	{"An address that should not send mail by itself: policy, so a warning.",
		healthy, homeServer, 1},
	{"A host with an IPv4 and an IPv6 address.", healthy, "mail.example.test", 2},
	{"A domain, on the lists that carry domains.", healthy, "domain:" + badDomain, 2},
	{"The same clean server through a public resolver: no OK that is not proved.",
		refusing, cleanServer + " -t 3", 3},
	{"The listed server through a resolver that strips 127.0.0.0/8.", stripping, listedServer, 3},
	{"A list that died and now lists everything: not a listing.", listsAll, cleanServer + " -v", 0},
	{"A bounce: the address that was rejected, and the list that did it first.",
		healthy, "--bounce undelivered.eml", 2},
	{"How a server presents itself to receivers of mail: by a name that was made from its address.",
		healthy, listedServer + " -l psbl.surriel.com --fcrdns", 1},
	{"The lists themselves, once a day.", healthy, "--self-test -l zen.spamhaus.org," +
		"bl.spamcop.net,bl.blocklist.de,all.s5h.net,dnsrbl.swinog.ch,b.barracudacentral.org", 1},
	{"Lists, filters and weights in the syntax of Postfix.", healthy,
		listedServer + " -l zen.spamhaus.org=127.0.0.[2..9]*3 -l bl.spamcop.net*2 -w 3 -c 6", 1},
	{"What was asked, and what came back.", healthy, listedServer + " -l bl.spamcop.net -vv", 2},
	{"A typing error.", healthy, listedServer + " -l zen.spamhaus.org=127.0.0.[2..", 3},
}

const usage = "usage: go run ./examples/demo [-serve]"

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
	switch strings.Join(args, " ") {
	case "":
		return demo(w)
	case "-serve", "--serve":
		return serve(ctx, w)
	case "-h", "-help", "--help":
		_, err := fmt.Fprintln(w, usage)
		return err
	}
	return fmt.Errorf("%q: %s", args, usage)
}

// serve runs the resolver of the healthy world until ctx is canceled.
func serve(ctx context.Context, w io.Writer) error {
	resolver, err := dnstest.Start(healthy())
	if err != nil {
		return err
	}
	defer resolver.Close()
	fmt.Fprintf(w, "the resolver of the demo is %[1]s, until ^C; "+
		"try: go run ./check_dnsbl -H %[2]s --resolver %[1]s\n", resolver.Addr, listedServer)
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
	program := filepath.Join(dir, "check_dnsbl")
	build := exec.Command("go", "build", "-o", program, "check_dnsbl/check_dnsbl")
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w\n%s", err, out)
	}
	undelivered := filepath.Join(dir, "undelivered.eml")
	if err := os.WriteFile(undelivered, []byte(bounce), 0o644); err != nil {
		return err
	}
	return runAll(w, program)
}

// runAll runs the scenes side by side, because some wait for servers that never answer, and writes
// them in their order.
func runAll(w io.Writer, program string) error {
	shown := make([]bytes.Buffer, len(scenes))
	failed := make([]error, len(scenes))
	var all sync.WaitGroup
	for i, s := range scenes {
		all.Go(func() { failed[i] = s.run(&shown[i], program) })
	}
	all.Wait()
	for i := range shown {
		if _, err := shown[i].WriteTo(w); err != nil {
			return err
		}
	}
	return errors.Join(failed...)
}

// run runs the command and writes it with its output and exit status.
func (s scene) run(w io.Writer, program string) error {
	resolver, err := dnstest.Start(s.world())
	if err != nil {
		return err
	}
	defer resolver.Close()
	fmt.Fprintf(w, "# %s\n$ check_dnsbl %s\n", s.title, s.args)
	args := append(strings.Fields(s.args), "--resolver", resolver.Addr.String())
	command := exec.Command(program, args...)
	command.Dir = filepath.Dir(program) // undelivered.eml is there
	out, err := command.CombinedOutput()
	if command.ProcessState == nil {
		return err
	}
	exit := command.ProcessState.ExitCode()
	fmt.Fprintf(w, "%sexit status %d\n\n", out, exit)
	if exit != s.exit {
		return fmt.Errorf("%q ended with exit status %d, want %d", s.title, exit, s.exit)
	}
	return nil
}
