package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"accueil/internal/queue"
)

// ErrMessage is wrapped by every error about a payload.
var ErrMessage = errors.New("bad message")

// message is what both directions can be decoded into.
type message interface{ version() int }

func (m Facts) version() int       { return m.V }
func (m Ack) version() int         { return m.V }
func (m Request) version() int     { return m.V }
func (m Reply) version() int       { return m.V }
func (m State) version() int       { return m.V }
func (m Beat) version() int        { return m.V }
func (m Count) version() int       { return m.V }
func (m Public) version() int      { return m.V }
func (m Service) version() int     { return m.V }
func (m Coordinator) version() int { return m.V }
func (m Alerts) version() int      { return m.V }

// Decode reads a message strictly, as the hub does with what terminals send:
// an unknown field is an error.
func Decode[M message](payload []byte) (M, error) { return decode[M](payload, true) }

// Read reads a message of the hub tolerantly, so that a terminal keeps working
// with a hub one version newer.
func Read[M message](payload []byte) (M, error) { return decode[M](payload, false) }

func decode[M message](payload []byte, strict bool) (M, error) {
	var m, none M
	if len(payload) > MaxPayload {
		return none, fmt.Errorf("%w: %d bytes, at most %d are allowed", ErrMessage, len(payload), MaxPayload)
	}
	d := json.NewDecoder(bytes.NewReader(payload))
	if strict {
		d.DisallowUnknownFields()
	}
	if err := d.Decode(&m); err != nil {
		return none, fmt.Errorf("%w: %T: %w", ErrMessage, m, err)
	}
	if d.More() {
		return none, fmt.Errorf("%w: %T: something follows the message", ErrMessage, m)
	}
	if v := m.version(); v < 1 || strict && v > Version {
		return none, fmt.Errorf("%w: %T: version %d, this program understands up to %d", ErrMessage, m, v, Version)
	}
	return m, nil
}

// Encode writes a message. The types here always encode.
func Encode(m message) []byte {
	b, err := json.Marshal(m)
	if err != nil {
		// Reached only by a programming error: no field here can fail to encode.
		panic(fmt.Sprintf("encode %T: %v", m, err))
	}
	return b
}

// Validate says what is wrong with facts from a terminal: their source must be
// the topic's, their sequence contiguous, each of a kind that its role may send.
func (m Facts) Validate(t Topic) error {
	if m.Source.Site != t.Site || m.Source.Terminal != t.Name || !queue.ValidKey(m.Source.Journal) {
		return fmt.Errorf("%w: facts of %s on the topic of %s/%s", ErrMessage, m.Source, t.Site, t.Name)
	}
	if len(m.Facts) > MaxFacts {
		return fmt.Errorf("%w: %d facts in one message, at most %d are allowed", ErrMessage, len(m.Facts), MaxFacts)
	}
	if m.Sent.IsZero() {
		return fmt.Errorf("%w: facts without the time they were sent", ErrMessage)
	}
	if m.Hub != "" && !queue.ValidKey(m.Hub) {
		return fmt.Errorf("%w: facts with a hub %.40q that has characters a key may not have", ErrMessage, m.Hub)
	}
	for i, f := range m.Facts {
		if err := m.validateFact(t.Role, i, f); err != nil {
			return err
		}
	}
	return nil
}

func (m Facts) validateFact(role string, i int, f queue.Fact) error {
	reception := role == RoleReception
	if !f.Kind.FromKiosk() && !(reception && f.Kind.FromReception()) {
		return fmt.Errorf("%w: a terminal may not say %.20q", ErrMessage, f.Kind)
	}
	if !reception && (f.Level != 0 || f.Persons != 0) {
		return fmt.Errorf("%w: only the reception gives a level or counts persons", ErrMessage)
	}
	if f.Seq == 0 || f.Seq != m.Facts[0].Seq+uint64(i) {
		return fmt.Errorf("%w: fact %d of the message has sequence %d", ErrMessage, i, f.Seq)
	}
	if f.Kind == queue.Issued && f.Ticket != queue.NewTicketID(m.Source.Journal, f.Seq) {
		return fmt.Errorf("%w: ticket %.40q is not named after its source and sequence", ErrMessage, f.Ticket)
	}
	if err := f.Validate(); err != nil {
		return fmt.Errorf("%w: fact %d: %w", ErrMessage, f.Seq, err)
	}
	return nil
}

// Validate says what is wrong with a people counter's word.
func (m Count) Validate() error {
	if !queue.ValidKey(m.Boot) {
		return fmt.Errorf("%w: count without a boot id, a key that is new whenever the totals start again", ErrMessage)
	}
	const most = 1 << 53 // what JSON numbers hold exactly; no door sees more people
	if m.In > most || m.Out > most {
		return fmt.Errorf("%w: count of %d in, %d out is impossible", ErrMessage, m.In, m.Out)
	}
	return nil
}
