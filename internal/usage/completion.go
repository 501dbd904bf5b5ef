package usage

import (
	"fmt"
	"strings"
)

// Values maps the long names of options, without hyphens, to their possible values. An option that
// is missing has too many to complete.
type Values map[string][]string

// of returns the possible values of an option, separated by spaces.
func (v Values) of(o *option) string {
	return strings.Join(v[strings.TrimPrefix(o.long, "--")], " ")
}

// isFile reports whether the value of an option is the name of a file.
func (o *option) isFile() bool { return o.value == "FILE" }

// names returns the short name, if any, and the long name.
func (o *option) names() []string {
	if o.short == "" {
		return []string{o.long}
	}
	return []string{o.short, o.long}
}

// brief returns the start of an option's text, up to the first punctuation mark: as a reminder that
// is enough.
func (o *option) brief() string {
	end := len(o.text)
	for _, mark := range []string{"; ", ": ", ". ", " ("} {
		if i := strings.Index(o.text, mark); i >= 0 {
			end = min(end, i)
		}
	}
	return o.text[:end]
}

// The cases of the word before the cursor: an option whose value is a file, or one of some words.
const (
	bashFile = `	%s)
		compopt -o filenames 2>/dev/null
		mapfile -t COMPREPLY < <(compgen -f -- "$cur")
		return ;;
`
	bashWords = `	%s)
		COMPREPLY=($(compgen -W "%s" -- "$cur"))
		return ;;
`
)

// Bash returns the completions for bash: a function that looks at the words before the cursor. Bash
// splits --option=value and SECTION@FILE into several words.
func (p *Page) Bash(values Values) string {
	var cases, all []string
	for _, group := range p.Groups {
		for _, o := range group.options() {
			all = append(all, o.names()...)
			pattern := strings.Join(o.names(), "|")
			switch {
			case o.isFile():
				cases = append(cases, fmt.Sprintf(bashFile, pattern))
			case o.value != "":
				cases = append(cases, fmt.Sprintf(bashWords, pattern, values.of(&o)))
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

// Zsh returns the completions for zsh, as one call of _arguments. The "*" lets options be repeated.
func (p *Page) Zsh(values Values) string {
	var b strings.Builder
	quote := strings.NewReplacer(`\`, `\\`, `'`, `'\''`, "[", `\[`, "]", `\]`, ":", `\:`)
	fmt.Fprintf(&b, "#compdef %s\n\n_arguments -s \\\n", p.Name)
	for _, group := range p.Groups {
		for _, o := range group.options() {
			long := o.long
			if o.value != "" {
				long += "=" // lets the value be the next word, too
			}
			// '*--long=[text]' or, with two names, '*'{-s,--long=}'[text]'
			names := "'*" + long
			if o.short != "" {
				names = fmt.Sprintf("'*'{%s,%s}'", o.short, long)
			}
			fmt.Fprintf(&b, "\t%s[%s]", names, quote.Replace(o.brief()))
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

// Fish returns the completions for fish, one call of complete for each option.
func (p *Page) Fish(values Values) string {
	var b strings.Builder
	quote := strings.NewReplacer(`\`, `\\`, `'`, `\'`)
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
			fmt.Fprintf(&b, " -d '%s'\n", quote.Replace(o.brief()))
		}
	}
	return b.String()
}
