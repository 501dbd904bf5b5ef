// Package options reads what the user typed: the options of the command line (table.go), those of
// option files, and those of check_rbl (checkrbl.go). The program gives the values their meaning;
// here they are words.
//
// Read finds the option files, so that their keys can be masked in every error; Parse sorts the
// words by option. Help, man page and completions come from the same table (help.go).
package options

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

// A CommandLine is the arguments of the program, and the option files that they name.
type CommandLine struct {
	args  []string // without --extra-opts
	files []extraopts.File
}

// Read takes the --extra-opts out of args and reads the files that they name. With an error it
// returns the files before the one that cannot be read, as their keys must be masked in it.
func Read(args, environ []string) (CommandLine, error) {
	getenv := func(name string) string { return Variable(environ, name) }
	rest, files, err := extraopts.Read(args, "check_dnsbl", getenv)
	return CommandLine{rest, files}, err
}

// Variable returns the value of an environment variable, or "".
func Variable(environ []string, name string) string {
	for _, v := range environ {
		if value, ok := strings.CutPrefix(v, name+"="); ok {
			return value
		}
	}
	return ""
}

// All returns the options of the files and of the command line, in the order in which they count.
func (c *CommandLine) All() []string {
	var args []string
	for i := range c.files {
		args = append(args, c.files[i].Args()...)
	}
	return append(args, c.args...)
}

// Parse sorts what was typed by option. The command line wins over files, and options that may be
// repeated add up; but resolvers on the command line replace those of files.
func (c *CommandLine) Parse() (Typed, error) {
	var t Typed
	t.flags = Flags(&t)
	for i := range c.files {
		if err := t.parseFile(&c.files[i]); err != nil {
			return t, err
		}
	}
	resolvers := t.Resolvers
	t.FileKeys, t.Keys, t.Resolvers = t.Keys, nil, nil
	if err := t.parse(c.args); err != nil {
		return t, err
	}
	if len(t.Resolvers) == 0 {
		t.Resolvers = resolvers
	}
	for _, values := range []*[]string{
		&t.Hosts, &t.Excluded, &t.NoTest, &t.CriticalOn, &t.Known, &t.Resolvers,
	} {
		*values = atCommas(*values)
	}
	return t, nil
}

// parseFile parses the options of a file one by one, so that none takes the next one for its value.
func (t *Typed) parseFile(f *extraopts.File) error {
	for _, s := range f.Settings {
		err := t.parse([]string{s.Arg()})
		if name := t.FirstGiven("help", "version", "extra-opts"); err == nil && name != "" {
			err = fmt.Errorf("--%s must be on the command line", name)
		}
		if err != nil {
			return fmt.Errorf("%s, line %d: %w", f, s.Line, err)
		}
	}
	return nil
}

// parse parses arguments. Its errors point to the help and, for an unknown option, suggest the one
// that was probably meant.
func (t *Typed) parse(args []string) error {
	if err := t.flags.Parse(args); err != nil {
		return errors.New(wrongOption(err) + " (see check_dnsbl -h)" +
			suggest.DidYouMean(closestOption(err)))
	}
	if err := t.missingValue(); err != nil {
		return err
	}
	return refuseRBL(t.flags)
}

// wrongOption returns what is wrong with an option. Values are judged later on, except where an
// option takes none. In an argument of short options only the unknown one is quoted: the rest may
// be a value, such as a key.
func wrongOption(err error) string {
	var value *pflag.InvalidValueError
	var unknown *pflag.NotExistError
	var missing *pflag.ValueRequiredError
	switch {
	case errors.As(err, &value):
		name := value.GetFlag().Name
		return fmt.Sprintf("--%[1]s %[2]q: must not have a value. Use --%[1]s, or \"%[1]s =\" "+
			"in a file", name, value.GetValue())
	case errors.As(err, &missing):
		return withValue(hyphened(missing.GetSpecifiedName()), missing.GetFlag()) +
			": missing value"
	case errors.As(err, &unknown):
		return "unknown option " + hyphened(unknown.GetSpecifiedName())
	}
	return err.Error()
}

// hyphened returns the name of an option as it is typed.
func hyphened(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

// missingValue returns an error if an option that needs a value was followed by the next option
// instead, as in "-l --resolver 192.0.2.53".
func (t *Typed) missingValue() (err error) {
	t.flags.Visit(func(f *pflag.Flag) {
		values := []string{f.Value.String()}
		if many, ok := f.Value.(pflag.SliceValue); ok {
			values = many.GetSlice()
		}
		for _, value := range values {
			if err == nil && t.isOption(value) {
				name, _, _ := strings.Cut(value, "=")
				err = fmt.Errorf("%s: missing value before %s (see check_dnsbl -h)",
					withValue(typedName(f), f), name)
			}
		}
	})
	return err
}

// isOption reports whether a value is the name of an option, with its hyphens.
func (t *Typed) isOption(value string) bool {
	if name, long := strings.CutPrefix(value, "--"); long {
		name, _, _ = strings.Cut(name, "=")
		return t.flags.Lookup(name) != nil
	}
	return len(value) == 2 && value[0] == '-' && t.flags.ShorthandLookup(value[1:]) != nil
}

// withValue returns an option with the word for its value, such as "-l ZONE".
func withValue(option string, f *pflag.Flag) string {
	if value, _, found := strings.Cut(f.Usage, "\t"); found {
		return option + " " + value
	}
	return option
}

// typedName returns the short name of an option or, if it has none, the long one.
func typedName(f *pflag.Flag) string {
	if f.Shorthand != "" {
		return "-" + f.Shorthand
	}
	return "--" + f.Name
}

// closestOption returns the option that an unknown one may be meant for, or "".
func closestOption(err error) string {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) || unknown.GetSpecifiedShortnames() != "" {
		return ""
	}
	var names []string
	for _, group := range groups(&Typed{}) {
		group.Options.VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	}
	if name := suggest.Closest(unknown.GetSpecifiedName(), names); name != "" {
		return "--" + name
	}
	return ""
}

// Explain adds to an error the option files that its cause may be in.
func (c *CommandLine) Explain(err error) error {
	if err == nil || len(c.files) == 0 {
		return err
	}
	names := make([]string, len(c.files))
	for i := range c.files {
		names[i] = c.files[i].String()
	}
	return fmt.Errorf("%w (with the options of %s)", err, strings.Join(names, ", "))
}

// ExposedKeys returns lines on option files with a key that every user of this host can read.
func (c *CommandLine) ExposedKeys() []string {
	var lines []string
	for i := range c.files {
		f := &c.files[i]
		if f.WorldReadable && !secret.NewMask(f.Args(), nil).Empty() {
			lines = append(lines, fmt.Sprintf("every user of this host can read the key in %s. %s",
				text.Short(f.Path, 200), extraopts.OwnerAdvice))
		}
	}
	return lines
}

// Format returns the format that arguments ask for, well typed or not, since errors must be printed
// in it too: the last one named, in lower case, and the default if none is.
func Format(args []string) string {
	format, before := defaultFormat, ""
	for _, arg := range args {
		if before == "-o" || before == "--output" {
			format, before = arg, ""
			continue
		}
		for strings.HasPrefix(arg, "-v") && len(arg) > len("-v") { // -vo json
			arg = "-" + arg[len("-v"):]
		}
		before = arg
		for _, option := range [...]string{"--output=", "-o=", "-o"} {
			if named, ok := strings.CutPrefix(arg, option); ok && named != "" {
				format = named
				break
			}
		}
	}
	return strings.ToLower(format)
}
