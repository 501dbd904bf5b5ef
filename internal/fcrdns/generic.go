package fcrdns

import (
	"encoding/hex"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"check_dnsbl/internal/netspace"
)

// What names are made of that nobody chose for a mail server, word by word: letters between anything else. Words that belong
// together have a hyphen between them here.
const (
	// These say that an address is dynamic, a private customer's, or nobody's.
	telling = "dynamic dyn dynip dynamicip dyndsl dhcp ppp pppoe dial dialup dialin dsl adsl vdsl xdsl sdsl ftth wimax residential " +
		"unused unknown unassigned unallocated noreverse norev noptr nordns no-reverse no-rev no-ptr no-rdns no-dns not-assigned"
	// So do these, unless the name has one of the mailWords too.
	doubtful = "pool pools cable cablemodem broadband cust customer customers client clients subscriber subscribers abo fiber fibre mobile gprs umts lte"
	// These do with the end of the address, unless likewise.
	hosts = "ip host static addr address node user vps"

	mailWords = "mail email mails mx smtp esmtp mta msa mda relay out outbound inbound mailer mailout mailin mailhost mailserver mailgw exchange post postfix exim bounce bounces"
)

// Digits is the Sign of a name that was made from the address.
const Digits = "the digits of the address"

// sign says in words what makes a name generic: that it was made from the address, or has words such as "dynamic". It is "" for
// a name that was chosen. The words of the registered domain do not count: they are its owner's business.
func sign(name string, addr netip.Addr) string {
	name = strings.ToLower(name)
	host := strings.TrimSuffix(name, netspace.RegistrableDomain(name))
	words := strings.FieldsFunc(host, func(r rune) bool { return r < 'a' || r > 'z' })
	text := "-" + strings.Join(words, "-") + "-"
	forMail := wordOf(text, mailWords) != ""
	if shows(name, addr) || !forMail && isOneNumber(name, addr) {
		return Digits
	}
	if word := wordOf(text, telling); word != "" {
		return fmt.Sprintf("the word %q", word)
	}
	if forMail {
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

// shows says whether a name has all of an address, in the order of its parts or reversed. Of an IPv4 address the last octet may be
// missing, or the order be any other if three octets are together, unless all have one digit: that may be chance.
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
	for _, octets := range [][]byte{bytes, backwards(bytes)} {
		if follow(numbers, octets) || strings.Contains(squeezed, written(octets, "%03d")) || strings.Contains(squeezed, hex.EncodeToString(octets)) {
			return true
		}
	}
	return showsSome(numbers, bytes[:3]) || !areSmall(bytes) && areAmong(numbers, bytes)
}

// showsEnd says whether the last two octets of an IPv4 address follow each other in a text.
func showsEnd(text string, addr netip.Addr) bool {
	return addr.Is4() && showsSome(numbersIn(text), addr.AsSlice()[2:])
}

// showsSome says whether octets follow each other among numbers, in either order. Where all have one digit that may be chance.
func showsSome(numbers []string, octets []byte) bool {
	return !areSmall(octets) && (follow(numbers, octets) || follow(numbers, backwards(octets)))
}

// areSmall says whether all octets have one digit.
func areSmall(octets []byte) bool { return slices.Max(octets) <= 9 }

// isOneNumber says whether a number in a text is an IPv4 address without its dots. Few digits may be a number of its own.
func isOneNumber(text string, addr netip.Addr) bool {
	const enough = 7
	return addr.Is4() && slices.ContainsFunc(numbersIn(text), func(number string) bool {
		bytes := addr.AsSlice()
		return len(number) >= enough && (number == written(bytes, "%d") || number == written(backwards(bytes), "%d"))
	})
}

// areAmong says whether the four octets of an address are among numbers, each as one of its own: three together, in any order, and
// the fourth anywhere.
func areAmong(numbers []string, bytes []byte) bool {
	const together = 3
	for i := range max(0, len(numbers)-together) + 1 {
		end := min(i+together, len(numbers))
		left := without(bytes, numbers[i:end])
		if len(left) == 1 && len(without(left, slices.Concat(numbers[:i], numbers[end:]))) == 0 {
			return true
		}
	}
	return false
}

// without returns the octets that are left when each number takes one that it is.
func without(octets []byte, numbers []string) []byte {
	left := slices.Clone(octets)
	for _, number := range numbers {
		if i := slices.IndexFunc(left, func(octet byte) bool { return isOctet(number, octet) }); i >= 0 {
			left = slices.Delete(left, i, i+1)
		}
	}
	return left
}

// written writes octets behind each other.
func written(octets []byte, verb string) string {
	var text strings.Builder
	for _, octet := range octets {
		fmt.Fprintf(&text, verb, octet)
	}
	return text.String()
}

func backwards(octets []byte) []byte {
	other := slices.Clone(octets)
	slices.Reverse(other)
	return other
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
