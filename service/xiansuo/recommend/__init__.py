"""Writing prompts: themes against what was written, gaps, clues and their order; no database."""
