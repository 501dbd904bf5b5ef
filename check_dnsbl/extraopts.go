package main

import (
	"errors"
	"fmt"
	"strings"

	"check_dnsbl/internal/extraopts"
	"check_dnsbl/internal/secret"
	"check_dnsbl/internal/suggest"
	"check_dnsbl/internal/text"

	"github.com/spf13/pflag"
)

// A commandLine is what was typed, with the options that its --extra-opts stand for.
type commandLine struct {
	args  []string // without --extra-opts
	files []extraopts.File
}

// readCommandLine takes the --extra-opts out of args and reads the files that they name. With an error
// it returns the files before the one that cannot be read, as their keys must be masked in it.
func readCommandLine(args, environ []string) (commandLine, error) {
	getenv := func(name string) string { return variable(environ, name) }
	rest, files, err := extraopts.Read(args, "check_dnsbl", getenv)
	return commandLine{rest, files}, err
}

// variable returns the value of an environment variable, or "".
func variable(environ []string, name string) string {
	for _, v := range environ {
		if value, ok := strings.CutPrefix(v, name+"="); ok {
			return value
		}
	}
	return ""
}

// all returns the options of the files and of the command line.
func (c *commandLine) all() []string {
	var args []string
	for i := range c.files {
		args = append(args, c.files[i].Args()...)
	}
	return append(args, c.args...)
}

// read fills in what was typed: the options of the files, then those of the command line, which win. What may be repeated adds up; but
// with a resolver on the command line those of the files are not asked, and see parseKeys.
func (c *commandLine) read(flags *pflag.FlagSet, raw *rawFlags) error {
	for i := range c.files {
		f := &c.files[i]
		for _, s := range f.Settings {
			err := readOptions(flags, []string{s.Arg()})
			for _, name := range []string{"help", "version", "extra-opts"} {
				if err == nil && flags.Changed(name) {
					err = fmt.Errorf("--%s belongs on the command line", name)
				}
			}
			if err != nil {
				return fmt.Errorf("%s, line %d: %w", f, s.Line, err)
			}
		}
	}
	resolvers := raw.resolvers
	raw.fileKeys, raw.keys, raw.resolvers = raw.keys, nil, nil
	if err := readOptions(flags, c.args); err != nil {
		return err
	}
	if len(raw.resolvers) == 0 {
		raw.resolvers = resolvers
	}
	return nil
}

// readOptions reads the command line, or one option of a file, so that none takes the next one for its value.
func readOptions(flags *pflag.FlagSet, args []string) error {
	if err := flags.Parse(args); err != nil {
		return errors.New(wrongOption(err) + "; the options are in check_dnsbl -h" + suggest.DidYouMean(meantOption(err)))
	}
	return refuseRBL(flags)
}

// wrongOption returns what is wrong with an option. Values are parsed later on, except where an option
// takes none. Of an argument of short options only the unknown one is quoted: the rest may be a value,
// such as a key.
func wrongOption(err error) string {
	var value *pflag.InvalidValueError
	var unknown *pflag.NotExistError
	switch {
	case errors.As(err, &value):
		name := value.GetFlag().Name
		return fmt.Sprintf("--%[1]s %[2]q: it takes no value: want --%[1]s (in a file %[1]s =), or leave it out", name, value.GetValue())
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() != "":
		return fmt.Sprintf("unknown shorthand flag: '%[1]s' in -%[1]s", unknown.GetSpecifiedName())
	}
	return err.Error()
}

// explain adds to an error where else than on the command line its cause may be.
func (c *commandLine) explain(err error) error {
	if err == nil || len(c.files) == 0 {
		return err
	}
	names := make([]string, len(c.files))
	for i := range c.files {
		names[i] = c.files[i].String()
	}
	return fmt.Errorf("%w (with the options of %s)", err, strings.Join(names, ", "))
}

// leaks are the lines of the long output on files that show a key to everyone on the host.
func (c *commandLine) leaks() []string {
	var lines []string
	for i := range c.files {
		f := &c.files[i]
		if f.WorldReadable && !secret.NewMask(f.Args(), nil).Empty() {
			path := text.Short(f.Path, 200)
			lines = append(lines, fmt.Sprintf("everyone on this host can read the key in %s: %s", path, extraopts.OwnerAdvice))
		}
	}
	return lines
}
