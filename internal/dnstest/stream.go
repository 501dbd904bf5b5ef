package dnstest

import (
	"net"

	"github.com/miekg/dns"
)

// Stream returns the TCP connection that the question came over, nil over UDP. It is for faults below the message: a wrong
// length, a slow or a broken stream. Nothing is added to what they write.
func Stream(w dns.ResponseWriter) net.Conn {
	if addr, ok := w.RemoteAddr().(streamAddr); ok {
		return addr.conn
	}
	return nil
}

// A streamListener hands out connections that can be had back from their remote address, the only thing
// that package dns shows of them.
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
