"""The truth: one schema, on SQLite for an office PC or PostgreSQL for a province. Only this package speaks SQL."""
