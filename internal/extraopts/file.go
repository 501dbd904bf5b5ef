package extraopts

import "fmt"

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
