package screen

// Notice fills the row above the body with something good to know that is no
// warning, such as "♪ Son activé", and returns the rows it takes.
func (c *Canvas) Notice(text string) int {
	return c.strip(text, c.theme.Strong().On(c.theme.Foot))
}
