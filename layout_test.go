// Package accueil_test keeps the layout of the whole module true.
package accueil_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

// pkg is what `go list` says of a package.
type pkg struct {
	ImportPath   string
	Doc          string
	GoFiles      []string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

func packages(t *testing.T) []pkg {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Doc,GoFiles,Imports,TestImports,XTestImports", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []pkg
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		p.ImportPath = strings.TrimPrefix(p.ImportPath, "accueil/")
		all = append(all, p)
	}
}

// under says whether a package is one of the places, or below one.
func under(path string, places ...string) bool {
	for _, p := range places {
		if path == p || strings.HasPrefix(path, p+"/") {
			return true
		}
	}
	return false
}

// wings are the import rules between our own packages: who may not see whom, and why.
var wings = []struct {
	who, notSee []string
	why         string
}{
	{[]string{"kiosk"}, []string{"hub", "scripts"}, "the wings meet on the wire only"},
	{[]string{"kiosk/screen", "kiosk/uplink", "kiosk/visitor", "kiosk/reception", "kiosk/adviser", "kiosk/board", "kiosk/coordinator"}, []string{"config"}, "a terminal gets its content from the hub; only pictures are made of the embedded one"},
	{[]string{"hub"}, []string{"kiosk", "scripts"}, "the wings meet on the wire only"},
	{[]string{"internal"}, []string{"hub", "kiosk", "config", "scripts"}, "the foundation knows neither wing"},
	{[]string{"internal/later"}, []string{"internal/queue", "internal/wire", "internal/figures", "internal/journal", "internal/line"}, "it puts content into sentences; who is told, and when, is the wings' business"},
	{[]string{"config"}, []string{"hub", "kiosk", "internal", "scripts"}, "the content is data"},
	{[]string{"internal/queue", "internal/waits", "internal/calendar", "internal/phrases", "internal/lexicon"}, []string{"internal"}, "the core stands alone"},
	{[]string{"internal/wire"}, []string{"internal/site", "internal/journal", "internal/phrases", "internal/line", "internal/figures"}, "the wire shows the domain, nothing else"},
	{[]string{"kiosk/screen"}, []string{"internal", "kiosk/uplink", "kiosk/visitor", "kiosk/reception", "kiosk/adviser", "kiosk/board", "kiosk/coordinator"}, "the shell draws strings; what they mean is the roles' business"},
	{[]string{"kiosk/speech"}, []string{"kiosk", "internal/queue", "internal/site", "internal/wire"}, "the voice says texts; what they mean is the roles' business"},
	{[]string{"kiosk/lock"}, []string{"kiosk/uplink", "kiosk/adviser", "kiosk/coordinator", "kiosk/reception", "internal/site", "internal/wire"}, "the lock knows neither what is behind it nor who looks at the PIN"},
	{[]string{"kiosk/door"}, []string{"kiosk/visitor", "kiosk/uplink", "kiosk/speech", "internal/site", "internal/wire"}, "the door knows facts in words only"},
	{[]string{"kiosk/workplace"}, []string{"kiosk", "internal"}, "whoever cleans up knows nothing of whom"},
	{[]string{"kiosk/warden"}, []string{"kiosk", "internal"}, "the warden must outlive every mistake of the others"},
	{[]string{"kiosk/visitor"}, []string{"kiosk/reception", "kiosk/adviser", "kiosk/board", "kiosk/coordinator"}, "roles do not know each other"},
	{[]string{"kiosk/reception"}, []string{"kiosk/visitor", "kiosk/adviser", "kiosk/board", "kiosk/coordinator"}, "roles do not know each other"},
	{[]string{"kiosk/adviser"}, []string{"kiosk/reception", "kiosk/visitor", "kiosk/board", "kiosk/coordinator"}, "roles do not know each other"},
	{[]string{"kiosk/board"}, []string{"kiosk/reception", "kiosk/visitor", "kiosk/adviser", "kiosk/coordinator"}, "roles do not know each other"},
	{[]string{"kiosk/coordinator"}, []string{"kiosk/reception", "kiosk/visitor", "kiosk/adviser", "kiosk/board"}, "roles do not know each other"},
	{[]string{"hub/broker"}, []string{"hub/access", "hub/floor", "hub/web"}, "a broker passes messages it does not read, and asks who may come in"},
	{[]string{"hub/access"}, []string{"hub/broker", "hub/floor", "hub/web"}, "rights are said once and enforced elsewhere"},
	{[]string{"hub/floor"}, []string{"hub/broker", "hub/web"}, "the writer knows a line, not who carries it"},
}

// TestWings holds the packages of this module apart. Tests may look further.
func TestWings(t *testing.T) {
	for _, p := range packages(t) {
		for _, rule := range wings {
			if !under(p.ImportPath, rule.who...) {
				continue
			}
			for _, imported := range p.Imports {
				own, isOwn := strings.CutPrefix(imported, "accueil/")
				if isOwn && under(own, rule.notSee...) && !under(own, p.ImportPath) && !under(p.ImportPath, own) {
					t.Errorf("%s imports %s: %s", p.ImportPath, own, rule.why)
				}
			}
		}
	}
}

// keepers are the only packages that may use a library, so that each library
// can be exchanged in one place.
var keepers = []struct {
	libraries []string
	keepers   []string
	why       string
}{
	{[]string{"github.com/gdamore/tcell", "github.com/rivo/tview"}, []string{"kiosk/screen", "kiosk/visitor", "kiosk/reception", "kiosk/adviser", "kiosk/coordinator", "kiosk/board", "kiosk/staff", "kiosk/door"}, "only the shell and the roles touch the screen"},
	{[]string{"go.etcd.io"}, []string{"internal/journal"}, "only the journal knows its store"},
	{[]string{"github.com/mochi-mqtt"}, []string{"hub/broker"}, "only the broker is a broker"},
	{[]string{"github.com/eclipse/paho.mqtt.golang"}, []string{"internal/line"}, "only the line speaks MQTT"},
	{[]string{"github.com/teambition/rrule-go", "github.com/rickar/cal"}, []string{"internal/calendar"}, "only the calendar knows how rules of days are computed"},
	{[]string{"github.com/goccy/go-yaml"}, []string{"internal/site", "internal/phrases", "internal/rehearsal"}, "YAML is read at the edge"},
	{[]string{"github.com/nicksnyder/go-i18n"}, []string{"internal/phrases"}, "only phrases know their library"},
	{[]string{"github.com/blevesearch/snowballstem"}, []string{"internal/lexicon"}, "only the lexicon takes words apart"},
	{[]string{"github.com/fxamacker/cbor"}, []string{"internal/journal"}, "records are the journal's"},
	{[]string{"github.com/skip2/go-qrcode"}, []string{"kiosk/screen", "kiosk/printer", "hub/web", "internal/site"}, "QR codes are drawn by the shell, on paper and on the ticket's page, and measured by the content check"},
	{[]string{"golang.org/x/crypto"}, []string{"internal/secret"}, "how secrets are hashed is decided once"},
	{[]string{"github.com/go-text/typesetting"}, []string{"kiosk/printer"}, "only paper is typeset"},
	{[]string{"github.com/jezek/xgb"}, []string{"kiosk/workplace"}, "only the workplace asks the display"},
	{[]string{"github.com/alecthomas/kong"}, []string{"hub", "kiosk", "scripts"}, "only programs have command lines"},
}

// TestKeepers holds the libraries to their keepers, in tests too unless a test
// needs the real thing as a peer to measure against.
func TestKeepers(t *testing.T) {
	for _, p := range packages(t) {
		for _, rule := range keepers {
			if under(p.ImportPath, rule.keepers...) {
				continue
			}
			for _, imported := range p.Imports {
				if under(imported, rule.libraries...) || hasAnyPrefix(imported, rule.libraries) {
					if !under(p.ImportPath, "scripts") {
						t.Errorf("%s imports %s: %s", p.ImportPath, imported, rule.why)
					}
				}
			}
		}
	}
}

// TestPureCore keeps input, output and clocks out of the domain.
func TestPureCore(t *testing.T) {
	for _, p := range packages(t) {
		if !under(p.ImportPath, "internal/queue", "internal/waits", "internal/calendar", "internal/figures") {
			continue
		}
		for _, imported := range p.Imports {
			switch imported {
			case "os", "net", "log", "log/slog", "os/exec", "syscall":
				t.Errorf("%s imports %s: the core does no input or output", p.ImportPath, imported)
			}
		}
	}
}

// TestEveryPackageIsASentence wants one sentence that says what a package is.
func TestEveryPackageIsASentence(t *testing.T) {
	for _, p := range packages(t) {
		if len(p.GoFiles) == 0 {
			continue
		}
		name := p.ImportPath[strings.LastIndex(p.ImportPath, "/")+1:]
		if !strings.HasPrefix(p.Doc, "Package "+name+" ") && !strings.HasPrefix(p.Doc, "Command "+name+" ") {
			t.Errorf("%s begins with %q; want one sentence \"Package %s …\"", p.ImportPath, p.Doc, name)
		}
		if !strings.HasSuffix(strings.TrimSpace(p.Doc), ".") {
			t.Errorf("%s: %q is not a sentence", p.ImportPath, p.Doc)
		}
	}
}

func hasAnyPrefix(s string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p+"/") {
			return true
		}
	}
	return false
}
