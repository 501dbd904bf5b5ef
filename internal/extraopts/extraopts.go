// Package extraopts reads option files as monitoring-plugins do.
//
// Plugins of that family take --extra-opts=[SECTION][@FILE]: the options in a section of a file are
// added to those of the command line. Without SECTION it is the one with the plugin's name, without
// FILE the first that exists of a number of well-known ones. Files look like this:
//
//	[check_dnsbl]
//	# a comment has a line of its own
//	list = zen.spamhaus.org=127.0.0.[2..11]
//	verbose =
//
// Read takes the --extra-opts out of a command line, locator.go finds the file of each, file.go reads
// it, and section.go the settings in it. The package does not know any option but --extra-opts: which
// ones exist and what their values mean is for its caller.
package extraopts

import (
	"fmt"
	"strings"
)

// A File is the section of an option file that one --extra-opts stands for.
type File struct {
	Path, Section string
	Settings      []Setting
	WorldReadable bool // every user of this host can read the file
}

// A Setting is a line "OPTION=VALUE" of a file.
type Setting struct {
	Line   int    // counted from 1
	Option string // without hyphens, such as "list" or "l"
	Value  string // "" after "OPTION=", which is how an option without a value is written
}

// Arg returns the setting as it would stand on the command line, such as "--list=bl.spamcop.net" or
// "-v". It is one argument, so that the option cannot take the next one as its value.
func (s Setting) Arg() string {
	arg := "--" + s.Option
	if len(s.Option) == 1 {
		arg = "-" + s.Option
	}
	if s.Value != "" {
		arg += "=" + s.Value
	}
	return arg
}

// Args returns the settings of f as they would stand on the command line.
func (f *File) Args() []string {
	args := make([]string, len(f.Settings))
	for i, s := range f.Settings {
		args[i] = s.Arg()
	}
	return args
}

// String returns the path and section, such as "/etc/nagios/plugins.ini [check_dnsbl]".
func (f *File) String() string { return fmt.Sprintf("%s [%s]", f.Path, f.Section) }

// Read returns args without --extra-opts, and the files that these name. Its argument is optional
// and may be the next word, unless that begins with a hyphen. What follows "--" is left alone.
// Section is the default section; getenv returns a variable of the environment, as os.Getenv does.
// Errors tell the file and the line, but never what is written there: it may be a secret. With an
// error, the files before the one that cannot be read are returned.
func Read(args []string, section string, getenv func(string) string) ([]string, []File, error) {
	var rest []string
	var files []File
	for i := 0; i < len(args); i++ {
		locator, isOption := strings.CutPrefix(args[i], "--extra-opts=")
		switch {
		case isOption:
		case args[i] == "--":
			return append(rest, args[i:]...), files, nil
		case args[i] != "--extra-opts":
			rest = append(rest, args[i])
			continue
		case i+1 < len(args) && !strings.HasPrefix(args[i+1], "-"):
			i++
			locator = args[i]
		default:
			locator = ""
		}
		f, err := open(locator, section, getenv)
		if err != nil {
			return rest, files, fmt.Errorf("--extra-opts: %w", err)
		}
		files = append(files, f)
	}
	return rest, files, nil
}
