package web

import (
	"time"

	"accueil/internal/phrases"
	"accueil/internal/queue"
	"accueil/internal/wire"
)

// mostOverdue is how many of those who wait too long the coordinator's page lists
// before it is asked for all.
const mostOverdue = 50

// overdueRow is somebody who waits longer than the ticket announced.
type overdueRow struct {
	ID                                queue.TicketID
	Label, Shape, Service, Waits, Due string
	Over, Language                    string
	Passes, Priority                  bool
}

// overdueRows are so many of them, those furthest over first.
func (s *Server) overdueRows(all []wire.Overdue, now time.Time, speak phrases.Speaker) (rows []overdueRow) {
	for _, o := range all {
		service, _ := s.site.Service(o.Service)
		row := overdueRow{
			ID: o.ID, Label: string(o.Label), Shape: service.Shape, Service: service.Pole.In(speak.Lang()),
			Waits: speak.Minutes(now.Sub(o.Arrived)), Due: speak.Clock(o.Due.In(s.zone)), Over: "+" + speak.Minutes(now.Sub(o.Due)),
			Language: s.languageName(o.Language, speak), Passes: o.Passes, Priority: o.Level > 0,
		}
		if o.Alias != "" {
			row.Label += " / " + string(o.Alias)
		}
		rows = append(rows, row)
	}
	return rows
}

// languageName is a language in the words of the staff; one that the site does not
// speak is shown by its code.
func (s *Server) languageName(tag string, speak phrases.Speaker) string {
	if tag == "" {
		return "—"
	}
	for _, spoken := range s.site.Languages {
		if spoken == tag {
			return speak.Say("staff.language." + tag)
		}
	}
	return tag
}

// fullText says why a service that is open gives no more tickets today: the rule,
// and the numbers that it was reckoned from.
func (s *Server) fullText(row wire.Row, now time.Time, speak phrases.Speaker) string {
	service, _ := s.site.Service(row.Service)
	cal, err := s.site.Calendar()
	if err != nil { // a site that was loaded has one
		return ""
	}
	key, wait := "coordinator.full.unknown", time.Duration(0)
	if row.Wait != nil {
		key, wait = "coordinator.full", time.Duration(row.Wait.Low+row.Wait.High)*time.Minute/2
	}
	return speak.Say(key, "Service", service.Pole.In(speak.Lang()), "Wait", speak.Minutes(wait),
		"Margin", speak.Minutes(s.site.Margin(row.Service)), "Time", speak.Clock(cal.At(service.Hours, now).Until.In(s.zone)))
}
