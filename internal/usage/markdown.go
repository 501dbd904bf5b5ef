package usage

import (
	"fmt"
	"strings"
)

// Markdown returns the options as tables, one for each group, for the documentation.
func (p *Page) Markdown() string {
	var b strings.Builder
	for _, group := range p.Groups {
		fmt.Fprintf(&b, "\n**%s**\n\n| option | meaning |\n|---|---|\n", capital(group.Title))
		for _, o := range group.options() {
			head := strings.TrimSpace(strings.Join(o.names(), ", ") + " " + o.value)
			head = strings.ReplaceAll(head, "|", `\|`)
			fmt.Fprintf(&b, "| `%s` | %s |\n", head, markdown(o.text))
		}
	}
	return b.String()
}

// markdown escapes text for the cell of a table.
func markdown(text string) string {
	return strings.NewReplacer(
		`\`, `\\`, "|", `\|`, "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, "`", "\\`",
	).Replace(text)
}
