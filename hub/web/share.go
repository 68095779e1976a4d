package web

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"

	"accueil/internal/phrases"
	"accueil/internal/queue"

	"github.com/skip2/go-qrcode"
)

// sharing opens the same ticket on another phone: a companion's, or the one whose
// battery lasts.
type sharing struct{ Heading, About, Address string }

func (s *Server) share(code string, speak phrases.Speaker) *sharing {
	_, address, _ := strings.Cut(s.addressOf(code), "://")
	return &sharing{speak.Say("page.share"), speak.Say("page.share-about"), address}
}

// addressOf is a ticket's page as its paper says it, whatever way somebody came here.
func (s *Server) addressOf(code string) string {
	if c, err := queue.ParseCode(code); err == nil {
		code = string(c)
	}
	return s.site.TicketURL(code)
}

// qr draws the code that opens a ticket's page. Nobody asks for it before they want it.
func (s *Server) qr(w http.ResponseWriter, r *http.Request) {
	if _, ok := s.find(w, r); !ok {
		return
	}
	code, err := qrcode.New(s.addressOf(r.PathValue("code")), qrcode.Medium)
	if err != nil {
		s.log.Error("a code could not be drawn", "err", err)
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "image/svg+xml")
	w.Write(drawn(code.Bitmap()))
}

// drawn is a code with its quiet zone, black on white also on a dark page, a run of
// modules at a time.
func drawn(modules [][]bool) []byte {
	var b bytes.Buffer
	n := len(modules)
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h%dv%dH0z"/><path d="`, n, n, n, n)
	for y, row := range modules {
		for x := 0; x < n; x++ {
			begin := x
			for x < n && row[x] {
				x++
			}
			if x > begin {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", begin, y, x-begin, x-begin)
			}
		}
	}
	b.WriteString(`"/></svg>`)
	return b.Bytes()
}
