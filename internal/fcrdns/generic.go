package fcrdns

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"check_dnsbl/internal/netspace"
)

// Words in host names, as sequences of letters. Words of several parts have hyphens here: no-rdns
// stands for no.rdns too.
const (
	// The address is dynamic, residential or not in use.
	dynamicWords = "dynamic dyn dynip dynamicip dyndsl dhcp ppp pppoe dial dialup dialin " +
		"dsl adsl vdsl xdsl sdsl isdn ftth fttb gpon hfc docsis catv wimax residential resnet " +
		"cgnat cpe unused unknown unassigned unallocated undefined unconfigured unspecified " +
		"unnamed noname no-name not-assigned not-set reserved placeholder " +
		"noreverse norev noptr nordns no-reverse no-rev no-ptr no-rdns no-dns"

	// The same, or the default of a hosting provider, unless the name has one of the mailWords
	// too: mta-pool2 is a mail server.
	customerWords = "pool pools cable cablemodem broadband cust customer customers client " +
		"clients subscriber subscribers abo fiber fibre mobile gprs umts lte " +
		"hosted-by dedicated tenant"

	// A whole label of the name, under the same condition: reverse-proxy is a server.
	reverseLabels = "rev reverse rdns revdns reversedns ptr"

	// The name was generated, if it has the last two octets of the address and none of the
	// mailWords. Before the last octet alone, the second words suffice.
	addressWords   = "ip host static addr address node user vps xvm"
	lastOctetWords = "ip ipv4 rev reverse rdns"

	// Words of providers for machines, before a serial number of so many digits or more.
	machineWords = "vmi vmd vps lvps vds vm kvm xen vserver vsrv dedi ded ns ks sd li ps rps"
	machineSize  = 4
	// The same before longer ones: srv2019 is a name that somebody chose.
	serverWords = "server serv srv host node cloud instance box root h p s u v"
	serverSize  = 5

	mailWords = "mail email mails mx smtp esmtp mta msa mda relay out outbound inbound " +
		"mailer mailout mailin mailhost mailserver mailgw exchange post postfix exim bounce bounces"
)

// AddressDigits is the hint for a name that was made from the address.
const AddressDigits = "the digits of the address"

// genericHint returns what makes a name generic: that it was made from the address, or has a word
// such as "dynamic". It returns "" for a name that somebody chose. The words of the registrable
// domain do not count, as a provider may be called dsl.example.
func genericHint(name string, addr netip.Addr) string {
	name = strings.ToLower(name)
	host := strings.TrimSuffix(name, netspace.RegistrableDomain(name))
	words := strings.FieldsFunc(host, func(r rune) bool { return r < 'a' || r > 'z' })
	text := "-" + strings.Join(words, "-") + "-"
	forMail := wordOf(text, mailWords) != ""
	if hasAddress(name, addr) || !forMail && hasAddressAsNumber(name, addr) {
		return AddressDigits
	}
	if word := wordOf(text, dynamicWords); word != "" {
		return fmt.Sprintf("the word %q", word)
	}
	if forMail {
		return ""
	}
	if word := cmp.Or(wordOf(text, customerWords), labelOf(host, reverseLabels)); word != "" {
		return fmt.Sprintf("the word %q", word)
	}
	if word := wordOf(text, addressWords); word != "" && hasLastOctets(host, addr) {
		return fmt.Sprintf("the word %q with digits of the address", word)
	}
	return numberHint(host, addr)
}

// numberHint returns the hint for a word with a number behind it, or "": vmi123456, vps-1a2b3c4d,
// ip-25.
func numberHint(host string, addr netip.Addr) string {
	notAlphanumeric := func(r rune) bool { return !isDigit(r) && (r < 'a' || r > 'z') }
	before := ""
	for _, part := range strings.FieldsFunc(host, notAlphanumeric) {
		word := strings.TrimRightFunc(part, isDigit)
		number := part[len(word):]
		if word == "" || isHex(part) && !hasWord(machineWords, word) {
			word, number = before, part
		}
		switch before = part; {
		case hasWord(machineWords, word) && isSerial(number, machineSize),
			hasWord(serverWords, word) && isSerial(number, serverSize):
			return fmt.Sprintf("the word %q with a serial number", word)
		case hasWord(lastOctetWords, word) && addr.Is4() && isOctet(number, addr.As4()[3]):
			return fmt.Sprintf("the word %q with digits of the address", word)
		}
	}
	return ""
}

// isSerial reports whether a number of a machine has that many digits and is not a year.
func isSerial(number string, size int) bool {
	year := len(number) == 4 && (number[:2] == "19" || number[:2] == "20")
	return len(number) >= size && !year
}

// isHex reports whether a text looks like a hexadecimal number, as of an instance in a cloud, and
// not like a word.
func isHex(text string) bool {
	return len(text) >= 6 && strings.ContainsFunc(text, isDigit) &&
		strings.Trim(text, "0123456789abcdef") == ""
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// hasWord reports whether words has this one.
func hasWord(words, word string) bool {
	return word != "" && strings.Contains(" "+words+" ", " "+word+" ")
}

// labelOf returns the first of the words that is a label of a name, or "".
func labelOf(name, words string) string {
	return wordOf(strings.ReplaceAll("-"+strings.ReplaceAll(name, "-", "_")+"-", ".", "-"), words)
}

// wordOf returns the first of the words that is in text, which has hyphens around each word, or "".
func wordOf(text, words string) string {
	for word := range strings.FieldsSeq(words) {
		if strings.Contains(text, "-"+word+"-") {
			return word
		}
	}
	return ""
}

// hasAddress reports whether a name has an address in it, in order or reversed:
//   - IPv6: the last 64 bits, all nibbles reversed, or the groups with hyphens between them;
//   - IPv4: four or the first three octets as numbers, four octets as nine to twelve digits or in
//     hexadecimal, or four octets in any order with three of them together.
//
// Octets of one digit each are too likely a coincidence, except for all four in order.
func hasAddress(name string, addr netip.Addr) bool {
	bytes := addr.AsSlice()
	digits := hex.EncodeToString(bytes)
	squeezed := strings.NewReplacer(".", "", "-", "", "_", "").Replace(name)
	if addr.Is6() {
		return strings.Contains(squeezed, digits[len(digits)/2:]) ||
			strings.Contains(squeezed, reversed(digits)) ||
			strings.Contains(name, strings.ReplaceAll(addr.String(), ":", "-")) ||
			strings.Contains(name, groups(bytes))
	}
	numbers := numbersIn(name)
	for _, octets := range [][]byte{bytes, reversedBytes(bytes)} {
		if inSequence(numbers, octets) ||
			strings.Contains(squeezed, concatenated(octets, "%03d")) ||
			strings.Contains(squeezed, hex.EncodeToString(octets)) {
			return true
		}
	}
	return inEitherOrder(numbers, bytes[:3]) || !oneDigitEach(bytes) && inAnyOrder(numbers, bytes)
}

// hasLastOctets reports whether the last two octets of an IPv4 address are next to each other in
// text.
func hasLastOctets(text string, addr netip.Addr) bool {
	return addr.Is4() && inEitherOrder(numbersIn(text), addr.AsSlice()[2:])
}

// hasAddressAsNumber reports whether a number in text is an IPv4 address without its dots. It has
// to have seven digits: a shorter number may be a serial number.
func hasAddressAsNumber(text string, addr netip.Addr) bool {
	if addr.Is6() {
		return false
	}
	bytes := addr.AsSlice()
	forward, backward := concatenated(bytes, "%d"), concatenated(reversedBytes(bytes), "%d")
	return slices.ContainsFunc(numbersIn(text), func(number string) bool {
		return len(number) >= 7 && (number == forward || number == backward)
	})
}

// oneDigitEach reports whether all octets have one digit.
func oneDigitEach(octets []byte) bool { return slices.Max(octets) <= 9 }

// inEitherOrder reports whether octets are in numbers in sequence, forward or backward. Octets of
// one digit each never are.
func inEitherOrder(numbers []string, octets []byte) bool {
	return !oneDigitEach(octets) &&
		(inSequence(numbers, octets) || inSequence(numbers, reversedBytes(octets)))
}

// inAnyOrder reports whether the four octets of an address are in numbers, each as a number of its
// own: three next to each other in any order, and the fourth anywhere.
func inAnyOrder(numbers []string, bytes []byte) bool {
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

// without returns octets without those that are in numbers; each number stands for one octet.
func without(octets []byte, numbers []string) []byte {
	left := slices.Clone(octets)
	for _, number := range numbers {
		i := slices.IndexFunc(left, func(octet byte) bool { return isOctet(number, octet) })
		if i >= 0 {
			left = slices.Delete(left, i, i+1)
		}
	}
	return left
}

// concatenated formats each octet with verb, without anything between them.
func concatenated(octets []byte, verb string) string {
	var text strings.Builder
	for _, octet := range octets {
		fmt.Fprintf(&text, verb, octet)
	}
	return text.String()
}

func reversedBytes(octets []byte) []byte {
	octets = slices.Clone(octets)
	slices.Reverse(octets)
	return octets
}

// inSequence reports whether numbers has octets next to each other, in order.
func inSequence(numbers []string, octets []byte) bool {
	for i := range max(0, len(numbers)-len(octets)+1) {
		if slices.EqualFunc(numbers[i:i+len(octets)], octets, isOctet) {
			return true
		}
	}
	return false
}

// isOctet reports whether a number of at most three digits, as in 025, is the octet.
func isOctet(number string, octet byte) bool {
	n, err := strconv.ParseUint(number, 10, 8)
	return err == nil && len(number) <= len("255") && byte(n) == octet
}

// numbersIn returns the decimal numbers in text, as they are written.
func numbersIn(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' })
}

// groups returns the eight groups of an IPv6 address with hyphens, such as 2001-db8-0-0-0-0-0-25.
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
