package site

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// keyed is one "key: value" of a YAML mapping.
type keyed struct {
	key   string
	line  int
	value ast.Node
}

// entries are the pairs of a mapping; a key that is there twice is reported with
// both its lines and counts once.
func (r *reader) entries(n ast.Node, name, example string) []keyed {
	if !isMapping(n) {
		r.report(line(n), name+" does not consist of keys and values", "write lines such as "+example)
		return nil
	}
	var found []keyed
	first := make(map[string]int)
	for pairs := n.(ast.MapNode).MapRange(); pairs.Next(); {
		key, ok := scalarText(pairs.Key())
		e := keyed{key, pairs.Key().GetToken().Position.Line, pairs.Value()}
		switch {
		case !ok:
			r.report(e.line, "a key of "+name+" is not a plain word", "write lines such as "+example)
		case first[key] > 0:
			r.report(e.line, fmt.Sprintf("the key %q is already given on line %d", key, first[key]),
				"keep one of the two lines")
		default:
			first[key] = e.line
			found = append(found, e)
		}
	}
	return found
}

func isMapping(n ast.Node) bool {
	_, ok := n.(ast.MapNode)
	return ok
}

// line is the line of a node: of its first key, not of the colon after it.
func line(n ast.Node) int {
	switch n := n.(type) {
	case nil:
		return 0
	case *ast.MappingValueNode:
		return line(n.Key)
	case *ast.MappingNode:
		if len(n.Values) > 0 && !n.IsFlowStyle {
			return line(n.Values[0])
		}
	}
	if token := n.GetToken(); token != nil {
		return token.Position.Line
	}
	return 0
}

// scalarText is a single value as it was written, without quotes.
func scalarText(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return n.GetToken().Value, true
	default:
		return "", false
	}
}

// fieldName is the name of a field in YAML and JSON, and whether it may be absent.
func fieldName(f reflect.StructField) (name string, optional bool) {
	name, option, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name, option != ""
}

func fieldNames(t reflect.Type) []string {
	names := make([]string, t.NumField())
	for i := range names {
		names[i], _ = fieldName(t.Field(i))
	}
	return names
}

// fieldIndex is the index of a field by its name in YAML, or -1.
func fieldIndex(t reflect.Type, name string) int {
	return slices.Index(fieldNames(t), name)
}

// fieldNamed is the field of a struct by its name in YAML, or the zero Value.
func fieldNamed(v reflect.Value, name string) reflect.Value {
	if i := fieldIndex(v.Type(), name); i >= 0 {
		return v.Field(i)
	}
	return reflect.Value{}
}

func isZero(v any) bool { return reflect.ValueOf(v).IsZero() }

// splitError parts "what; mend" at its first semicolon.
func splitError(err error) (what, mend string) {
	what, mend, _ = strings.Cut(err.Error(), "; ")
	return what, mend
}
