package visitor

// Typed is what is typed in the visitor's own words.
func (r *Role) Typed() string { return string(r.visit.typed) }
