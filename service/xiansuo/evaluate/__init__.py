"""Measure the service on labelled data: the real use cases, run in a home that is thrown away."""
