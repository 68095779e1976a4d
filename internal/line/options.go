package line

import (
	"net"
	"net/url"

	mqtt "github.com/eclipse/paho.mqtt.golang"
)

// clientOptions sets the library up to do as little as possible by itself.
func (l *Line) clientOptions(s *session) *mqtt.ClientOptions {
	o := mqtt.NewClientOptions()
	o.AddBroker(l.options.URL) // gives user and password; it is never dialled
	o.SetCustomOpenConnectionFn(func(*url.URL, mqtt.ClientOptions) (net.Conn, error) { return s.conn, nil })
	if l.options.User != "" {
		o.SetUsername(l.options.User)
		o.SetPassword(l.options.Password)
	}
	o.SetProtocolVersion(4) // else a refusal is followed by a second try with 3
	o.SetClientID(l.options.ClientID)
	o.SetCleanSession(true)
	o.SetConnectRetry(false)
	o.SetAutoReconnect(false)
	o.SetConnectTimeout(connectWithin)
	o.SetWriteTimeout(writeWithin)
	o.SetKeepAlive(keepAlive)
	o.SetPingTimeout(pingWithin)
	// In order, one handler for everything that only puts into the inbox: a
	// handler that published and waited would stop all reading.
	o.SetOrderMatters(true)
	o.SetDefaultPublishHandler(func(_ mqtt.Client, m mqtt.Message) {
		l.receive(Message{Topic: m.Topic(), Payload: m.Payload(), Retained: m.Retained()})
	})
	o.SetConnectionLostHandler(func(_ mqtt.Client, err error) { s.lost <- err })
	if will := l.options.Will; will != nil {
		o.SetBinaryWill(will.Topic, will.Payload, 1, will.Retained)
	}
	return o
}
