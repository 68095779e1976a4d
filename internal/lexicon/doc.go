// Package lexicon is how the words of a visitor are understood: which questions,
// and so which services, they are nearest to.
package lexicon
