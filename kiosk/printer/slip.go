package printer

import (
	"fmt"
	"strings"

	"accueil/kiosk/fontfile"

	"github.com/skip2/go-qrcode"
)

// Slip is what is on the paper, in the visitor's language. Empty parts are
// left out. Nothing on it says who the visitor is.
type Slip struct {
	Language string // BCP 47
	RTL      bool   // the language is written from right to left

	Centre      string   // whose paper it is
	Label       string   // "C 042", always from left to right
	Service     string   // what for
	Place       string   // where
	When        string   // date and time of issue
	Wait        []string // people before, and the promise
	Advice      string   // what to do when no call comes
	URL         string   // of the ticket's page, for the QR code; in capitals it stays small
	Follow      string   // what the code is for
	Address     string   // the same address in plain letters
	Network     string   // what a code says that joins the Wi-Fi; Join says what it is for
	Join        string
	NetworkName string   // in plain letters, with its password
	Meanwhile   []string // what to read or do
	Foot        string   // a line for the centre
}

// Widths of the usual papers in dots of an eighth of a millimetre: what is
// printed, not what the roll measures.
const (
	Paper58 = 384
	Paper80 = 576
)

// Dots a millimetre.
const Dots = 8

// Draw sets a slip on paper of the width, [Paper58] or [Paper80]. It fails
// when a font is missing, with the package that brings it.
func Draw(s Slip, width int) (*Bitmap, error) {
	if width != Paper58 && width != Paper80 {
		return nil, fmt.Errorf("paper of %d dots is neither %d (58 mm) nor %d (80 mm)", width, Paper58, Paper80)
	}
	d := &drawing{slip: s, paper: NewBitmap(width, maxHeight), set: newTypesetter(fontfile.Dirs()), y: 2 * Dots}
	d.em = map[int]int{Paper58: 24, Paper80: 28}[width] // 3 mm and 3.5 mm
	d.draw()
	if d.err != nil {
		return nil, fmt.Errorf("draw ticket: %w", d.err)
	}
	return d.paper.cut(min(d.y+Dots, maxHeight)), nil
}

// maxHeight of a slip in dots: 25 cm, more than any slip needs.
const maxHeight = 250 * Dots

// drawing is a slip on its way to the paper, from top to bottom.
type drawing struct {
	slip  Slip
	paper *Bitmap
	set   *typesetter
	em    int // the size of plain text
	y     int
	err   error
}

func (d *drawing) draw() {
	s := d.slip
	d.put(s.Centre, d.em*9/10, true)
	d.gap(1)
	d.label()
	d.put(s.Service, d.em*11/10, true)
	d.put(s.Place, d.em*11/10, true)
	d.gap(1)
	for _, w := range s.Wait {
		d.put(w, d.em, false)
	}
	d.put(s.Advice, d.em, true)
	if s.URL != "" {
		d.rule()
		d.code(s.Follow, s.URL, s.Address)
	}
	if s.Network != "" {
		d.rule()
		d.code(s.Join, s.Network, s.NetworkName)
	}
	d.meanwhile()
	d.rule()
	d.put(s.When, d.em*8/10, false)
	d.put(s.Foot, d.em*8/10, false)
}

// label is as large as the paper allows: it is what is called.
func (d *drawing) label() {
	size := d.paper.Width / 3
	for ; size > d.em; size -= 2 {
		lines := d.lines(text{words: d.slip.Label, size: size, strong: true, language: "en"}, 10*d.paper.Width)
		if len(lines) == 1 && lines[0].width <= d.inner() {
			break
		}
	}
	p := text{words: d.slip.Label, size: size, strong: true, language: "en"}
	d.place(p, d.lines(p, d.inner()))
}

// code is a QR code with what it is for above and, in plain letters, what it says below.
func (d *drawing) code(about, content, below string) {
	if d.err != nil {
		return
	}
	d.put(about, d.em, false)
	q, err := qrcode.New(content, qrcode.Medium)
	if err != nil {
		d.err = fmt.Errorf("QR code of %q: %w", content, err)
		return
	}
	modules := q.Bitmap() // with its quiet zone of four modules
	scale := max(4, d.paper.Width/2/len(modules))
	left := (d.paper.Width - scale*len(modules)) / 2
	for y, row := range modules {
		for x, black := range row {
			if black {
				d.paper.Fill(left+x*scale, d.y+y*scale, scale, scale)
			}
		}
	}
	d.y += scale * len(modules)
	p := text{words: below, size: d.em * 9 / 10, strong: true, language: "en"}
	d.place(p, d.lines(p, d.inner()))
}

func (d *drawing) meanwhile() {
	if len(d.slip.Meanwhile) == 0 {
		return
	}
	d.rule()
	for _, m := range d.slip.Meanwhile {
		d.put(m, d.em, false)
	}
}

// put sets a paragraph of the slip's language across the paper's middle.
func (d *drawing) put(words string, size int, strong bool) {
	p := text{words: strings.TrimSpace(words), size: size, strong: strong, rtl: d.slip.RTL, language: d.slip.Language}
	if p.words != "" {
		d.place(p, d.lines(p, d.inner()))
	}
}

func (d *drawing) lines(p text, width int) []line {
	if d.err != nil || p.words == "" {
		return nil
	}
	lines, err := d.set.lines(p, width)
	d.err = err
	return lines
}

func (d *drawing) place(p text, lines []line) {
	for _, l := range lines {
		l.draw(d.paper, (d.paper.Width-l.width)/2, d.y+p.size*21/20)
		d.y += p.size * 27 / 20
	}
	d.y += p.size / 5
}

// inner is the width of text.
func (d *drawing) inner() int { return d.paper.Width - 2*Dots }

func (d *drawing) gap(mm int) { d.y += mm * Dots }

// rule is a thin line with room around it.
func (d *drawing) rule() {
	d.gap(2)
	d.paper.Fill(Dots, d.y, d.inner(), 2)
	d.gap(2)
}
