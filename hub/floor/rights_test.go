package floor_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"accueil/internal/queue"
	"accueil/internal/wire"
)

// rights is who may ask for what, for people to read.
const rights = `
deed           kiosk reception adviser coordinator phone board sensor hub stranger
open-desk      .     .         may     .           .     .     .      .   .
pause-desk     .     .         may     .           .     .     .      .   .
close-desk     .     .         may     .           .     .     .      .   .
call           .     .         may     .           .     .     .      .   .
recall         .     .         may     .           .     .     .      .   .
start          .     .         may     .           .     .     .      .   .
finish         .     .         may     .           .     .     .      .   .
no-show        .     .         may     .           .     .     .      .   .
park           .     .         may     .           .     .     .      .   .
resume         .     .         may     .           .     .     .      .   .
give-up        .     .         may     .           .     .     .      .   .
transfer       .     .         may     .           .     .     .      .   .
receive        .     .         may     .           .     .     .      .   .
undo           .     .         may     .           .     .     .      .   .
reinstate      .     may       may     may         .     .     .      .   .
contact        .     .         may     .           .     .     .      .   .
begin-contact  .     .         may     .           .     .     .      .   .
end-contact    .     .         may     .           .     .     .      .   .
find           .     may       .       may         .     .     .      .   .
correct        .     may       .       .           .     .     .      .   .
level          .     may       .       may         .     .     .      .   .
void           .     may       .       .           .     .     .      .   .
take-back      .     may       .       may         .     .     .      .   .
overdue        .     .         .       may         .     .     .      .   .
leave          .     may       .       may         may   .     .      .   .
delay          .     .         .       .           may   .     .      .   .
open-service   .     .         .       may         .     .     .      .   .
close-service  .     .         .       may         .     .     .      .   .
by-calendar    .     .         .       may         .     .     .      .   .
open-day       .     .         .       may         .     .     .      .   .
close-day      .     .         .       may         .     .     .      .   .
move-desk      .     .         .       may         .     .     .      .   .
announce       .     .         .       may         .     .     .      .   .
silence        .     .         .       may         .     .     .      .   .
`

// TestRolesDoOnlyWhatIsTheirs holds the floor to the table, deed by deed and
// role by role.
func TestRolesDoOnlyWhatIsTheirs(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(rights), "\n")
	roles := strings.Fields(lines[0])[1:]
	inHouse(t, func(t *testing.T, h *house) {
		for _, line := range lines[1:] {
			cells := strings.Fields(line)
			if len(cells) != len(roles)+1 {
				t.Fatalf("%q has %d columns", line, len(cells))
			}
			for i, role := range roles {
				r := h.ask(role, queue.Ask{ID: "r-" + cells[0] + "-" + role, Do: queue.Deed(cells[0]), Desk: "5", Service: "creer"})
				if may := r.Refused != "refused.not-allowed"; may != (cells[i+1] == "may") {
					t.Errorf("%s, %s: the floor says %q, the table %q", role, cells[0], r.Refused, cells[i+1])
				}
			}
		}
	})
}

// TestEveryDeedIsInTheTable: whoever adds a deed says whose it is.
func TestEveryDeedIsInTheTable(t *testing.T) {
	deeds := append(deedsIn(t, "../../internal/queue"), deedsIn(t, "../../internal/wire")...)
	if rows := strings.Count(strings.TrimSpace(rights), "\n"); len(deeds) != rows+2 { // and the content, and a PIN, which are everybody's
		t.Errorf("%d deeds, %d rows", len(deeds), rows)
	}
	for _, deed := range deeds {
		if deed != string(wire.DoContent) && deed != string(wire.DoUnlock) && !strings.Contains(rights, "\n"+deed+" ") {
			t.Errorf("%s stands in nobody's row", deed)
		}
	}
}

// deedsIn are the constants named Do… of a package.
func deedsIn(t *testing.T, folder string) (deeds []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatal(folder, err)
	}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Values) != 1 || !strings.HasPrefix(spec.Names[0].Name, "Do") {
				return true
			}
			if value, ok := spec.Values[0].(*ast.BasicLit); ok && value.Kind == token.STRING {
				deed, _ := strconv.Unquote(value.Value)
				deeds = append(deeds, deed)
			}
			return true
		})
	}
	return deeds
}
