"""Writing prompts: work themes against what was written, gaps, clues and their order. Pure functions, no database."""
