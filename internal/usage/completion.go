package usage

import (
	"fmt"
	"strings"
)

// Values are what the values of options can be, by the names of the options. An option that is not among them takes what nobody can guess.
type Values map[string][]string

// of returns the values that an option can have.
func (v Values) of(o *option) string {
	return strings.Join(v[strings.TrimPrefix(o.long, "--")], " ")
}

// isFile says whether an option takes a file.
func (o *option) isFile() bool { return o.value == "FILE" }

// names returns how an option can be written.
func (o *option) names() []string {
	if o.short == "" {
		return []string{o.long}
	}
	return []string{o.short, o.long}
}

// brief returns the beginning of an option's text, which says enough to who knows it already.
func (o *option) brief() string {
	end := len(o.text)
	for _, mark := range []string{"; ", ": ", ". ", " ("} {
		if i := strings.Index(o.text, mark); i >= 0 {
			end = min(end, i)
		}
	}
	return o.text[:end]
}

// Bash returns the completions for bash.
func (p *Page) Bash(values Values) string {
	var cases, all []string
	for _, group := range p.Groups {
		for _, o := range group.options() {
			all = append(all, o.names()...)
			switch {
			case o.isFile():
				cases = append(cases, fmt.Sprintf("\t%s)\n\t\tcompopt -o filenames 2>/dev/null\n\t\tmapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n\t\treturn ;;\n",
					strings.Join(o.names(), "|")))
			case o.value != "":
				cases = append(cases, fmt.Sprintf("\t%s)\n\t\tCOMPREPLY=($(compgen -W \"%s\" -- \"$cur\"))\n\t\treturn ;;\n",
					strings.Join(o.names(), "|"), values.of(&o)))
			}
		}
	}
	return fmt.Sprintf(`# bash completion for %[1]s
_%[1]s() {
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
	# --option=value comes as three words
	if [ "$cur" = = ]; then
		cur=
	elif [ "$prev" = = ]; then
		prev=${COMP_WORDS[COMP_CWORD-2]}
	fi
	COMPREPLY=()
	# [SECTION]@FILE comes as several words too
	if [[ $cur == *@ ]]; then
		return
	elif [[ $prev == *@ ]]; then
		compopt -o filenames 2>/dev/null
		mapfile -t COMPREPLY < <(compgen -f -- "$cur")
		return
	fi
	case $prev in
%[2]s	esac
	COMPREPLY=($(compgen -W "%[3]s" -- "$cur"))
}
complete -F _%[1]s %[1]s
`, p.Name, strings.Join(cases, ""), strings.Join(all, " "))
}

// Zsh returns the completions for zsh.
func (p *Page) Zsh(values Values) string {
	var b strings.Builder
	fmt.Fprintf(&b, "#compdef %s\n\n_arguments -s \\\n", p.Name)
	for _, group := range p.Groups {
		for _, o := range group.options() {
			spec := strings.NewReplacer(`\`, `\\`, `'`, `'\''`, "[", `\[`, "]", `\]`, ":", `\:`).Replace(o.brief())
			long := o.long
			if o.value != "" {
				long += "=" // or a word of its own
			}
			names := "'*" + long
			if o.short != "" {
				names = fmt.Sprintf("'*'{%s,%s}'", o.short, long)
			}
			fmt.Fprintf(&b, "\t%s[%s]", names, spec)
			switch {
			case o.isFile():
				fmt.Fprintf(&b, ":%s:_files", o.value)
			case o.value != "":
				fmt.Fprintf(&b, ":%s:(%s)", o.value, values.of(&o))
			}
			b.WriteString("' \\\n")
		}
	}
	return b.String() + "\t'*:TARGET:'\n"
}

// Fish returns the completions for fish.
func (p *Page) Fish(values Values) string {
	var b strings.Builder
	fmt.Fprintf(&b, "complete -c %s -f\n", p.Name)
	for _, group := range p.Groups {
		for _, o := range group.options() {
			fmt.Fprintf(&b, "complete -c %s -l %s", p.Name, o.long[2:])
			if o.short != "" {
				fmt.Fprintf(&b, " -s %s", o.short[1:])
			}
			switch {
			case o.isFile():
				b.WriteString(" -r -F")
			case o.value != "":
				fmt.Fprintf(&b, " -x -a '%s'", values.of(&o))
			}
			fmt.Fprintf(&b, " -d '%s'\n", strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(o.brief()))
		}
	}
	return b.String()
}
