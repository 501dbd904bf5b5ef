package bounce

import (
	"bytes"
	"html"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/emersion/go-message"
)

// This file turns the bytes of a bounce into text. A mail is split into its parts, and these are
// decoded: transfer encodings, charsets and HTML. The message that bounced is left out.

// MaxBytes is how much of a bounce is read. Real ones are smaller: mail systems limit what they
// return to the sender.
const MaxBytes = 10 << 20

// No real bounce has more than this.
const (
	maxDepth = 12    // parts within parts
	maxParts = 2_000 // parts of a mail, at any depth
	maxMails = 100   // mails in a mailbox file
)

// partEnd separates the texts of parts: a sentence never continues in the next part.
const partEnd = "\f"

// documentsOf returns the documents in data, which is a mailbox file or just one of its mails. More
// is the number of mails after the first maxMails, which are not read.
func documentsOf(data []byte) (docs []document, more int) {
	data = bytes.TrimLeft(decodeFile(data), " \t\r\n")
	if !bytes.HasPrefix(data, []byte("From ")) {
		return documentsIn(data), 0
	}
	for one := range mailsOf(data) {
		if more++; more <= maxMails {
			docs = append(docs, documentsIn(one)...)
		}
	}
	return docs, max(0, more-maxMails)
}

// mailsOf returns the mails of an mbox file (RFC 4155), each without its "From " line. Programs on
// Windows end lines by CR and LF.
func mailsOf(data []byte) iter.Seq[[]byte] {
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	return func(yield func([]byte) bool) {
		for more := true; more; {
			_, data, _ = bytes.Cut(data, []byte("\n"))
			var one []byte
			if one, data, more = bytes.Cut(data, []byte("\n\nFrom ")); !yield(one) {
				return
			}
		}
	}
}

// documentsIn returns the documents in one mail. Data that is not a mail is returned as it is.
func documentsIn(data []byte) []document {
	e, err := message.Read(bytes.NewReader(data))
	if e == nil || err != nil && !readable(err) || !isMail(e) {
		return []document{{withoutPartEnds(string(data)), Text}}
	}
	var m mailReader
	m.read(e, 0, false)
	doc := document{m.text.String(), Mail}
	switch {
	case len(m.feedback) > 0:
		return m.feedback
	case isComplaint(&e.Header):
		doc = document{e.Header.Get("Subject") + "\n" + doc.text, Complaint}
	case m.aggregate != "":
		doc = document{"", m.aggregate}
	case formOfAggregate(&e.Header) != "":
		doc = document{"", formOfAggregate(&e.Header)}
	case strings.Trim(doc.text, " \t\r\n"+partEnd) == "":
		doc.text = withoutPartEnds(string(data))
	case m.report:
		doc.form = Report
	}
	return []document{doc}
}

// withoutPartEnds replaces each partEnd in foreign text, so that only this package writes them.
func withoutPartEnds(text string) string { return strings.ReplaceAll(text, partEnd, " ") }

// readable reports whether a part can be read in spite of an error: decodePart knows charsets
// itself.
func readable(err error) bool {
	return message.IsUnknownCharset(err) || message.IsUnknownEncoding(err)
}

// isMail reports whether what was parsed as a header is that of a mail. Any text with a colon in
// its first line parses as one.
func isMail(e *message.Entity) bool {
	for _, name := range [...]string{
		"From", "Received", "Return-Path", "Mime-Version", "Content-Type", "Message-Id",
	} {
		if e.Header.Has(name) {
			return true
		}
	}
	return false
}

// A mailReader collects the text of a mail.
type mailReader struct {
	text      strings.Builder
	feedback  []document // the parts with the fields of a complaint (RFC 5965)
	report    bool       // a part is a delivery report
	aggregate Form       // of a part that is a DMARC or TLS report
	parts     int
}

// read adds the text of a part and of the parts in it. Within a multipart/report, the message that
// bounced is left out: it may quote other addresses and lists.
func (m *mailReader) read(e *message.Entity, depth int, inReport bool) {
	if m.parts++; m.parts > maxParts || depth > maxDepth {
		return
	}
	kind, params, _ := e.Header.ContentType()
	switch {
	case strings.HasPrefix(kind, "multipart/"):
		m.readParts(e, depth, kind)
	case kind == "message/rfc822" || kind == "message/global":
		inner, err := message.Read(e.Body)
		if !inReport && inner != nil && (err == nil || readable(err)) {
			m.read(inner, depth+1, false)
		}
	case kind == "message/delivery-status" || kind == "message/global-delivery-status":
		m.report = true
		m.add(decodePart(body(e), params["charset"]))
	case kind == "message/feedback-report":
		text := decodePart(body(e), params["charset"])
		m.feedback = append(m.feedback, document{text, formOfFeedback(text)})
	case isTLSReport(kind):
		m.aggregate = TLSReport
	case isDMARCFile(kind, e):
		m.aggregate = DMARCReport
	case kind == "text/rfc822-headers":
	case kind == "text/html":
		m.add(withoutTags(decodePart(body(e), params["charset"])))
	case kind == "" || strings.HasPrefix(kind, "text/"):
		m.add(decodePart(body(e), params["charset"]))
	}
}

// readParts adds the parts of a multipart. Those of a digest are mails by default (RFC 2046,
// 5.1.5).
func (m *mailReader) readParts(e *message.Entity, depth int, kind string) {
	for parts := e.MultipartReader(); m.parts <= maxParts; {
		part, err := parts.NextPart()
		if part == nil || err != nil && !readable(err) {
			return
		}
		if kind == "multipart/digest" && !part.Header.Has("Content-Type") {
			part.Header.Set("Content-Type", "message/rfc822")
		}
		m.read(part, depth+1, kind == "multipart/report")
	}
}

// body returns the decoded bytes of a part, up to the first error in its transfer encoding.
func body(e *message.Entity) []byte {
	text, _ := io.ReadAll(io.LimitReader(e.Body, MaxBytes))
	return text
}

// add adds a text as a part of its own.
func (m *mailReader) add(text string) {
	m.text.WriteString(withoutPartEnds(text))
	m.text.WriteString(partEnd)
}

// Charsets. The program shows no text from a bounce, and addresses, zones and the phrases of mail
// programs are ASCII in every language. So all other characters may be lost, as long as their bytes
// are not taken for ASCII. Conversion tables would add 209 KB to the program.

// decodeFile converts a whole file to UTF-8. Editors and shells on Windows write UTF-16, with or
// without a byte order mark.
func decodeFile(data []byte) []byte {
	if text, ok := bytes.CutPrefix(data, []byte("\xef\xbb\xbf")); ok {
		return text
	}
	head := data[:min(len(data), 512)]
	zeros := bytes.Count(head, []byte{0})
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return fromUTF16(data, 0)
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return fromUTF16(data, 1)
	case zeros == 0 || zeros*3 < len(head):
		return data
	case head[0] == 0:
		return fromUTF16(data, 1)
	}
	return fromUTF16(data, 0)
}

// decodePart returns the ASCII of a part in its declared charset. UTF-8 and all charsets that use
// only single bytes stay as they are.
func decodePart(data []byte, charset string) string {
	charset = strings.ToLower(strings.TrimSpace(charset))
	is := func(names ...string) bool { return slices.Contains(names, charset) }
	switch {
	case charset == "utf-16be":
		data = fromUTF16(data, 1)
	case charset == "utf-16le":
		data = fromUTF16(data, 0)
	case strings.HasPrefix(charset, "iso-2022-"):
		data = withoutShifted(data)
	case is("gb2312", "gbk", "gb18030", "cp936", "x-gbk", "big5", "big5-hkscs", "cp950",
		"euc-kr", "ks_c_5601-1987", "cp949", "euc-jp", "euc-tw"):
		data = withoutPairs(data, 0, 0)
	case is("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "cp932"):
		data = withoutPairs(data, 0xa1, 0xdf)
	default:
		data = decodeFile(data)
	}
	return string(data)
}

// fromUTF16 returns the ASCII of a text in UTF-16 and a blank for every other character. low is the
// offset of the low byte of a character: 0 in little endian, 1 in big endian.
func fromUTF16(data []byte, low int) []byte {
	text := make([]byte, 0, len(data)/2)
	for i := 0; i+1 < len(data); i += 2 {
		c := data[i+low]
		if data[i+1-low] != 0 || c >= 0x80 {
			c = ' '
		}
		text = append(text, c)
	}
	return text
}

// withoutPairs replaces characters of two bytes by a blank. Their second byte may look like ASCII.
// The bytes from single to last are characters of one byte.
func withoutPairs(data []byte, single, last byte) []byte {
	text := make([]byte, 0, len(data))
	for i := 0; i < len(data); i++ {
		c := data[i]
		switch {
		case c < 0x80:
			text = append(text, c)
			continue
		case c >= single && c <= last:
		case i+3 < len(data) && isDigit(data[i+1]) && data[i+2] >= 0x81 && isDigit(data[i+3]):
			i += 3 // four bytes of GB 18030
		case i+1 < len(data) && data[i+1] >= 0x40:
			i++ // a second byte is never less, so that newlines and digits stay
		}
		text = append(text, ' ')
	}
	return text
}

// withoutShifted returns the ASCII of a text in ISO 2022, where other characters stand between ESC
// $ and ESC (, or between SO and SI.
func withoutShifted(data []byte) []byte {
	const so, si, esc = 0x0e, 0x0f, 0x1b
	text := make([]byte, 0, len(data))
	shifted := false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case c == so || c == si:
			shifted = c == so
		case c == esc && i+2 < len(data) && (data[i+1] == '$' || data[i+1] == '('):
			shifted = data[i+1] == '$'
			i += 2
			text = append(text, ' ')
		case c == '\n' || !shifted:
			shifted = false // each line begins in ASCII
			text = append(text, c)
		}
	}
	return text
}

// HTML. The parser of x/net would add 487 KB to the program, to repair broken pages as browsers do.
// That makes no difference for finding addresses.

// withoutTags returns the text of an HTML page and the targets of its links. Blocks become
// paragraphs.
func withoutTags(page string) string {
	var text strings.Builder
	page = strings.ReplaceAll(page, "\r\n", "\n")
	page = strings.NewReplacer( // Outlook makes each line a paragraph
		"</p>\n<p class=Mso", "<br class=Mso",
		"</p>\n<p class=\"Mso", "<br class=\"Mso",
	).Replace(page)
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
		text.WriteString(replacement(name, page[begin+1:begin+size]))
		end := begin + size + 1
		if mark := hiddenUntil(name); mark != "" {
			if size = strings.Index(lower[begin:], mark); size < 0 {
				break
			}
			end = begin + size + len(mark)
		}
		page, lower = page[end:], lower[end:]
	}
	return html.UnescapeString(text.String())
}

// hiddenUntil returns the end mark of a part of the page that is not shown, or "" for other tags.
func hiddenUntil(name string) string {
	switch {
	case strings.HasPrefix(name, "!--"):
		return "-->"
	case name == "style" || name == "script" || name == "head":
		return "</" + name + ">"
	}
	return ""
}

// tagName returns the name of a tag in lower case, "/p" for an end tag.
func tagName(tag string) string {
	end := strings.IndexAny(tag, " \t\r\n")
	if end < 0 {
		end = len(tag)
	}
	return strings.TrimSuffix(tag[:end], "/")
}

// replacement returns the text that takes the place of a tag.
func replacement(name, tag string) string {
	switch strings.TrimPrefix(name, "/") {
	case "br":
		return "\n"
	case "p", "div", "table", "tr", "li", "ul", "ol", "h1", "h2", "h3", "h4", "hr",
		"blockquote", "pre", "body":
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

// lowered returns s with ASCII in lower case. Unlike strings.ToLower, it keeps every offset.
func lowered(s string) string {
	at := 0
	for at < len(s) && !isUpper(s[at]) {
		at++
	}
	if at == len(s) {
		return s
	}
	lower := []byte(s)
	for i, c := range lower {
		if isUpper(c) {
			lower[i] = c + 'a' - 'A'
		}
	}
	return string(lower)
}

// trimLeft is strings.TrimLeft for a few ASCII characters that text seldom begins with. It
// does without the table that the other one makes at each call.
func trimLeft(text, cutset string) string {
	for text != "" && isAny(text[0], cutset) {
		text = text[1:]
	}
	return text
}

// trimRight is strings.TrimRight in the same way.
func trimRight(text, cutset string) string {
	for text != "" && isAny(text[len(text)-1], cutset) {
		text = text[:len(text)-1]
	}
	return text
}

// isAny reports whether a byte is one of a few.
func isAny(c byte, few string) bool {
	for i := range len(few) {
		if few[i] == c {
			return true
		}
	}
	return false
}

func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
