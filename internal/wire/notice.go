package wire

import (
	"fmt"
	"time"
	"unicode"
	"unicode/utf8"

	"accueil/internal/queue"
)

// What the coordinator can ask about announcements, besides the deeds of [queue.Ask].
const (
	DoAnnounce queue.Deed = "announce" // Request.Notice; its id is the request's
	DoSilence  queue.Deed = "silence"  // takes the announcement Request.Notice.ID down
)

// Notice is an announcement of the staff to everybody in the house: a
// ready-made phrase, or words typed in some of the site's languages, the first
// of them at least. It is content with an expiry, not a fact: what was typed is
// in no journal.
type Notice struct {
	ID     string            `json:"id"`
	Phrase string            `json:"phrase,omitempty"` // key of a ready-made phrase
	Text   map[string]string `json:"text,omitempty"`   // typed, by language
	Until  time.Time         `json:"until"`            // not to be shown after
}

// ReadyNotices are the keys of the ready-made announcements, in the order in which
// they are offered. Each is a phrase in every language.
func ReadyNotices() []string {
	return []string{
		"notice.closing-15", "notice.closing-30", "notice.long-wait", "notice.late",
		"notice.workshop", "notice.no-paper", "notice.alarm-test", "notice.leave",
	}
}

// Limits of announcements.
const (
	MaxNotices    = 2              // at a time, so that each is read
	MaxNoticeText = 120            // characters, two lines of a small screen
	MaxNoticeFor  = 12 * time.Hour // until it expires
	maxNoticeSize = 1200           // bytes of all its languages, so that the public view stays small
)

// Validate says what is wrong with an announcement that came from outside.
func (n Notice) Validate() error {
	if (n.Phrase == "") == (len(n.Text) == 0) {
		return fmt.Errorf("%w: an announcement is either a phrase or typed text", ErrMessage)
	}
	if n.Phrase != "" && !queue.ValidKey(n.Phrase) {
		return fmt.Errorf("%w: phrase %.40q is no key", ErrMessage, n.Phrase)
	}
	size := 0
	for lang, text := range n.Text {
		size += len(text)
		if !queue.ValidKey(lang) || text == "" || utf8.RuneCountInString(text) > MaxNoticeText || !plainText(text) {
			return fmt.Errorf("%w: the announcement in %.20q is empty, longer than %d characters, or has signs that no keyboard types", ErrMessage, lang, MaxNoticeText)
		}
	}
	if size > maxNoticeSize {
		return fmt.Errorf("%w: the announcement has %d bytes in all its languages, at most %d fit", ErrMessage, size, maxNoticeSize)
	}
	return nil
}

// plainText says whether a text has nothing that steers a screen.
func plainText(s string) bool {
	for _, r := range s {
		if r == utf8.RuneError || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Co, r) {
			return false
		}
	}
	return true
}
