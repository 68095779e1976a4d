package web

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"io/fs"
)

// styles stand in the ticket's page itself: a phone that has just scanned a code
// paints it without asking for anything more.
type styles struct {
	page       template.CSS
	scriptless template.CSS // where no script runs
}

func readStyles(pages fs.FS) (styles, error) {
	page, err := fs.ReadFile(pages, "pages/style.css")
	if err != nil {
		return styles{}, err
	}
	scriptless, err := fs.ReadFile(pages, "pages/scriptless.css")
	return styles{template.CSS(page), template.CSS(scriptless)}, err
}

func (s styles) funcs() template.FuncMap {
	return template.FuncMap{
		"style":      func() template.CSS { return s.page },
		"scriptless": func() template.CSS { return s.scriptless },
	}
}

// policy says that these styles may stand in a page, and no others.
func (s styles) policy() string { return "'self' " + hashOf(s.page) + " " + hashOf(s.scriptless) }

func hashOf(css template.CSS) string {
	sum := sha256.Sum256([]byte(css))
	return fmt.Sprintf("'sha256-%s'", base64.StdEncoding.EncodeToString(sum[:]))
}
