package screen

// Notice fills the row above the body with something good to know that is no
// warning, such as that the sound is on.
func (c *Canvas) Notice(text string) {
	ground := c.theme.Text().On(c.theme.Foot)
	c.Fill(Rect{0, 1, c.w, 1}, ground)
	c.Text(margin, 1, c.w-2*margin, ground.Strong(), "♪ "+text)
}
