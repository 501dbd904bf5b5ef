package usage

import (
	"fmt"
	"strings"
)

// Values maps the long names of options, without hyphens, to their possible values. An option that
// is missing has too many to complete. The values of an option that takes none complete the
// arguments after it. A value that ends in "=" goes on.
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

// reminder returns the start of an option's text, up to the first punctuation mark.
func (o *option) reminder() string {
	end := len(o.brief)
	for _, mark := range []string{"; ", ": ", ". ", " ("} {
		if i := strings.Index(o.brief, mark); i >= 0 {
			end = min(end, i)
		}
	}
	return o.brief[:end]
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
		[[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
		return ;;
`
	bashList = `	%s)
		[[ $cur == *,* ]] && before=${cur%%,*},
		COMPREPLY=($(compgen -P "$before" -W "%s" -- "${cur##*,}"))
		return ;;
`
	// The arguments after an option that takes no value.
	bashArguments = `	if [[ " ${COMP_WORDS[*]} " == *" %s "* && $cur != -* ]]; then
		all="%s"
	fi
`
)

// Bash returns the completions for bash: a function that looks at the words before the cursor. Bash
// splits --option=value and SECTION@FILE into several words.
func (p *Page) Bash(values Values) string {
	var cases, arguments, all []string
	for _, group := range p.Groups {
		for _, o := range group.options() {
			all = append(all, o.names()...)
			pattern, words := strings.Join(o.names(), "|"), values.of(&o)
			switch {
			case o.isFile():
				cases = append(cases, fmt.Sprintf(bashFile, pattern))
			case o.isList:
				cases = append(cases, fmt.Sprintf(bashList, pattern, words))
			case o.value != "":
				cases = append(cases, fmt.Sprintf(bashWords, pattern, words))
			case words != "":
				arguments = append(arguments, fmt.Sprintf(bashArguments, o.long, words))
			}
		}
	}
	return fmt.Sprintf(`# bash completion for %[1]s
_%[1]s() {
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} before= all
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
	all="%[3]s"
%[4]s	COMPREPLY=($(compgen -W "$all" -- "$cur"))
}
complete -F _%[1]s %[1]s
`, p.Name, strings.Join(cases, ""), strings.Join(all, " "), strings.Join(arguments, ""))
}

// Zsh returns the completions for zsh, as one call of _arguments. The "*" lets options be repeated.
func (p *Page) Zsh(values Values) string {
	var b, arguments strings.Builder
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
			fmt.Fprintf(&b, "\t%s[%s]", names, quote.Replace(o.reminder()))
			switch words := values.of(&o); {
			case o.isFile():
				fmt.Fprintf(&b, ":%s:_files", o.value)
			case o.isList && words != "":
				fmt.Fprintf(&b, ":%s:_sequence compadd - %s", o.value, words)
			case o.value != "" && strings.HasSuffix(words, "="):
				fmt.Fprintf(&b, `:%s:compadd -S "" - %s`, o.value, words)
			case o.value != "":
				fmt.Fprintf(&b, ":%s:(%s)", o.value, words)
			case words != "":
				const after = `{(( ${words[(I)%s]} )) && compadd - %s}`
				fmt.Fprintf(&arguments, after, o.long, words)
			}
			b.WriteString("' \\\n")
		}
	}
	return b.String() + "\t'*:TARGET:" + arguments.String() + "'\n"
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
			words, arguments := values.of(&o), ""
			switch {
			case o.isFile():
				b.WriteString(" -r -F")
			case o.isList && words != "":
				fmt.Fprintf(&b, " -x -a '(__fish_append , %s)'", words)
			case o.value != "":
				fmt.Fprintf(&b, " -x -a '%s'", words)
			case words != "":
				const after = "complete -c %s -n '__fish_contains_opt %s' -a '%s'\n"
				arguments = fmt.Sprintf(after, p.Name, o.long[2:], words)
			}
			fmt.Fprintf(&b, " -d '%s'\n%s", quote.Replace(o.reminder()), arguments)
		}
	}
	return b.String()
}
