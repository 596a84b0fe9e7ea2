"""Look a matter up: how well each earlier text fits a question of a few words, and whether any does."""
