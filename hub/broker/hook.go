package broker

import (
	"errors"

	mqtt "github.com/mochi-mqtt/server/v2"
	"github.com/mochi-mqtt/server/v2/packets"

	"accueil/internal/line"
)

// DefaultClients is how many may be connected at once if nothing else is said.
const DefaultClients = 512

const (
	// maxPending is how many messages wait for one client; a newcomer who asks for
	// everything gets that many retained ones in one go.
	maxPending = 1024
	maxFilters = 64
	// keptPerClient topics of 64 KiB for each possible client are the most that one
	// gone mad can make us keep.
	keptPerClient = 2
	// longestSilence in seconds: a client that asks for longer, or for no limit,
	// is held to be gone after one and a half times this. It also keeps the
	// library from overflowing: it computes this time in 16 bits.
	longestSilence = 300
)

func capabilities(clients int) *mqtt.Capabilities {
	c := mqtt.NewDefaultServerCapabilities()
	c.MaximumClients = int64(clients)
	c.MaximumMessageExpiryInterval = 0 // else retained messages die after a day
	c.MaximumClientWritesPending = maxPending
	c.MaximumSessionExpiryInterval = 0 // no sessions
	c.MaximumPacketSize = line.MaxPacket
	c.ReceiveMaximum = 128
	c.MaximumInflight = 128
	c.TopicAliasMaximum = 0
	c.SharedSubAvailable = 0
	c.MinimumProtocolVersion = 4
	return c
}

// hook is where the library asks us.
type hook struct {
	mqtt.HookBase
	embedded *Embedded
	shelf    shelf
}

func (h *hook) ID() string { return "accueil" }

func (h *hook) Provides(event byte) bool {
	switch event {
	case mqtt.OnConnect, mqtt.OnConnectAuthenticate, mqtt.OnSessionEstablish,
		mqtt.OnACLCheck, mqtt.OnSubscribe, mqtt.OnPublish, mqtt.OnPublishDropped,
		mqtt.OnWill, mqtt.OnRetainMessage, mqtt.OnPacketSent, mqtt.OnPacketProcessed:
		return true
	}
	return false
}

// OnConnect refuses who cannot be served, with a code of MQTT 3.1.1.
func (h *hook) OnConnect(cl *mqtt.Client, pk packets.Packet) error {
	if code, err := h.unacceptable(cl, pk); err != nil {
		h.embedded.counts.turned.Do(func() {
			h.embedded.log.Warn("a client was turned away", "client", cl.ID, "err", err)
		})
		_ = h.embedded.server.SendConnack(cl, code, false, nil)
		return err
	}
	cl.Properties.Will.WillDelayInterval = 0 // a will that waits would miss the shelf's lock
	if cl.State.Keepalive == 0 || cl.State.Keepalive > longestSilence {
		cl.State.Keepalive = longestSilence
		cl.State.ServerKeepalive = true
	}
	return nil
}

func (h *hook) unacceptable(cl *mqtt.Client, pk packets.Packet) (packets.Code, error) {
	switch {
	case len(cl.ID) > maxID:
		return packets.ErrClientIdentifierNotValid, errors.New("client id too long")
	case cl.Properties.ProtocolVersion < 5 && !pk.Connect.Clean:
		return packets.ErrBadUsernameOrPassword, errors.New("wants a session that outlives its connection (CleanSession=0)")
	}
	if err := h.admit(cl, pk); err != nil {
		h.embedded.counts.unwelcome.Add(1)
		return packets.ErrBadUsernameOrPassword, err
	}
	if pk.Connect.WillFlag && !h.embedded.rights.mayPublish(guestOf(cl), pk.Connect.WillTopic) {
		return packets.ErrBadUsernameOrPassword, errors.New("its will is outside the topics it may publish on")
	}
	return packets.CodeSuccess, nil
}

// admit gives the client its visa. Who dialled from inside has one already.
func (h *hook) admit(cl *mqtt.Client, pk packets.Packet) error {
	g := guestOf(cl)
	if g.visa != nil {
		return nil
	}
	visa, err := h.embedded.admit(cl.ID, string(pk.Connect.Username), string(pk.Connect.Password))
	if err == nil {
		g.visa = visa
	}
	return err
}

// OnConnectAuthenticate has nothing left to decide: OnConnect did.
func (h *hook) OnConnectAuthenticate(cl *mqtt.Client, _ packets.Packet) bool {
	return guestOf(cl).visa != nil
}

// OnSessionEstablish comes before the library looks for an older client of the
// same name.
func (h *hook) OnSessionEstablish(cl *mqtt.Client, _ packets.Packet) {
	if h.embedded.door.introduce(guestOf(cl), cl.ID) {
		h.embedded.counts.twins.Do(func() {
			h.embedded.log.Warn("a client has come again under its name, or two have the same; the older connection was closed", "client", cl.ID)
		})
	}
}

// guestOf finds the connection that Attach gave to the library.
func guestOf(cl *mqtt.Client) *guest { return cl.Net.Conn.(*guest) }

// OnACLCheck leaves publishing to OnPublish: a refusal here would cut off clients
// of MQTT 3.1.1.
func (h *hook) OnACLCheck(cl *mqtt.Client, topic string, write bool) bool {
	return write || h.embedded.rights.mayRead(guestOf(cl), topic)
}

// OnSubscribe grants quality of service 0 only. With 1 and 2 the library takes the
// subscriber's lock to publish, so that one who does not read stops all who write.
func (h *hook) OnSubscribe(cl *mqtt.Client, pk packets.Packet) packets.Packet {
	room := maxFilters - cl.State.Subscriptions.Len()
	for i := range pk.Filters {
		pk.Filters[i].Qos = 0
		if i >= room {
			pk.Filters[i].Filter = "" // invalid, so refused
		}
	}
	return pk
}

// OnPublish drops what may not be published. Only two kinds of error stop the
// library from delivering: CodeSuccessIgnore, and a bare code to a client of MQTT 5
// that waits for an acknowledgement.
func (h *hook) OnPublish(cl *mqtt.Client, pk packets.Packet) (packets.Packet, error) {
	if h.embedded.rights.mayPublish(guestOf(cl), pk.TopicName) && h.mayKeep(pk) {
		if pk.FixedHeader.Retain {
			h.shelf.put()
		}
		return pk, nil
	}
	h.refuse(cl, pk)
	if cl.Properties.ProtocolVersion == 5 && pk.FixedHeader.Qos > 0 {
		return pk, packets.ErrNotAuthorized
	}
	return pk, packets.CodeSuccessIgnore
}

func (h *hook) mayKeep(pk packets.Packet) bool {
	if !pk.FixedHeader.Retain || len(pk.Payload) == 0 {
		return true
	}
	retained := h.embedded.server.Topics.Retained
	_, known := retained.Get(pk.TopicName)
	return known || retained.Len() < keptPerClient*h.embedded.clients
}

func (h *hook) refuse(cl *mqtt.Client, pk packets.Packet) {
	h.embedded.counts.refused.Add(1)
	if !guestOf(cl).warned.Swap(true) {
		h.embedded.log.Warn("message refused; further ones of this client are only counted",
			"client", cl.ID, "topic", pk.TopicName)
	}
}

// OnPublishDropped comes when a client has maxPending messages to read.
func (h *hook) OnPublishDropped(cl *mqtt.Client, pk packets.Packet) {
	h.embedded.drop(cl.ID, pk.TopicName)
}
