package bounce

import (
	"html"
	"strings"
)

// withoutTags returns the text of a page, with the addresses of its links: what is in a block of its own is a paragraph of its own.
func withoutTags(page string) string {
	var text strings.Builder
	page = strings.ReplaceAll(page, "\r\n", "\n")
	page = strings.NewReplacer("</p>\n<p class=Mso", "<br class=Mso", "</p>\n<p class=\"Mso", "<br class=\"Mso").Replace(page) // the lines of Outlook
	lower := lowered(page)
	for page != "" {
		begin := strings.IndexByte(page, '<')
		if begin < 0 {
			text.WriteString(page)
			break
		}
		text.WriteString(page[:begin])
		size := strings.IndexByte(page[begin:], '>')
		if size < 0 {
			break
		}
		name := tagName(lower[begin+1 : begin+size])
		text.WriteString(instead(name, page[begin+1:begin+size]))
		end := begin + size + 1
		if mark := unseenUntil(name); mark != "" {
			if size = strings.Index(lower[begin:], mark); size < 0 {
				break
			}
			end = begin + size + len(mark)
		}
		page, lower = page[end:], lower[end:]
	}
	return html.UnescapeString(text.String())
}

// unseenUntil returns what ends the part of a page that a tag hides from its readers, or "".
func unseenUntil(name string) string {
	switch {
	case strings.HasPrefix(name, "!--"):
		return "-->"
	case name == "style" || name == "script" || name == "head":
		return "</" + name + ">"
	}
	return ""
}

// tagName returns the name of a tag in lower case, with the slash of an end.
func tagName(tag string) string {
	end := strings.IndexAny(tag, " \t\r\n")
	if end < 0 {
		end = len(tag)
	}
	return strings.TrimSuffix(tag[:end], "/")
}

// instead returns what stands in the place of a tag.
func instead(name, tag string) string {
	switch strings.TrimPrefix(name, "/") {
	case "br":
		return "\n"
	case "p", "div", "table", "tr", "li", "ul", "ol", "h1", "h2", "h3", "h4", "hr", "blockquote", "pre", "body":
		return "\n\n"
	case "b", "i", "u", "em", "strong", "span", "font", "wbr", "tt", "code": // may be within a word
		return ""
	case "a":
		if at := strings.Index(lowered(tag), "href="); at >= 0 {
			link, _, _ := strings.Cut(strings.TrimLeft(tag[at+len("href="):], `"'`), `"`)
			return " " + strings.TrimRight(link, "'") + " "
		}
	}
	return " "
}
