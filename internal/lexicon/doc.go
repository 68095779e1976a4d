// Package lexicon is how the words of a visitor are understood: which questions,
// and so which services, they are nearest to.
//
// A lexicon is made of entries, short phrases of everyday words, each belonging to
// a question that leads to an answer (a service, or a place). What someone says is
// explained by the entries found in it, the longest first, each word once; words no
// entry explains still count a little, as far as they tell the answers apart.
package lexicon
