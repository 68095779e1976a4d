package floor

import (
	"slices"
	"strings"
	"time"

	"accueil/internal/queue"
	"accueil/internal/wire"
)

// Notices keeps the announcements over a restart. They are content, not facts.
type Notices interface {
	Load() ([]wire.Notice, error)
	Save([]wire.Notice) error // durable when it returns
}

// NoticePrefix begins the keys of ready-made announcements among the phrases.
const NoticePrefix = "notice."

// ReasonTyped stands in the journal for words that were typed.
const ReasonTyped = "typed"

const (
	noRoom    queue.Refusal = "refused.two-notices"
	badNotice queue.Refusal = "refused.bad-notice"
)

// board is what is announced. Loop only.
type board struct {
	disk Notices // nil keeps them in memory alone
	up   []wire.Notice
	due  map[string]bool // requests decided in the batch that is being committed
}

// take says whether a request was decided in this batch, once.
func (b *board) take(request string) bool {
	due := b.due[request]
	delete(b.due, request)
	return due
}

func (f *Floor) loadNotices() error {
	if f.notices.disk == nil {
		return nil
	}
	up, err := f.notices.disk.Load()
	f.notices.up = up
	return err
}

// current are the announcements that have not expired.
func (f *Floor) current(now time.Time) []wire.Notice {
	return slices.DeleteFunc(slices.Clone(f.notices.up), func(n wire.Notice) bool { return !n.Until.After(now) })
}

// announce checks an announcement and records that there was one; what it says
// is put up by post once that is durable.
func (f *Floor) announce(role string, r wire.Request) queue.Refusal {
	n, now := r.Notice, f.time()
	if n == nil {
		return queue.BadRequest
	}
	fact := queue.Fact{Kind: queue.Announced, Reason: n.Phrase, Request: r.ID, Role: role}
	if r.Do == wire.DoSilence {
		if !slices.ContainsFunc(f.current(now), func(up wire.Notice) bool { return up.ID == n.ID }) {
			return queue.NothingToDo
		}
		fact.Kind = queue.Silenced
		f.record(fact)
		f.notices.due[r.ID] = true
		return ""
	}
	switch {
	case n.Validate() != nil || !f.sayable(*n), !n.Until.After(now), n.Until.Sub(now) > wire.MaxNoticeFor:
		return badNotice
	case len(f.current(now)) >= wire.MaxNotices:
		return noRoom
	}
	if fact.Reason == "" {
		fact.Reason = ReasonTyped
	}
	f.record(fact)
	f.notices.due[r.ID] = true
	return ""
}

// sayable says whether everybody in the house can be told: a ready-made phrase,
// or the site's first language and none that it does not speak.
func (f *Floor) sayable(n wire.Notice) bool {
	if n.Phrase != "" {
		return strings.HasPrefix(n.Phrase, NoticePrefix)
	}
	for lang := range n.Text {
		if !slices.Contains(f.site.Languages, lang) {
			return false
		}
	}
	return n.Text[f.site.Languages[0]] != ""
}

// post puts an announcement up, or takes it down, after its fact is durable.
func (f *Floor) post(r wire.Request) queue.Refusal {
	up := f.current(f.time())
	if r.Do == wire.DoSilence {
		up = slices.DeleteFunc(up, func(n wire.Notice) bool { return n.ID == r.Notice.ID })
	} else if !slices.ContainsFunc(up, func(n wire.Notice) bool { return n.ID == r.ID }) {
		n := *r.Notice
		n.ID = r.ID
		up = append(up, n)
	}
	if f.notices.disk != nil {
		if err := f.notices.disk.Save(up); err != nil {
			f.log.Error("an announcement could not be kept and is not shown", "err", err)
			return notSaved
		}
	}
	f.notices.up, f.views.dirty, f.views.brisk = up, true, true
	return ""
}
