"""Which question is next, what counts, and what is wrong with an answer: pure functions."""
