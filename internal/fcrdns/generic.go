package fcrdns

import (
	"encoding/hex"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
)

// What names are made of that nobody chose for a mail server, word by word: letters between anything else. Words that belong
// together have a hyphen between them here.
const (
	// These say that an address is dynamic, a private customer's, or nobody's.
	telling = "dynamic dyn dynip dynamicip dyndsl dhcp ppp pppoe dial dialup dialin dsl adsl vdsl xdsl sdsl residential " +
		"unknown unassigned unallocated noreverse norev noptr nordns no-reverse no-rev no-ptr no-rdns no-dns not-assigned"
	// So do these, unless the name has one of the mailWords too.
	doubtful = "pool pools cable cablemodem broadband cust customer customers client clients subscriber subscribers gprs umts lte"
	// These do with the end of the address, unless likewise.
	hosts = "ip host static addr address node user vps"

	mailWords = "mail email mails mx smtp esmtp mta msa mda relay out outbound inbound mailer mailout mailin mailhost mailserver mailgw exchange post postfix exim bounce bounces"
)

// sign says in words what makes a name generic: that it was made from the address, or has words such as "dynamic". It is "" for
// a name that was chosen. Only what stands before the registered domain counts.
func sign(name string, addr netip.Addr) string {
	name = strings.ToLower(name)
	host := strings.TrimSuffix(name, domain(name))
	if shows(host, addr) {
		return "the digits of the address"
	}
	words := strings.FieldsFunc(host, func(r rune) bool { return r < 'a' || r > 'z' })
	text := "-" + strings.Join(words, "-") + "-"
	if word := wordOf(text, telling); word != "" {
		return fmt.Sprintf("the word %q", word)
	}
	if wordOf(text, mailWords) != "" {
		return ""
	}
	if word := wordOf(text, doubtful); word != "" {
		return fmt.Sprintf("the word %q", word)
	}
	if word := wordOf(text, hosts); word != "" && showsEnd(host, addr) {
		return fmt.Sprintf("the word %q with digits of the address", word)
	}
	return ""
}

// wordOf returns the first of some words that is in a text of words with hyphens around each, "" if none is.
func wordOf(text, words string) string {
	for word := range strings.FieldsSeq(words) {
		if strings.Contains(text, "-"+word+"-") {
			return word
		}
	}
	return ""
}

// shows says whether all of the address is in a text, in the order of its parts or reversed.
func shows(text string, addr netip.Addr) bool {
	bytes := addr.AsSlice()
	digits := hex.EncodeToString(bytes)
	squeezed := strings.NewReplacer(".", "", "-", "", "_", "").Replace(text)
	if addr.Is6() {
		end := digits[len(digits)/2:] // the part that is not the network's
		return strings.Contains(squeezed, end) || strings.Contains(squeezed, reversed(digits)) ||
			strings.Contains(text, strings.ReplaceAll(addr.String(), ":", "-")) || strings.Contains(text, groups(bytes))
	}
	numbers := numbersIn(text)
	for range 2 {
		var padded, plain strings.Builder
		for _, octet := range bytes {
			fmt.Fprintf(&padded, "%03d", octet)
			fmt.Fprintf(&plain, "%d", octet)
		}
		// Fewer digits in one piece may be a number of its own.
		const enough = 7
		inOnePiece := plain.Len() >= enough && slices.Contains(numbers, plain.String())
		if inOnePiece || follow(numbers, bytes) || strings.Contains(squeezed, padded.String()) || strings.Contains(squeezed, hex.EncodeToString(bytes)) {
			return true
		}
		slices.Reverse(bytes)
	}
	return false
}

// showsEnd says whether the last two octets of an IPv4 address follow each other in a text, in either order. Where both have one
// digit that may be chance.
func showsEnd(text string, addr netip.Addr) bool {
	bytes := addr.AsSlice()
	end, numbers := bytes[len(bytes)-2:], numbersIn(text)
	return addr.Is4() && max(end[0], end[1]) > 9 && (follow(numbers, end) || follow(numbers, []byte{end[1], end[0]}))
}

// follow says whether octets follow each other among numbers, which may have leading zeros.
func follow(numbers []string, octets []byte) bool {
	for i := range max(0, len(numbers)-len(octets)+1) {
		if slices.EqualFunc(numbers[i:i+len(octets)], octets, isOctet) {
			return true
		}
	}
	return false
}

func isOctet(number string, octet byte) bool {
	n, err := strconv.ParseUint(number, 10, 8)
	return err == nil && len(number) <= len("255") && byte(n) == octet
}

// numbersIn returns the decimal numbers in a text, with whatever stands between them left out.
func numbersIn(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' })
}

// groups writes an IPv6 address with a hyphen between its eight groups, none of them left out.
func groups(bytes []byte) string {
	words := make([]string, 0, len(bytes)/2)
	for pair := range slices.Chunk(bytes, 2) {
		words = append(words, strconv.FormatUint(uint64(pair[0])<<8|uint64(pair[1]), 16))
	}
	return strings.Join(words, "-")
}

func reversed(s string) string {
	bytes := []byte(s)
	slices.Reverse(bytes)
	return string(bytes)
}

// domain returns the part of a name that somebody registered, as far as that can be told without a list of all public suffixes:
// two labels, or three below the likes of co.uk. It is rather too short than too long.
func domain(name string) string {
	labels := strings.Split(name, ".")
	size := 2
	if n := len(labels); n > 2 && len(labels[n-1]) == 2 && wordOf("-"+labels[n-2]+"-", "ac co com edu gov net ne or org") != "" {
		size = 3
	}
	return strings.Join(labels[max(0, len(labels)-size):], ".")
}
