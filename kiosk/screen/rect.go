package screen

// Rect is an area in cells; X and Y count from the top left corner.
type Rect struct{ X, Y, W, H int }

// Right and Bottom are the first column and row outside the area.
func (r Rect) Right() int  { return r.X + r.W }
func (r Rect) Bottom() int { return r.Y + r.H }

// Empty tells whether the area holds no cell.
func (r Rect) Empty() bool { return r.W <= 0 || r.H <= 0 }

// Contains tells whether the cell lies inside.
func (r Rect) Contains(x, y int) bool {
	return x >= r.X && y >= r.Y && x < r.Right() && y < r.Bottom()
}

// Overlaps tells whether the two areas share a cell.
func (r Rect) Overlaps(o Rect) bool { return !r.Intersect(o).Empty() }

// Intersect returns the common area, empty when there is none.
func (r Rect) Intersect(o Rect) Rect {
	x, y := max(r.X, o.X), max(r.Y, o.Y)
	return Rect{x, y, max(0, min(r.Right(), o.Right())-x), max(0, min(r.Bottom(), o.Bottom())-y)}
}

// Inset takes dx columns off either side and dy rows off top and bottom.
func (r Rect) Inset(dx, dy int) Rect {
	return Rect{r.X + dx, r.Y + dy, max(0, r.W-2*dx), max(0, r.H-2*dy)}
}

// Top splits off the first n rows.
func (r Rect) Top(n int) (top, rest Rect) {
	n = clamp(n, 0, r.H)
	return Rect{r.X, r.Y, r.W, n}, Rect{r.X, r.Y + n, r.W, r.H - n}
}

// Foot splits off the last n rows.
func (r Rect) Foot(n int) (foot, rest Rect) {
	n = clamp(n, 0, r.H)
	return Rect{r.X, r.Bottom() - n, r.W, n}, Rect{r.X, r.Y, r.W, r.H - n}
}

// Left splits off the first n columns.
func (r Rect) Left(n int) (left, rest Rect) {
	n = clamp(n, 0, r.W)
	return Rect{r.X, r.Y, n, r.H}, Rect{r.X + n, r.Y, r.W - n, r.H}
}

// Columns cuts the area into n columns of equal width with gap columns between
// them; what does not divide evenly is left over at the right.
func (r Rect) Columns(n, gap int) []Rect {
	w := (r.W - (n-1)*gap) / n
	cols := make([]Rect, n)
	for i := range cols {
		cols[i] = Rect{r.X + i*(w+gap), r.Y, w, r.H}
	}
	return cols
}

// Rows cuts the area into n rows of equal height with gap rows between them.
func (r Rect) Rows(n, gap int) []Rect {
	h := (r.H - (n-1)*gap) / n
	rows := make([]Rect, n)
	for i := range rows {
		rows[i] = Rect{r.X, r.Y + i*(h+gap), r.W, h}
	}
	return rows
}

// Grid cuts the area into cols × rows areas, in reading order.
func (r Rect) Grid(cols, rows, gapX, gapY int) []Rect {
	var cells []Rect
	for _, row := range r.Rows(rows, gapY) {
		cells = append(cells, row.Columns(cols, gapX)...)
	}
	return cells
}

// Center returns an area of w × h in the middle, cut to fit.
func (r Rect) Center(w, h int) Rect {
	w, h = min(w, r.W), min(h, r.H)
	return Rect{r.X + (r.W-w)/2, r.Y + (r.H-h)/2, w, h}
}

func clamp(v, low, high int) int { return max(low, min(v, high)) }
