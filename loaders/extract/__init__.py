"""Understanding of reports: what the sentences of a skeleton say of organisations, posts, papers, sums and the rest."""
