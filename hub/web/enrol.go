package web

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"accueil/hub/access"
	"accueil/internal/enrol"
)

// enrol gives a terminal its account for a code; see package enrol.
func (s *Server) enrolTerminal(w http.ResponseWriter, r *http.Request) {
	if !s.enrols.Allow() {
		http.Error(w, "too many tries at once; wait a minute", http.StatusTooManyRequests)
		return
	}
	text, err := io.ReadAll(http.MaxBytesReader(w, r.Body, enrol.MaxMessage))
	if err != nil {
		http.Error(w, "not a request to enrol", http.StatusBadRequest)
		return
	}
	ask, err := enrol.ReadAsk(text)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	answer, err := s.enrol(ask, r.TLS != nil)
	switch {
	case errors.Is(err, access.ErrCode):
		http.Error(w, err.Error(), http.StatusForbidden)
	case err != nil:
		s.log.Error("a terminal could not be enrolled", "err", err)
		http.Error(w, "the account could not be saved; the hub's log says why", http.StatusInternalServerError)
	default:
		s.log.Info("a terminal was enrolled", "role", answer.Role, "name", answer.Name)
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(answer)
	}
}
