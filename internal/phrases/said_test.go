package phrases

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestEverythingSaidHasItsPhrase reads the source of the whole module: a key
// written in a call of Say must exist, and its arguments must be given.
func TestEverythingSaidHasItsPhrase(t *testing.T) {
	book := load(t)
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && strings.HasPrefix(entry.Name(), ".") && path != root:
			return fs.SkipDir
		case strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go"):
			checkSaid(t, book, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func checkSaid(t *testing.T, book *Book, path string) {
	t.Helper()
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Logf("%s is not read: %v", path, err) // the compiler complains better
		return
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && isSay(call) {
			checkCall(t, book, files.Position(call.Pos()).String(), call)
		}
		return true
	})
}

func isSay(call *ast.CallExpr) bool {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	return ok && sel.Sel.Name == "Say" && len(call.Args) > 0
}

var keyShape = regexp.MustCompile(`^[a-z][a-z0-9-]*\.[a-z0-9.-]*$`)

func checkCall(t *testing.T, book *Book, at string, call *ast.CallExpr) {
	t.Helper()
	if sum, ok := call.Args[0].(*ast.BinaryExpr); ok { // "refused." + reason
		prefix := literal(sum.X)
		if keyShape.MatchString(prefix) && !slices.ContainsFunc(book.Keys(), func(k string) bool { return strings.HasPrefix(k, prefix) }) {
			t.Errorf("%s: no phrase starts with %q", at, prefix)
		}
		return
	}
	key := literal(call.Args[0])
	if !keyShape.MatchString(key) {
		return // computed elsewhere, or another kind of Say
	}
	if !book.Has(key) {
		t.Errorf("%s: no phrase %q", at, key)
		return
	}
	if call.Ellipsis.IsValid() {
		return
	}
	for name := range book.source.phrases[key].names() {
		if !slices.ContainsFunc(call.Args[1:], func(arg ast.Expr) bool { return literal(arg) == name }) {
			t.Errorf("%s: %q is said without its %s", at, key, name)
		}
	}
}

// literal is the value of a string literal, or "".
func literal(e ast.Expr) string {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return ""
	}
	s, err := strconv.Unquote(lit.Value)
	if err != nil {
		return ""
	}
	return s
}
