package dnstest

import (
	"net"

	"github.com/miekg/dns"
)

// Stream returns the TCP connection of a query, nil over UDP. It is for faults below messages: a
// wrong length, a slow or broken stream. Bytes go out as they are, without a length before them.
func Stream(w dns.ResponseWriter) net.Conn {
	if addr, ok := w.RemoteAddr().(streamAddr); ok {
		return addr.conn
	}
	return nil
}

// onUDP reports whether a query came over UDP.
func onUDP(w dns.ResponseWriter) bool { return Stream(w) == nil }

// A streamListener accepts connections whose remote address is a streamAddr. Package dns gives its
// handlers nothing else of a connection.
type streamListener struct{ net.Listener }

type streamConn struct{ net.Conn }

type streamAddr struct {
	net.Addr
	conn net.Conn
}

func (l streamListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return streamConn{conn}, nil
}

func (c streamConn) RemoteAddr() net.Addr { return streamAddr{c.Conn.RemoteAddr(), c.Conn} }
