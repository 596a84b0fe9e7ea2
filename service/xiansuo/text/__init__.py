"""Text: normalisation that keeps offsets, words, sentences, sections, shingles."""
