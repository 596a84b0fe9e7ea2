"""Texts as vectors: the encoder protocol, one door to sentence_transformers, and recipes."""
