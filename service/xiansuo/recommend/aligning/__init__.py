"""Which work theme a document is about, how probably, and the passage that shows it."""
