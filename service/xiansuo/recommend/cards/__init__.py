"""Clues as cards: from topics, gaps, proposals and follow-ups; every sentence from a record or a rule."""
