"""Indexes: rebuildable caches of the database that answer "what is like this" quickly."""
