"""Is this draft new? Candidates from the archive, evidence sentence by sentence, and the relation it adds up to."""
