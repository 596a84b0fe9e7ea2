"""The desk's use cases, run on labelled data."""
