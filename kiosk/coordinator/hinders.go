package coordinator

import "accueil/internal/queue"

// unable is the phrase of what keeps anything from being asked now, "" when
// nothing does.
func (v *view) unable() string {
	switch {
	case v.asking != "":
		return "adviser.why.asking"
	case v.doubtful != "":
		return "adviser.why.doubt"
	case !v.hub || !v.known:
		return "refused.not-connected"
	}
	return ""
}

// hinders is the phrase of what keeps a command from being done now.
func (v *view) hinders(id string) string {
	if why := v.unable(); why != "" {
		return why
	}
	switch id {
	case idDay:
		return ""
	case idAnnounce:
		return ""
	case idSilence:
		if len(v.notices) == 0 {
			return "coordinator.no-notice"
		}
		return ""
	}
	if v.floor.Closed {
		return string(queue.DayIsClosed)
	}
	switch id {
	case idUndo:
		return v.hindersUndo()
	case idFind:
		return ""
	}
	if id == idMove {
		if len(v.present()) == 0 {
			return "coordinator.no-desk"
		}
		return ""
	}
	return v.hindersService(id)
}

func (v *view) hindersUndo() string {
	if v.last.ticket == "" || v.now.After(v.last.until) {
		return "staff.no-undo"
	}
	return ""
}

func (v *view) hindersService(id string) string {
	row, known := v.row(v.service)
	switch {
	case v.page != queues: // the service chosen is out of sight
		return "coordinator.why.page"
	case !known:
		return string(queue.UnknownPlace)
	case id == idOpen && row.Open, id == idClose && !row.Open, id == idCalendar && row.Override == "":
		return string(queue.NothingToDo)
	}
	return ""
}
