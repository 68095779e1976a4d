package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"accueil/hub/floor"
	"accueil/internal/queue"
	"accueil/internal/wire"
)

// maxActs is more than the forms of the coordinator send.
const maxActs = 8 << 10

// coordinatorDeeds are what the coordinator's page asks for.
func coordinatorDeeds() []queue.Deed {
	return []queue.Deed{
		queue.DoOpenService, queue.DoCloseService, queue.DoByCalendar, queue.DoOpenDay, queue.DoCloseDay, queue.DoMoveDesk,
		queue.DoLeave, queue.DoTakeBack, wire.DoAnnounce, wire.DoSilence,
	}
}

// coordinatorRefusals are the answers to them that the page can say.
func coordinatorRefusals() []queue.Refusal {
	return []queue.Refusal{
		queue.NothingToDo, queue.UnknownPlace, queue.UnknownDesk, queue.DayIsClosed, queue.DeskClosedNow, queue.BadRequest,
		queue.UnknownTicket, queue.NotWaiting, queue.NothingToUndo, queue.UndoTooLate,
		"refused.bad-notice", "refused.two-notices", "refused.not-saved", "refused.not-allowed",
	}
}

// carryOut asks the floor for what a form of the coordinator's page says, and leads
// back to the page. A form sent twice asks once.
func (s *Server) carryOut(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxActs)
	if err := r.ParseForm(); err != nil {
		s.tell(w, r, http.StatusBadRequest, "refused.bad-request")
		return
	}
	request, ok := s.requestOf(r)
	if !ok {
		s.tell(w, r, http.StatusBadRequest, "refused.bad-request")
		return
	}
	answer := make(chan wire.Reply, 1)
	if !s.floor.Ask(wire.RoleCoordinator, request, func(reply wire.Reply) { answer <- reply }) {
		s.tell(w, r, http.StatusServiceUnavailable, "page.away")
		return
	}
	select {
	case reply := <-answer:
		to := url.Values{"said": {"coordinator.done." + string(request.Do)}}
		if reply.Refused != "" {
			to.Set("said", string(reply.Refused))
		}
		if t := reply.Ticket; t != nil && t.Undo != nil {
			to.Set("back", string(t.ID))
		}
		http.Redirect(w, r, "/coordinator/acts?"+to.Encode(), http.StatusSeeOther)
	case <-r.Context().Done():
	case <-s.closing:
		s.tell(w, r, http.StatusServiceUnavailable, "page.away")
	}
}

// requestOf reads a form.
func (s *Server) requestOf(r *http.Request) (request wire.Request, ok bool) {
	f := r.PostForm
	a := queue.Ask{
		ID: f.Get("id"), Do: queue.Deed(f.Get("do")), Service: f.Get("service"), Desk: f.Get("desk"), Services: f["services"],
		Ticket: queue.TicketID(f.Get("ticket")),
	}
	if !slices.Contains(coordinatorDeeds(), a.Do) || !queue.ValidKey(a.ID) || !strings.HasPrefix(a.ID, "web-") {
		return request, false
	}
	request = wire.Request{V: wire.Version, Ask: a}
	switch a.Do {
	case wire.DoSilence:
		request.Notice = &wire.Notice{ID: f.Get("notice")}
	case wire.DoAnnounce:
		n, err := s.noticeOf(r)
		if err != nil {
			return request, false
		}
		request.Notice = &n
	}
	return request, true
}

// noticeOf reads an announcement: what was typed, or else the phrase chosen.
func (s *Server) noticeOf(r *http.Request) (n wire.Notice, err error) {
	text := map[string]string{}
	for _, lang := range s.site.Typed() {
		if typed := strings.Join(strings.Fields(r.PostForm.Get("text-"+lang)), " "); typed != "" {
			text[lang] = typed
		}
	}
	if len(text) > 0 {
		n.Text = text
	} else {
		n.Phrase = r.PostForm.Get("phrase")
	}
	var now time.Time
	err = s.look(r.Context(), func(sight floor.Sight) { now = sight.Stamp.At })
	n.Until = s.closes(now)
	if m := number(r.PostForm.Get("minutes")); m > 0 {
		n.Until = now.Add(minutes(m))
	}
	return n, err
}

// closes is when the house closes today, or else the day.
func (s *Server) closes(now time.Time) time.Time {
	cal, err := s.site.Calendar()
	if err != nil { // a site that was loaded has one
		return now
	}
	end := cal.EndOfDay(now, s.site.Closes)
	if o := cal.At(s.site.Hours, now); o.Open && o.Until.Before(end) {
		end = o.Until
	}
	return end
}
